import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import Article
from ui.article_view import LONGEST_SHOWN, MARK_ID, NOTHING_OPEN, article_html, error_html

HOSTILE = '<script>alert(1)</script> <img src=x onerror="alert(2)"> </mark></p> &amp; **b** [x](http://e.example) ${1}'


class Reader(HTMLParser):
    """Reads a page as a browser does: the text of ``.text`` and of the marks, every tag and attribute."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.marks, self.tags = "", [], []
        self._depth, self._marking = 0, False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "div":
            self._depth += 1
        if tag == "mark":
            self._marking = True
            self.marks.append("")

    def handle_endtag(self, tag):
        if tag == "div":
            self._depth -= 1
        if tag == "mark":
            self._marking = False

    def handle_data(self, data):
        if self._depth:
            self.text += data
        if self._marking:
            self.marks[-1] += data


def texts():
    words = st.sampled_from(["<b>", "&lt;", "&", '"', "\n", "\n\n", " ", "Musk", "سلام", "e\u0301", "</div>", "𝄞"])
    return st.one_of(st.text(max_size=60), st.lists(words, max_size=20).map("".join)).filter(
        lambda text: "\r" not in text and "\0" not in text
    )


@given(texts(), st.data())
def test_the_text_is_the_articles_and_the_mark_is_exactly_the_span(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    page = Reader(article_html(Article("a", text), start, end))
    assert page.text == text
    assert "".join(page.marks) == text[start:end]
    assert [attributes.get("id") for tag, attributes in page.tags if tag == "mark"][:1] == [MARK_ID][: end - start]


@given(texts(), texts(), texts())
def test_no_article_adds_a_tag_or_an_attribute(text, title, url):
    page = Reader(article_html(Article("a", text, title=title, source=title, published=title, language=title, url=url)))
    assert {tag for tag, _ in page.tags} <= {"article", "header", "h2", "p", "span", "div", "a", "mark"}
    names = {name for _, attributes in page.tags for name in attributes}
    assert names <= {"class", "data-opening", "aria-label", "dir", "lang", "href", "target", "rel", "id", "tabindex"}


def test_without_a_span_nothing_is_marked():
    assert Reader(article_html(Article("a", "Some words."))).marks == []


def test_a_span_over_paragraphs_has_one_id_and_no_paragraph_inside_a_mark():
    page = article_html(Article("a", "One.\nTwo.\n\nThree."), 2, 14)
    assert page.count(f'id="{MARK_ID}"') == 1
    assert Reader(page).marks == ["e.\n", "Two.\n", "\n", "Thr"]
    assert re.search(r"<mark[^>]*>[^<]*<p", page) is None


def test_each_paragraph_finds_its_own_direction():
    page = article_html(Article("a", "English words.\nكلمات عربية.", language="ar"))
    assert page.count('<p dir="auto">') == 2
    assert 'lang="ar"' in page


def test_blank_lines_are_kept_but_take_no_room():
    assert '<p dir="auto" class="gap">\n</p>' in article_html(Article("a", "One.\n\nTwo."))


@pytest.mark.parametrize("field", ["text", "title", "source", "published", "language", "url"])
def test_hostile_words_stay_words(field):
    values = {"id": "a", "text": "Words."} | {field: HOSTILE}
    page = Reader(article_html(Article(**values)))
    assert not {"script", "img"} & {tag for tag, _ in page.tags}


def test_a_title_with_quotes_is_shown_and_labels_the_article():
    page = Reader(article_html(Article("a", "Words.", title='He said "no" & <left>')))
    assert ("article", 'He said "no" & <left>') in [(tag, found.get("aria-label")) for tag, found in page.tags]


def test_without_a_title_it_is_called_by_the_given_name_or_its_id():
    assert ">news.txt</h2>" in article_html(Article("a", "Words."), name="news.txt")
    assert ">a</h2>" in article_html(Article("a", "Words."))


def test_a_web_address_is_a_link_that_tells_nothing_of_this_page():
    page = article_html(Article("a", "Words.", url="https://example.org/a?b=1&c=2"))
    assert '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">' in page


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "http://[", "x"]
)
def test_any_other_address_is_plain_text(url):
    page = article_html(Article("a", "Words.", url=url))
    assert url in page
    assert "<a " not in page or url == "http://["


def test_a_very_long_article_is_shown_around_its_mark():
    text = "a" * LONGEST_SHOWN + "QUOTE" + "b" * LONGEST_SHOWN
    page = article_html(Article("a", text), LONGEST_SHOWN, LONGEST_SHOWN + 5)
    read = Reader(page)
    assert read.marks == ["QUOTE"]
    assert len(read.text) == LONGEST_SHOWN
    assert "characters before this are not shown" in page
    assert "characters after this are not shown" in page


def test_a_span_beyond_the_text_marks_only_what_is_there():
    assert Reader(article_html(Article("a", "Words."), -5, 900)).marks == ["Words."]


def test_each_opening_differs_so_that_the_page_scrolls_again():
    article = Article("a", "Words.")
    assert article_html(article, 0, 2, opening=1) != article_html(article, 0, 2, opening=2)


def test_an_error_is_one_escaped_line():
    assert error_html("No article '<b>'.") == '<p class="error" role="alert">No article &#x27;&lt;b&gt;&#x27;.</p>'


def test_nothing_open_says_what_to_do():
    assert "Click a source" in NOTHING_OPEN
