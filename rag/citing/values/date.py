"""Dates and times of day in a text, in the words of its language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from rag.citing.values import ideographs
from rag.citing.values.folding import fold
from rag.citing.values.tables import Lexicon, Table, table

_MONTHS = 12
_HOURS, _HALF_OF_DAY = 24, 12
_HALVES_OF_DAY = ("clock", "clock_morning", "clock_evening")
_LONG_LEAD = 3
"""Letters of a word after which a number in words is an hour: *saat dokuz*, not *a dos*."""
_DAYS = 31
_MIDDLE = r"[ \u200e\u200f]*"
_ISO = re.compile(r"(?<![\d.,/-])(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})(?:[t ](?=\d\d:))?(?![\d/-])\.?")
_NUMERIC = re.compile(
    rf"(?<![\d.,/:-])(\d{{1,2}}){_MIDDLE}([./-]){_MIDDLE}(\d{{1,2}}){_MIDDLE}\2{_MIDDLE}(\d{{4}}|\d{{2}})(?![\d/-]|[.,]\d)"
)
_DAY_MONTH = re.compile(r"(?<![\d.,/:-])(\d{1,2})\. ?(\d{1,2})\.(?!\d| \d{4})")
_YEAR = re.compile(
    r"(?<![\d.,:/$€£¥%-])(?<![$€£¥] )(1[89]\d\d|20\d\d)"
    r"(?![\d:%]|[.,]\d|\s?[%€£]|'?er\b|'?s\b|-?talet|年代|년대|-\d{1,2}-)"
)
_CJK = re.compile(
    r"(?:(?P<y>\d{1,4}|[〇零一二三四五六七八九]{4}|元) ?[年년](?!代|间|間|级|級|간|대|度) ?)?"
    r"(?:(?P<m>\d{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九]?) ?[月월](?!間|间) ?)?"
    r"(?:(?P<d>\d{1,2}|[一二三]?十?[一二三四五六七八九]?) ?(?:[日号號](?!間|间|本|元)|일(?!간|째| 동안)))?"
)
_CJK_CLOCK = re.compile(r"(?<!\d)(\d{1,2}) ?[时時点點시](?!間|间|간|代)(?: ?(?:(\d{1,2}) ?[分분]|(半|반)))?")
_CLOCK = re.compile(r"(?<![\d.,:])([01]?\d|2[0-4])(?::| ?h ?)([0-5]\d)(?::[0-5]\d)?(?![\d:])")
_HALF_DAY = re.compile(r"(?<![\d.,:])(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))? ?([ap])(?:\.m\.|m\b)")
_AFTERNOON = re.compile(r"(?:下午|晚上|午後|夜|오후|밤) ?$")
_RIGHT_YEAR = re.compile(
    r"\.?[,،]?\s*(?:(?:de|del|do|of|anul|din|г|d')\s*)?((?:1[89]|20)\d\d)(?![\d.,:]\d|\d)(?: ?(?:г|р)\b\.?)?"
)
_RIGHT_DAY = re.compile(
    r"\.?\s*(?:the )?(\d{1,2})(?:st|nd|rd|th|-(?:án|én|jén|jan|ján|i)|\.|-?[ае])?(?![\d:%]|[.,/]\d|\s?%)\s*(?:일|d\.)?"
)
_LEFT_DAY = re.compile(
    r"(?<![\d.,:/$€£])(\d{1,2})(?:\.|st|nd|rd|th|er|re|º|ª|°|\.º|-?е|-?го|-ого|:[ae]|de|e)?,?\s*(?:(?:of|de|d'|di|do|da)\s*)?\s*$"
)
_LEFT_YEAR = re.compile(r"(?<![\d.,])((?:1[89]|20)\d\d)\s?\.?,?\s*(?:m\.|gada|m|e|ko|жылы|жылдың)?\s*$")
_LEFT_RANGE = re.compile(r"(?<![\d.,:/$€£])(\d{1,2})(?:\.|st|nd|rd|th|-го|-е)?\s*(?:[-–—]|\b[^\W\d]{1,4}\b)\s*$")
_RIGHT_RANGE = re.compile(r"\s*(?:[-–—]|and|to|&)\s*(\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)(?!\s*[^\W\d]*\s*%)")
_BETWEEN = re.compile(r"[\s,،.(（、]*(?:the|den|dem|der|le|el|il|on|dne|de|día|dia|giorno|am|на)?[\s(（]*")


@dataclass(frozen=True, slots=True)
class Date:
    """A date, or the part of one that the text gives: ``text == whole_text[start:end]``.

    :param weekday: 0 is Monday.
    :param swapped: day and month may be the other way round: 11/06/2024.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int | None = None
    swapped: bool = False


