import gradio as gr
import pytest

import rag
from ui.actions import UNFORESEEN, Actions
from ui.conversation import Turn


class Broken(rag.Archive):
    """An archive with a bug."""

    def stream(self, *_, **__):
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


class Listening(rag.Archive):
    """An archive that notes which questions it was told were asked before."""

    def stream(self, question, earlier=(), **values):
        self.heard = list(earlier)
        yield from super().stream(question, earlier=earlier, **values)


def test_a_follow_up_is_asked_with_the_questions_before_it_as_they_were_searched(tmp_path):
    said = rag.Answer("And when?", False, "", (), (), searched="When did Musk call?")
    with Listening.open(tmp_path / "archive") as archive:
        earlier = [Turn("Did Musk call?", complete=True), Turn("And when?", said, complete=True)]
        *_, (_, turns, _) = Actions(archive).ask("And Trump?", earlier, event())
        assert archive.heard == ["Did Musk call?", "When did Musk call?"]
        assert turns[-1].question == "And Trump?"


def test_only_a_complete_answer_can_be_taken_along(archive):
    updates = [page for _, _, page in Actions(archive).ask("Why?", [], event())]
    assert ["data-copy" in page for page in updates] == [False] * (len(updates) - 1) + [True]


def test_the_file_that_was_asked_for_is_made(archive):
    *_, (_, turns, _) = Actions(archive).ask("Why?", [], event())
    page = Actions(archive).download(turns, event(turn=0, ending=".json"))
    assert 'data-name="why.json"' in page
    assert "newsrag-answer" in page


def test_a_download_of_a_conversation_that_was_just_cleared_does_nothing(archive):
    assert Actions(archive).download([], event(turn=0, ending=".json")) == gr.skip()
    assert Actions(archive).download([Turn("Q?")], event(turn=0, ending=".json")) == gr.skip()


def test_limits_are_kept_with_the_turn_and_in_its_export(archive):
    archive.add([rag.Article("a", "The ferry to Texel is late.", language="en")])
    *_, (_, turns, page) = Actions(archive).ask("Why?", [], event(), ["en"], None, "", "")
    assert turns[0].filters == turns[0].record.filters == rag.Filters(languages=("en",))
    assert "Only articles in en" in page


def test_limits_that_cannot_be_are_one_line_and_nothing_is_asked(archive):
    *_, (_, turns, page) = Actions(archive).ask("Why?", [], event(), [], [], "soon", "")
    assert turns[0].answer is None
    assert "&#x27;soon&#x27; is not a date" in page


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
