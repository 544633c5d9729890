"""Makes the tables of :mod:`rag.citing.values.tables`: ``python -m rag.citing.values.build``.

Sources: months, weekdays, units, currencies and number signs of Unicode CLDR, in every locale of a language (by Babel;
Unicode License v3); the words of the numbers to 99 and of the hundreds (by num2words, which is LGPL and needed only
here: no code of it is copied); and ``additions.toml``, written for newsrag. Both packages are needed only to build.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from rag.citing.values.folding import INVISIBLE, fold
from rag.citing.values.tables import FOLDER

ADDITIONS = Path(__file__).with_name("additions.toml")
LANGUAGES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "ur",
    "vi", "zh",
)  # fmt: skip
UNITS = {
    "area-square-kilometer": "square-kilometre", "area-hectare": "hectare", "area-square-meter": "square-metre",
    "area-square-mile": "square-mile", "area-acre": "acre", "duration-century": "century",
    "duration-decade": "decade", "duration-year": "year", "duration-quarter": "quarter", "duration-month": "month",
    "duration-week": "week", "duration-day": "day", "duration-hour": "hour", "duration-minute": "minute",
    "duration-second": "second", "length-kilometer": "kilometre", "length-meter": "metre",
    "length-centimeter": "centimetre", "length-millimeter": "millimetre", "length-mile": "mile",
    "length-foot": "foot", "length-inch": "inch", "length-nautical-mile": "nautical-mile",
    "length-light-year": "light-year", "mass-tonne": "tonne", "mass-ton": "ton", "mass-kilogram": "kilogram",
    "mass-gram": "gram", "mass-milligram": "milligram", "mass-ounce": "ounce", "volume-liter": "litre",
    "volume-milliliter": "millilitre", "volume-gallon": "gallon", "volume-barrel": "barrel",
    "volume-cubic-meter": "cubic-metre", "volume-cubic-kilometer": "cubic-kilometre",
    "temperature-celsius": "celsius", "temperature-fahrenheit": "fahrenheit", "temperature-generic": "degree",
    "speed-kilometer-per-hour": "kilometre-per-hour", "speed-meter-per-second": "metre-per-second",
    "speed-mile-per-hour": "mile-per-hour", "speed-knot": "knot", "power-gigawatt": "gigawatt",
    "power-megawatt": "megawatt", "power-kilowatt": "kilowatt", "power-watt": "watt",
    "power-horsepower": "horsepower", "energy-kilowatt-hour": "kilowatt-hour", "concentr-permille": "permille",
    "concentr-percent": "%",
    "digital-gigabyte": "gigabyte", "digital-terabyte": "terabyte", "digital-megabyte": "megabyte",
}  # fmt: skip
"""CLDR's units that newspapers count in, and what they are called here."""
CURRENCIES = (
    "USD", "EUR", "GBP", "JPY", "CNY", "RUB", "UAH", "PLN", "CHF", "SEK", "NOK", "DKK", "CZK", "HUF", "RON", "TRY",
    "INR", "KRW", "BRL", "MXN", "ARS", "CAD", "AUD", "NZD", "ILS", "SAR", "AED", "EGP", "IRR", "KZT", "ZAR", "NGN",
    "THB", "VND", "IDR", "TWD", "HKD", "SGD", "BGN", "RSD", "BYN", "PKR", "BDT", "COP", "CLP",
)  # fmt: skip
SYMBOLS = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₹": "INR",
    "₩": "KRW", "r$": "BRL", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "nz$": "NZD", "hk$": "HKD", "nt$": "TWD",
    "s$": "SGD", "₪": "ILS", "₸": "KZT", "₦": "NGN", "฿": "THB", "₫": "VND", "zł": "PLN", "kč": "CZK", "rmb": "CNY",
}  # fmt: skip
"""Signs of currencies that mean the same in every language; ¥ is the yuan in Chinese."""
_CASES = {
    "pl": {"ci": "cia cie ciego ciemu cią ciej cim cich", "gi": "ga gie giego giemu gą giej gim gich",
           "y": "a e ego emu ą ej ym ych"},
    "ru": {"ий": "ья ье ьего ьему ьей ью ьим ьем ьи ьих", "ый": "ая ое ого ому ым ом ой ую ые ых ыми",
           "ой": "ая ое ого ому ым ом ой ую ые ых ыми"},
    "uk": {"ій": "я є ього ьому ім ьої ю і іх", "ий": "а е ого ому им ої ій у і их ими"},
}  # fmt: skip
"""Endings of an ordinal's dictionary form and of its cases."""
_MONTH_NUMERAL = re.compile(r"[\divx]*\.?|.|m\d\d")
_SCRIPT = re.compile(r"_(?!Hans|Hant)[A-Z][a-z]{3}(?<!sr_Latn)")
"""Of Chinese both scripts are wanted and of Serbian; English in Shavian letters is not."""
_PATTERN = re.compile(r"\s*\{0\}\s*")
Table = dict[str, Any]


