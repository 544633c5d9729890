from pathlib import Path

import pytest

from rag.ingest import Record, read_file
from rag.settings import Settings


@pytest.fixture
def settings():
    """Settings with the smallest limits: 1 MB an article, 2 MB a file."""
    return Settings(max_article_mb=1, max_file_mb=2)


@pytest.fixture
def read(tmp_path, settings):
    """Write bytes or text under a name and return the records that are read from it; a Path is read as it is."""

    def write_and_read(name: str | Path, content: bytes | str | None = None) -> list[Record]:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_file(path, settings))

    return write_and_read


@pytest.fixture
def read_one(read):
    """Like ``read``, for a file that must become exactly one article."""

    def article_of(name, content=None):
        (record,) = read(name, content)
        assert record.reason is None
        assert not record.skipped
        return record.article

    return article_of


@pytest.fixture
def failure(read):
    """Like ``read``, for a file that must fail as a whole; returns the reason."""

    def reason_of(name, content=None):
        (record,) = read(name, content)
        assert record.article is None
        assert not record.skipped
        assert "\n" not in record.reason
        return record.reason

    return reason_of
