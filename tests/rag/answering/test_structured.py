import json

import pytest

from rag.answering.claims import Cited, Claim
from rag.answering.structured import JsonReplyParser
from rag.answers import NOT_ANSWERED

CALL = Claim("Musk called.", (Cited(1, "rief an"),))
DENIAL = Claim("Putin denies it.", (Cited(2, "отрицает"), Cited(3, None)))


def statement(claim):
    citations = [{"passage": cited.number, "quote": cited.quote or ""} for cited in claim.cited]
    return {"text": claim.text, "citations": citations}


def answer(*claims, answered=True):
    return {"answered": answered, "statements": [statement(claim) for claim in claims]}


def read(reply, piece=7):
    """Parse a reply given in pieces; return its claims and whether it abstains."""
    reply = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
    parser = JsonReplyParser()
    claims = [claim for at in range(0, len(reply), piece) for claim in parser.feed(reply[at : at + piece])]
    claims += parser.close()
    return claims, parser.abstained


class TestGood:
    @pytest.mark.parametrize("piece", [1, 7, 1000])
    @pytest.mark.parametrize("indent", [None, 2])
    def test_claims(self, piece, indent):
        reply = json.dumps(answer(CALL, DENIAL), indent=indent)
        assert read(reply, piece) == ([CALL, DENIAL], False)

    def test_as_soon_as_they_are_complete(self):
        parser = JsonReplyParser()
        reply = json.dumps(answer(CALL, DENIAL))
        end = reply.index("}]}") + 3
        assert list(parser.feed(reply[: end - 1])) == []
        assert list(parser.feed(reply[end - 1 : end])) == [CALL]
        assert list(parser.feed(reply[end:])) == [DENIAL]

    @pytest.mark.parametrize(
        "reply",
        [
            answer(answered=False),
            answer(CALL, answered=False),
            answer(),
            {"answered": False},
            answer(Claim(NOT_ANSWERED)),
            answer(Claim(NOT_ANSWERED, (Cited(1),)), CALL),
        ],
    )
    def test_abstention(self, reply):
        assert read(reply) == ([], True)

    def test_after_a_statement_it_abstains_from_nothing(self):
        reply = {"statements": [statement(CALL)], "answered": False}
        assert read(reply) == ([CALL], False)


class TestSloppy:
    @pytest.mark.parametrize(
        ("citations", "cited"),
        [
            ([{"passage": "1", "quote": "a"}], (Cited(1, "a"),)),
            ([{"passage": "Passage 2"}], (Cited(2),)),
            ([{"passage": 2.0, "quote": None}], (Cited(2),)),
            ({"passage": 1, "quote": " a "}, (Cited(1, "a"),)),
            ([1, "[2]"], (Cited(1), Cited(2))),
            ([{"passage": -1}, {"passage": 0}, {"passage": 99}], (Cited(-1), Cited(0), Cited(99))),
            ([{"passage": 1}, {"passage": 1}], (Cited(1),)),
        ],
    )
    def test_citations(self, citations, cited):
        assert read({"statements": [{"text": "A.", "citations": citations}]})[0] == [Claim("A.", cited)]

    @pytest.mark.parametrize("citations", [[], None, "none", [{}], [None], [{"quote": "a"}], [{"passage": True}]])
    def test_no_citation(self, citations):
        before = statement(CALL)
        assert read({"statements": [before, {"text": "A.", "citations": citations}]})[0] == [CALL, Claim("A.")]

    def test_what_cites_nothing_waits_for_what_does(self):
        assert read(answer(Claim("A."), CALL)) == ([Claim("A."), CALL], False)
        assert read(answer(Claim("A."), Claim("B."))) == ([], False)

    @pytest.mark.parametrize(
        ("text", "cleaned"),
        [
            ("Musk called [1].", "Musk called."),
            ("**Musk** called.\n[1, 2]", "Musk called."),
            ("- Musk called.", "Musk called."),
            ("Musk called【1】.", "Musk called."),
        ],
    )
    def test_text(self, text, cleaned):
        assert read({"statements": [{"text": text, "citations": [1]}]})[0] == [Claim(cleaned, (Cited(1),))]

    @pytest.mark.parametrize("value", [None, 1, "A", [], {}, {"text": 5}, {"text": " "}, {"text": "[1]"}])
    def test_what_is_no_statement_is_passed_over(self, value):
        assert read({"statements": [value, statement(CALL)]})[0] == [CALL]

    @pytest.mark.parametrize(
        "reply",
        [
            "```json\n{}\n```",
            "{}\n\nI hope this helps.",
            '{{"name": "answer", "arguments": {}}}',
            "[{}]",
        ],
    )
    def test_words_around(self, reply):
        inner = json.dumps(answer(CALL))
        assert read(reply.replace("{{", "{").replace("}}", "}").replace("{}", inner))[0] == [CALL]

    def test_line_breaks_and_missing_or_doubled_commas(self):
        one, other = json.dumps(statement(CALL)), json.dumps(statement(DENIAL))
        assert read(f'{{"statements": [{one} {other},,]}}')[0] == [CALL, DENIAL]
        assert read('{"statements": [{"text": "Musk\ncalled.", "citations": [1]}]}')[0][0].text == "Musk called."

    def test_quotation_marks_that_are_not_escaped_cost_one_statement(self):
        bad = '{"text": "A.", "citations": [{"passage": 1, "quote": "Er sagte "ja" und"}]}'
        assert read(f'{{"statements": [{bad}, {json.dumps(statement(CALL))}]}}')[0] == [CALL]

    def test_cut_off(self):
        reply = json.dumps(answer(CALL, DENIAL))
        assert read(reply[:-20]) == ([CALL], False)
        assert read(reply[:40]) == ([], False)


@pytest.mark.parametrize("unit", ["{", "[", '{"text":', '{"text": "}', "]", '{"statements": [', "\\", '"'])
def test_hostile_repetition_takes_no_long_time(unit):
    read('{"statements": [' + unit * (20_000 // len(unit)), 100)
