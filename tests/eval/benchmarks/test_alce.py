"""ALCE's format: citations judged anew, and what an answer tells."""

import json

import pytest

from eval.benchmarks.alce import judge_anew, measure_set, read_items, told_shares
from eval.json_lines import GoldError
from rag import Archive, Article, Citation, Statement, Verdict

TEXT = "The harbour of Ostrevik was closed on Monday after a storm. Repairs cost 12 million crowns."


class TestToldShares:
    def test_of_asqa_each_question_by_any_of_its_answers(self, sets):
        (item,) = read_items(sets / "alce" / "asqa_eval_gtr_top100.json")
        assert told_shares(item, "It was closed on a MONDAY!") == {"str_em": 0.5}
        assert told_shares(item, "") == {"str_em": 0}

    def test_of_qampari_five_answers_are_all(self):
        item = {"answers": [[f"answer {number}", "…"] for number in range(9)]}
        assert told_shares(item, "Answer 1, answer 2.") == {"answer_recall_at_5": 2 / 5}
        assert told_shares(item, " ".join(f"answer {number}" for number in range(9))) == {"answer_recall_at_5": 1}

    def test_of_eli5_nothing(self, sets):
        assert told_shares(read_items(sets / "alce" / "eli5_eval_bm25_top100.json")[0], "A storm came.") == {}


class TestJudgeAnew:
    @pytest.fixture
    def archive(self, tmp_path):
        with Archive.open(tmp_path / "archive") as archive:
            archive.add([Article("a", TEXT, language="en")])
            yield archive

    def cited(self, start, verdict):
        return Citation("a", start, len(TEXT), TEXT[start:], verdict)

    def test_a_verdict_is_not_believed(self, archive):
        wrong = Statement("Repairs cost 19 million crowns.", (self.cited(60, Verdict.SUPPORTED),), Verdict.SUPPORTED)
        judged = judge_anew(archive, wrong)
        assert judged.citations[0].verdict is judged.verdict is Verdict.CONTRADICTED
        right = Statement("Repairs cost 12 million crowns.", (self.cited(60, Verdict.PARTLY),), Verdict.PARTLY)
        assert judge_anew(archive, right).verdict is Verdict.SUPPORTED

    def test_a_source_that_says_otherwise_is_left_as_it_is(self, archive):
        other = self.cited(0, Verdict.CONTRADICTED)
        statement = Statement("Repairs cost 12 million crowns.", (self.cited(60, Verdict.SUPPORTED), other))
        assert judge_anew(archive, statement).citations[1] == other

    def test_without_a_citation_its_own_verdict_stays(self, archive):
        assert judge_anew(archive, Statement("No.", (), Verdict.UNSUPPORTED)).verdict is Verdict.UNSUPPORTED


class TestMeasure:
    def test_every_file_that_is_there(self, sets, bar):
        groups = measure_set(sets / "alce", None, bar).groups
        assert list(groups) == ["asqa_eval_gtr_top100", "qampari_eval_gtr_top100", "eli5_eval_bm25_top100"]
        asqa = {name: each.value for name, each in groups["asqa_eval_gtr_top100"].items()}
        assert asqa == {"refused": 0, "citation_recall": 1, "citation_precision": 1, "str_em": 0.5}

    def test_a_file_of_results_has_its_items_under_data(self, sets, tmp_path):
        item = {"question": "?", "docs": [], "output": "…"}
        (tmp_path / "asqa.json").write_text(json.dumps({"args": {}, "data": [item]}))
        assert read_items(tmp_path / "asqa.json") == [item]

    def test_another_format(self, tmp_path, bar):
        (tmp_path / "asqa_x.json").write_text('[{"question": "?", "docs": [{"title": "T"}]}]')
        with pytest.raises(GoldError, match=r"asqa_x\.json is not in ALCE's format: it lacks 'text'"):
            measure_set(tmp_path, None, bar)
