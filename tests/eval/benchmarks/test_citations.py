"""Judging statements whose faults are known: the pairs of the set, and QAGS' summary sentences."""

import json

import pytest
from typer.testing import CliRunner

from eval.benchmarks.citations import by_kind, judge_pairs, measure_qags
from eval.citation_pairs import CITATION_DEV, Kind, read_citation_pairs
from eval.cli import app
from eval.json_lines import GoldError

ARTICLE = (
    "The harbour of Ostrevik was closed on Monday after a storm. Repairs cost 12 million crowns. "
    "The mayor thanked all the helpers."
)
QAGS = [
    {"article": ARTICLE, "sentence": "The harbour of Ostrevik was closed on Monday after a storm.", "supported": True},
    {"article": ARTICLE, "sentence": "Repairs cost 12 million crowns.", "supported": True},
    {"article": ARTICLE, "sentence": "Repairs cost 19 million crowns.", "supported": False},
    {"article": "The library in Mirabel lends 4,000 books.", "sentence": "A tortoise won a prize.", "supported": False},
]


@pytest.fixture(scope="module")
def judged():
    """The first few development pairs of each kind."""
    pairs = read_citation_pairs(CITATION_DEV)
    few = [pair for kind in Kind for pair in [one for one in pairs if one.kind is kind][:4]]
    steps = []
    found = judge_pairs(few, lambda done, total: steps.append((done, total)))
    assert steps == [(number, len(few)) for number in range(1, len(few) + 1)]
    assert [one.pair for one in found] == few
    return found


class TestPairs:
    def test_each_gets_a_verdict_and_a_wrong_one_a_reason(self, judged):
        assert all(one.called_wrong == (one.verdict != "supported") for one in judged)
        assert all(one.reasons for one in judged if one.called_wrong)
        assert {one.called_wrong for one in judged} == {True, False}

    def test_figures_by_kind_and_by_language(self, judged):
        groups = by_kind(judged)
        for kind in Kind:
            own = [one for one in judged if one.pair.kind is kind]
            assert groups[kind].pairs == len(own)
            assert groups[kind].called_wrong == sum(one.called_wrong for one in own) / len(own)
            assert sum(groups[kind].verdicts.values()) == len(own)
            parts = [groups[name].pairs for name in groups if name.startswith(f"{kind},")]
            assert sum(parts) == len(own)

    def test_the_command(self, tmp_path):
        lines = CITATION_DEV.read_text(encoding="utf-8").splitlines()[:6]
        (tmp_path / "few.jsonl").write_text("\n".join(lines), encoding="utf-8")
        done = CliRunner().invoke(app, ["citations", "--gold", str(tmp_path / "few.jsonl"), "--json"])
        tree = json.loads(done.stdout)
        assert [pair["id"] for pair in tree["pairs"]] == [json.loads(line)["id"] for line in lines]
        assert sum(group["pairs"] for name, group in tree["kinds"].items() if "," not in name) == 6
        shown = CliRunner().invoke(app, ["citations", "--gold", str(tmp_path / "few.jsonl"), "--misses"]).stdout
        assert "called wrong" in shown


class TestQags:
    @pytest.fixture
    def folder(self, tmp_path):
        lines = "\n".join(json.dumps(record) for record in QAGS)
        (tmp_path / "cnndm.jsonl").write_text(lines, encoding="utf-8")
        return tmp_path

    def test_balanced_accuracy(self, folder):
        steps = []
        found = measure_qags(folder, lambda done, total: steps.append((done, total)))
        assert found.statements == 4
        assert (found.supported, found.unsupported, found.balanced_accuracy) == (1.0, 1.0, 1.0)
        assert steps[-1] == (4, 4)

    def test_one_wrong_of_one_kind_costs_its_half(self, folder):
        with (folder / "cnndm.jsonl").open("a", encoding="utf-8") as file:
            file.write("\n" + json.dumps({**QAGS[2], "supported": True}))
        found = measure_qags(folder / "cnndm.jsonl")
        assert found.supported == pytest.approx(2 / 3)
        assert found.balanced_accuracy == pytest.approx((2 / 3 + 1) / 2)

    def test_the_command(self, folder):
        done = CliRunner().invoke(app, ["qags", "--data", str(folder), "--json"])
        assert json.loads(done.stdout)["statements"] == 4
        assert (
            "4 statements, balanced accuracy 1.000" in CliRunner().invoke(app, ["qags", "--data", str(folder)]).stdout
        )

    def test_no_such_set(self, tmp_path):
        with pytest.raises(GoldError, match=r"holds no cnndm\.jsonl .* Get QAGS"):
            measure_qags(tmp_path)
