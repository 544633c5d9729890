"""Archives that an earlier newsrag wrote."""

import json
import sqlite3

import pytest

import rag
from rag.errors import ArchiveError, EncoderError


def as_written_before(directory) -> None:
    """Take away what version 2 of the catalog added."""
    db = sqlite3.connect(directory / "catalog.sqlite")
    with db:
        db.execute("ALTER TABLE passages DROP COLUMN words")
        ((build, fingerprint),) = db.execute("SELECT build, fingerprint FROM builds")
        old = json.dumps({**json.loads(fingerprint), "analysis": "terms-1"})
        db.execute("UPDATE builds SET fingerprint = ? WHERE build = ?", (old, build))
        db.execute("PRAGMA user_version = 1")
    db.close()


class TestEarlierCatalogs:
    def test_is_refused_with_the_remedy_and_mended_by_a_rebuild(self, tmp_path, seed):
        with rag.Archive.open(tmp_path) as archive:
            archive.add(seed)
        as_written_before(tmp_path)
        with rag.Archive.open(tmp_path) as archive:
            with pytest.raises(EncoderError, match=r"terms-1.*rag rebuild"):
                archive.search("Putin")
            archive.rebuild()
            assert archive.ask("Did Musk talk to Putin?").answered

    def test_a_newer_one_is_refused(self, tmp_path):
        rag.Archive.open(tmp_path).close()
        with sqlite3.connect(tmp_path / "catalog.sqlite") as db:
            db.execute("PRAGMA user_version = 99")
        with pytest.raises(ArchiveError, match="newer newsrag"):
            rag.Archive.open(tmp_path)
