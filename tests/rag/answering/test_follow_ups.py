import pytest

import rag
from rag.answering import stand_alone
from rag.answers import Usage
from rag.chat import PROVIDERS
from tests.rag.chat.server import Part

EARLIER = ("Did Musk talk to Putin?",)
FOLLOW_UP = "And what did Trump say?"
WRITTEN = "What did Trump say about Musk's talk with Putin?"


@pytest.fixture
def provider():
    return "ollama"


def test_without_a_model_names_are_carried_over():
    assert stand_alone(rag.Settings(), FOLLOW_UP, EARLIER) == (f"{FOLLOW_UP} (Musk, Putin)", None)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_model_completes_it(server, settings):
    server.part = Part(WRITTEN)
    assert stand_alone(settings, FOLLOW_UP, EARLIER)[0] == WRITTEN


def test_its_call_is_counted(server, settings):
    server.part = Part(WRITTEN)
    usage = stand_alone(settings, FOLLOW_UP, EARLIER)[1]
    assert usage is not None
    assert usage.output_tokens > 0


def test_a_first_question_asks_no_model(server, settings):
    assert stand_alone(settings, FOLLOW_UP, ()) == (FOLLOW_UP, None)
    assert not server.requests


def test_a_model_that_fails_leaves_the_names_to_be_carried_over(server, settings):
    server.part = Part(status=401)
    assert stand_alone(settings, FOLLOW_UP, EARLIER) == (f"{FOLLOW_UP} (Musk, Putin)", None)


@pytest.mark.parametrize(("one", "other", "cost"), [(0.5, 0.25, 0.75), (None, 0.25, None), (0.5, None, None)])
def test_two_usages_add_up(one, other, cost):
    assert Usage(1, 2, one) + Usage(3, 4, other) == Usage(4, 6, cost)


def test_the_archive_shows_what_was_searched(server, settings, tmp_path, seed):
    server.part = Part("Hat Selenskyj mit Musk gesprochen?")
    with rag.Archive.open(tmp_path / "archive", settings) as archive:
        archive.add(seed)
        answer = archive.ask("Und Selenskyj?", earlier=["Hat Putin mit Musk gesprochen?"])
    assert answer.question == "Und Selenskyj?"
    assert answer.searched == "Hat Selenskyj mit Musk gesprochen?"