def dates(text: str, language: str | None, published: str | None = None) -> tuple[Date, ...]:
    """Return the dates and times of day of a text in their order.

    :param text: NFC, as all texts of articles are.
    :param language: ISO 639-1 code, or None.
    :param published: date that *yesterday* counts from, ISO 8601; without one such words are left out.
    """
    return find(text, fold(text), table(language), published)


def find(text: str, folded: str, known: Table, published: str | None) -> tuple[Date, ...]:
    """Return the dates of a text that is folded already."""
    found: list[Date] = []
    for finder in (_numeric, _characters, _named, _clock, _years):
        for one in finder(text, folded, known):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    found.extend(
        one
        for one in _relative(text, folded, known, day_of(published))
        if not any(one.start < other.end and other.start < one.end for other in found)
    )
    return _with_weekdays(text, folded, known, sorted(found, key=lambda one: one.start))


def day_of(published: str | None) -> date | None:
    """Return the day of an ISO 8601 date or time, or None if it names none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _make(text: str, start: int, end: int, **parts: Any) -> Date | None:  # noqa: ANN401 - the parts of a Date
    month, day = parts.get("month"), parts.get("day")
    if (month is not None and not 1 <= month <= _MONTHS) or (day is not None and not 1 <= day <= _DAYS):
        return None
    while end > start and text[end - 1] in " ,":
        end -= 1
    return Date(start, end, text[start:end], **parts)


def _numeric(text: str, folded: str, known: Table) -> Iterator[Date]:
    for match in _ISO.finditer(folded):
        one = _make(text, *match.span(), year=int(match[1]), month=int(match[3]), day=int(match[4]))
        if one:
            yield one
    for match in _NUMERIC.finditer(folded):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        order = known.data["order"]
        if len(match[4]) == 2:  # noqa: PLR2004 - '24
            year += 2000 if year < 70 else 1900  # noqa: PLR2004 - as POSIX strptime has it
        day_first = second <= _MONTHS and (order != "mdy" or match[2] == "." or first > _MONTHS)
        unsure = (order in {"mdy", ""} and match[2] != ".") and first <= _MONTHS and second <= _MONTHS
        day, month = (first, second) if day_first else (second, first)
        one = _make(text, *match.span(), year=year, month=month, day=day, swapped=unsure and first != second)
        if one:
            yield one
    if known.decimal == "," or known.data["dotted_days"]:
        for match in _DAY_MONTH.finditer(folded):
            one = _make(text, *match.span(), day=int(match[1]), month=int(match[2]))
            if one:
                yield one


def _characters(text: str, folded: str, known: Table) -> Iterator[Date]:  # noqa: C901 - one form of writing after the other
    if not (known.unspaced or known.language == "ko"):
        return
    at = 0
    for sign in re.finditer(r"[年月日号號년월일]", folded):
        if sign.start() < at:
            continue
        start = sign.start()
        while start > at and (folded[start - 1] in "〇零一二三四五六七八九十元 " or folded[start - 1].isdigit()):
            start -= 1
        while start < sign.start() and folded[start] == " ":
            start += 1
        match = _CJK.match(folded, start)
        if match is None or match.end() <= sign.start():
            continue
        parts = {name: _number(match[name], known) for name in "ymd" if match[name]}
        era = next((base for name, base in known.data["eras"].items() if folded.endswith(name, 0, start)), None)
        if "y" in parts:
            year = parts["y"]
            if era is not None:
                parts["y"], start = era + year, start - 2
            elif year < 100 and "m" in parts and len(match["y"]) == 2:  # noqa: PLR2004 - 24年11月
                parts["y"] = 2000 + year
            elif not 1000 <= year <= 2200:  # noqa: PLR2004 - 3年 lasts, and is no date
                continue
        if not parts or ("y" not in parts and "m" not in parts and match["d"] and not match["d"].isdigit()):
            continue  # 一日 is a day
        one = _make(text, start, match.end(), year=parts.get("y"), month=parts.get("m"), day=parts.get("d"))
        if one and one.text:
            at = match.end()
            yield one


def _number(written: str, known: Table) -> int:
    if written == "元":
        return 1
    value = ideographs.read(written, known)
    return int(value[0]) if value else 0


@lru_cache(maxsize=64)
def _patterns(language: str | None) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, Lexicon[str]]:
    """Compile a language's month names, weekdays and words for days."""
    data = table(language).data
    months = {**data["months"], **data["short_months"]}
    loose = table(language).unspaced or data["loose"]
    edge, tail = ("", "") if table(language).unspaced else (r"(?<![^\W\d_])", r"(?![^\W\d_])")
    if language == "ar":
        edge = r"(?<![^\W\d_])(?:[وبل]|ال)?"
    elif language == "he":
        edge = r"(?<![^\W\d_])[בלמהו]{0,2}"

    def compiled(words: Any, tails: str) -> re.Pattern[str] | None:  # noqa: ANN401 - words of a table
        if not words:
            return None
        either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        return re.compile(f"{edge}({either}){tails}")

    endings = "|".join(map(re.escape, data["weekday_tails"]))
    weekday_tail = f"(?:{endings})?{tail}" if endings else (r"" if loose else tail)
    return (
        compiled(months, tail if not loose else ""),
        compiled({*data["weekdays"]}, weekday_tail),
        Lexicon(data["relative"], loose=loose),
    )


