"""The archive's own vectors alone: the nearest passages by cosine, as a vector database gives them."""

import weakref

from rag.answers import Hit
from rag.archive import Archive
from rag.encoders import load_encoder
from rag.filters import Filters
from rag.index import Index


class Dense:
    """Searches the vectors of an archive; they are read from its folder, by a reader of its own.

    :param archive: what is added to it later is found too.
    :raises EncoderError: the encoder of its settings cannot be loaded.
    """

    def __init__(self, archive: Archive) -> None:
        self._encoder = load_encoder(archive.settings)
        self._index = Index(archive.directory)
        weakref.finalize(self, self._index.close)

    def hits(self, question: str, limit: int, as_of: str | None = None) -> list[Hit]:
        """Return the passages nearest to a question, best first, with their cosine.

        :param as_of: the last day of publication, ISO 8601; None is any day.
        """
        active = self._index.active_build()
        vector = self._encoder.encode_queries([question])[0]
        if active is None or not vector.any():
            return []
        among = None if as_of is None else self._index.passing(Filters(published_to=as_of))
        nearest = self._index.nearest(active[0], vector, limit, among)
        passages = self._index.passages([number for number, _ in nearest])
        return [Hit(cosine, passages[number]) for number, cosine in nearest if number in passages]
