"""Passage vectors in Chroma: one folder a build, our own vectors, no text stored there.

Chroma keeps its graph in memory and is not safe for several processes: one that has an old graph open never sees what
another wrote, and writes its old graph over the new one. So one process at a time touches it, for the length of a query
or of a batch, and whoever finds that the catalog was changed by somebody else opens Chroma anew.
"""

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from rag.errors import ArchiveError

_SPACE: Any = {"hnsw": {"space": "cosine", "ef_search": 200}}
"""Cosine; twice as many nodes are looked at as candidates are asked for, or near-duplicates hide each other."""
_COLLECTION = "passages"
_PATIENCE = 60.0
"""Seconds to wait for another process's batch, which takes less than one."""
_PROBES = 50
"""Stored vectors that :meth:`VectorIndex.findable` looks up."""
_FINDABLE = 0.9
"""Share of them that must be found: an approximate graph misses one or two in a hundred near-duplicates, a lost one a
third of everything."""
_SAME = 1e-4
"""Cosine distance up to which two vectors count as equal, in half of single precision."""

_spellings: set[str] = set()
_spelling_lock = threading.Lock()


class VectorIndex:
    """The vectors of one archive.

    :param directory: holds a folder a build, created if missing.
    :param version: returns a number that changes whenever another connection has changed the catalog.
    """

    def __init__(self, directory: Path, version: Callable[[], int]) -> None:
        self._directory, self._version = directory, version
        self._lock = FileLock(directory.with_suffix(".lock"), timeout=_PATIENCE)
        self._seen = version()
        self._opened: dict[int, _Opened] = {}

    def close(self) -> None:
        """Let go of Chroma's files."""
        for opened in self._opened.values():
            opened.close()
        self._opened.clear()

    def create(self, build: int, fingerprint: dict[str, str | int]) -> None:
        """Make the folder and collection of a new build; what a cut-off attempt left there is deleted."""
        self.drop(build)
        metadata: dict[str, Any] = {key: value for key, value in fingerprint.items() if value != ""}
        with self._alone():
            self._folder(build).mkdir(parents=True)
            self._opened[build] = _Opened(self._folder(build), metadata)

    def drop(self, build: int) -> None:
        """Delete the folder of a build if it is there."""
        with self._alone():
            opened = self._opened.pop(build, None)
            if opened is not None:
                opened.close()
            if self._folder(build).exists():
                shutil.rmtree(self._folder(build))

    def upsert(self, build: int, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Write vectors, shape (ids, dimension), in batches that Chroma takes."""
        with self._collection(build) as (collection, size):
            for at in range(0, len(ids), size):
                names = [str(number) for number in ids[at : at + size]]
                collection.upsert(ids=names, embeddings=vectors[at : at + size])

    def delete(self, build: int, ids: Sequence[int]) -> None:
        """Delete vectors; numbers that are not there are ignored."""
        with self._collection(build) as (collection, size):
            for at in range(0, len(ids), size):
                collection.delete(ids=[str(number) for number in ids[at : at + size]])

    def count(self, build: int) -> int:
        """Return how many vectors the build has."""
        with self._collection(build) as (collection, _):
            return int(collection.count())

    def ids(self, build: int) -> set[int]:
        """Return the numbers of all vectors of the build."""
        with self._collection(build) as (collection, _):
            return {int(number) for number in collection.get(include=[])["ids"]}

    def findable(self, build: int, ids: Sequence[int]) -> bool:
        """Tell whether nearly all of a sample of these vectors are found by searching for them, as no count tells."""
        sample = [str(number) for number in ids[:: max(1, len(ids) // _PROBES)]]
        if not sample:
            return True
        with self._collection(build) as (collection, _):
            stored = collection.get(ids=sample, include=["embeddings"])
            found = collection.query(query_embeddings=stored["embeddings"], n_results=1, include=["distances"])
        found_again = sum(bool(row) and row[0] <= _SAME for row in found["distances"])
        return len(stored["ids"]) == len(sample) and found_again >= _FINDABLE * len(sample)

    def nearest(
        self, build: int, vector: NDArray[np.float32], limit: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the passages nearest to a vector of shape (dimension,) with their cosine, nearest first.

        :param among: the only passages to look at, None for all; a number that is not there is ignored. Chroma walks
            its graph past all others, which a condition on metadata (``where``) would take ten times as long to do.
        """
        if among is not None and not among:
            return []
        ids = None if among is None else [str(number) for number in among]
        with self._collection(build) as (collection, _):
            found = _query(collection, vector, limit, ids)
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(int(number), 1.0 - float(distance)) for number, distance in pairs]

    @contextmanager
    def _collection(self, build: int) -> Iterator[tuple[Any, int]]:
        """Offer the collection of a build, and how many vectors it takes at a time, to this thread alone."""
        with self._alone():
            try:
                if build not in self._opened:
                    self._opened[build] = _Opened(self._folder(build), None)
                yield self._opened[build].collection, self._opened[build].batch
            except Exception as error:  # Chroma raises its own kinds, and Rust's
                raise ArchiveError(
                    f"The vectors in {self._folder(build)} cannot be used ({' '.join(str(error).split())}). "
                    "Run `rag rebuild`."
                ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other threads and processes out, and forget what is open if another one has changed the archive."""
        try:
            self._directory.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise ArchiveError(f"{self._lock.lock_file} was held for {_PATIENCE:.0f} seconds. Try again.") from None
        except OSError as error:
            raise ArchiveError(
                f"{self._lock.lock_file} cannot be locked: {error.strerror}. Make it writable."
            ) from error
        try:
            version = self._version()
            if version != self._seen:
                self.close()
                self._seen = version
            yield
        finally:
            self._lock.release()

    def _folder(self, build: int) -> Path:
        return self._directory / str(build)


def _query(collection: Any, vector: NDArray[np.float32], limit: int, ids: list[str] | None) -> Any:  # noqa: ANN401
    """Return what Chroma finds among these ids; those that were deleted since they were looked up are left out."""
    from chromadb.errors import InternalError  # noqa: PLC0415 - half a second, and loaded by now

    try:
        return collection.query(query_embeddings=[vector], ids=ids, n_results=limit, include=["distances"])
    except InternalError:  # it fails at the first id that is not there
        present = [] if ids is None else collection.get(ids=ids, include=[])["ids"]
        if ids is None or len(present) == len(ids):
            raise
    return _query(collection, vector, limit, present) if present else {"ids": [[]], "distances": [[]]}


class _Opened:
    """One open Chroma folder.

    Chroma shares what it has open among all clients that spell a path alike; each client here spells it differently
    (``folder``, ``folder/.``, …), because only a client of its own can be opened anew.

    :param metadata: of the collection to be made, or None to open the one that is there.
    """

    def __init__(self, folder: Path, metadata: dict[str, Any] | None) -> None:
        import chromadb  # noqa: PLC0415 - half a second
        from chromadb.config import Settings  # noqa: PLC0415

        with _spelling_lock:
            self._spelling = str(folder)
            while self._spelling in _spellings:
                self._spelling += "/."
            _spellings.add(self._spelling)
        try:
            self._client = chromadb.PersistentClient(self._spelling, settings=Settings(anonymized_telemetry=False))
            if metadata is None:
                self.collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            else:
                self.collection = self._client.create_collection(
                    _COLLECTION, metadata=metadata, embedding_function=None, configuration=_SPACE
                )
            self.batch = self._client.get_max_batch_size()
        except Exception:
            with _spelling_lock:
                _spellings.discard(self._spelling)
            raise

    def close(self) -> None:
        """Close Chroma's files."""
        self._client.close()  # type: ignore[attr-defined] # its declared type lacks it
        with _spelling_lock:
            _spellings.discard(self._spelling)
