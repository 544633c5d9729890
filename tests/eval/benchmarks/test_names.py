import json
from dataclasses import asdict

import pytest
from typer.testing import CliRunner

from eval.benchmarks.names import GOLD, Found, Pair, measure, read_pairs, report, script
from eval.cli import app
from eval.json_lines import GoldError


def pair(number, **other):
    return Pair(
        **{
            "id": f"q{number}",
            "kind": "person",
            "language": "en",
            "question": f"Why did Person{number} resign?",
            "name": f"Person{number}",
            "passage_id": f"p{number}",
            "passage_language": "de",
            "passage": f"Der Rücktritt kam überraschend, sagte Person{number}.",
            "passage_name": f"Person{number}",
        }
        | other
    )


class TestGold:
    pairs = read_pairs()

    def test_enough_pairs_in_enough_languages(self):
        assert len(self.pairs) >= 150
        assert len({pair.language for pair in self.pairs}) >= 8
        assert len({pair.id for pair in self.pairs}) == len(self.pairs)

    def test_question_and_passage_have_their_spelling(self):
        for pair in self.pairs:
            assert pair.name in pair.question
            assert pair.passage_name in pair.passage

    def test_the_spellings_and_languages_differ(self):
        for pair in self.pairs:
            assert pair.name.casefold() != pair.passage_name.casefold(), pair.id
            assert pair.language != pair.passage_language, pair.id

    def test_only_the_name_tells_passages_of_a_language_apart(self):
        frames = {
            (pair.passage_language, pair.passage_id.split("-")[0], pair.passage.replace(pair.passage_name, "{}"))
            for pair in self.pairs
        }
        assert len(frames) == len({frame[:2] for frame in frames})


class TestFigures:
    def test_shares(self):
        cyrillic = pair(3, name="Київ", kind="place")
        figures = report([Found(pair(1), 1, ""), Found(pair(2), 4, ""), Found(cyrillic, None, "")])
        assert figures.overall.questions == 3
        assert figures.overall.hit_at_1 == pytest.approx(1 / 3)
        assert figures.overall.hit_at_5 == pytest.approx(2 / 3)
        assert figures.overall.mrr == pytest.approx(1.25 / 3)
        assert figures.kinds["place"].mrr == 0
        assert figures.scripts["across scripts"].questions == 1
        assert figures.languages["en→de"].questions == 3
        json.dumps(figures.as_dict())

    def test_script(self):
        assert script("«Газпром»") == "CYRILLIC"
        assert script("!") == ""

    def test_a_search_finds_its_passage(self):
        figures = measure([pair(1, passage="The mayor resigned, Person1 said."), pair(2)])
        assert figures.found[0].rank == 1

    def test_nothing_to_measure(self):
        with pytest.raises(ValueError, match="no pairs"):
            measure([])


class TestReading:
    @pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', '"text"'])
    def test_a_line_that_is_no_pair(self, tmp_path, line):
        path = tmp_path / "names.jsonl"
        path.write_text(line)
        with pytest.raises(GoldError, match="line 1"):
            read_pairs(path)

    def test_a_line_separator_breaks_no_line_and_an_empty_line_is_none(self, tmp_path):
        path = tmp_path / "names.jsonl"
        line = json.dumps(asdict(pair(1, passage="Der\u2028Rücktritt")), ensure_ascii=False)
        path.write_text(f"\n{line}\n\n", encoding="utf-8")
        assert [read.passage for read in read_pairs(path)] == ["Der\u2028Rücktritt"]

    def test_one_passage_with_two_texts(self, tmp_path):
        path = tmp_path / "names.jsonl"
        lines = [json.loads(GOLD.read_text(encoding="utf-8").splitlines()[0]) | {"passage": text} for text in "ab"]
        path.write_text("\n".join(map(json.dumps, lines)))
        with pytest.raises(GoldError, match="another text"):
            read_pairs(path)


class TestCommand:
    def test_prints_figures_and_misses(self, tmp_path):
        path = tmp_path / "names.jsonl"
        lines = GOLD.read_text(encoding="utf-8").splitlines()[:4]
        path.write_text("\n".join(lines), encoding="utf-8")
        done = CliRunner().invoke(app, ["names", "--gold", str(path), "--misses"])
        assert done.exit_code == 0
        assert "hit@1" in done.output
        tree = json.loads(CliRunner().invoke(app, ["names", "--gold", str(path), "--json"]).output)
        assert tree["overall"]["questions"] == 4
