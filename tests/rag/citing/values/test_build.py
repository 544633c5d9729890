"""The tables are what their build makes of CLDR, num2words and the additions."""

import json
import tomllib

import pytest

from rag.citing.values.build import ADDITIONS, LANGUAGES, table_of
from rag.citing.values.tables import FOLDER


@pytest.mark.parametrize("language", ["de", "ru", "zh", "hi"])
def test_a_table_is_up_to_date(language):
    added = tomllib.loads(ADDITIONS.read_text(encoding="utf-8")).get(language, {})
    written = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(table_of(language, added)))


def test_there_is_a_table_for_each_language():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(LANGUAGES)


def test_an_unknown_key_of_the_additions_would_be_noticed():
    known = set(json.loads((FOLDER / "de.json").read_text(encoding="utf-8")))
    known |= {"about", "over", "under", "nearly", "percent", "points", "not_units"}
    known |= {"about_after", "over_after", "under_after"}
    for language, added in tomllib.loads(ADDITIONS.read_text(encoding="utf-8")).items():
        assert set(added) <= known, language
