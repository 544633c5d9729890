"""Answers that a chat model writes, from question to checked statements, through the real clients."""

import json

import pytest

import rag
from rag.answers import NOT_ANSWERED, Located, Usage, Verdict
from rag.chat import PROVIDERS
from tests.rag.chat.server import Part

QUESTION = "What does the repair of the bridge at Kienitz cost?"
COST = "Die Reparatur der Brücke bei Kienitz kostet 308.000 Euro."
PAID = "Das Land zahlt die Hälfte."
BRIDGE = rag.Article("bridge", f"{COST} {PAID} Bis Freitag bleibt sie gesperrt.", language="de", published="2024-11-04")
FERRY = rag.Article("ferry", "The ferry near the bridge at Kienitz carries 14 cars.", language="en")
GOOD = f'The repair costs 308,000 euros. [1] "{COST}"'
LIE = f'The repair costs 380,000 euros. [1] "{COST}"'
INVENTED = 'The repair is finished. [1] "Die Reparatur ist seit gestern abgeschlossen."'
NO_SUCH = "The mayor apologised. [9]"


@pytest.fixture
def provider():
    """One client, where a test does not name all."""
    return "ollama"


every_client = pytest.mark.parametrize("provider", PROVIDERS)


@pytest.fixture
def ask(server, settings, tmp_path):
    """Let the model play parts, the last one for ever; return the growing answers."""

    def play(*parts, question=QUESTION, articles=(BRIDGE,), **changed):
        *server.script, server.part = [Part(part, refuses=400) if isinstance(part, str) else part for part in parts]
        with rag.Archive.open(tmp_path / "archive", settings.model_copy(update=changed)) as archive:
            archive.add(articles)
            return list(archive.stream(question))

    return play


def verdicts(answer):
    return [statement.verdict for statement in answer.statements]


@every_client
class TestGood:
    def test_each_statement_appears_with_its_checked_citation(self, ask, settings):
        first, *_, last = ask(f'{GOOD}\nThe state pays half of it. [1] "{PAID}"')
        assert len(first.statements) == 1
        assert [statement.text for statement in last.statements] == [
            "The repair costs 308,000 euros.",
            "The state pays half of it.",
        ]
        assert last.text == "The repair costs 308,000 euros.\nThe state pays half of it."
        assert last.statements[0].citations[0].quote == COST
        assert set(verdicts(last)) == {Verdict.SUPPORTED}
        assert (last.answered, last.model, last.notice) == (True, settings.llm, None)

    def test_by_schema(self, ask, server):
        cited = [{"passage": 1, "quote": COST}]
        reply = {"answered": True, "statements": [{"text": "The repair costs 308,000 euros.", "citations": cited}]}
        answer = ask(Part("never asked for", structured=json.dumps(reply)))[-1]
        assert verdicts(answer) == [Verdict.SUPPORTED]
        assert server.requests[-1].schema is not None

    def test_usage_of_all_calls(self, ask):
        answer = ask(Part(GOOD), llm_price_input=2.0, llm_price_output=10.0)[-1]
        assert answer.usage == Usage(9, 5, pytest.approx((9 * 2 + 5 * 10) / 1e6))

    def test_usage_without_prices_has_no_cost(self, ask):
        assert ask(Part(GOOD))[-1].usage == Usage(9, 5, None)

    def test_a_model_that_judges_too(self, ask, server):
        judged = Part(json.dumps({"reason": "The source gives no reason.", "verdict": "partly"}))
        answer = ask(Part(GOOD, structured=GOOD), judged, verifier="llm")[-1]
        assert verdicts(answer) == [Verdict.PARTLY]
        assert answer.statements[0].reasons == ("The source gives no reason.",)
        assert "<statement" in server.requests[-1].prompt


class TestSloppy:
    @pytest.mark.parametrize(
        ("reply", "located"),
        [
            ("- **The repair costs 308,000 euros** [1]", Located.CHOSEN),
            ('1. The repair costs 308,000 euros. [7] "die reparatur der Brücke  bei Kienitz kostet"', Located.MOVED),
            ("<think>Is it [2]?</think>\nThe repair costs 308,000 euros (passage [1]).", Located.CHOSEN),
            ('The repair costs 308,000 euros. [1]\n"Die Reparatur … kostet 308.000 Euro"', Located.REPAIRED),
        ],
    )
    def test_is_read_and_located(self, ask, reply, located):
        (statement,) = ask(reply)[-1].statements
        assert statement.text.startswith("The repair costs 308,000 euros")
        assert [citation.located for citation in statement.citations] == [located]
        assert statement.verdict is Verdict.SUPPORTED

    def test_a_preamble_without_citation_is_never_shown_as_fact(self, ask):
        answer = ask(f"Here is what the passages say about it.\n{GOOD}")[-1]
        assert answer.text == "The repair costs 308,000 euros."
        assert all(statement.citations or statement.verdict in BAD for statement in answer.statements)