def main() -> None:
    """Write the table of every language anew."""
    additions = tomllib.loads(ADDITIONS.read_text(encoding="utf-8"))
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        table = table_of(language, additions.get(language, {}))
        text = json.dumps(table, ensure_ascii=False, sort_keys=True, indent=0, separators=(",", ":"))
        (FOLDER / f"{language}.json").write_text(text + "\n", encoding="utf-8")


def table_of(language: str, added: Table) -> Table:
    """Return all that is known of a language, every word folded as texts are."""
    table: Table = {"numbers": {}, "ones": [], "ordinals": {}, **_signs(language)}
    table |= {
        "months": {},
        "weekdays": {},
        "short_months": {},
        "short_weekdays": {},
        "units": {},
        "currencies": dict(SYMBOLS),
    }
    if "ones" in added or ("numbers" in added and language != "ko"):  # elsewhere only parts of a number would be read
        _number_words(language, table)
    table["multipliers"] = _scales(language)
    for locale in _locales(language):
        _calendar(locale, table)
        _units(locale, table)
    _currencies(language, table)
    for word in _words(added.get("not_units", "")):
        table["units"].pop(word, None)
        table["currencies"].pop(word, None)
    for name in ("numbers", "ordinals", "months", "weekdays", "multipliers", "fractions", "eras"):
        table[name] = table.get(name, {}) | {
            word: value if name in {"numbers", "multipliers", "fractions"} else int(value)
            for value, word in _lines(added.get(name, ()))
        }
    for name in ("units", "currencies", "relative"):
        table[name] = table.get(name, {}) | {word: value for value, word in _lines(added.get(name, ()))}
    for kind, unit in (("percent", "%"), ("points", "percentage point")):
        table["units"] |= dict.fromkeys(_words(added.get(kind, "%" if unit == "%" else "")), unit)
    table["bounds"] = {
        **dict.fromkeys(_words(added.get("about", "~ ≈")), "about"),
        **dict.fromkeys(_words(added.get("over", ">")), "over"),
        **dict.fromkeys(_words(added.get("under", "<")), "under"),
        **dict.fromkeys(_words(added.get("nearly", "")), "nearly"),
    }
    table["bounds_after"] = {
        word: kind for kind in ("about", "over", "under") for word in _words(added.get(f"{kind}_after", ""))
    }
    for name in [
        "ones",
        "alone",
        "and",
        "to",
        "bare",
        "month_before",
        "clock",
        "clock_before",
        "year_after",
        "of",
        "not_relative_after",
        "lowercase",
        "counters",
        "percent_before",
        "not_numbers",
        "weekday_tails",
        "ordinal_tails",
        "one",
        "and_a_half",
        "one_in",
        "every",
        "fractions_alone",
        "clock_morning",
        "clock_evening",
    ]:
        table[name] = sorted({*table.get(name, ()), *_words(added.get(name, ""))})
    table["numbers"] = {word: value for word, value in table["numbers"].items() if word not in table["not_numbers"]}
    table["ordinals"] |= _inflected(language, table["ordinals"])
    table["glued"] = [*_words(added["glued"])] if "glued" in added else None
    table["spaced_groups"] = table["spaced_groups"] or bool(added.get("spaced_groups"))
    table["loose"] = bool(added.get("loose"))
    table["ambiguous_groups"] = bool(added.get("ambiguous_groups"))
    if language == "zh":
        table["currencies"]["¥"] = "CNY"
    return table


def _words(line: str) -> list[str]:
    return [fold(word.replace("_", " ")) for word in line.split()]


