"""Passage vectors in Chroma: one collection a build, our own vectors, no text stored there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SPACE: Any = {"hnsw": {"space": "cosine"}}


class VectorIndex:
    """The vectors of one archive.

    :param directory: Chroma's folder, created if missing.
    """

    def __init__(self, directory: Path) -> None:
        import chromadb  # noqa: PLC0415 - most of a second
        from chromadb.config import Settings  # noqa: PLC0415

        self._client = chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False))
        self._collections: dict[int, Any] = {}

    def close(self) -> None:
        """Let go of Chroma's files."""
        self._collections.clear()
        self._client.close()  # type: ignore[attr-defined] # its declared type lacks it

    def create(self, build: int, fingerprint: dict[str, str | int]) -> None:
        """Make the collection of a new build, with its fingerprint in the metadata."""
        metadata: dict[str, Any] = {key: value for key, value in fingerprint.items() if value != ""}
        self._collections[build] = self._client.get_or_create_collection(
            _name(build), metadata=metadata, embedding_function=None, configuration=_SPACE
        )

    def drop(self, build: int) -> None:
        """Delete the collection of a build if it is there."""
        self._collections.pop(build, None)
        if _name(build) in {collection.name for collection in self._client.list_collections()}:
            self._client.delete_collection(_name(build))

    def upsert(self, build: int, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Write vectors, shape (ids, dimension), in batches that Chroma takes."""
        collection, size = self._collection(build), self._client.get_max_batch_size()
        for at in range(0, len(ids), size):
            collection.upsert(ids=[str(number) for number in ids[at : at + size]], embeddings=vectors[at : at + size])

    def delete(self, build: int, ids: Sequence[int]) -> None:
        """Delete vectors; numbers that are not there are ignored."""
        collection, size = self._collection(build), self._client.get_max_batch_size()
        for at in range(0, len(ids), size):
            collection.delete(ids=[str(number) for number in ids[at : at + size]])

    def count(self, build: int) -> int:
        """Return how many vectors the build has."""
        return int(self._collection(build).count())

    def ids(self, build: int) -> set[int]:
        """Return the numbers of all vectors of the build."""
        return {int(number) for number in self._collection(build).get(include=[])["ids"]}

    def nearest(self, build: int, vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """Return the passages nearest to a vector of shape (dimension,) with their cosine, nearest first."""
        found = self._collection(build).query(query_embeddings=[vector], n_results=limit, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(int(number), 1.0 - float(distance)) for number, distance in pairs]

    def _collection(self, build: int) -> Any:  # noqa: ANN401 - chromadb is imported late
        if build not in self._collections:
            self._collections[build] = self._client.get_collection(_name(build), embedding_function=None)
        return self._collections[build]


def _name(build: int) -> str:
    return f"passages-{build}"
