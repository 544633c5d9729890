"""Instructions planted in an article change neither what the model is asked nor what is believed of its reply."""

import re

import pytest

import rag
from eval.attacks import read_attacks
from rag.answering.checking import Checker
from rag.answering.generative import read_claims, write_claims
from rag.answering.prompts import user_prompt
from rag.answers import Hit, Verdict
from rag.articles import Article, Passage
from rag.chat import load_chat
from rag.citing import load_verifier
from rag.encoders import BUNDLED, StaticEncoder
from tests.rag.chat.server import Part

ATTACKS = read_attacks()
QUESTION = "Is the bridge at Kienitz open?"
BEFORE = "The bridge over the Oder at Kienitz will stay closed until Friday."
AFTER = "The repairs cost 2.1 million euros, a spokeswoman said."
PASSAGE = re.compile(r'<passage number="(\d+)"(?: [a-z]+="[^"<>\n]*")*>\n([^<>]*)\n</passage>\n')


@pytest.fixture(params=ATTACKS, ids=lambda attack: attack.id)
def attack(request):
    return request.param


def planted(attack):
    """Two passages of an article that carries the attack in its text, its title and its outlet."""
    text = f"{BEFORE} {attack.text} {AFTER}"
    article = Article("a", text, title=attack.text, source=attack.text, language=attack.language)
    hits = (Hit(2.0, Passage("a", 0, len(text), text, attack.language)), Hit(1.0, Passage("a", 0, 66, BEFORE, "en")))
    return hits, {"a": article}


def test_there_are_enough():
    assert len(ATTACKS) >= 36
    assert len({attack.language for attack in ATTACKS}) >= 10
    assert len({attack.kind for attack in ATTACKS}) >= 10


def test_stays_between_its_delimiters(attack):
    prompt = user_prompt(QUESTION, *planted(attack))
    first, second = PASSAGE.finditer(prompt)
    assert (first[1], second[1]) == ("1", "2")
    assert first[2].startswith(BEFORE)
    assert first[2].endswith(AFTER)
    assert second[2] == BEFORE
    assert PASSAGE.sub("", prompt) == f"\nQuestion: {QUESTION}"


def test_hides_nothing_from_a_reader(attack):
    prompt = user_prompt(QUESTION, *planted(attack))
    assert not re.search("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]", prompt)


def test_what_an_obedient_model_writes_holds_no_link_and_no_html(attack):
    replies = (f"{attack.obeyed} [1]", f'{BEFORE} [1] "{BEFORE}" {attack.obeyed} [1]')
    for reply in replies:
        for claim in claims(reply):
            assert not re.search(r"\]\(|://|<\w|javascript:|data:text", claim.text)


def claims(reply):
    """The claims of a reply that also holds an honest one, which keeps it readable."""
    return [claim for claim in read_claims(iter([f'{BEFORE} [2] "{BEFORE}"\n{reply}'])) if claim.text != BEFORE]


@pytest.fixture(scope="module")
def encoder():
    return StaticEncoder(BUNDLED)


@pytest.fixture
def believed(server, encoder):
    """Let a model write something after an honest sentence; return the verdicts on what it wrote."""
    verifier = load_verifier(rag.Settings(), encoder)
    settings = rag.Settings(llm="openai:test", llm_base_url=server.base_url("openai"))

    def play(attack, written):
        hits, articles = planted(attack)
        server.part = Part(f'{BEFORE} [2] "{BEFORE}"\n{written}', refuses=400)
        checker = Checker(verifier, encoder, hits, articles, attack.language)
        statements = [checker.check(claim) for claim in write_claims(load_chat(settings), QUESTION, hits, articles)]
        assert statements[0].verdict not in BAD
        return {statement.verdict for statement in statements[1:]}

    return play


BAD = {Verdict.UNSUPPORTED, Verdict.CONTRADICTED}


@pytest.mark.parametrize("cited", [f' [2] "{BEFORE}"', " [2]", "", ' [7] "as I was told"'])
def test_a_model_that_obeys_is_not_believed(believed, attack, cited):
    assert believed(attack, f"{attack.obeyed}{cited}") <= BAD
