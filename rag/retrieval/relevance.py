"""How relevant candidates are: one score out of late interaction, the wholes, and what the indexes know.

The weights were chosen on development questions (``eval/gold/dev`` and held-out training questions, translated) among
26,000 passages in 15 languages; ``eval/gold/seed.jsonl``, XQuAD and the names measure them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.encoders import TokenEncoder, Words
from rag.names import Name
from rag.retrieval.calibration import Background
from rag.retrieval.late_interaction import Scores, Texts, late_interaction
from rag.retrieval.question import Question

_SENTENCE = 0.5
"""Weight of the passage's best sentence, beside the passage: an answer has the question's words close together."""
_ARTICLE = 0.5
"""Weight of what all candidates of its article hold together: *the bridge* is the one that the headline names."""
_WHOLES = 1.0
"""Weight of the cosine between the sums: what question and passage are about."""
_SHARED, _SHARED_FROM = 12.0, 0.5
"""What sharing all terms with the question adds, and the share from which it adds anything. A lower share is chance,
names, or another language, and would put passages in the question's language first."""
_NAMED, _PERHAPS_NAMED = 0.9, 0.7
"""Cosine that a word of the question counts as having where the passage spells the name otherwise; the lower one where
nothing shows that the word is a name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be relevant.

    :param share: the share of the question's terms that it holds.
    """

    number: int
    article: str
    language: str
    words: Words
    share: float


def relevance(
    encoder: TokenEncoder,
    question: Question,
    candidates: Sequence[Candidate],
    background: Background,
    holding: Callable[[Sequence[Name], Sequence[int]], Mapping[int, int]],
) -> Mapping[int, float]:
    """Score candidates; scores compare only within one question.

    :param background: shows what scores lie in each language.
    :param holding: tells which of these names each of these passages holds in any spelling: bit 0 is the first name.
    :return: the score of each candidate by its number.
    """
    if not candidates:
        return {}
    numbers = [candidate.number for candidate in candidates]
    languages = [candidate.language for candidate in candidates]
    matches = Texts(encoder, [candidate.words for candidate in candidates]).match(question.words)
    held = holding([name for name, _ in question.names], numbers)
    bits = np.array([held.get(number, 0) for number in numbers], dtype=np.int64)
    for bit, (name, own) in enumerate(question.names):
        at = np.ix_(bits >> bit & 1 == 1, own)
        matches.words[at] = np.maximum(matches.words[at], _NAMED if name.certain else _PERHAPS_NAMED)
    late, wholes = background.scales(question.words, question.weights)
    shared = np.array([candidate.share for candidate in candidates], dtype=np.float32)
    together = _by_article(matches.words, [candidate.article for candidate in candidates])
    scores = (
        late.standardise(late_interaction(matches.words, question.weights), languages)
        + _SENTENCE * late.above(matches.best_sentences(question.weights), languages)
        + _ARTICLE * late.above(late_interaction(together, question.weights), languages)
        + _WHOLES * wholes.standardise(matches.wholes, languages)
        + _SHARED * np.maximum(shared - _SHARED_FROM, 0.0)
    )
    return dict(zip(numbers, scores.tolist(), strict=True))


def _by_article(matches: Scores, articles: Sequence[str]) -> Scores:
    """Return the best match of each word among all passages of a passage's article, shape (passages, words)."""
    own = np.unique(articles, return_inverse=True)[1].reshape(-1)
    best = np.zeros((int(own.max()) + 1, matches.shape[1]), dtype=np.float32)
    np.maximum.at(best, own, matches)
    return best[own]
