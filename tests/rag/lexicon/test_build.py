import lzma

import pytest

from rag.lexicon import Lexicon
from rag.lexicon.build import aligned, main

PAIRS = [
    (("the", "bridge"), ("die", "bruecke")),
    (("the", "ferry"), ("die", "faehre")),
    (("the", "bridge", "closes"), ("die", "bruecke", "schliesst")),
    (("the", "ferry", "closes"), ("die", "faehre", "schliesst")),
]


class TestAligned:
    def test_words_that_translate_each_other_weigh_most(self):
        weights = aligned(PAIRS)
        for one, other in (("the", "die"), ("bridge", "bruecke"), ("ferry", "faehre"), ("closes", "schliesst")):
            assert weights[one, other] > 0.5
        assert all(0.0 < weight <= 1.0 for weight in weights.values())

    def test_of_nothing_is_nothing(self):
        assert aligned([]) == {}

    def test_sides_are_alike(self):
        turned = aligned([(other, one) for one, other in PAIRS])
        assert {(two, one): pytest.approx(weight) for (one, two), weight in turned.items()} == aligned(PAIRS)


def test_a_lexicon_is_made_of_both_sources(tmp_path):
    for folder, name, lines in (
        ("dictionary", "fr-en", ["pont\tbridge", "faire  \tto do", "chemin de fer\trailway"]),
        ("parallel", "en-de", [f"{' '.join(one)}\t{' '.join(other)}\tinvented" for one, other in PAIRS]),
        ("parallel", "de-fr", ["Brücke\tpont\tinvented"]),
    ):
        path = tmp_path / folder / f"{name}.tsv.xz"
        path.parent.mkdir(exist_ok=True)
        with lzma.open(path, "wt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    main(tmp_path, tmp_path / "made.npz")
    made = Lexicon(tmp_path / "made.npz")
    found = made.said(["pont", "faire", "chemin"], "fr", ["Die Bruecke schliesst.", "they do"], ["de", "en"])
    assert found.tolist() == [[True, False, False], [False, True, False]]
