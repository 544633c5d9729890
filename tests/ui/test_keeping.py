from dataclasses import replace
from html import unescape

import pytest

from rag.answers import Citation, Statement, Verdict
from rag.exporting import FORMATS as EXPORTS
from rag.exporting import Record, plain_text, render
from ui.keeping import FORMATS, buttons_html, file_html, file_name

BAD = "\"><script>alert(1)</script>\n'$"
CITATION = Citation("a", 0, 9, BAD, Verdict.SUPPORTED, title=BAD)
RECORD = Record("2026-01-01", "1", BAD, True, BAD, (Statement(BAD, (CITATION,)),), {"a": None})


def test_every_export_has_a_button():
    assert FORMATS.keys() == EXPORTS.keys()
    page = buttons_html(RECORD, 3)
    for ending, name in FORMATS.items():
        assert f'data-turn="3" data-download="{ending}" aria-label="Download as {name}">{name}</button>' in page


def test_the_text_to_copy_is_data_and_complete():
    page = buttons_html(RECORD, 0)
    assert "<script" not in page
    assert unescape(page.split('data-copy="')[1].split('"')[0]) == plain_text(RECORD)


@pytest.mark.parametrize("ending", list(FORMATS))
def test_a_file_is_data_and_complete(ending):
    page = file_html(RECORD, ending, 7)
    assert "<script" not in page
    assert page.startswith(f'<span hidden data-made="7" data-name="script-alert-1-script{ending}" data-text="')
    assert unescape(page.split('data-text="')[1].split('"')[0]) == render(RECORD, ending)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Did Musk talk to Putin?", "did-musk-talk-to-putin"),
        ("Кто первым сообщил о звонке?", "кто-первым-сообщил-о-звонке"),
        ("../../etc/passwd", "etc-passwd"),
        ("???", "answer"),
        ("word " * 20, "word-word-word-word-word-word-word-word"),
    ],
)
def test_a_file_is_named_after_the_question(question, name):
    assert file_name(replace(RECORD, question=question)) == name
