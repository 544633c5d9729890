"""Numbers in Chinese characters and Korean syllables, with digits between them: 三十, 3万5千, 12億, 3만5천."""

import re
from decimal import Decimal

from rag.citing.values import digits
from rag.citing.values.tables import Table

_HAN = dict(zip("〇零一二两兩三四五六七八九", (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_KOREAN = dict(zip("영공일이삼사오육칠팔구", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SMALL = {"十": 10, "百": 100, "千": 1000, "십": 10, "백": 100, "천": 1000, "廿": 20}
_BIG = {
    **dict.fromkeys("万萬만", 10**4), **dict.fromkeys("亿億억", 10**8), **dict.fromkeys("兆조", 10**12),
}  # fmt: skip
HAN = re.compile(r"(?:\d[\d,.]*|[〇零一二两兩三四五六七八九十百千万萬亿億兆廿])+")
KOREAN = re.compile(r"(?:\d[\d,.]*|[일이삼사오육칠팔구십백천만억조](?![가-힣]?요))+(?: ?\d[\d,.]*[천백만억])*")
_PART = re.compile(r"\d[\d,.]*|.")
_MAGNITUDES = frozenset(_SMALL) | frozenset(_BIG)


def read(run: str, table: Table) -> tuple[Decimal, Decimal | None] | None:
    """Return the value of a run of numerals as :func:`rag.citing.values.digits.read` does, or None.

    >>> from rag.citing.values.tables import table
    >>> read("3万5千", table("ja")), read("二〇二四", table("zh"))
    ((Decimal('35000'), None), (Decimal('2024'), None))
    """
    if run[0].isdigit() and not any(letter in _MAGNITUDES for letter in run):
        written = run.rstrip(".,")
        return digits.read(written, table) if digits.LITERAL.fullmatch(written) else None
    if all(letter in _HAN for letter in run) and len(run) > 1:
        return Decimal("".join(str(_HAN[letter]) for letter in run)), None
    total, section, number = Decimal(0), Decimal(0), None
    for part in _PART.findall(run.replace(" ", "")):
        if part[0].isdigit():
            written = part.rstrip(".,")
            value = digits.read(written, table) if digits.LITERAL.fullmatch(written) else None
            if value is None:
                return None
            number = value[0]
        elif part in _HAN or part in _KOREAN:
            if number:
                return None
            number = Decimal(_HAN.get(part, _KOREAN.get(part, 0)))
        elif part in _SMALL:
            section += (1 if number is None else number) * _SMALL[part]
            number = None
        else:
            section += number or 0
            scale = _BIG[part]
            if total and total < scale and not section:  # 万亿: ten thousand times a hundred million
                total *= scale
            else:
                total += (section or 1) * scale
            section, number = Decimal(0), None
    return total + section + (number or 0), None


def magnitude(run: str) -> bool:
    """Tell whether a run says ten, hundred, thousand … and something more, and is hence a number wherever it stands."""
    return len(run) > 1 and any(letter in _MAGNITUDES for letter in run)
