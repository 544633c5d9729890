import pytest

from rag.answering.fitting import REPLY_TOKENS, fitting
from rag.answering.prompts import STRUCTURED_SYSTEM, user_prompt
from rag.answers import Hit
from rag.articles import Article, Passage
from rag.chat import estimate_tokens

QUESTION = "Who called?"


def passages(count, text):
    articles = {"a": Article("a", text, title="A title")}
    return tuple(Hit(1.0, Passage("a", 0, len(text), text)) for _ in range(count)), articles


@pytest.mark.parametrize("text", ["Musk called Putin. " * 40, "马斯克与普京通了电话。" * 70, "А. " * 250])
@pytest.mark.parametrize("context", [4096, 8192])
def test_what_fits_fits_and_one_more_would_not(text, context):
    hits, articles = passages(60, text)
    count = fitting(QUESTION, hits, articles, context)
    assert 0 < count < 60

    def needed(number):
        prompt = user_prompt(QUESTION, hits[:number], articles)
        return estimate_tokens(STRUCTURED_SYSTEM) + estimate_tokens(prompt) + REPLY_TOKENS

    assert needed(count) <= context
    assert needed(count + 2) > context


def test_ten_passages_fit_the_usual_context():
    hits, articles = passages(10, "Musk called Putin. " * 42)
    assert fitting(QUESTION, hits, articles, 8192) == 10


def test_a_context_too_small_for_one():
    hits, articles = passages(3, "Musk called Putin. " * 42)
    assert fitting(QUESTION, hits, articles, 1024) == 0


def test_a_long_one_is_not_passed_over():
    long, articles = passages(1, "Musk called Putin. " * 2000)
    short, _ = passages(1, "Musk called.")
    assert fitting(QUESTION, (*short, *long, *short), articles, 8192) == 1


def test_nothing():
    assert fitting(QUESTION, (), {}, 8192) == 0