def _named(text: str, folded: str, known: Table) -> Iterator[Date]:  # noqa: C901, PLR0912, PLR0915 - one form of writing after the other
    pattern = _patterns(known.language or None)[0]
    if pattern is None or known.unspaced or known.language == "ko":
        return
    data = known.data
    for match in pattern.finditer(folded):
        name = match[1]
        month = data["months"].get(name, data["short_months"].get(name))
        start, end = match.span()
        parts: dict[str, int] = {"month": month}
        left = folded[max(0, start - 40) : start]
        offset = start - len(left)
        day = _LEFT_DAY.search(left)
        if day and 1 <= int(day[1]) <= _DAYS:
            parts["day"], start = int(day[1]), offset + day.start()
            left = left[: day.start()]
        else:
            spelled = _spelled_day(left, known)
            if spelled:
                parts["day"], start = spelled[0], offset + spelled[1]
                left = left[: spelled[1]]
        if "day" not in parts:
            after = _RIGHT_DAY.match(folded, end)
            if (
                after
                and 1 <= int(after[1]) <= _DAYS
                and known.language not in {"de", "fr", "es", "it", "pt", "nl", "ru", "uk"}
            ):
                parts["day"], end = int(after[1]), after.end()
                until = _RIGHT_RANGE.match(folded, end)
                if until and int(until[1]) <= _DAYS and int(until[1]) > parts["day"]:
                    one = _make(text, until.start(1), until.end(), month=month, day=int(until[1]))
                    end_of_range = until.end()
                    year = _RIGHT_YEAR.match(folded, end_of_range)
                    if one:
                        yield replace(one, year=int(year[1])) if year else one
                    if year:
                        parts["year"] = int(year[1])
        year = _RIGHT_YEAR.match(folded, end)
        if year and "year" not in parts:
            parts["year"], end = int(year[1]), year.end()
        elif "year" not in parts:
            before = _LEFT_YEAR.search(left)
            if before:
                parts["year"], start = int(before[1]), offset + before.start()
        if len(parts) == 1 and not _stands_alone(text, folded, match, known):
            continue
        if "day" in parts and day:
            other = _LEFT_RANGE.search(left)
            if other and 1 <= int(other[1]) < parts["day"]:
                one = _make(text, offset + other.start(1), offset + other.end(1), **(parts | {"day": int(other[1])}))
                if one:
                    yield one
        if folded[end : end + 1] == "." and name.endswith("."):
            end += 1
        one = _make(text, start, end, **parts)
        if one:
            yield one


def _spelled_day(left: str, known: Table) -> tuple[int, int] | None:
    """Return the day that an ordinal or a number right before a month names, and where it begins."""
    words = re.search(r"((?:[^\W\d_]+[ -])?[^\W\d_]+)\s+(?:(?:of|de|d'|di|من)\s*)?$", left)
    if words is None:
        return None
    for phrase, start in (
        (words[1], words.start()),
        (words[1].split(" ")[-1], words.start() + words[1].rfind(" ") + 1),
    ):
        for form in (phrase, phrase.replace("-", " "), phrase[:-1] if phrase.endswith("n") else phrase):
            value = known.ordinals.get(form) or (known.numbers.get(form) if known.data["of"] else None)
            if value and 1 <= value <= _DAYS:
                return int(value), start
    return None


def _stands_alone(text: str, folded: str, match: re.Match[str], known: Table) -> bool:
    """Tell whether a month without day or year is one: *May* is, after *in*; *may* and *Mar* are not."""
    name, data = match[1], known.data
    if name in data["short_months"]:
        return False
    if name not in data["bare"]:
        return len(name) > 2  # noqa: PLR2004 - too short to be sure
    before = folded[: match.start()].split()
    if not before or before[-1] not in data["month_before"]:
        return False
    return known.language != "en" or text[match.start()].isupper()


