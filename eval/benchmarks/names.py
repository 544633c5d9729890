"""How often a question with one spelling of a name finds the passage with another: ``rag eval names``.

Every passage of ``eval/gold/names.jsonl`` becomes an article of a temporary archive, and every question is searched
there. Many passages say the same of different names, so that only the name tells which is the right one.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.json_lines import GoldError, numbered_lines
from rag.archive import Archive
from rag.articles import Article

GOLD = Path(__file__).parents[1] / "gold" / "names.jsonl"
DEPTH = 10
"""Passages asked of each search; a right one below counts as not found."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the passage that answers it, which has the name in another spelling.

    :param kind: ``person``, ``place`` or ``organisation``.
    :param name: the name as the question has it.
    :param passage_id: questions about one passage share it.
    :param passage_name: the name as the passage has it, in whatever case.
    """

    id: str
    kind: str
    language: str
    question: str
    name: str
    passage_id: str
    passage_language: str
    passage: str
    passage_name: str

    @property
    def across_scripts(self) -> bool:
        """Whether question and passage have the name in different scripts."""
        return script(self.name) != script(self.passage_name)


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one question.

    :param rank: place of its passage among the hits, from 1, or None where it is not among them.
    :param first: the text of the first hit, "" where there is none.
    """

    pair: Pair
    rank: int | None
    first: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Figures of some questions, each from 0 to 1.

    :param hit_at_1: share whose passage is the first hit.
    :param hit_at_5: share whose passage is among the first five.
    :param mrr: mean of one over its rank; 0 for one that is not found.
    """

    questions: int
    hit_at_1: float
    hit_at_5: float
    mrr: float


@dataclass(frozen=True, slots=True)
class NamesReport:
    """The figures of the benchmark, and what became of each question."""

    overall: Shares
    kinds: dict[str, Shares]
    scripts: dict[str, Shares]
    languages: dict[str, Shares]
    found: tuple[Found, ...]

    @property
    def asked_in(self) -> dict[str, Shares]:
        """Figures by language of the question."""
        return _grouped(self.found, lambda pair: pair.language)

    def as_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers, as ``rag eval names --json`` prints them."""
        return asdict(self)


def read_pairs(path: Path = GOLD) -> tuple[Pair, ...]:
    """Read pairs, JSON lines.

    :raises GoldError: the file cannot be read, a line is no pair, or two lines give one passage id different texts.
    """
    pairs: list[Pair] = []
    texts: dict[str, str] = {}
    for number, line in numbered_lines(path, "pairs of names"):
        try:
            pair = Pair(**json.loads(line))
        except (TypeError, ValueError) as error:
            raise GoldError(f"{path}, line {number} is no pair of names: {error}") from error
        if texts.setdefault(pair.passage_id, pair.passage) != pair.passage:
            raise GoldError(f"{path}, line {number}: the passage {pair.passage_id} has another text further up.")
        pairs.append(pair)
    return tuple(pairs)


def measure(pairs: Sequence[Pair], progress: Callable[[int, int], None] | None = None) -> NamesReport:
    """Search for every question among the passages of all.

    :param progress: told the number of questions done and of all.
    :raises ValueError: there are no pairs.
    """
    if not pairs:
        raise ValueError("there are no pairs of names to measure")
    with (
        TemporaryDirectory(prefix="newsrag-names-", ignore_cleanup_errors=True) as directory,
        Archive.open(directory) as archive,
    ):
        archive.add({pair.passage_id: _article(pair) for pair in pairs}.values())
        found = []
        for pair in pairs:
            hits = archive.search(pair.question, limit=DEPTH)
            ids = [hit.passage.article_id for hit in hits]
            rank = ids.index(pair.passage_id) + 1 if pair.passage_id in ids else None
            found.append(Found(pair, rank, hits[0].passage.text if hits else ""))
            if progress is not None:
                progress(len(found), len(pairs))
    return report(found)


def report(found: Sequence[Found]) -> NamesReport:
    """Return the figures of what was found: overall, by kind of name, by script and by pair of languages."""
    return NamesReport(
        overall=_shares(found),
        kinds=_grouped(found, lambda pair: pair.kind),
        scripts=_grouped(found, lambda pair: "across scripts" if pair.across_scripts else "same script"),
        languages=_grouped(found, lambda pair: f"{pair.language}→{pair.passage_language}"),
        found=tuple(found),
    )


def script(name: str) -> str:
    """Return the script of a name's first letter as Unicode calls it, "" where it has none.

    >>> script("Київ"), script("12")
    ('CYRILLIC', '')
    """
    return next((unicodedata.name(sign, "?").split(" ")[0] for sign in name if sign.isalpha()), "")


def _article(pair: Pair) -> Article:
    return Article(id=pair.passage_id, text=pair.passage, language=pair.passage_language)


def _grouped(found: Iterable[Found], key: Callable[[Pair], str]) -> dict[str, Shares]:
    groups: dict[str, list[Found]] = {}
    for one in found:
        groups.setdefault(key(one.pair), []).append(one)
    return {name: _shares(group) for name, group in sorted(groups.items())}


def _shares(found: Sequence[Found]) -> Shares:
    ranks = [one.rank for one in found if one.rank is not None]
    return Shares(
        questions=len(found),
        hit_at_1=sum(rank == 1 for rank in ranks) / len(found),
        hit_at_5=sum(rank <= 5 for rank in ranks) / len(found),  # noqa: PLR2004 - hit@5
        mrr=sum(1 / rank for rank in ranks) / len(found),
    )