BAD = {Verdict.UNSUPPORTED, Verdict.CONTRADICTED}


class TestLying:
    @every_client
    def test_flagged_with_reasons_and_no_part_of_the_text(self, ask):
        answer = ask("\n".join((LIE, INVENTED, NO_SUCH, GOOD)))[-1]
        assert verdicts(answer) == ["contradicted", "unsupported", "unsupported", "supported"]
        assert answer.text == "The repair costs 308,000 euros."
        assert answer.notice == "Of what the model wrote, 3 statements are ones that the articles do not support."
        lie, invented, no_such, _ = answer.statements
        assert "308.000" in lie.reasons[0]
        assert invented.citations[0].located is Located.NOT_FOUND
        assert (no_such.citations, no_such.reasons) == ((), ("It cites passage 9; there are 1.",))

    def test_dropped(self, ask):
        answers = ask("\n".join((LIE, INVENTED, NO_SUCH, GOOD)), on_unsupported="drop")
        assert verdicts(answers[-1]) == [Verdict.SUPPORTED]
        assert not any(set(verdicts(answer)) & BAD for answer in answers)
        assert answers[-1].notice == "Of what the model wrote, 3 statements are ones that the articles do not support."

    def test_one_is_told_in_the_singular(self, ask):
        assert ask(f"{LIE}\n{GOOD}")[-1].notice.startswith("Of what the model wrote, 1 statement is one that ")

    @pytest.mark.parametrize("handling", ["flag", "drop"])
    def test_where_nothing_survives_the_archive_abstains_and_offers_the_passages(self, ask, handling, settings):
        answer = ask(Part(f"{LIE}\n{INVENTED}"), on_unsupported=handling)[-1]
        assert (answer.answered, answer.text, answer.statements) == (False, NOT_ANSWERED, ())
        assert answer.notice == "Of what the model wrote, 2 statements are ones that the articles do not support."
        assert [hit.passage.article_id for hit in answer.hits] == ["bridge"]
        assert answer.model == settings.llm
        assert answer.usage == Usage(9, 5)


class TestAbstaining:
    def test_the_model_says_so(self, ask, settings):
        answer = ask(NOT_ANSWERED)[-1]
        assert (answer.answered, answer.statements, answer.model) == (False, (), settings.llm)
        assert answer.notice is None
        assert answer.hits

    def test_no_model_is_asked_where_the_evidence_is_not_there(self, ask, server):
        (answer,) = ask(GOOD, question="What did Emmanuel Macron say about Starlink?")
        assert not answer.answered
        assert answer.model is None
        assert server.requests == []


class TestFailing:
    @pytest.mark.parametrize(
        "part",
        [
            Part(status=401),
            Part(status=500),
            Part(""),
            Part("I cannot help with that."),
            Part('{"answered": true, "statements": [{"text": "The rep'),
            Part(GOOD, cut_after=0),
            Part(GOOD, error="overloaded"),
            Part(f"{GOOD}\nThe state pays half", cut_after=14),
        ],
        ids=["key", "server", "empty", "refusal", "cut JSON", "cut", "error", "cut later"],
    )
    def test_the_answer_is_quoted_and_says_why(self, ask, settings, part):
        answer = ask(part, llm_timeout=2)[-1]
        assert answer.answered
        assert answer.model is None
        assert answer.statements[0].text == COST
        assert answer.statements[0].verdict is Verdict.SUPPORTED
        assert answer.notice.startswith(settings.llm)
        assert answer.notice.endswith("These are quoted sentences instead.")
        assert "\n" not in answer.notice

    @every_client
    def test_a_hiccup_is_asked_again(self, ask):
        answer = ask(Part(status=503), Part(GOOD, refuses=400))[-1]
        assert verdicts(answer) == [Verdict.SUPPORTED]
        assert answer.model is not None

    def test_a_judge_that_fails_costs_no_answer(self, ask):
        answer = ask(Part(GOOD, structured=GOOD), Part("no verdict"), verifier="llm")[-1]
        assert answer.answered
        assert answer.statements
        assert answer.notice.endswith("These are quoted sentences instead.")


LONG = [
    rag.Article(f"a{number}", f"The road to Lebus was closed, part {number}. " + "It takes long. " * 45)
    for number in range(6)
]


class TestFitting:
    def test_passages_that_did_not_fit_are_named(self, ask, server):
        answer = ask(GOOD, articles=[BRIDGE, *LONG], llm_context=3000)[-1]
        told = server.requests[-1].prompt.count("</passage>")
        total = len(answer.hits)
        assert 0 < told < total
        assert f"{total - told} of {total} passages did not fit the model's context and were left out." in answer.notice

    def test_none_fits(self, ask):
        answer = ask(GOOD, llm_context=1024)[-1]
        assert answer.statements[0].text == COST
        assert "No passage fits the 1,024 tokens" in answer.notice
