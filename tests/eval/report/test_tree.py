import json

import pytest
from pydantic import TypeAdapter

from eval.report.schema import Tree
from eval.report.tree import report_tree, set_tree
from tests.eval.report.trees import QUESTIONS, judged, tree


class TestReportTree:
    def test_is_what_its_schema_says_also_after_json(self):
        made = json.loads(json.dumps(tree(baseline={})))
        assert TypeAdapter(Tree).validate_python(made)

    def test_figures_of_each_set_and_group(self):
        one = tree()["systems"]["newsrag"]["sets"]["harbour"]
        # evidence is in a first passage but where it is lost; two and four abstain or lose it
        assert one["overall"]["evidence_hit_at_3"] == {"value": 0.75, "low": 0.25, "high": 1.0, "n": 4}
        assert one["overall"]["refused_rightly"]["value"] == 0.5
        assert one["languages"]["de"]["evidence_hit_at_3"]["value"] == 0
        assert set(one["pairs"]) == {"ar→de", "de→de", "en→de"}
        assert set(one["kinds"]) == {"fact", "several", "false_premise"}

    def test_each_question_with_its_values_and_what_was_given(self):
        one, two, three, four, _, six = tree()["systems"]["newsrag"]["sets"]["harbour"]["questions"]
        assert (one["miss"], one["measures"]["cited"], one["measures"]["refused_rightly"]) == (None, 1, None)
        assert one["given"]["citations"][0]["exact"]
        assert [each["miss"] for each in (two, three, four, six)] == [
            "abstained wrongly",
            "retrieved but not cited",
            "not retrieved",
            "answered though unanswerable",
        ]

    def test_a_question_that_was_not_run(self):
        one = tree({"one": None})["systems"]["newsrag"]["sets"]["harbour"]["questions"][0]
        assert (one["given"], one["miss"]) == (None, "not run")

    def test_differences_are_ours_minus_theirs(self):
        found = tree({"two": "right"}, baseline={})["differences"]["plain <b>"]["harbour"]
        assert found["cited"]["value"] == 0.25
        assert found["refused_wrongly"]["value"] == -0.25

    def test_systems_that_were_asked_other_questions(self):
        systems = {"newsrag": {"a": judged()}, "other": {"a": judged(questions=QUESTIONS[:3])}}
        with pytest.raises(ValueError, match="different questions"):
            report_tree(systems, gold=[], indexed_with=None, llm=None, pool={})


class TestSetTree:
    def test_a_system_that_never_says_how_sure_it_is_has_no_curve(self):
        assert len(set_tree(judged())["risk_coverage"]) == len(QUESTIONS)
        nothing = set_tree(judged(dict.fromkeys(("one", "two", "three", "four", "five", "six"))))
        assert (nothing["risk_coverage"], nothing["area_under_risk"]) == ([], None)

    def test_times_stand_apart(self):
        one = set_tree(judged())
        assert one["latency_ms"]["median"] == pytest.approx(12)
        assert one["latency_ms"]["histogram"] == [(10, 20, 6)]
