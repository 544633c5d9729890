"""Each baseline as what the runner asks: it retrieves ten pieces and cites the first three of them as they are.

A baseline refuses only where it retrieves nothing: none of them has a notion of what it does not know.
"""

from collections.abc import Callable, Sequence

from eval.gold_set import Question
from eval.runner import Ask
from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Statement, Verdict
from rag.archive import Archive
from rag.filters import Filters

RETRIEVED = 10
"""As many passages as an answer of the archive shows."""
CITED = 3
"""As many as a quoted answer of the archive cites at most."""


def bm25(archive: Archive) -> Ask:
    """BM25 over pieces of 800 characters."""
    from eval.baselines.bm25 import BM25  # noqa: PLC0415 - each loads what it alone needs

    index = BM25(archive)

    def retrieve(question: Question) -> Sequence[Hit]:
        if question.as_of is None:
            return index.hits(question.question, RETRIEVED)
        published = {info.id for info in archive.list(Filters(published_to=question.as_of))}
        return index.hits(question.question, RETRIEVED, published)

    return quoting(archive, retrieve)


def dense(archive: Archive) -> Ask:
    """Cosine to the archive's own passage vectors: no terms, no names, no late interaction."""
    from eval.baselines.dense import Dense  # noqa: PLC0415 - each loads what it alone needs

    index = Dense(archive)
    return quoting(archive, lambda question: index.hits(question.question, RETRIEVED, question.as_of))


def quickstart(archive: Archive) -> Ask:
    """Chunks of 1000 characters, all-MiniLM-L6-v2 and Chroma, as LangChain's quickstart has them."""
    from eval.baselines.quickstart_index import QuickstartIndex  # noqa: PLC0415 - it loads torch

    index = QuickstartIndex(archive)
    return quoting(archive, lambda question: index.hits(question.question, RETRIEVED, question.as_of))


def quoting(archive: Archive, retrieve: Callable[[Question], Sequence[Hit]]) -> Ask:
    """Return what answers a question with the first of the pieces that are retrieved for it, word for word.

    :param archive: that the pieces are of.
    :param retrieve: returns up to ten pieces, best first.
    """

    def ask(question: Question) -> Answer:
        hits = tuple(retrieve(question))
        statements = tuple(_statement(archive, hit) for hit in hits[:CITED])
        text = "\n\n".join(statement.text for statement in statements)
        return Answer(question.question, bool(hits), text or NOT_ANSWERED, statements, hits)

    return ask


def _statement(archive: Archive, hit: Hit) -> Statement:
    """Quote a piece; a statement that is its source's own words is supported by them, as in the archive's answers."""
    piece, article = hit.passage, archive.article(hit.passage.article_id)
    citation = Citation(
        piece.article_id,
        piece.start,
        piece.end,
        piece.text,
        Verdict.SUPPORTED,
        title=article.title,
        source=article.source,
        published=article.published,
        language=article.language,
        url=article.url,
    )
    return Statement(piece.text, (citation,))
