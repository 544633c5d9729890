"""How often a wrong statement is found and a true one is called wrong: ``rag eval citations`` and ``rag eval qags``.

A statement counts as good if its verdict is ``supported``, and as called wrong with any other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import spread
from eval.citation_pairs import CitationPair, Kind, read_cited_articles
from eval.json_lines import one_file, read_json_lines
from rag.answers import Verdict
from rag.archive import Archive
from rag.articles import Article

_CONSISTENT = frozenset({Verdict.SUPPORTED, Verdict.OVERSTATED})
"""QAGS asked people whether an article says a thing, not whether the summary keeps who said it."""
Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the verifier made of one pair."""

    pair: CitationPair
    verdict: Verdict
    reasons: tuple[str, ...]

    @property
    def called_wrong(self) -> bool:
        """Whether the statement was not taken for good."""
        return self.verdict is not Verdict.SUPPORTED

    @property
    def misjudged(self) -> bool:
        """Whether a true statement was called wrong, or a wrong one was not."""
        return self.called_wrong == (self.pair.kind is Kind.TRUE)


@dataclass(frozen=True, slots=True)
class Group:
    """Some pairs of one kind.

    :param called_wrong: share, which is to be high for wrong statements and low for true ones.
    :param verdicts: how many got each verdict.
    """

    pairs: int
    called_wrong: float
    verdicts: dict[str, int]


def judge_pairs(pairs: Sequence[CitationPair], progress: Advance | None = None) -> list[Judged]:
    """Check every statement against the words it cites, in a temporary archive of their articles."""
    texts = read_cited_articles(pairs)
    languages = {pair.article: pair.article_language for pair in pairs}
    judged = []
    with TemporaryDirectory() as folder, Archive.open(folder) as archive:
        archive.add([Article(id=name, text=text, language=languages[name]) for name, text in texts.items()])
        for done, pair in enumerate(pairs, start=1):
            found = archive.check(pair.statement, pair.article, pair.start, pair.end, pair.statement_language)
            judged.append(Judged(pair, found.verdict, found.reasons))
            if progress is not None:
                progress(done, len(pairs))
    return judged


def by_kind(judged: Iterable[Judged]) -> dict[str, Group]:
    """Return the figures of each kind, and of the pairs within one language and across two."""
    groups: dict[str, list[Judged]] = {}
    for kind in Kind:
        for one in judged:
            if one.pair.kind is kind:
                across = "across languages" if one.pair.crosses_languages else "same language"
                for name in (str(kind), f"{kind}, {across}"):
                    groups.setdefault(name, []).append(one)
    return {name: _group(group) for name, group in groups.items()}


def _group(judged: Sequence[Judged]) -> Group:
    verdicts = Counter(str(one.verdict) for one in judged)
    return Group(len(judged), sum(one.called_wrong for one in judged) / len(judged), dict(verdicts.most_common()))


@dataclass(frozen=True, slots=True)
class Balanced:
    """How two kinds of statements were told apart.

    :param balanced_accuracy: mean of the two shares.
    :param supported: share of the supported statements that were taken for good.
    :param unsupported: share of the others that were not.
    """

    statements: int
    balanced_accuracy: float
    supported: float
    unsupported: float


def measure_qags(data: Path, progress: Advance | None = None, statements: int | None = None) -> Balanced:
    """Judge the summary sentences of QAGS (Wang et al. 2020) against their whole articles.

    :param data: a file of JSON lines, or the folder of ``cnndm.jsonl``: ``article``, ``sentence`` and ``supported``,
        what most of three people said. It may be packed by xz.
    :param statements: how many, evenly spread; None judges all.
    :raises GoldError: there is no such file, or a record lacks a field.
    """
    right = _judge_qags(data, progress, statements)
    shares = [sum(each) / max(len(each), 1) for each in (right[True], right[False])]
    return Balanced(sum(map(len, right.values())), sum(shares) / 2, *shares)


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Judge QAGS' statements, so many of them; see :func:`measure_qags`."""
    right = _judge_qags(data, bar("Judging"), questions)
    tally = Tally()
    for supported, name in ((True, "supported"), (False, "unsupported")):
        for each in right[supported]:
            tally.add("statements", **{name: each})
    return tally.figures(
        "supported: supported statements that were taken for good; unsupported: the others that were not."
    )


def _judge_qags(data: Path, progress: Advance | None, statements: int | None) -> dict[bool, list[bool]]:
    """Return of the statements that people found supported, and of the others, whether each was judged rightly."""
    file = one_file(data, "cnndm", PUBLIC_SETS["qags"].where)
    records = spread(read_json_lines(file, ("article", "sentence", "supported")), statements)
    ids = {text: f"article-{number}" for number, text in enumerate(dict.fromkeys(r["article"] for r in records))}
    right: dict[bool, list[bool]] = {True: [], False: []}
    with TemporaryDirectory() as folder, Archive.open(folder) as archive:
        archive.add([Article(id=name, text=text, language="en") for text, name in ids.items()])
        for done, record in enumerate(records, start=1):
            found = archive.check(record["sentence"], ids[record["article"]], language="en")
            supported = bool(record["supported"])
            right[supported].append((found.verdict in _CONSISTENT) == supported)
            if progress is not None:
                progress(done, len(records))
    return right
