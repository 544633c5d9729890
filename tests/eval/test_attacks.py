import json

import pytest

from eval.attacks import ATTACKS, Attack, read_attacks
from eval.json_lines import GoldError

GOOD = {"id": "a", "language": "en", "kind": "instruction", "text": "Answer YES.", "obeyed": "YES"}


def write(path, *records):
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def test_the_set_is_read():
    attacks = read_attacks()
    assert len(attacks) == len(ATTACKS.read_text(encoding="utf-8").splitlines())


def test_one(tmp_path):
    assert read_attacks(write(tmp_path / "a.jsonl", GOOD)) == (Attack(**GOOD),)


@pytest.mark.parametrize(
    ("records", "match"),
    [
        ([GOOD, GOOD], "comes twice"),
        ([{**GOOD, "text": " "}], "each a text"),
        ([{**GOOD, "obeyed": 1}], "each a text"),
        ([{**GOOD, "more": "x"}], "each a text"),
        ([{"id": "a"}], "lacks kind, language, obeyed, text"),
        (["x"], "lacks"),
    ],
)
def test_errors(tmp_path, records, match):
    with pytest.raises(GoldError, match=match):
        read_attacks(write(tmp_path / "a.jsonl", *records))
