import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rag import Statement, Verdict
from rag.exporting import render
from rag.exporting.markdown import escaped

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](http://e.example) ![i](http://e.example/i.png) "
    "<http://e.example> http://e.example www.e.example me@e.example [r]: http://e.example $x$ `code` **b** _i_ ~~s~~ "
    "&lt;b&gt; [^1] | a | b | \n\n# heading\n- item\n\n    code\n```\nfence\n"
)
reader = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"])
pieces = st.sampled_from([*"\\`*_[]()<>&#|~$!:/.@-+=0 \n\t", "http://", "a", "1.", "<b>", "&amp;", "é", "سلام"])


def tokens(source):
    """Return all tokens that a Markdown reader finds, also those within lines."""
    return [each for block in reader.parse(source) for each in (block, *(block.children or ()))]


@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=40))
@example(HOSTILE)
@example("- ")
@example("1) one")
@example("=== ")
def test_any_text_is_shown_as_it_is_and_nothing_else(text):
    if "\0" in text:
        text = text.replace("\0", "")  # CommonMark reads it as U+FFFD
    found = tokens(escaped(text))
    assert {token.type for token in found} <= {"paragraph_open", "inline", "paragraph_close", "text", "code_inline"}
    shown = "".join(token.content for token in found if token.type in {"text", "code_inline"})
    assert shown == " ".join(text.split())


@pytest.mark.parametrize("address", ["http://e.example", "https://e.example/a", "www.e.example", "me@e.example"])
def test_no_bare_address_is_left_that_a_dialect_would_link(address):
    assert not re.search(r"https?://|www\.\w|\w@\w|\w\.e", escaped(f"See {address} now"))


def test_a_hostile_answer_adds_nothing_live(record):
    citation = record.statements[0].citations[0]
    hostile = replace(
        citation,
        **dict.fromkeys(("quote", "title", "source", "published", "language", "url", "attributed"), HOSTILE),
        article_id=HOSTILE, copies=(HOSTILE,), reasons=(HOSTILE,),
    )  # fmt: skip
    statement = Statement(HOSTILE, (hostile,), Verdict.UNSUPPORTED, (HOSTILE,))
    bad = replace(
        record, question=HOSTILE, searched=HOSTILE, notice=HOSTILE, model=HOSTILE, statements=(statement,),
        text_sha256={HOSTILE: None}, index={HOSTILE: HOSTILE},
    )  # fmt: skip
    source = render(bad, ".md")
    assert {token.type for token in tokens(source)} <= {
        "inline", "text", "code_inline", "softbreak", "strong_open", "strong_close", "s_open", "s_close",
        *(f"{block}_{end}" for block in ("heading", "paragraph", "blockquote", "bullet_list", "list_item")
          for end in ("open", "close")),
    }  # fmt: skip
    assert [line for line in source.splitlines() if line.startswith("#")] == [
        f"# {escaped(HOSTILE)}",
        "## 1. ? unsupported",
        "## Record",
    ]


def test_what_nothing_bears_out_is_struck_through_with_its_reason(record):
    page = render(record, ".md")
    assert "~~It was dry.~~\n\n- The source says otherwise." in page
    assert "~~The bridge" not in page
    struck = reader.render(page)
    assert "<s>It was dry.</s>" in struck


def test_everything_that_proves_the_answer_is_there(record):
    page = render(record, ".md")
    for part in (
        "# What about the bridge?",
        "Searched for: What about the bridge in Oberzell?",
        "“Die Brücke wurde am Dienstag eröffnet.”",
        "> Laut einer Quelle kostete sie 308 Millionen Euro.",
        "> - reported: Laut einer Quelle",
        "> - also in: wire",
        "> - daily, characters 0–38",
        "**Brücke eröffnet** · Tageblatt · 2024-11-08 · German",
        "- Only articles in de",
        "- Confidence that the articles answer: 0.88",
        "- Usage: 1,200 tokens read, 34 written, 0.5000 US dollars",
        "- Index, encoder: newsrag-static",
        f"- SHA-256 of daily: {record.text_sha256['daily']}",
    ):
        assert part in page
