"""Gold sets run one by one, each in an archive of its own, by the archive and by the baselines beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import runner
from eval.baselines import Baseline
from eval.gold_set import Question, articles_of
from eval.metrics import Judgement, judge_all
from eval.pool import PoolSize, size_of
from eval.report.schema import Tree
from eval.report.tree import report_tree
from eval.report.wording import OURS
from eval.row_store import RowStore, made_of
from eval.rows import Row
from rag.progress import Advance


@dataclass(frozen=True, slots=True)
class SetRun:
    """What became of one gold set.

    :param judgements: of every question, by system; the archive's own are the first.
    :param indexed_with: what the archive was indexed with.
    :param llm: the chat model, None where answers are quotes.
    :param pool: what the evidence stood among.
    """

    name: str
    gold: Path
    judgements: dict[str, tuple[Judgement, ...]]
    indexed_with: Mapping[str, object]
    llm: str | None
    pool: PoolSize

    @property
    def ours(self) -> tuple[Judgement, ...]:
        """The archive's own judgements."""
        return self.judgements[OURS]


@dataclass(frozen=True, slots=True)
class Where:
    """Which archive is asked; by default a temporary one of each set's own articles.

    :param articles: the folder of the articles instead.
    :param archive: an archive that is asked as it is.
    :param among: files of articles that are put beside those of a temporary archive.
    """

    articles: Path | None = None
    archive: Path | None = None
    among: Sequence[Path] = ()


def run_set(  # noqa: PLR0913 - what is asked, of whom, where, and two outlets
    name: str,
    gold: Path,
    questions: Sequence[Question],
    where: Where,
    *,
    baselines: Mapping[str, Baseline],
    bar: Callable[[str], Advance],
    rows: Path | None = None,
) -> SetRun:
    """Ask the questions of a gold set.

    :param baselines: who else is asked, on the same articles.
    :param bar: starts a progress bar of a title.
    :param rows: folder that keeps each row as it is made, in ``rows-SET-SYSTEM.jsonl``, and from which an interrupted
        run goes on; :func:`forget_rows` empties it when all is done.
    :raises GoldError: the archive lacks an article that is evidence, an article cannot be added, or the rows are of
        another run.
    """
    making = (
        runner.existing_archive(where.archive)
        if where.archive is not None
        else runner.temporary_archive(where.articles or articles_of(gold), bar(f"{name}: adding"), where.among)
    )
    with making as (archive, ids):
        found: dict[str, tuple[Row, ...]] = {}
        for system in (OURS, *baselines):
            ask = None if system == OURS else baselines[system](archive)
            store = None
            if rows is not None:
                store = RowStore(rows / f"rows-{name}-{system}.jsonl", made_of(gold, archive, system))
            found[system] = runner.run(archive, questions, ids, bar(f"{name}: asking {system}"), ask, store)
        return SetRun(
            name=name,
            gold=gold,
            judgements={system: judge_all(questions, made) for system, made in found.items()},
            indexed_with=archive.status().indexed_with,
            llm=archive.settings.llm,
            pool=size_of(archive),
        )


def report_of(runs: Sequence[SetRun]) -> Tree:
    """Return the report of sets that were all run with the same settings and against the same baselines."""
    return report_tree(
        {system: {one.name: one.judgements[system] for one in runs} for system in runs[0].judgements},
        gold=[str(one.gold) for one in runs],
        indexed_with=runs[0].indexed_with,
        llm=runs[0].llm,
        pool={one.name: one.pool for one in runs},
    )


def forget_rows(rows: Path) -> None:
    """Delete the rows that :func:`run_set` has kept in a folder: the next run asks every question."""
    for file in rows.glob("rows-*.jsonl"):
        file.unlink()
