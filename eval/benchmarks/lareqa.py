"""LAReQA's setting: all languages in one pool, every translation of the right answer counts as right.

It gives mean average precision, LAReQA's figure (arXiv 2004.05484), and the language bias: the mean rank of the right
answer by its language, which should not depend on the language (as arXiv 2408.10536 measures it).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.baselines.bm25 import BM25
from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import QuestionSet, Unit, has_sentences, languages_of, read_set, spread
from eval.benchmarks.xquad import DEPTH, Ranker, searcher
from eval.json_lines import GoldError
from eval.metrics.ranking import average_precision, mean
from eval.pool import PoolSize, filled, size_of
from rag.progress import Advance


@dataclass(frozen=True, slots=True)
class MixedFigures:
    """Figures of one ranker over the questions of one language, or over all.

    Ranks are those of articles: only an article's best passage counts.

    :param n: how many questions.
    :param map: mean average precision.
    :param mean_rank: by language, the mean rank of the right answer in that language; one that is not among the first
        :data:`eval.benchmarks.xquad.DEPTH` passages counts as the rank after them.
    :param found: by language, the share of right answers among those passages.
    :param spread: the largest of ``mean_rank`` minus the smallest: 0 is without bias.
    """

    n: int
    map: float
    mean_rank: dict[str, float]
    found: dict[str, float]
    spread: float


@dataclass(frozen=True, slots=True)
class MixedResult:
    """One mixed pool.

    :param search: through ``Archive.search``, by language of the question, and ``all``.
    :param bm25: BM25 alone on the same articles.
    """

    unit: Unit
    pool: PoolSize
    search: dict[str, MixedFigures]
    bm25: dict[str, MixedFigures]


Ranks = dict[str, int | None]
"""One question: for each language that has an answer, its article's rank."""


def measure(
    folder: Path,
    languages: Sequence[str],
    *,
    among: Sequence[Path] = (),
    questions: int | None = None,
    bar: Callable[[str], Advance],
) -> MixedResult:
    """Ask the questions of all languages of one pool with the answers of all languages.

    The candidates are sentences where every file says where they break (XQuAD-R), else paragraphs (XQuAD).

    :param among: files of articles that are put beside them.
    :param questions: how many of each language, evenly spread; None asks all.
    :param bar: starts a progress bar of a title.
    :raises GoldError: a language has no file, or a file of ``among`` cannot be read.
    """
    unit = Unit.SENTENCE if all(has_sentences(folder, language) for language in languages) else Unit.PARAGRAPH
    sets = [read_set(folder, language, unit) for language in languages]
    candidates = [article for one in sets for article in one.candidates]
    with filled(candidates, among, bar) as archive:
        pool, bm25 = size_of(archive), BM25(archive)
        search, beside = searcher(archive), lambda question: bm25.search(question, DEPTH)
        found: dict[str, list[Ranks]] = {}
        baseline: dict[str, list[Ranks]] = {}
        for asked in sets:
            found[asked.language] = _ranks(search, asked, sets, questions, bar(f"{asked.language}: asking"))
            baseline[asked.language] = _ranks(beside, asked, sets, questions, bar(f"{asked.language}: asking BM25"))
    return MixedResult(unit, pool, _by_language(found), _by_language(baseline))


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Ask the questions of all languages that are there of one pool of their sentences; without BM25.

    :raises GoldError: no file says where sentences break, which makes the set XQuAD.
    """
    languages = [language for language in languages_of(data) if has_sentences(data, language)]
    if not languages:
        raise PUBLIC_SETS["lareqa"].missing(data)
    sets = [read_set(data, language, Unit.SENTENCE) for language in languages]
    tally = Tally()
    with filled([article for one in sets for article in one.candidates], (), bar) as archive:
        search = searcher(archive)
        for asked in sets:
            for ranks in _ranks(search, asked, sets, questions, bar(f"{asked.language}: asking")):
                for group in (asked.language, "all"):
                    tally.add(group, map=average_precision(list(ranks.values())))
    return tally.figures("map: mean average precision over the right sentences of all languages, by the question's.")


def article_ranks(passages: Sequence[str]) -> dict[str, int]:
    """Return the rank of each article, from 1, given the article of each passage, best first."""
    return {article: rank for rank, article in enumerate(dict.fromkeys(passages), start=1)}


def mixed_figures(asked: Sequence[Ranks]) -> MixedFigures:
    """Return the figures of one question or more.

    :raises ValueError: there is no question, or one without an answer.
    """
    languages = sorted({language for ranks in asked for language in ranks})
    by_language = {language: [ranks[language] for ranks in asked if language in ranks] for language in languages}
    mean_rank = {language: _mean(rank or DEPTH + 1 for rank in ranks) for language, ranks in by_language.items()}
    return MixedFigures(
        n=len(asked),
        map=_mean(average_precision(list(ranks.values())) for ranks in asked),
        mean_rank=mean_rank,
        found={language: _mean(rank is not None for rank in ranks) for language, ranks in by_language.items()},
        spread=max(mean_rank.values()) - min(mean_rank.values()),
    )


def _ranks(
    ranker: Ranker, asked: QuestionSet, sets: Sequence[QuestionSet], questions: int | None, advance: Advance
) -> list[Ranks]:
    ids = spread(list(asked.questions), questions)
    if not ids:
        raise GoldError(f"The set in {asked.language!r} has no question.")
    rows = []
    for question_id in ids:
        ranks = article_ranks(ranker(asked.questions[question_id]))
        rows.append({one.language: ranks.get(one.right[question_id]) for one in sets if question_id in one.right})
        advance(len(rows), len(ids))
    return rows


def _by_language(found: dict[str, list[Ranks]]) -> dict[str, MixedFigures]:
    every = [ranks for asked in found.values() for ranks in asked]
    return {language: mixed_figures(asked) for language, asked in found.items()} | {"all": mixed_figures(every)}


def _mean(values: Iterable[float]) -> float:
    found = mean(values)
    if found is None:
        raise ValueError("no figures without questions")
    return found
