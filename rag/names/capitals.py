"""Capitals and the countries that are called by them: *Warsaw* says what *Poland* says."""

import json
from functools import cache, lru_cache
from pathlib import Path

from rag.names.aliases import aliases

TABLE = Path(__file__).parent / "capitals.json"
"""Pairs of country and capital in English, of GeoNames; made by ``python -m rag.names.build``."""


@lru_cache(maxsize=10_000)
def seat_or_country(name: str) -> frozenset[str]:
    """Return the spellings of the country of a capital, or of the capital of a country; empty for any other name.

    >>> "Polen" in seat_or_country("Warschau"), "Киев" in seat_or_country("Ukraine"), seat_or_country("Hamburg")
    (True, True, frozenset())
    """
    own = aliases(name)
    pairs = _pairs()
    return frozenset().union(*(aliases(pairs[one]) for one in own if one in pairs))


@cache
def _pairs() -> dict[str, str]:
    listed: list[list[str]] = json.loads(TABLE.read_text(encoding="utf8"))
    return {one: other for country, capital in listed for one, other in ((country, capital), (capital, country))}