def _clock(text: str, folded: str, known: Table) -> Iterator[Date]:  # noqa: C901 - one form of writing after the other
    for match in _HALF_DAY.finditer(folded):
        hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
        yield Date(*match.span(), text[slice(*match.span())], hour=hour, minute=int(match[2] or 0))
    for match in _CLOCK.finditer(folded):
        end = match.end()
        if match[0].count(":") or known.language in {"fr", "pt", ""}:
            yield Date(match.start(), end, text[match.start() : end], hour=int(match[1]) % 24, minute=int(match[2]))
    if known.unspaced or known.language == "ko":
        for match in _CJK_CLOCK.finditer(folded):
            hour = int(match[1])
            if hour < 12 and _AFTERNOON.search(folded, 0, match.start()):  # noqa: PLR2004 - 下午3时
                hour += 12
            minute = 30 if match[3] else int(match[2] or 0)
            if hour <= 24:  # noqa: PLR2004 - hours of a day
                yield Date(*match.span(), text[slice(*match.span())], hour=hour % 24, minute=minute)
        return
    yield from _spelled_clock(text, folded, known)
    words = "|".join(sorted(map(re.escape, known.data["clock"]), key=len, reverse=True))
    lead = "|".join(sorted(map(re.escape, known.data["clock_before"]), key=len, reverse=True))
    time = r"(?<![\d.,:])(2[0-4]|[01]?\d)(?!\d)(?:[.:]([0-5]\d))?"
    after = rf" ?(?:{words})(?![^\W\d_])(?: ([0-5]\d)(?!\S*\d))?" if words else ""
    if lead:  # words such as hours mean a time of day only after such as at, if there are such words
        forms = [rf"(?<![^\W\d_])(?:{lead}) {time}{after}"]
        if known.language in {"tr", "it", "sv", "ro"}:
            forms = [rf"(?<![^\W\d_])(?:{lead}) {time}(?![\d%]|[.,]\d| ?%)"]
    else:
        forms = [time + after] if after else []
    for form in forms:
        for match in _compiled(form).finditer(folded):
            start = match.start(1)
            yield Date(
                start,
                match.end(),
                text[start : match.end()],
                hour=int(match[1]) % 24,
                minute=int(match[2] or (match[3] if match.re.groups > 2 else None) or 0),  # noqa: PLR2004 - 18 Uhr 30
            )


def _spelled_clock(text: str, folded: str, known: Table) -> Iterator[Date]:
    """Find hours with their half of the day (*9 rano*, *six in the evening*), and those in words after *o'clock*."""
    data = known.data
    either = {name: "|".join(sorted(map(re.escape, data[name]), key=len, reverse=True)) for name in _HALVES_OF_DAY}
    hours = f"(?: (?:{either['clock']}))?" if either["clock"] else ""
    forms = [
        (rf"(?<![\w.,:])(\d{{1,2}}|[^\W\d_]+(?:'[^\W\d_]+)?)(?:[.:](\d\d))?{hours} (?:{either[name]})(?!\w)", later)
        for name, later in (("clock_morning", 0), ("clock_evening", _HALF_OF_DAY))
        if either[name]
    ]
    if any(len(word) >= _LONG_LEAD for word in data["clock_before"]):
        lead = "|".join(re.escape(word) for word in data["clock_before"] if len(word) >= _LONG_LEAD)
        after = rf" (?:{either['clock']})" if either["clock"] else ""
        forms.append((rf"(?<!\w)(?:{lead}) ([^\W\d_]+)(){after}(?!\w)", 0))
    elif either["clock"] and not data["clock_before"]:
        forms.append((rf"(?<!\w)([^\W\d_]+)() (?:{either['clock']})(?!\w)", 0))
    for form, later in forms:
        for match in _compiled(form).finditer(folded):
            word = match[1]
            named = known.ordinals.get(word) or known.numbers.get(word) or (1 if word in known.ones else None)
            hour = int(word) if word.isdigit() else named and int(named)
            if hour is not None and 1 <= hour <= _HOURS:
                hour = (hour + later if hour < _HALF_OF_DAY else hour) % _HOURS
                start = match.start(1)
                yield Date(start, match.end(), text[start : match.end()], hour=hour, minute=int(match[2] or 0))


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _years(text: str, folded: str, known: Table) -> Iterator[Date]:
    for match in _YEAR.finditer(folded):
        start, end = match.span()
        if start and folded[start - 1].isalpha() and not known.unspaced:
            continue
        at = end + (folded[end : end + 1] in {" ", "-"})
        if (known.unspaced and (folded[start - 1 : start] or " ") in _SCALES) or (
            folded[end : end + 1] or " "
        ) in _SCALES:
            continue  # 1億2000万
        if folded[end : end + 1].isalpha() and not known.unspaced and not known.data["loose"]:
            continue
        unit = known.units.at(folded, at)
        counted = unit and folded[at : unit[0]] not in known.data["year_after"] and len(folded[at : unit[0]]) > 2  # noqa: PLR2004
        if counted or known.currencies.at(folded, at) or known.multiplier.at(folded, at):
            continue
        if known.counters.at(folded, end):
            continue
        if not 1900 <= int(match[1]) <= 2099:  # noqa: PLR2004 - others are numbers as well
            continue
        yield Date(start, end, text[start:end], year=int(match[1]))