def _lines(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        value, _, words = line.partition(" ")
        if re.fullmatch(r"\d+e\d+", value):
            value = str(int(float(value)))
        for word in _words(words):
            yield value, word


def _locales(language: str) -> list[str]:
    from babel.localedata import locale_identifiers  # noqa: PLC0415 - needed only to build

    names = sorted(name for name in locale_identifiers() if name.split("_")[0] == language)
    names = [name for name in names if not _SCRIPT.search(name)]
    return [name for name in names if name != language] + [language]  # the language's own words win


def _locale(name: str) -> Any:  # noqa: ANN401 - Babel's tree of dicts
    from babel.localedata import LocaleDataDict, load  # noqa: PLC0415 - needed only to build

    data: Any = load(name)
    return LocaleDataDict(deepcopy(data))  # looking an alias up writes into the dicts that locales share


def _signs(language: str) -> Table:
    locale = _locale(language)
    symbols = locale["number_symbols"]["latn"]
    short = locale["date_formats"]["short"].pattern
    return {
        "decimal": symbols["decimal"],
        "spaced_groups": symbols["group"].isspace(),
        "order": "".join(dict.fromkeys(letter.lower() for letter in short if letter in "dMy")),
        "dotted_days": bool(re.search(r"\bd+\.", locale["datetime_skeletons"]["MMMd"].pattern)),
    }


def _number_words(language: str, table: Table) -> None:
    from num2words import num2words  # type: ignore[import-untyped]  # noqa: PLC0415 - needed only to build

    for number in (*range(100), *range(100, 1000, 100)):
        try:
            word = _spelled(num2words(number, lang=language))
        except NotImplementedError:
            return
        if number == 1:
            table["ones"].append(word)
        elif number < 100 or " " not in word:  # noqa: PLR2004 - what is longer is put together again
            table["numbers"][word] = str(number)
    for number in range(1, 101):
        try:
            word = _spelled(num2words(number, lang=language, to="ordinal"))
        except (NotImplementedError, KeyError, IndexError, TypeError):
            return
        if word not in table["numbers"] and word not in table["ones"]:
            table["ordinals"][word] = number


def _inflected(language: str, ordinals: dict[str, int]) -> dict[str, int]:
    """Return the cases of the ordinals that decline as adjectives do: *dziewiątej*, *первых*."""
    found: dict[str, int] = {}
    for word, number in ordinals.items():
        for ending, cases in _CASES.get(language, {}).items():
            if word.endswith(ending):
                found |= {word.removesuffix(ending) + case: number for case in cases.split()}
                break
    return {word: number for word, number in found.items() if word not in ordinals}


def _scales(language: str) -> dict[str, str]:
    """Return CLDR's words and short forms for thousand, million and so on."""
    from babel.localedata import load  # noqa: PLC0415 - needed only to build

    scales = {}
    for forms in load(language)["compact_decimal_formats"].values():
        for patterns in forms.values():
            for power, pattern in patterns.items():
                zeros = re.match(r"0+\s*", pattern.pattern)
                for word in sorted(_variants(pattern.pattern[zeros.end() :].replace("'", ""))) if zeros else ():
                    if len(word) > 1:
                        scales[word] = str(int(power) // 10 ** (pattern.pattern.count("0") - 1))
    return scales


def _spelled(word: str) -> str:
    return re.sub(r"[\s\-]+", " ", fold(unicodedata.normalize("NFC", word))).strip()


def _calendar(name: str, table: Table) -> None:
    locale = _locale(name)
    for found, forms in (("months", locale["months"]), ("weekdays", locale["days"])):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, word in forms[form][width].items():
                    for variant in sorted(_variants(word)):
                        if not _MONTH_NUMERAL.fullmatch(variant) and not variant[0].isdigit():
                            table[found if width == "wide" else f"short_{found}"].setdefault(variant, number)
        for word in table[found]:
            table[f"short_{found}"].pop(word, None)


def _variants(name: str) -> set[str]:
    """Return a name folded, with and without its last point and its marks (Arabic short vowels)."""
    folded = fold("".join(letter for letter in unicodedata.normalize("NFC", name) if letter not in INVISIBLE)).strip()
    bare = "".join(letter for letter in folded if not "\u064b" <= letter <= "\u0652")
    return {form for word in (folded, bare) for form in (word, word.rstrip(".")) if form}


def _units(locale: str, table: Table) -> None:
    from babel.localedata import load  # noqa: PLC0415 - needed only to build

    unit_patterns = load(locale)["unit_patterns"]
    for name, unit in UNITS.items():
        for width, patterns in unit_patterns.get(name, {}).items():
            if width == "narrow" or not hasattr(patterns, "items"):
                continue
            for plural, pattern in patterns.items():
                if plural == "per" or not isinstance(pattern, str) or not _PATTERN.match(pattern):
                    continue
                for word in sorted(_variants(_PATTERN.sub("", pattern))):
                    if (len(word) > 1 or not word.isalpha() or word > "\u3000") and not re.search(r"\d\b", word):
                        table["units"].setdefault(word, unit)


def _currencies(language: str, table: Table) -> None:
    from babel.localedata import load  # noqa: PLC0415 - needed only to build

    locale = load(language)
    for code in CURRENCIES:
        table["currencies"][code.lower()] = code
        forms = {*locale["currency_names_plural"].get(code, {}).values(), locale["currency_names"].get(code, "")}
        for form in sorted(filter(None, forms)):
            for word in sorted(_variants(form)):
                table["currencies"].setdefault(word, code)


if __name__ == "__main__":
    main()
