"""No figure of main may fall: the archive is asked and compared with ``eval/expected.json``; planted defects are found.

If a change of yours fails here, the message names the set, the figure and the questions. Where the fall is meant,
``rag eval gate --renew`` writes what is expected anew.
"""

from dataclasses import replace

import pytest

from eval.gate.comparing import compare
from eval.gate.expected import read_expected
from eval.gate.measuring import measure, part
from eval.gold_set import NEWSROOM_GOLD, Question, read_gold
from rag.answering.abstention import Abstention, Decision
from rag.lexicon import analysis

PARTS = {"seed": 1, "newsroom": 4, "names": 1, "citations": 3}
"""Every so manieth question of each set: all of them take minutes, and ``rag eval gate`` asks them."""


def outcome(name, every):
    def bar(title):
        return lambda done, total: None

    return compare({name: read_expected()[name]}, {name: measure(name, bar, every)})


def said(found):
    return "\n".join(map(str, found.failures))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", PARTS)
def test_no_figure_fell(name):
    found = outcome(name, PARTS[name])
    assert not found.failures, f"{said(found)}\nNo longer right: {', '.join(found.broken[name])}"


class TestPart:
    def test_a_part_has_its_share_of_every_kind_and_language(self):
        questions = read_gold(NEWSROOM_GOLD)
        asked = part(questions, 3)
        assert len(asked) == len(questions) / 3
        for field in ("kind", "language"):
            for value in {getattr(one, field) for one in questions}:
                share = sum(getattr(one, field) == value for one in questions) / 3
                assert abs(sum(getattr(one, field) == value for one in asked) - share) <= 3

    def test_it_does_not_depend_on_the_order_of_the_file(self):
        questions = [Question(f"q-{at}", "de", "?", answerable=False) for at in range(9)]
        assert part(questions, 2) == part(questions[::-1], 2)


class TestPlantedDefects:
    def test_ranking_off(self, monkeypatch):
        """Passages come in the order of their candidates' fusion, whatever their sentences say."""
        from rag.answering import answering
        from rag.retrieval import search

        fuse, order = search.reciprocal_rank_fusion, []

        def fused(ranked, limit):
            order[:] = fuse(ranked, limit)
            return list(order)

        def by_fusion(encoder, question, found, background, holding):
            rank = {number: at for at, number in enumerate(order)}
            return {one.number: -float(rank.get(one.number, len(rank))) for one in found}

        monkeypatch.setattr(search, "reciprocal_rank_fusion", fused)
        monkeypatch.setattr(search, "relevance", by_fusion)
        monkeypatch.setattr(answering, "best_passages", lambda hits, evidence: (tuple(hits[:10]), evidence))
        found = outcome("newsroom", 8)
        assert {"mrr", "ndcg_at_10"} & {failure.column.name for failure in found.failures}, said(found)

    def test_offsets_shifted_by_one(self, monkeypatch):
        from rag.answering import answering

        cite = answering.cite

        def shifted(*args):
            cited = cite(*args)
            return replace(cited, start=cited.start + 1, end=cited.end + 1)

        monkeypatch.setattr(answering, "cite", shifted)
        found = outcome("seed", 4)
        assert "quote_exactness" in {failure.column.name for failure in found.failures}
        assert "quotes that stand at their span fell from 1.00 (1.00 to 1.00) to 0.00" in said(found)

    def test_abstention_off(self, monkeypatch):
        monkeypatch.setattr(Abstention, "decide", lambda self, question, evidence: Decision(evidence, 1.0))
        found = outcome("seed", 4)
        assert "refused_rightly" in {failure.column.name for failure in found.failures}
        assert "unanswerable refused fell from" in said(found)
        assert found.broken["seed"]

    @pytest.mark.parametrize("language", ["de", "en", "it", "pl", "ru", "uk"])
    def test_without_a_languages_stemmer(self, monkeypatch, language):
        """Only the terms by themselves show it: the other ways of finding a passage make up for it."""
        stemmers = {key: name for key, name in analysis._STEMMERS.items() if key != language}
        monkeypatch.setattr(analysis, "_STEMMERS", stemmers)
        monkeypatch.setattr(analysis, "_LEMMATISED", analysis._LEMMATISED - {language})
        analysis._reducer.cache_clear()
        try:
            found = outcome("newsroom", 432)  # the terms are asked all questions
        finally:
            analysis._reducer.cache_clear()
        fell = {(failure.column.name, failure.language) for failure in found.failures}
        assert ("evidence_matched_by_terms", language) in fell, said(found)
