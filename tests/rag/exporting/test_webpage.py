from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from rag import Citation, Statement, Verdict
from rag.exporting import Record, render

TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "bdi", "section", "s", "span", "ul", "li",
    "figure", "blockquote", "figcaption", "br", "dl", "dt", "dd", "strong",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "dir", "class"}


class Reader(HTMLParser):
    """Reads a page as a browser does."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.names, self.text, self.struck = set(), set(), "", ""
        self._open = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.names |= {name for name, _ in attributes}
        self._open.append(tag)

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        self.text += data
        if "s" in self._open:
            self.struck += data


pieces = st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title>", "</style>", "-->", "&lt;", "'", "a "]
)


@given(st.lists(pieces, min_size=1, max_size=6).map("".join))
def test_no_text_adds_a_tag_or_an_attribute(text):
    citation = Citation(
        text, 0, 9, text, Verdict.SUPPORTED, reasons=(text,), attributed=text, copies=(text,), title=text, source=text,
        published=text, language=text, url=text,
    )  # fmt: skip
    statement = Statement(f"{text}.", (citation,), Verdict.UNSUPPORTED, (text,))
    for answered in (True, False):
        record = Record(
            text, text, text, answered, text, (statement,), {text: None}, {text: text}, searched=text, notice=text,
            model=text,
        )  # fmt: skip
        page = Reader(render(record, ".html"))
        assert page.tags <= TAGS
        assert page.names <= ATTRIBUTES
        assert page.struck == f"{text}."


def test_it_may_load_and_run_nothing(record):
    page = render(record, ".html")
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not any(part in page for part in ("<script", "<link", "<img", "src=", "href=", "url(", "@import"))


def test_what_nothing_bears_out_is_struck_through_with_its_reason(record):
    page = render(record, ".html")
    assert Reader(page).struck == "It was dry."
    assert '<p class="verdict contradicted">✗ contradicted</p>' in page
    assert "The source says otherwise." in page


def test_everything_that_proves_the_answer_is_there(record):
    text = Reader(render(record, ".html")).text
    for part in (
        "Searched for: What about the bridge in Oberzell?",
        "“Die Brücke wurde am Dienstag eröffnet.”",
        "Laut einer Quelle kostete sie 308 Millionen Euro.",
        "▲ only reports it · repaired",
        "reported: Laut einer Quelle",
        "also in: wire",
        "daily, characters 0–38",
        "2024-11-08 · German",
        "in de",
        "A passage was left out.",
        "Confidence0.88",
        record.text_sha256["daily"],
    ):
        assert part in text


def test_an_abstention_says_so(record):
    page = render(replace(record, answered=False, statements=(), text="No."), ".html")
    assert '<strong><bdi dir="auto">No.</bdi></strong>' in page
