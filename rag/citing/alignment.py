"""Which words of a statement its source has: each finds its nearest there, in any language (late interaction)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.citing.spelling import holds
from rag.encoders import TokenEncoder, Words
from rag.names import names_in
from rag.retrieval import Texts

_HELD = 0.95
"""Cosine that a word of a name counts as having where the source spells it otherwise."""
MOST_SENTENCES = 3
"""Sentences that are compared with a statement as one: of longer evidence the run that says most of it."""

_SENTENCE_COST = 0.1
"""What a further sentence must add to coverage and cosine together: more words always cover more."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a statement's words stand in a text.

    :param spans: where each word of the statement stands in it, shape (words, 2).
    :param weights: how much each word tells, summing to 1, shape (words,).
    :param cosines: the best cosine of each word among those of the text, shape (words,).
    :param pieces: of how many pieces of the encoder's vocabulary each word is made, shape (words,).
    :param whole: cosine between the sum of the statement's words and that of the text's.
    """

    spans: NDArray[np.int64]
    weights: NDArray[np.float32]
    cosines: NDArray[np.float32]
    pieces: NDArray[np.int64]
    whole: float

    @property
    def coverage(self) -> float:
        """The mean cosine, weighted."""
        return float(self.weights @ self.cosines)

    def uncovered(self, statement: str, below: float, most: int) -> list[str]:
        """Return the words that tell most among those whose cosine is below a bound, in their order."""
        low = [at for at in np.argsort(-self.weights) if self.cosines[at] < below][:most]
        return [statement[slice(*self.spans[at])] for at in sorted(low)]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts that are compared: a statement, or what it cites.

    :param language: ISO 639-1, or None where it is not known.
    :param alignment: its words in the other text.
    """

    text: str
    language: str | None
    alignment: Alignment


class Aligner:
    """Aligns statements with texts.

    :param encoder: whose word vectors are compared.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._encoder = encoder

    def align(self, statement: str, text: str, context: str) -> tuple[Alignment, Alignment, Alignment]:
        """Return how a statement's words stand in a text, the text's in the statement, and the statement's around it.

        All are read at once, which is what takes the time.
        """
        texts = (statement, text, context)
        said, read, around = self._encoder.words([[each] for each in texts])
        tokens = self._encoder.tokenize([statement, text])
        spans = [_spans(each.offsets, words.starts) for each, words in zip(tokens, (said, read), strict=True)]
        forth = Texts(self._encoder, [read, around]).match(said)
        back = Texts(self._encoder, [said]).match(read)
        return (
            self._alignment(texts[0], said, spans[0], text, (forth.words[0], float(forth.wholes[0]))),
            self._alignment(texts[1], read, spans[1], statement, (back.words[0], float(back.wholes[0]))),
            self._alignment(texts[0], said, spans[0], context, (forth.words[1], float(forth.wholes[1]))),
        )

    def _alignment(
        self, own: str, words: Words, spans: NDArray[np.int64], other: str, matched: tuple[NDArray[np.float32], float]
    ) -> Alignment:
        """Return an alignment; a name in another spelling counts as there."""
        cosines, whole = matched
        for name in names_in(own):
            if holds(other, name):
                inside = (spans[:, 0] >= name.start) & (spans[:, 0] < name.end)
                cosines[inside] = np.maximum(cosines[inside], _HELD)
        weights = self._encoder.word_weights(words)
        weights = np.asarray(weights / max(float(weights.sum()), 1e-9), dtype=np.float32)
        return Alignment(spans, weights, cosines, np.diff(words.starts, append=len(words.pieces)), whole)

    def nearest(self, statement: str, sentences: Sequence[str]) -> tuple[int, int]:
        """Return the run of up to three sentences that says most of a statement, as (first, one past the last)."""
        runs = [
            (first, end)
            for first in range(len(sentences))
            for end in range(first + 1, min(first + MOST_SENTENCES, len(sentences)) + 1)
        ]
        asked, *read = self._encoder.words(
            [[text] for text in (statement, *(" ".join(sentences[a:b]) for a, b in runs))]
        )
        weights = self._encoder.word_weights(asked)
        matches = Texts(self._encoder, read).match(asked)
        scores = matches.words @ weights / max(float(weights.sum()), 1e-9) + matches.wholes
        scores -= [_SENTENCE_COST * (end - first) for first, end in runs]
        return runs[int(scores.argmax())]


def _spans(offsets: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each word stands, shape (words, 2), from where its pieces do."""
    if not len(starts):
        return np.zeros((0, 2), dtype=np.int64)
    ends = np.append(starts[1:], len(offsets)) - 1
    return np.stack([offsets[starts, 0], offsets[ends, 1]], axis=1)
