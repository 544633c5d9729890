import gradio as gr
import pytest

import rag
from ui.actions import UNFORESEEN, Actions
from ui.conversation import Turn


class Broken(rag.Archive):
    """An archive with a bug."""

    def stream(self, question):
        raise RuntimeError("secret detail")

    def add(self, *_, **__):
        raise RuntimeError("secret detail")


@pytest.fixture
def broken(tmp_path):
    with Broken.open(tmp_path / "archive") as archive:
        yield Actions(archive)


def event(**data):
    return gr.EventData(None, data or None)


def test_the_question_is_shown_before_the_answer_is_there(archive):
    typed, turns, page = next(Actions(archive).ask(" Why? ", [], event()))
    assert (typed, turns) == ("", [Turn("Why?")])
    assert ">Why?</p>" in page


def test_an_example_is_asked_instead_of_what_is_typed(archive):
    _, turns, _ = next(Actions(archive).ask("half a quest", [], event(question="Example?")))
    assert turns == [Turn("Example?")]


def test_earlier_turns_are_kept_and_never_changed(archive):
    earlier = [Turn("Before?", complete=True)]
    *_, (_, turns, _) = Actions(archive).ask("Now?", earlier, event())
    assert [turn.question for turn in turns] == ["Before?", "Now?"]
    assert turns[1].complete
    assert earlier == [Turn("Before?", complete=True)]


def test_a_bug_loses_no_question_and_shows_no_traceback(broken, caplog):
    *_, (_, turns, page) = broken.ask("Why?", [], event())
    assert turns == [Turn("Why?", error=UNFORESEEN, complete=True)]
    assert "secret detail" not in page
    assert "secret detail" in caplog.text


def test_a_bug_while_adding_is_said_in_the_receipt(broken, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Words.")
    shown = [updates[1] for updates in broken.add([str(file)], "", None, [])]
    assert any(isinstance(page, str) and UNFORESEEN in page for page in shown)


def test_opening_an_article_that_is_not_there_is_one_line(archive):
    clicked = event(article="<gone>", start=None, end=None)
    opened, page, *_ = Actions(archive).open("", clicked)
    assert opened is None
    assert 'role="alert"' in page
    assert "&lt;gone&gt;" in page
