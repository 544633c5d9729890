"""The walk from a question to its answer: evidence, abstention, and then quoted or written statements."""

from collections.abc import Callable, Iterator

from rag.answering.abstention import supported
from rag.answering.evidence import Evidence, rank_sentences
from rag.answers import NOT_ANSWERED, Answer, Hit, Statement, Verdict
from rag.articles import Article
from rag.citing import cite
from rag.encoders import Encoder
from rag.errors import LanguageModelError
from rag.settings import Settings

_EVIDENCE_PASSAGES = 10
_MAX_STATEMENTS = 3
_WORTH_SHOWING = 0.8
"""A second or third sentence is shown if it scores at least this part of the best one."""


def answer_stream(
    question: str,
    search: Callable[[str, int], list[Hit]],
    article: Callable[[str], Article],
    encoder: Encoder,
    settings: Settings,
) -> Iterator[Answer]:
    """Yield the growing answer to a question; the last one is complete.

    With a chat model set the statements are its own; if it fails, the answer is quoted and its notice says why.

    :param search: question and limit to hits, best first.
    :param article: article id to article.
    """
    hits = tuple(search(question, _EVIDENCE_PASSAGES))
    evidence = supported(encoder, question, rank_sentences(encoder, question, hits))
    if not evidence:
        yield Answer(question, answered=False, text=NOT_ANSWERED, statements=(), hits=hits)
        return
    if settings.llm is None:
        yield from _grow(question, hits, _quoted(evidence, article))
        return
    try:
        yield from _written(question, hits, article, settings)
    except LanguageModelError as error:
        yield from _grow(
            question, hits, _quoted(evidence, article), notice=f"{error} These are quoted sentences instead."
        )


def _quoted(evidence: list[Evidence], article: Callable[[str], Article]) -> Iterator[Statement]:
    """Yield the best sentences, each its own citation."""
    best = evidence[0].score
    for sentence in evidence[:_MAX_STATEMENTS]:
        if sentence.score >= _WORTH_SHOWING * best:
            citation = cite(article(sentence.hit.passage.article_id), sentence.start, sentence.end, Verdict.SUPPORTED)
            yield Statement(citation.quote, (citation,))


def _written(
    question: str, hits: tuple[Hit, ...], article: Callable[[str], Article], settings: Settings
) -> Iterator[Answer]:
    """Yield the answer that the chat model writes, growing by statements; an abstention if it finds nothing."""
    from rag.answering.generative import load_model, write_statements  # noqa: PLC0415 - seconds of LangChain

    articles = {hit.passage.article_id: article(hit.passage.article_id) for hit in hits}
    statements = write_statements(load_model(settings), question, hits, articles)
    answer = None
    for answer in _grow(question, hits, statements, model=settings.llm):
        yield answer
    if answer is None:
        yield Answer(question, answered=False, text=NOT_ANSWERED, statements=(), hits=hits, model=settings.llm)


def _grow(
    question: str,
    hits: tuple[Hit, ...],
    statements: Iterator[Statement],
    notice: str | None = None,
    model: str | None = None,
) -> Iterator[Answer]:
    """Yield an answer after each statement, holding all so far."""
    so_far: tuple[Statement, ...] = ()
    for statement in statements:
        so_far = (*so_far, statement)
        text = "\n".join(each.text for each in so_far)
        yield Answer(question, answered=True, text=text, statements=so_far, hits=hits, notice=notice, model=model)
