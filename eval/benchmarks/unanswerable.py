"""SQuAD 2.0 (Rajpurkar et al. 2018): evidence found among all paragraphs, and abstention.

A question without an answer has none in its own paragraph; another paragraph may well have one. So evidence is searched
among all paragraphs, and whether the archive abstains is asked of the question's own.
"""

from pathlib import Path

from eval.benchmarks.presence import quotes, told
from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import Asked, read_questions, spread
from eval.metrics.judging import CITED
from eval.metrics.overlap import cites, first_rank, holds
from eval.pool import filled
from rag.archive import Archive
from rag.filters import Filters

_FILE = "dev-v2.0.json"
_RANKS = (1, 3, 5)
ALL, OWN = "among all paragraphs", "of its own paragraph"


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Ask the questions of a file.

    :param data: the file, or the folder of ``dev-v2.0.json``.
    :param questions: how many, evenly spread; None asks all.
    :raises GoldError: there is no such file, or it is not in the format.
    """
    file = data if data.is_file() else data / _FILE
    if not file.is_file():
        raise PUBLIC_SETS["squad"].missing(data)
    paragraphs, every = read_questions(file)
    asked = spread(every, questions)
    tally = Tally()
    with filled(paragraphs, (), bar) as archive:
        advance = bar("Asking")
        for done, question in enumerate(asked, start=1):
            _search(archive, question, tally)
            _ask(archive, question, tally)
            advance(done, len(asked))
    return tally.figures(
        "evidence_hit@k: answerable questions whose answer stands in one of the first k passages.",
        "cited: … in one of the first three citations; answer_quoted: … whose answer's words are quoted.",
        "refused_wrongly: answerable questions that were refused; refused_rightly: the others that were.",
    )


def _search(archive: Archive, asked: Asked, tally: Tally) -> None:
    if asked.answerable:
        hits = archive.search(asked.question, limit=max(_RANKS))
        rank = first_rank([hit.passage for hit in hits], asked.spans, holds)
        tally.add(ALL, **{f"evidence_hit_at_{k}": rank is not None and rank <= k for k in _RANKS})


def _ask(archive: Archive, asked: Asked, tally: Tally) -> None:
    answer = archive.ask(asked.question, Filters(sources=(asked.paragraph,)))
    if not asked.answerable:
        tally.add(OWN, refused_rightly=not answer.answered)
        return
    citations = [citation for statement in answer.statements for citation in statement.citations]
    tally.add(
        OWN,
        cited=first_rank(citations[:CITED], asked.spans, cites) is not None,
        answer_quoted=told(asked.answers, quotes(answer)),
        refused_wrongly=not answer.answered,
    )
