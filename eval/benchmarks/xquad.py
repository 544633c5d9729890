"""XQuAD through ``Archive.search``: paragraphs are articles, a question's right answer is the paragraph it is about.

Each language of paragraphs gets an archive of its own, with the user's settings; ``among`` puts other articles beside
them. BM25 alone (:mod:`eval.baselines.bm25`) is asked on the same articles.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.baselines.bm25 import BM25
from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import QuestionSet, languages_of, read_set, spread
from eval.json_lines import GoldError
from eval.metrics.ranking import RankFigures, rank_figures
from eval.pool import PoolSize, filled, size_of
from rag.archive import Archive
from rag.progress import Advance

DEPTH = 100
"""Passages asked of each search; what stands further down counts as not found. As many as each leg of the search
proposes by default, so that it does no other work than for ten."""
_TEN = 10

Pair = tuple[str, str]
"""Language of the questions, language of the paragraphs."""

Ranker = Callable[[str], list[str]]
"""Takes a question, gives the article of each passage found, best first: an article comes once for each passage."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A question whose right paragraph was not the first.

    :param rank: the right paragraph's, None if it was not found.
    :param first: the article that came first, None if nothing was found.
    """

    id: str
    question: str
    right: str
    rank: int | None
    first: str | None


@dataclass(frozen=True, slots=True)
class PairResult:
    """One pair of languages.

    :param pool: what the right paragraph stood among, itself included.
    :param search: through ``Archive.search``.
    :param bm25: BM25 alone on the same articles.
    :param misses: of ``search``.
    """

    questions: str
    paragraphs: str
    pool: PoolSize
    search: RankFigures
    bm25: RankFigures
    misses: tuple[Missed, ...]


def parse_pairs(languages: str | None, pairs: str | None) -> tuple[Pair, ...]:
    """Return the pairs that ``--languages en,de`` and ``--pairs en-de,de-de`` name: all pairs without ``--pairs``.

    :raises GoldError: neither is given, a pair is not one, or it has a language that ``--languages`` lacks.
    """
    listed = parse_languages(languages) if languages is not None else ()
    if pairs is None:
        if not listed:
            raise GoldError("Which languages? Give --languages en,de,es or --pairs en-de,de-en.")
        return tuple((asked, told) for told in listed for asked in listed)
    found = []
    for pair in dict.fromkeys(part.strip() for part in pairs.split(",") if part.strip()):
        asked, dash, told = pair.partition("-")
        if not (asked and dash and told) or "-" in told:
            raise GoldError(f"{pair!r} is not a pair of languages; write en-de for questions in en, paragraphs in de.")
        if listed and (strange := {asked, told} - set(listed)):
            raise GoldError(f"The pair {pair!r} has {', '.join(sorted(strange))}, which --languages does not.")
        found.append((asked, told))
    if not found:
        raise GoldError(f"--pairs {pairs!r} names no pair; write en-de,de-en.")
    return tuple(found)


def parse_languages(languages: str) -> tuple[str, ...]:
    """Return the languages of ``en,de,es``, each once.

    :raises GoldError: there is none.
    """
    found = tuple(dict.fromkeys(part.strip() for part in languages.split(",") if part.strip()))
    if not found:
        raise GoldError(f"--languages {languages!r} names no language; write en,de,es.")
    return found


def measure(
    folder: Path,
    pairs: Sequence[Pair],
    *,
    among: Sequence[Path] = (),
    questions: int | None = None,
    bar: Callable[[str], Advance],
) -> Iterator[PairResult]:
    """Yield the result of each pair, grouped by the language of the paragraphs.

    :param folder: where the sets are, :func:`eval.benchmarks.squad.read_set`.
    :param among: files of articles that are put beside each language's paragraphs.
    :param questions: how many of each pair, evenly spread; None asks all.
    :param bar: starts a progress bar of a title.
    :raises GoldError: a language has no file, a file of ``among`` cannot be read, or two languages share no question.
    """
    sets = {language: read_set(folder, language) for pair in pairs for language in pair}
    for told in dict.fromkeys(pair[1] for pair in pairs):
        with filled(sets[told].candidates, among, bar, f"{told}: ") as archive:
            pool, bm25 = size_of(archive), BM25(archive)
            for asked in (pair[0] for pair in pairs if pair[1] == told):
                yield _ask(archive, bm25, sets[asked], sets[told], pool, questions, bar(f"{asked} → {told}: asking"))


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Ask every pair of the languages that are there; see :func:`measure`."""
    languages = languages_of(data)
    if not languages:
        raise PUBLIC_SETS["xquad"].missing(data)
    tally = Tally()
    for result in measure(data, parse_pairs(",".join(languages), None), questions=questions, bar=bar):
        pair = f"{result.questions} → {result.paragraphs}"
        ranks = [1] * (result.search.n - len(result.misses)) + [missed.rank for missed in result.misses]
        for rank in ranks:
            tally.add(pair, recall_at_1=rank == 1, recall_at_10=(rank or DEPTH) <= _TEN, mrr=1 / rank if rank else 0.0)
    return tally.figures(f"Rank of the right paragraph's best passage, among the first {DEPTH} passages.")


def searcher(archive: Archive) -> Ranker:
    """Return the archive's own search as a ranker."""
    return lambda question: [hit.passage.article_id for hit in archive.search(question, limit=DEPTH)]


def rank_of(article: str, found: Sequence[str]) -> int | None:
    """Return the rank of an article's best passage among the passages found, from 1; None if it is not there."""
    return found.index(article) + 1 if article in found else None


def _ask(  # noqa: PLR0913, PLR0917
    archive: Archive,
    bm25: BM25,
    asked: QuestionSet,
    told: QuestionSet,
    pool: PoolSize,
    questions: int | None,
    advance: Advance,
) -> PairResult:
    ids = spread([question for question in told.right if question in asked.questions], questions)
    if not ids:
        raise GoldError(f"The sets in {asked.language!r} and {told.language!r} have no question in common.")
    search = searcher(archive)
    ranks: list[int | None] = []
    baseline: list[int | None] = []
    misses = []
    for question_id in ids:
        question, right = asked.questions[question_id], told.right[question_id]
        found = search(question)
        ranks.append(rank_of(right, found))
        baseline.append(rank_of(right, bm25.search(question, DEPTH)))
        if ranks[-1] != 1:
            misses.append(Missed(question_id, question, right, ranks[-1], found[0] if found else None))
        advance(len(ranks), len(ids))
    figures, beside = rank_figures(ranks), rank_figures(baseline)
    return PairResult(asked.language, told.language, pool, figures, beside, tuple(misses))
