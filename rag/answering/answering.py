"""The walk from a question to its answer: evidence, abstention, quoted or written statements, each of them checked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from rag.answering.abstention import Abstention
from rag.answering.agreement import Agreement
from rag.answering.evidence import RANKED_PASSAGES, Evidence, SentenceRanker, best_passages
from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Statement, Verdict
from rag.articles import Article
from rag.citing import Judgement, Place, Verifier, cite, evidence_at, load_verifier, speaks_to_machine
from rag.encoders import BUNDLED, Encoder, StaticEncoder, TokenEncoder
from rag.errors import LanguageModelError, UnknownArticleError
from rag.filters import EVERYTHING, Filters
from rag.retrieval import same_words
from rag.settings import Settings
from rag.wording import STRUCK

_MAX_STATEMENTS, _LOOKED_AT = 3, 6
"""Statements quoted at most, and the sentences among which they are, since copies say the same again."""
_WORTH_SHOWING = 3.0
"""A second or third sentence is shown if its log-odds are at most this far below the best one's: of the two development
sets .85 and .83 then show their evidence, with 2.0 and 2.5 sentences; all three would show .87 and .84."""


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
        self._rank = SentenceRanker(encoder)
        self._abstention = Abstention(encoder)

    def stream(self, question: str, filters: Filters = EVERYTHING) -> Iterator[Answer]:
        """Yield the growing answer to a question; the last one is complete.

        With a chat model set the statements are its own; if it fails, the answer is quoted and its notice says why.
        """
        found = self._search(question, RANKED_PASSAGES, filters)
        hits, sentences = best_passages(found, self._rank(question, found))
        ranked = [sentence for sentence in sentences if not speaks_to_machine(sentence.text)]
        decision = self._abstention.decide(question, ranked)
        empty = Answer(question, False, NOT_ANSWERED, (), hits, confidence=decision.confidence)
        if not decision.evidence:
            yield replace(empty, notice=decision.reason)
            return
        agreement = Agreement(self._verifier, ranked, self._as_found)
        if self._settings.llm is not None:
            try:
                yield from self._written(empty, agreement)
            except LanguageModelError as error:
                empty = replace(empty, notice=f"{error} These are quoted sentences instead.")
            else:
                return
        answer = None
        for answer in _grow(empty, self._quoted(decision.evidence, agreement)):
            yield answer
        if answer is None:  # every cited article was removed or replaced meanwhile
            yield empty

    def check(self, statement: str, article: Article, start: int, end: int, language: str | None) -> Statement:
        """Judge a statement against characters ``start`` to ``end`` of an article.

        :param language: of the statement, ISO 639-1, or None where it is not known.
        :raises ValueError: the span is empty or does not lie in the article.
        """
        place = Place(article, start, end)
        read = evidence_at(place)
        found = self._verifier.judge(statement, [read], language)
        cited = cite(place, found, read.attributed)
        return Statement(statement, (cited,), found.verdict, found.reasons)

    def _quoted(self, evidence: list[Evidence], agreement: Agreement) -> Iterator[Statement]:
        """Yield the best sentences, each its own citation; one that agrees with an earlier one stands beside it."""
        best = evidence[0].score
        shown: list[Citation] = []
        count = 0
        for sentence in evidence[:_LOOKED_AT]:
            article = self._as_found(sentence.hit)
            again = any(_stands_there(sentence, cited) or same_words(sentence.text, cited.quote) for cited in shown)
            if sentence.score < best - _WORTH_SHOWING or again or article is None:
                continue
            there = Place(article, sentence.start, sentence.end)
            cited = cite(there, Judgement(Verdict.SUPPORTED), evidence_at(there).attributed)
            statement = agreement.compare(Statement(cited.quote, (cited,)), article.language)
            shown += statement.citations
            yield statement
            if (count := count + 1) == _MAX_STATEMENTS:
                return

    def _as_found(self, hit: Hit) -> Article | None:
        """Return a hit's article, or None if it was removed or replaced since the search and its spans mean nothing."""
        passage = hit.passage
        try:
            article = self._article(passage.article_id)
        except UnknownArticleError:
            return None
        return article if article.text[passage.start : passage.end] == passage.text else None

    def _written(self, empty: Answer, agreement: Agreement) -> Iterator[Answer]:
        """Yield the answer that the chat model writes, growing by checked statements; an abstention if none holds.

        :param empty: the answer before its first statement.
        """
        from rag.answering.writing import Writing  # noqa: PLC0415 - seconds of LangChain

        found = [(hit, self._as_found(hit)) for hit in empty.hits]
        known = tuple(hit for hit, article in found if article is not None)
        articles = {article.id: article for _, article in found if article is not None}
        writing = Writing(self._settings, self._verifier, self._tokens, agreement)
        empty = replace(empty, model=self._settings.llm)
        answer = None
        for answer in _grow(empty, writing.statements(empty.question, known, articles)):
            yield replace(answer, usage=writing.usage)
        yield replace(_concluded(answer or empty), usage=writing.usage, notice=writing.notice)

    @cached_property
    def _verifier(self) -> Verifier:
        return load_verifier(self._settings, self._tokens)

    @cached_property
    def _tokens(self) -> TokenEncoder:
        """The encoder whose words are compared: the archive's own, or the bundled one where that is a transformer."""
        return self._encoder if isinstance(self._encoder, TokenEncoder) else StaticEncoder(BUNDLED)


def _stands_there(sentence: Evidence, cited: Citation) -> bool:
    place = (sentence.hit.passage.article_id, sentence.start, sentence.end)
    return place == (cited.article_id, cited.start, cited.end)


def _grow(empty: Answer, statements: Iterator[Statement]) -> Iterator[Answer]:
    """Yield an answer after each statement, holding all so far; its text has those that are not bad."""
    so_far: tuple[Statement, ...] = ()
    for statement in statements:
        so_far = (*so_far, statement)
        text = "\n".join(each.text for each in so_far if each.verdict not in STRUCK)
        yield replace(empty, answered=True, text=text, statements=so_far)


def _concluded(answer: Answer) -> Answer:
    """Return the complete answer: an abstention where no statement holds."""
    if any(statement.verdict not in STRUCK for statement in answer.statements):
        return answer
    return replace(answer, answered=False, text=NOT_ANSWERED, statements=())