def _relative(text: str, folded: str, known: Table, published: date | None) -> Iterator[Date]:
    if published is None or not known.data["relative"]:
        return
    lexicon = _patterns(known.language or None)[2]
    at = 0
    while at < len(folded):
        found = None
        if known.unspaced or not at or not folded[at - 1].isalpha():
            found = lexicon.at(folded, at)
        if found is None:
            at += 1
            continue
        end, shift = found
        if _is_relative(text, folded, at, end, known):
            yield Date(at, end, text[at:end], **_shifted(published, shift))
        at = end


def _is_relative(text: str, folded: str, start: int, end: int, known: Table) -> bool:
    """Tell *morgen* from *am Morgen* and *mañana* from *la mañana*."""
    word = folded[start:end]
    if word in known.data["lowercase"] and text[start].isupper() and folded[:start].strip():
        return False
    if word == "mañana":
        return not any(folded[:start].rstrip().endswith(f" {before}") for before in known.data["not_relative_after"])
    return True


def _shifted(published: date, shift: str) -> dict[str, Any]:
    if shift.endswith("y"):
        return {"year": published.year + int(shift[:-1])}
    if shift.endswith("m"):
        months = published.year * 12 + published.month - 1 + int(shift[:-1])
        return {"year": months // 12, "month": months % 12 + 1}
    day = published + timedelta(days=int(shift))
    return {"year": day.year, "month": day.month, "day": day.day}


def _with_weekdays(text: str, folded: str, known: Table, found: list[Date]) -> tuple[Date, ...]:  # noqa: C901 - one form of writing after the other
    """Add the weekdays: to the date they stand before or, in brackets, after; else by themselves."""
    pattern = _patterns(known.language or None)[1]
    short = known.data["short_weekdays"]
    complete = []
    for one in found:
        if one.day is not None and one.hour is None:
            words = re.search(r"([^\W\d_]+)\.?,?\s+(?:the |den |le |el )?$", folded[max(0, one.start - 14) : one.start])
            after = re.match(r"\s?[(（]([^\W\d_]{1,3})\.?[)）]", folded[one.end : one.end + 8])
            day = short.get(words[1], short.get(f"{words[1]}.")) if words else None
            if day is None and after:
                day = short.get(after[1], _SHORTEST.get(after[1]))
            complete.append(one if day is None else replace(one, weekday=day))
        else:
            complete.append(one)
    if pattern is None:
        return tuple(complete)
    for match in pattern.finditer(folded):
        if any(one.start < match.end() and match.start() < one.end for one in complete):
            continue
        day = known.data["weekdays"][match[1]]
        for index, one in enumerate(complete):
            gap = (match.end(), one.start) if match.end() <= one.start else (one.end, match.start())
            if one.day is None or one.hour is not None or one.weekday is not None:
                continue
            if gap[1] - gap[0] <= 8 and _BETWEEN.fullmatch(folded, *gap):  # noqa: PLR2004 - ", den "
                start, end = min(match.start(), one.start), max(match.end(), one.end)
                complete[index] = replace(one, weekday=day, start=start, end=end, text=text[start:end])
                break
        else:
            if match[1] not in known.data["bare"] and match[1] not in known.ordinals:
                complete.append(Date(match.start(), match.end(), text[slice(*match.span())], weekday=day))
    return tuple(sorted(complete, key=lambda one: one.start))


_SCALES = "百千万萬億亿兆천만억조"
_SHORTEST = {
    **dict(zip("月火水木金土日", range(7), strict=True)),
    **dict(zip("월화수목금토일", range(7), strict=True)),
    **dict(zip("一二三四五六", range(6), strict=True)),
}
"""Weekdays of one character, as they stand in brackets after a date: 6日（水）."""
