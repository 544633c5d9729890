"""Which sentences of the retrieved passages may answer: each is ranked by a few signs, each a number to follow.

The weights were fitted by :mod:`eval.fit_ranking` on development questions, never on those that measure.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.answering.answer_type import AnswerType, AnswerTypes
from rag.answering.coverage import question_words, word_vectors
from rag.answers import Hit
from rag.encoders import TokenEncoder, unit
from rag.ingest import detect_language
from rag.lexicon import bundled_lexicon
from rag.names import names_in, spelled_alike
from rag.retrieval import Texts, aside_weights, late_interaction

Floats = NDArray[np.float32]

WEIGHTS = (9.00, 7.14, 3.59, -3.32, 1.94, 0.93, -0.64)
"""Of the fields of :class:`SentenceSigns`, in their order."""
_NAMED = 0.9
"""Cosine that a name of the question counts as having where a sentence spells it otherwise, or its article has it."""
_SAID = 0.85
"""The same where a sentence has a word in another inflection, or by the lexicon in another language."""
_COVERS = 0.6
"""Cosine from which a sentence counts as having a word."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a retrieved passage.

    :param passage: number of its passage among the hits.
    :param start: where it starts in the article's text; ``end`` where it ends.
    """

    passage: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SentenceSigns:
    """What speaks for sentences; arrays of shape (sentences,).

    :param says: how much of the question a sentence covers (late interaction, and the lexicon); a name counts as
        covered where its article has it elsewhere, because *He declined* is about whoever the article names.
    :param specific: the same, where words that many sentences of the article have count less: a question about a bridge
        is not answered by every sentence with *bridge*.
    :param cosine: cosine between the means of the question and of the sentence.
    :param lead: 1 if it is the article's first: that names everything and so is near every question.
    :param wanted: 1 if the question wants an amount or a time and the sentence holds one.
    :param late: minus the logarithm of its passage's rank.
    :param long: logarithm of its number of characters: a long one covers more by chance.
    """

    says: Floats
    specific: Floats
    cosine: Floats
    lead: Floats
    wanted: Floats
    late: Floats
    long: Floats

    def matrix(self) -> Floats:
        """Return the signs side by side, shape (sentences, signs)."""
        return np.stack(astuple(self), axis=1)


NAMES = tuple(field.name for field in fields(SentenceSigns))


def sentences_of(hits: Sequence[Hit]) -> list[Sentence]:
    """Return the sentences of the passages, passage by passage."""
    return [
        Sentence(number, start, end, hit.passage.text[start - hit.passage.start : end - hit.passage.start])
        for number, hit in enumerate(hits)
        for start, end in hit.passage.sentences
    ]


def sentence_signs(
    encoder: TokenEncoder, types: AnswerTypes, question: str, hits: Sequence[Hit], sentences: Sequence[Sentence]
) -> SentenceSigns:
    """Return the signs of these sentences, of which there is at least one."""
    texts = [sentence.text for sentence in sentences]
    languages = [hits[sentence.passage].passage.language for sentence in sentences]
    asked, *read = encoder.words([[text] for text in (question, *texts)])
    begins = encoder.tokenize([question])[0].offsets[asked.starts, 0]
    weights = encoder.word_weights(asked) * aside_weights(question, begins)
    if len(begins):
        asks = types.interrogative(unit(encoder.word_vectors(asked)))
        weights = weights if asks.all() else np.where(asks, 0.0, weights).astype(np.float32)
    matches = Texts(encoder, read).match(asked)
    passages = np.array([sentence.passage for sentence in sentences])
    ids = [hits[number].passage.article_id for number in passages]
    articles = np.unique(ids, return_inverse=True)[1].reshape(-1)

    said = bundled_lexicon().said(
        [question[start:end] for start, end in pairwise((*begins.tolist(), len(question)))],
        detect_language(question),
        texts,
        languages,
    )
    covered = np.where(said, np.maximum(matches.words, _SAID), matches.words)
    named = np.zeros(len(begins), dtype=np.bool_)
    for name in names_in(question):
        own = (begins >= name.start) & (begins < name.end)
        named |= own
        for row, sentence in zip(covered, sentences, strict=True):
            if own.any() and row[own].min() < _NAMED and _names(sentence.text, question[name.start : name.end]):
                row[own] = np.maximum(row[own], _NAMED)
    in_article, spread = _by_article(covered, articles)
    in_context = np.maximum(covered, np.where(named, _NAMED * in_article, 0.0))
    wanted = wanted_type(encoder, types, question)
    return SentenceSigns(
        says=late_interaction(in_context, weights),
        specific=_weighted(covered, weights * (1.0 - spread)),
        cosine=matches.wholes,
        lead=np.array([sentence.start == 0 for sentence in sentences], dtype=np.float32),
        wanted=(types.holds(texts, wanted, languages) & (wanted is not AnswerType.ANY)).astype(np.float32),
        late=-np.log1p(passages).astype(np.float32),
        long=np.log([max(len(sentence.text), 1) for sentence in sentences]).astype(np.float32),
    )


def wanted_type(encoder: TokenEncoder, types: AnswerTypes, question: str) -> AnswerType:
    """Return what a question wants; anything, if it has no words."""
    words = question_words(encoder, question)
    return types.wanted(word_vectors(encoder, words), words) if words else AnswerType.ANY


def _names(text: str, name: str) -> bool:
    """Tell whether a text has a name in another spelling."""
    return any(word[:1].isupper() and spelled_alike(name, word.strip(".,:;!?»«\"'“”„()")) for word in text.split())


def _by_article(covered: Floats, articles: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the best match of each word in a sentence's article and the share of its sentences that have the word.

    :param covered: shape (sentences, words), as are both results.
    """
    best, spread = np.zeros_like(covered), np.zeros_like(covered)
    for article in np.unique(articles):
        own = articles == article
        best[own] = covered[own].max(axis=0, initial=0.0)
        spread[own] = (covered[own] > _COVERS).mean(axis=0)
    return best, spread


def _weighted(matches: Floats, weights: Floats) -> Floats:
    """Return the mean match of each row with its own weights, both of shape (sentences, words)."""
    total = np.maximum(weights.sum(axis=1), 1e-9)
    return np.asarray((matches * weights).sum(axis=1) / total, dtype=np.float32)
