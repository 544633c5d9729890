"""A question becomes ranked passages: candidates from several legs, fused by rank, then scored by relevance."""

import threading
from collections.abc import Mapping, Sequence

from rag.answers import Hit
from rag.encoders import Encoder, TokenEncoder
from rag.index import Index
from rag.names import names_in
from rag.retrieval.calibration import Background
from rag.retrieval.fusion import reciprocal_rank_fusion
from rag.retrieval.question import Question
from rag.retrieval.relevance import Candidate, relevance
from rag.retrieval.translation import translations

_SAMPLE = 256
"""Passages that show what scores lie in each language."""
_WITH_SIBLINGS = 0.5
"""Share of the candidates whose article's other passages are scored too, at most as many as candidates: the one that
answers need not say what it is about."""


class Search:
    """Searches one archive.

    :param encoder: without token vectors (a transformer), passages are ranked by the cosine alone.
    """

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self._index, self._encoder = index, encoder
        self._lock = threading.Lock()
        self._background: tuple[tuple[int, ...], Background] | None = None

    def __call__(
        self, build: int, question: str, limit: int, candidates: int, among: Sequence[int] | None = None
    ) -> list[Hit]:
        """Return the passages that best match a question in any language, best first.

        :param build: the build of the index to search.
        :param limit: how many to return.
        :param candidates: how many each leg may propose; at least ``limit``.
        :param among: the passages that may be found, whole articles of them; None for all. Each leg proposes of these
            alone, so that of a few all are scored and of many the best; what scores lie in each language is still
            told by all passages.
        """
        candidates = max(candidates, limit)
        if isinstance(self._encoder, TokenEncoder):
            scores = self._by_words(build, self._encoder, question, candidates, among)
        else:
            scores = self._by_cosine(build, question, candidates, among)
        best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        found = self._index.passages(best)
        return [Hit(float(scores[number]), found[number]) for number in best if number in found]

    def _by_words(
        self, build: int, encoder: TokenEncoder, text: str, candidates: int, among: Sequence[int] | None
    ) -> Mapping[int, float]:
        question = Question.read(encoder, text)
        if not len(question.words.starts):
            return {}
        vector = encoder.encode_queries([text])[0]
        matching = self._index.matching(build, text, candidates, among)
        legs = [
            self._index.nearest(build, vector, candidates, among) if vector.any() else [],
            matching,
            self._index.named(build, [name for name, _ in question.names], candidates, among),
            self._index.translated(build, translations(self._index, build, encoder, question), candidates, among),
        ]
        ranked = [[number for number, _ in leg] for leg in legs]
        numbers = reciprocal_rank_fusion(ranked, candidates)
        siblings = self._index.siblings(numbers[: int(_WITH_SIBLINGS * candidates)])
        known = set(numbers)
        numbers += [number for number in siblings if number not in known][:candidates]
        shares = dict(matching)
        found = [
            Candidate(number, article, language, encoder.unpack(packed), shares.get(number, 0.0))
            for number, (article, language, packed) in self._index.words(numbers).items()
        ]
        background = self._sample(build, encoder)
        return relevance(
            encoder, question, found, background, lambda names, among: self._index.holding(build, names, among)
        )

    def _by_cosine(self, build: int, text: str, candidates: int, among: Sequence[int] | None) -> Mapping[int, float]:
        """Score what the legs propose by the cosine to the question alone."""
        vector = self._encoder.encode_queries([text])[0]
        nearest = self._index.nearest(build, vector, candidates, among) if vector.any() else []
        legs = [nearest, self._index.matching(build, text, candidates, among)]
        legs.append(self._index.named(build, names_in(text), candidates, among))
        numbers = reciprocal_rank_fusion([[number for number, _ in leg] for leg in legs], candidates)
        cosines = dict(nearest)
        found = self._index.passages([number for number in numbers if number not in cosines])
        if found:
            vectors = self._encoder.encode_passages([passage.text for passage in found.values()])
            cosines.update(zip(found, (vectors @ vector).tolist(), strict=True))
        return {number: cosines[number] for number in numbers if number in cosines}

    def _sample(self, build: int, encoder: TokenEncoder) -> Background:
        """Return the archive's background, read anew after something was written."""
        with self._lock:
            state = (build, *self._index.state())
            if self._background is None or self._background[0] != state:
                stored = self._index.words(self._index.sample(_SAMPLE)).values()
                passages = [encoder.unpack(packed) for *_, packed in stored]
                self._background = state, Background(encoder, [language for _, language, _ in stored], passages)
            return self._background[1]
