"""What other articles say of a statement: those that agree, those that say otherwise, and copies counted once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from rag.answering.evidence import Evidence
from rag.answers import Citation, Hit, Statement, Verdict
from rag.articles import Article
from rag.citing import Place, Verifier, cite, evidence_at
from rag.retrieval import copies, same_words

_MOST_COMPARED = 8
"""Sentences of other articles that are compared with a statement, the best ones; each takes a few milliseconds."""


class Agreement:
    """Compares statements with what the articles that were found say.

    :param evidence: the sentences found, best first.
    :param article: hit to its article, or None where it has changed since the search.
    """

    def __init__(
        self, verifier: Verifier, evidence: Sequence[Evidence], article: Callable[[Hit], Article | None]
    ) -> None:
        self._verifier = verifier
        self._evidence_at = cache(evidence_at)  # the same sentences are compared with every statement
        articles = {hit.passage: article(hit) for hit in {each.hit.passage: each.hit for each in evidence}.values()}
        found = [(sentence, articles[sentence.hit.passage]) for sentence in evidence]
        self._sentences = [(sentence, read) for sentence, read in found if read is not None]
        self._original = copies(list({read.id: read for _, read in self._sentences}.values()))

    def compare(self, statement: Statement, language: str | None) -> Statement:
        """Return the statement with the other sources added, newest first, and the copies of its own citations.

        :param language: the statement's.
        """
        known = {self._of(citation.article_id) for citation in statement.citations}
        added: dict[str, Citation] = {}
        compared = 0
        for sentence, article in self._sentences:
            original = self._of(article.id)
            if original in known or original in added:
                continue
            if compared == _MOST_COMPARED:
                break
            compared += 1
            place = Place(article, sentence.start, sentence.end)
            read = self._evidence_at(place)
            judgement = self._verifier.judge(statement.text, [read], language)
            if judgement.verdict is Verdict.SUPPORTED or judgement.clash:
                added[original] = cite(place, judgement, read.attributed)
        newest = sorted(added.values(), key=lambda citation: citation.published or "", reverse=True)
        return replace(statement, citations=tuple(map(self._with_copies, (*statement.citations, *newest))))

    def _with_copies(self, citation: Citation) -> Citation:
        """Return the citation with the articles that print the same words."""
        same = {
            article.id
            for sentence, article in self._sentences
            if article.id != citation.article_id
            and self._of(article.id) == self._of(citation.article_id)
            and same_words(sentence.text, citation.quote)
        }
        return replace(citation, copies=tuple(sorted(same)))

    def _of(self, article_id: str) -> str:
        return self._original.get(article_id, article_id)
