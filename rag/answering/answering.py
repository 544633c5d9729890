"""The walk from a question to its answer: evidence, abstention, and then quoted or written statements."""

from collections.abc import Callable, Iterator

from rag.answering.abstention import Abstention
from rag.answering.evidence import Evidence, rank_sentences
from rag.answers import NOT_ANSWERED, Answer, Hit, Statement, Verdict
from rag.articles import Article
from rag.citing import cite
from rag.encoders import Encoder
from rag.errors import LanguageModelError, UnknownArticleError
from rag.filters import EVERYTHING, Filters
from rag.settings import Settings

_EVIDENCE_PASSAGES = 10
"""Passages whose sentences are looked at, and that a chat model is given."""
_MAX_STATEMENTS = 3
_WORTH_SHOWING = 0.7
"""A second or third sentence is shown if it scores at least this part of the best one."""


class Answerer:
    """Answers questions from retrieved passages.

    :param search: question, limit and filters to hits, best first.
    :param article: article id to article.
    :param encoder: ranks the sentences and shows when none answers.
    """

    def __init__(
        self,
        search: Callable[[str, int, Filters], list[Hit]],
        article: Callable[[str], Article],
        encoder: Encoder,
        settings: Settings,
    ) -> None:
        self._search, self._article, self._encoder, self._settings = search, article, encoder, settings
        self._abstention = Abstention(encoder)

    def stream(self, question: str, filters: Filters = EVERYTHING) -> Iterator[Answer]:
        """Yield the growing answer to a question; the last one is complete.

        With a chat model set the statements are its own; if it fails, the answer is quoted and its notice says why.
        """
        hits = tuple(self._search(question, _EVIDENCE_PASSAGES, filters))
        evidence = self._abstention.answering(question, rank_sentences(self._encoder, question, hits))
        if not evidence:
            yield Answer(question, answered=False, text=NOT_ANSWERED, statements=(), hits=hits)
            return
        notice = None
        if self._settings.llm is not None:
            try:
                yield from self._written(question, hits)
            except LanguageModelError as error:
                notice = f"{error} These are quoted sentences instead."
            else:
                return
        answer = None
        for answer in _grow(question, hits, self._quoted(evidence), notice=notice):
            yield answer
        if answer is None:  # every cited article was removed or replaced meanwhile
            yield Answer(question, answered=False, text=NOT_ANSWERED, statements=(), hits=hits, notice=notice)

    def _quoted(self, evidence: list[Evidence]) -> Iterator[Statement]:
        """Yield the best sentences, each its own citation."""
        best = evidence[0].score
        for sentence in evidence[:_MAX_STATEMENTS]:
            if sentence.score >= _WORTH_SHOWING * best:
                article = self._as_found(sentence.hit)
                if article is not None:
                    citation = cite(article, sentence.start, sentence.end, Verdict.SUPPORTED)
                    yield Statement(citation.quote, (citation,))

    def _as_found(self, hit: Hit) -> Article | None:
        """Return a hit's article, or None if it was removed or replaced since the search and its spans mean nothing."""
        passage = hit.passage
        try:
            article = self._article(passage.article_id)
        except UnknownArticleError:
            return None
        return article if article.text[passage.start : passage.end] == passage.text else None

    def _written(self, question: str, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        """Yield the answer that the chat model writes, growing by statements; an abstention if it finds nothing."""
        from rag.answering.generative import load_model, write_statements  # noqa: PLC0415 - seconds of LangChain

        model = self._settings.llm
        found = [(hit, self._as_found(hit)) for hit in hits]
        known = tuple(hit for hit, article in found if article is not None)
        articles = {article.id: article for _, article in found if article is not None}
        statements = write_statements(load_model(self._settings), question, known, articles)
        answer = None
        for answer in _grow(question, hits, statements, model=model):
            yield answer
        if answer is None:
            yield Answer(question, answered=False, text=NOT_ANSWERED, statements=(), hits=hits, model=model)


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
