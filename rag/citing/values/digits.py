"""Numbers in digits: which sign groups them and which begins the decimals."""

import re
from decimal import Decimal

from rag.citing.values.tables import Table

LITERAL = re.compile(r"\d{1,3}(?: \d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,'·]\d+)*")
"""In folded text. Whether the blank groups is for :func:`literal_end` to say."""
_SIGNS = re.compile(r"[.,'· ]")
_GROUP = 3


def literal_end(text: str, folded: str, match: re.Match[str], table: Table) -> int:
    """Return where a number ends: at its first blank, unless blanks group numbers here (*2024 300* is two)."""
    blank = match[0].find(" ")
    if blank < 0 or table.spaced_groups or all(text[at] != " " for at in range(*match.span()) if folded[at] == " "):
        return match.end()
    return match.start() + blank


def read(literal: str, table: Table) -> tuple[Decimal, Decimal | None] | None:
    """Return the value of a literal and, where both readings are in use, the other one; None if it is no number.

    A sign that stands more than once groups; of two different ones the last begins the decimals; a single one before
    three digits is read as the language writes it.

    :param literal: a match of :data:`LITERAL`.
    """
    signs = _SIGNS.findall(literal)
    kinds = list(dict.fromkeys(signs))
    parts = _SIGNS.split(literal)
    if not signs:
        return Decimal(literal), None
    last = signs[-1]
    if len(kinds) == 1 and len(signs) == 1 and last in ".,·":
        return _read_one_sign(parts[0], last, parts[1], table)
    decimal = last if len(kinds) > 1 and signs.count(last) == 1 and last in ".,·" else ""
    whole = parts[:-1] if decimal else parts
    if not _grouped(whole) or len(kinds) > 2:  # noqa: PLR2004 - a grouping and a decimal sign
        return None
    return Decimal("".join(whole) + (f".{parts[-1]}" if decimal else "")), None


def _read_one_sign(whole: str, sign: str, rest: str, table: Table) -> tuple[Decimal, Decimal | None]:
    with_decimals = Decimal(f"{whole}.{rest}")
    if len(rest) != _GROUP or len(whole) > _GROUP or whole.startswith("0") or sign == "·":
        return with_decimals, None
    grouped = Decimal(whole + rest)
    if table.ambiguous_groups or not table.decimal:
        return (with_decimals, grouped) if sign == table.decimal else (grouped, with_decimals)
    return (with_decimals, None) if sign == table.decimal else (grouped, None)


def _grouped(parts: list[str]) -> bool:
    """Tell whether these are groups: 1.234.567, or 12,34,567 as in India."""
    first, *middle, last = parts
    return (
        1 <= len(first) <= _GROUP
        and len(last) == _GROUP
        and (all(len(part) == _GROUP for part in middle) or all(len(part) == 2 for part in middle))  # noqa: PLR2004
    )
