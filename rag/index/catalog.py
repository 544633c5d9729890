"""The catalog: one SQLite file that is the truth about what is in the archive. Vectors and terms are derived from it.

An article that is being written is a *revision* in state ``pending``; it becomes visible when its vectors and terms are
durable and its state turns to ``indexed``. A replaced or removed revision is ``removing`` until its vectors and terms
are gone. Passages belong to a *build*: a complete pair of derived indexes, made by one encoder and one splitter.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rag.articles import Article, ArticleInfo, Passage
from rag.errors import ArchiveError, FilterError
from rag.filters import Filters

SCHEMA_VERSION = 3
_FACTS = "CREATE INDEX IF NOT EXISTS facts ON articles (state, language, published, source);"
"""Holds what filters look at; without it each article's text is read to get past it."""
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS articles (
    revision INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'indexed', 'removing')),
    text TEXT NOT NULL, title TEXT, language TEXT, published TEXT, source TEXT, url TEXT,
    origin TEXT,
    digest TEXT NOT NULL,
    added TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS one_visible_revision ON articles (id) WHERE state = 'indexed';
CREATE INDEX IF NOT EXISTS by_digest ON articles (digest);
CREATE INDEX IF NOT EXISTS by_origin ON articles (origin);
CREATE INDEX IF NOT EXISTS unfinished ON articles (state) WHERE state != 'indexed';
CREATE TABLE IF NOT EXISTS builds (
    build INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL CHECK (state IN ('building', 'active', 'retired')),
    fingerprint TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    revision INTEGER NOT NULL REFERENCES articles (revision),
    build INTEGER NOT NULL REFERENCES builds (build),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    words BLOB
);
CREATE INDEX IF NOT EXISTS by_revision ON passages (revision, build);
{_FACTS}
"""
_MOST_CHOICES = 10
"""Outlets or languages that a message lists."""
_MAX_VARIABLES = 500
"""Values bound in one statement; SQLite allows 999 in its oldest builds."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that is to be written, with its passages, its :func:`digest` and the file it came from."""

    article: Article
    passages: Sequence[Passage]
    digest: str
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the number that Chroma and tantivy know it by."""

    id: int
    passage: Passage


class Catalog:
    """The catalog of one archive; safe to use from several threads.

    :param path: the SQLite file, created if missing.
    :raises ArchiveError: it cannot be opened, or a newer newsrag wrote it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._languages: tuple[tuple[int, int], tuple[str, ...]] | None = None
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if 0 < version < SCHEMA_VERSION:
                words = "ALTER TABLE passages ADD COLUMN words BLOB;" if version == 1 else ""
                self._db.executescript(
                    f"BEGIN IMMEDIATE; {words} {_FACTS} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
                )
            if version == 0:
                self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        except sqlite3.Error as error:
            raise ArchiveError(
                f"{path} cannot be opened as an archive's catalog: {error}. "
                "The folder must be a newsrag archive's and writable by you."
            ) from error
        if version > SCHEMA_VERSION:
            raise ArchiveError(f"{path} was written by a newer newsrag (catalog version {version}). Update newsrag.")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def version(self) -> int:
        """Return a number that changes whenever another connection, here or in another process, has written."""
        return int((self._one("PRAGMA data_version") or (0,))[0])

    def state(self) -> tuple[int, int]:
        """Return what changes whenever this or another connection has written."""
        return self.version(), self._db.total_changes

    # -- builds ------------------------------------------------------------------------------------------------------

    def active_build(self) -> tuple[int, dict[str, str | int]] | None:
        """Return the build that searches use and its fingerprint; None in an archive that never had an article."""
        row = self._one("SELECT build, fingerprint FROM builds WHERE state = 'active'")
        return None if row is None else (row[0], json.loads(row[1]))

    def start_build(self, fingerprint: dict[str, str | int]) -> int:
        """Note that a build is being made and return its number."""
        with self._transaction() as db:
            values = ("building", json.dumps(fingerprint, sort_keys=True))
            cursor = db.execute("INSERT INTO builds (state, fingerprint) VALUES (?, ?)", values)
            return int(cursor.lastrowid or 0)

    def activate_build(self, build: int) -> None:
        """Make searches use this build from now on, all at once, and retire the one before."""
        with self._transaction() as db:
            db.execute("UPDATE builds SET state = 'retired' WHERE state = 'active'")
            db.execute("UPDATE builds SET state = 'active' WHERE build = ?", (build,))

    def unused_builds(self) -> list[int]:
        """Return the builds that were retired or never finished; only meaningful while holding the writer lock."""
        return [row[0] for row in self._all("SELECT build FROM builds WHERE state != 'active' ORDER BY build")]

    def forget_build(self, build: int) -> None:
        """Delete a build's passages and the build."""
        with self._transaction() as db:
            db.execute("DELETE FROM passages WHERE build = ?", (build,))
            db.execute("DELETE FROM builds WHERE build = ?", (build,))

    # -- writing -----------------------------------------------------------------------------------------------------

    def insert_pending(self, articles: Sequence[NewArticle], build: int) -> tuple[list[int], list[StoredPassage]]:
        """Write articles that are not yet visible; return their revisions and numbered passages, in order."""
        added = datetime.now(UTC).isoformat("T", "seconds")
        revisions, stored = [], []
        with self._transaction() as db:
            for new in articles:
                a = new.article
                cursor = db.execute(
                    "INSERT INTO articles (id, state, text, title, language, published, source, url, origin, digest, "
                    "added) VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (a.id, a.text, a.title, a.language, a.published, a.source, a.url, new.origin, new.digest, added),
                )
                revision = int(cursor.lastrowid or 0)
                revisions.append(revision)
                stored += self._insert_passages(db, revision, build, new.passages)
        return revisions, stored

    def insert_passages(self, revision: int, build: int, passages: Sequence[Passage]) -> list[StoredPassage]:
        """Write the passages of an article that is already there, for another build."""
        with self._transaction() as db:
            return self._insert_passages(db, revision, build, passages)

    @staticmethod
    def _insert_passages(
        db: sqlite3.Connection, revision: int, build: int, passages: Sequence[Passage]
    ) -> list[StoredPassage]:
        stored = []
        for passage in passages:
            values = (revision, build, passage.start, passage.end, json.dumps(passage.sentences))
            cursor = db.execute(
                'INSERT INTO passages (revision, build, start, "end", sentences) VALUES (?, ?, ?, ?, ?)', values
            )
            stored.append(StoredPassage(int(cursor.lastrowid or 0), passage))
        return stored

    def keep_words(self, words: Iterable[tuple[int, bytes]]) -> None:
        """Store what an encoder read in passages, by their numbers."""
        with self._transaction() as db:
            db.executemany("UPDATE passages SET words = ? WHERE id = ?", [(packed, number) for number, packed in words])

    def publish(self, revisions: Iterable[int]) -> None:
        """Make pending revisions visible and mark the ones they replace as removing, all at once."""
        with self._transaction() as db:
            for revision in revisions:
                db.execute(
                    "UPDATE articles SET state = 'removing' WHERE state = 'indexed' "
                    "AND id = (SELECT id FROM articles WHERE revision = ?)",
                    (revision,),
                )
                db.execute("UPDATE articles SET state = 'indexed' WHERE revision = ?", (revision,))

    def mark_removing(self, article_ids: Iterable[str]) -> None:
        """Make visible articles invisible, all at once."""
        with self._transaction() as db:
            db.executemany(
                "UPDATE articles SET state = 'removing' WHERE state = 'indexed' AND id = ?",
                [(article_id,) for article_id in article_ids],
            )

    def unfinished_passages(self) -> list[int]:
        """Return the passages of every revision that is pending or removing, of all builds."""
        return [
            row[0]
            for row in self._all(
                "SELECT p.id FROM passages p JOIN articles a USING (revision) WHERE a.state != 'indexed' ORDER BY p.id"
            )
        ]

    def has_unfinished(self) -> bool:
        """Tell whether a write is going on or was cut off."""
        articles = self._one("SELECT 1 FROM articles WHERE state != 'indexed' LIMIT 1")
        return articles is not None or bool(self.unused_builds())

    def forget_unfinished(self) -> None:
        """Delete every revision that is pending or removing."""
        with self._transaction() as db:
            where = "WHERE state != 'indexed'"
            db.execute(f"DELETE FROM passages WHERE revision IN (SELECT revision FROM articles {where})")  # noqa: S608
            db.execute(f"DELETE FROM articles {where}")  # noqa: S608

    # -- reading -----------------------------------------------------------------------------------------------------

    def article(self, article_id: str) -> Article | None:
        """Return the visible article of this id."""
        row = self._one(
            "SELECT id, text, title, language, published, source, url FROM articles WHERE state = 'indexed' AND id = ?",
            (article_id,),
        )
        return None if row is None else Article(*row)

    def articles(self) -> Iterator[tuple[int, Article]]:
        """Yield every visible article with its revision, one at a time."""
        revisions = [row[0] for row in self._all("SELECT revision FROM articles WHERE state = 'indexed'")]
        for revision in revisions:
            row = self._one(
                "SELECT id, text, title, language, published, source, url FROM articles WHERE revision = ?", (revision,)
            )
            if row is not None:
                yield revision, Article(*row)

    def digest_of(self, article_id: str) -> str | None:
        """Return the digest of the visible article of this id."""
        row = self._one("SELECT digest FROM articles WHERE state = 'indexed' AND id = ?", (article_id,))
        return None if row is None else str(row[0])

    def id_of_digest(self, value: str) -> str | None:
        """Return a visible article with this digest."""
        row = self._one("SELECT id FROM articles WHERE state = 'indexed' AND digest = ?", (value,))
        return None if row is None else str(row[0])

    def ids_of_origin(self, origin: str) -> set[str]:
        """Return the visible articles that came from this file."""
        return {
            row[0] for row in self._all("SELECT id FROM articles WHERE state = 'indexed' AND origin = ?", (origin,))
        }

    def infos(self, filters: Filters) -> list[ArticleInfo]:
        """Return what a list shows of each visible article that passes these filters, in the order they were added.

        :raises FilterError: no article has a language or source of them.
        """
        condition, values = self._condition(filters)
        rows = self._all(
            "SELECT a.id, title, language, published, source, url, origin, length(text), count(p.id), added "  # noqa: S608
            "FROM articles a LEFT JOIN passages p ON p.revision = a.revision "
            "AND p.build = (SELECT build FROM builds WHERE state = 'active') "
            f"WHERE a.state = 'indexed' AND {condition} GROUP BY a.revision ORDER BY a.revision",
            values,
        )
        return [ArticleInfo(*row) for row in rows]

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the visible articles, "" where one is unknown."""
        state = self.state()
        if self._languages is None or self._languages[0] != state:
            rows = self._all("SELECT DISTINCT coalesce(language, '') FROM articles WHERE state = 'indexed' ORDER BY 1")
            self._languages = state, tuple(row[0] for row in rows)
        return self._languages[1]

    def counts(self) -> tuple[int, int]:
        """Return how many articles, and passages of the active build, are visible."""
        articles = self._one("SELECT count(*) FROM articles WHERE state = 'indexed'")
        passages = self._one(
            "SELECT count(*) FROM passages p JOIN articles a USING (revision) JOIN builds b USING (build) "
            "WHERE a.state = 'indexed' AND b.state = 'active'"
        )
        return (articles or (0,))[0], (passages or (0,))[0]

    def passage_numbers(self) -> list[int]:
        """Return the numbers of all visible passages, in order."""
        return [
            row[0]
            for row in self._all(
                "SELECT p.id FROM passages p JOIN articles a USING (revision) JOIN builds b USING (build) "
                "WHERE a.state = 'indexed' AND b.state = 'active' ORDER BY p.id"
            )
        ]

    def passing(self, filters: Filters) -> list[int]:
        """Return the numbers of the visible passages whose articles pass these filters, in order.

        :raises FilterError: no article has a language or source of them; the message lists some that are there.
        """
        condition, values = self._condition(filters)
        rows = self._all(
            "SELECT p.id FROM passages p JOIN articles a USING (revision) JOIN builds b USING (build) "  # noqa: S608
            f"WHERE a.state = 'indexed' AND b.state = 'active' AND {condition} ORDER BY p.id",
            values,
        )
        return [row[0] for row in rows]

    def _condition(self, filters: Filters) -> tuple[str, list[str]]:
        """Return what the row ``a`` of an article that passes fulfils, and the values to bind in it."""
        conditions, values = ["1"], []
        for column, wanted in (("language", filters.languages), ("source", filters.sources)):
            if wanted:
                spellings = self._spellings(column, wanted)
                conditions.append(f"a.{column} IN ({','.join('?' * len(spellings))})")
                values += spellings
        for comparison, day in ((">=", filters.published_from), ("<=", filters.published_to)):
            if day is not None:
                conditions.append(f"substr(a.published, 1, 10) {comparison} ?")
                values.append(day)
        return " AND ".join(conditions), values

    def _spellings(self, column: str, wanted: Sequence[str]) -> list[str]:
        """Return how the visible articles spell these languages or sources, in upper and lower case.

        :raises FilterError: one of them is not there.
        """
        rows = self._all(
            f"SELECT {column}, count(*) FROM articles WHERE state = 'indexed' AND {column} IS NOT NULL "  # noqa: S608
            f"GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        there = [row[0] for row in rows]
        folded = {each.strip().casefold() for each in wanted}
        missing = folded - {spelling.casefold() for spelling in there}
        if missing:
            given = next(each for each in wanted if each.strip().casefold() in missing)
            raise FilterError(f"No article of the archive has the {column} {given!r}. {_choices(column, there)}")
        return [spelling for spelling in there if spelling.casefold() in folded]

    def sample(self, size: int) -> list[int]:
        """Return about ``size`` passage numbers spread evenly over all; some may not be visible."""
        first, last = self._one("SELECT min(id), max(id) FROM passages") or (None, None)
        if first is None or last is None:
            return []
        step = max(1, (last - first + 1) // size)
        return list(range(first, last + 1, step))

    def siblings(self, ids: Sequence[int]) -> list[int]:
        """Return all passages of the articles that these passages are of, in order."""
        rows = self._among(
            ids,
            "SELECT DISTINCT p.id FROM passages p JOIN passages q USING (revision, build) WHERE q.id IN ({}) "
            "ORDER BY p.id",
        )
        return [row[0] for row in rows]

    def words(self, ids: Sequence[int]) -> dict[int, tuple[str, str, bytes]]:
        """Return the article, the language and the stored words of the visible passages among these numbers.

        The plus signs keep SQLite from starting at all indexed articles, which takes twenty times as long.
        """
        rows = self._among(
            ids,
            "SELECT p.id, a.id, coalesce(a.language, ''), p.words FROM passages p JOIN articles a USING (revision) "
            "JOIN builds b USING (build) WHERE +a.state = 'indexed' AND b.state = 'active' AND p.words IS NOT NULL "
            "AND p.id IN ({})",
        )
        return {number: (article, language, packed) for number, article, language, packed in rows}

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the visible passages among these numbers; a number that is not visible is left out."""
        found = {}
        rows = self._among(
            ids,
            'SELECT p.id, a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start), a.language, '
            "p.sentences FROM passages p JOIN articles a USING (revision) JOIN builds b USING (build) "
            "WHERE +a.state = 'indexed' AND b.state = 'active' AND p.id IN ({})",
        )
        for number, article_id, start, end, text, language, sentences in rows:
            spans = tuple((first, last) for first, last in json.loads(sentences))
            found[number] = Passage(article_id, start, end, text, language, spans)
        return found

    # -- plumbing ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise ArchiveError(f"The catalog {self._path} cannot be written: {error}.") from error

    def _among(self, ids: Sequence[int], sql: str) -> list[tuple]:  # type: ignore[type-arg]
        """Return the rows of a query for these numbers, which stand where it has ``{}``, some hundreds at a time."""
        rows = []
        for at in range(0, len(ids), _MAX_VARIABLES):
            some = list(ids[at : at + _MAX_VARIABLES])
            rows += self._all(sql.format(",".join("?" * len(some))), some)
        return rows

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            try:
                return self._db.execute(sql, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise ArchiveError(f"The catalog {self._path} cannot be read: {error}.") from error

    def _one(self, sql: str, values: Sequence[object] = ()) -> tuple | None:  # type: ignore[type-arg]
        rows = self._all(sql, values)
        return rows[0] if rows else None


def _choices(column: str, there: Sequence[str]) -> str:
    """Say which languages or sources there are, the commonest ones first."""
    if not there:
        return f"None of them names a {column}."
    more = f" and {len(there) - _MOST_CHOICES} more" if len(there) > _MOST_CHOICES else ""
    return f"{column.capitalize()}s there: {', '.join(there[:_MOST_CHOICES])}{more}."


def digest(article: Article) -> str:
    """Return a SHA-256 over the article's text and everything known about it, but not its id."""
    parts = (article.text, article.title, article.language, article.published, article.source, article.url)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
