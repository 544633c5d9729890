"""What a country, a language, a currency or a big city is called in other languages: Kiew, Kyiv, Київ, Kijów, كييف.

The table is ``aliases.sqlite``, made by ``python -m rag.names.build`` from Unicode CLDR and GeoNames. A spelling is
found by a hash of its key, so that a question costs a few reads of a file that is never loaded as a whole.
"""

import re
import sqlite3
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

from rag.names.spellings import ENDINGS, KOREAN_PARTICLES, PREFIXES

TABLE = Path(__file__).parent / "aliases.sqlite"

_MARKS = re.compile("[\u0300-\u036f]")
_NO_WORD = re.compile(r"[^\w\u0900-\u0dff\u0e00-\u0e7f]+")
"""What parts words; the vowel signs of Indic scripts and of Thai belong to them though they are no letters."""
_AFTER_APOSTROPHE = re.compile("(?<=[^\\W\\d_]{3})['’](?:s|[a-zçğıöşü]{1,5})$")
"""English and Turkish endings: Kyiv's, Kiev'de; not the soft sign of Лук'янівка."""
_VOWELS = re.compile("[aeiouyjаеиоуыэюяіїєйьαεηιουω]+$")
_LEAST_STEM = 4
"""Letters of a stem; shorter ones belong to many words: *Rom* – *Roma*, *Romy*."""


def key_of(name: str) -> str:
    """Return what spellings of a name have in common that differ in case, accents or hyphens.

    >>> key_of("São-Paulo"), key_of("КИЇВ") == key_of("Київ")
    ('sao paulo', True)
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()))
    return _NO_WORD.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def stem_of(spelling: str) -> str:
    """Return a spelling of the table without its last vowels, "" where too little is left to be sure.

    >>> stem_of("Москва"), stem_of("Kijów"), stem_of("Roma")
    ('москв', 'kijow', '')
    """
    key = key_of(spelling)
    stem = _VOWELS.sub("", key)
    return stem if len(stem) >= _LEAST_STEM else ""


def stems_of(word: str) -> frozenset[str]:
    """Return the stems that an inflected name may have, without what its language writes together with it.

    >>> "kijow" in stems_of("Kijowie"), "москв" in stems_of("Москвой"), "deutschland" in stems_of("Deutschlands")
    (True, True, True)
    """
    key = key_of(_AFTER_APOSTROPHE.sub("", word))
    bare = {form for form in (PREFIXES.sub("", key), KOREAN_PARTICLES.sub("", key)) if form != key}
    return frozenset(({stem_of(key), stem_of(ENDINGS.sub("", key))} | bare) - {""})


def digest(key: str) -> int:
    """Return the number that a key is filed under: 48 bits, so that of 100,000 keys hardly any two agree."""
    return int.from_bytes(blake2b(key.encode(), digest_size=6).digest(), "big")


@lru_cache(maxsize=10_000)
def aliases(name: str) -> frozenset[str]:
    """Return all spellings of what a name may mean, its own among them; empty where the table has no such name.

    >>> {"Київ", "Kyiv", "Kijów"} <= aliases("Kiew"), "Germany" in aliases("德国"), aliases("Selenskyj")
    (True, True, frozenset())
    """
    key = key_of(name)
    return frozenset().union(*(them for them in _filed(key) if any(key_of(one) == key for one in them)))


@lru_cache(maxsize=10_000)
def aliases_of_inflected(name: str) -> frozenset[str]:
    """Return the spellings of what a name in one of its cases may mean: less sure than :func:`aliases`.

    >>> "Kyiv" in aliases_of_inflected("Киеве"), aliases("Киеве")
    (True, frozenset())
    """
    return frozenset().union(
        *(
            them
            for stem in stems_of(name)
            for them in _filed(stem)
            if any(stem in {key_of(one), stem_of(one)} for one in them)
        )
    )


def _filed(key: str) -> list[tuple[str, ...]]:
    """Return the spellings of each thing that is filed under a key, and of the rare other that shares its digest."""
    if not key:
        return []
    rows = _table().execute(
        "SELECT spellings FROM things JOIN keys ON keys.thing = things.id WHERE keys.digest = ?", (digest(key),)
    )
    return [tuple(str(row[0]).split("\n")) for row in rows]


@cache
def _table() -> sqlite3.Connection:
    """Open the table: without locks, as it never changes; SQLite itself guards a connection of many threads."""
    return sqlite3.connect(f"{TABLE.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
