"""SQuAD 2.0's format, through the real archive."""

import json

import pytest

from eval.benchmarks.squad import read_questions
from eval.benchmarks.unanswerable import ALL, OWN, measure_set
from eval.json_lines import GoldError
from rag import Answer, Archive


class TestReading:
    def test_questions_with_the_places_of_their_answers(self, sets):
        paragraphs, asked = read_questions(sets / "squad" / "dev-v2.0.json")
        texts = {paragraph.id: paragraph.text for paragraph in paragraphs}
        assert list(texts) == ["paragraph-0", "paragraph-1", "paragraph-2"]
        assert [(each.paragraph, each.answerable) for each in asked] == [
            ("paragraph-0", True),
            ("paragraph-0", False),
            ("paragraph-2", True),
        ]
        assert asked[0].answers == ("Monday", "on Monday")
        for each in asked:
            assert [texts[span.article_id][span.start : span.end] for span in each.spans] == list(each.answers)

    def test_offsets_count_in_the_text_that_the_archive_keeps(self, tmp_path):
        context = "\ufeffDas Cafe\u0301 in Mu\u0308hlheim\r\no\u0308ffnet um neun Uhr."
        answer = {"text": "um neun Uhr", "answer_start": context.index("um neun")}
        asked = {"question": "Wann?", "id": "1", "answers": [answer], "is_impossible": False}
        file = tmp_path / "set.json"
        file.write_text(json.dumps({"data": [{"paragraphs": [{"context": context, "qas": [asked]}]}]}))
        paragraphs, (question,) = read_questions(file)
        with Archive.open(tmp_path / "archive") as archive:
            archive.add(paragraphs)
            (span,) = question.spans
            assert archive.article(span.article_id).text[span.start : span.end] == "um neun Uhr"

    @pytest.mark.parametrize(("content", "message"), [("[]", "another type"), ("{", "not JSON")])
    def test_another_format(self, tmp_path, content, message):
        (tmp_path / "set.json").write_text(content)
        with pytest.raises(GoldError, match=message):
            read_questions(tmp_path / "set.json")


class TestMeasure:
    def test_evidence_among_all_and_abstention_of_its_own(self, sets, bar):
        groups = measure_set(sets / "squad", None, bar).groups
        assert {name: estimate.n for name, estimate in groups[ALL].items()} == {
            "evidence_hit_at_1": 2,
            "evidence_hit_at_3": 2,
            "evidence_hit_at_5": 2,
        }
        assert groups[ALL]["evidence_hit_at_1"].value == 1
        assert {name: (estimate.value, estimate.n) for name, estimate in groups[OWN].items()} == {
            "cited": (1, 2),
            "answer_quoted": (1, 2),
            "refused_wrongly": (0, 2),
            "refused_rightly": (1, 1),
        }

    def test_each_is_asked_of_its_own_paragraph(self, sets, bar, monkeypatch):
        asked = []

        def ask(archive, question, filters):
            asked.append(filters.sources)
            return Answer(question, False, "", (), ())

        monkeypatch.setattr(Archive, "ask", ask)
        own = measure_set(sets / "squad", None, bar).groups[OWN]
        assert asked == [("paragraph-0",), ("paragraph-0",), ("paragraph-2",)]
        assert (own["refused_wrongly"].value, own["refused_rightly"].value, own["cited"].value) == (1, 1, 0)

    def test_a_file_and_so_many_questions_of_it(self, sets, bar):
        groups = measure_set(sets / "squad" / "dev-v2.0.json", 1, bar).groups
        assert groups[ALL]["evidence_hit_at_1"].n == 1
        assert "refused_rightly" not in groups[OWN]
