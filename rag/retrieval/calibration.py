"""Scores in several languages made comparable: each is measured against what the archive's passages score anyway.

A passage in the question's own language shares words with it whatever it is about. So a score counts by how far it
stands above a sample of passages in the same language, or a German passage that answers would be pushed out by English
ones that merely sound near.
"""

from dataclasses import dataclass

import numpy as np

from rag.encoders import TokenEncoder, Words
from rag.retrieval.late_interaction import Scores, Texts, late_interaction

_PRIOR = 10.0
"""Passages of all languages together that a language's mean is mixed with, for languages with few passages."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the scores of each language lie.

    :param means: by language; ``mean`` where the sample has none of it.
    :param deviations: by language, half-way (geometrically) to the deviation of all: languages differ in it, but a
        sample's deviation is a guess.
    """

    mean: float
    deviation: float
    means: dict[str, float]
    deviations: dict[str, float]

    @classmethod
    def of(cls, scores: Scores, languages: list[str]) -> "Scale":
        """Return the scale of a sample's scores, shape (passages,)."""
        own = np.array(languages)
        groups = {language: scores[own == language] for language in dict.fromkeys(languages)}
        mean = float(np.mean([group.mean() for group in groups.values()])) if groups else 0.0
        within = [group.var() * len(group) for group in groups.values()]
        deviation = max(float(np.sqrt(sum(within) / max(len(scores), 1))), 1e-3)
        return cls(
            mean,
            deviation,
            {
                language: float((group.sum() + _PRIOR * mean) / (len(group) + _PRIOR))
                for language, group in groups.items()
            },
            {
                language: float(
                    np.sqrt(
                        deviation * np.sqrt((group.var() * len(group) + _PRIOR * deviation**2) / (len(group) + _PRIOR))
                    )
                )
                for language, group in groups.items()
            },
        )

    def above(self, scores: Scores, languages: list[str]) -> Scores:
        """Return by how many deviations of all languages each score stands above its language's mean, (passages,)."""
        return np.asarray((scores - self._mean_of(languages)) / self.deviation, dtype=np.float32)

    def standardise(self, scores: Scores, languages: list[str]) -> Scores:
        """Return by how many deviations each score stands above its language's mean, shape (passages,)."""
        deviations = np.array([self.deviations.get(language, self.deviation) for language in languages], np.float32)
        return np.asarray((scores - self._mean_of(languages)) / deviations, dtype=np.float32)

    def _mean_of(self, languages: list[str]) -> Scores:
        return np.array([self.means.get(language, self.mean) for language in languages], dtype=np.float32)


class Background:
    """A sample of an archive's passages.

    :param languages: of each passage.
    :param passages: their words.
    """

    def __init__(self, encoder: TokenEncoder, languages: list[str], passages: list[Words]) -> None:
        self._languages = languages
        self._texts = Texts(encoder, passages)

    def scales(self, question: Words, weights: Scores) -> tuple[Scale, Scale]:
        """Return the scales of late interaction and of the wholes for a question."""
        matches = self._texts.match(question)
        late = late_interaction(matches.words, weights)
        return Scale.of(late, self._languages), Scale.of(matches.wholes, self._languages)
