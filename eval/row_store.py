"""The rows of a run as a file, so that an interrupted run goes on where it was: JSON lines, one a row as it is made.

The first line says what the rows are of: the questions, the index, the settings. Rows of something else are refused.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.json_lines import GoldError
from eval.rows import Row
from rag.archive import Archive

_ROW = TypeAdapter(Row)


class RowStore:
    """The rows of one system's run over one gold set.

    :param path: the file; it is made if it is not there.
    :param made_of: what the rows are of, as :func:`made_of` says it.
    :raises GoldError: the file cannot be read or written, is no store, or its rows are of something else.
    """

    def __init__(self, path: Path, made_of: Mapping[str, str]) -> None:
        self._path = path
        self.rows: dict[str, Row] = {}
        """What was done already, by the question's id."""
        try:
            lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
        except OSError as error:
            raise GoldError(f"Cannot read the rows {path}: {error.strerror}.") from error
        if lines and not lines[-1].endswith(b"\n"):
            lines.pop()  # the run was killed while it was written
        if lines:
            self._refuse_others(lines[0], made_of)
            for number, line in enumerate(lines[1:], start=2):
                row = self._row(line, number)
                self.rows[row.question.id] = row
        else:
            lines = [json.dumps({"made_of": dict(made_of)}, sort_keys=True).encode() + b"\n"]
        try:
            path.write_bytes(b"".join(lines))
        except OSError as error:
            raise self._unwritable(error) from error

    def add(self, row: Row) -> None:
        """Write a row down.

        :raises GoldError: the disk refuses.
        """
        try:
            with self._path.open("ab") as file:
                file.write(_ROW.dump_json(row) + b"\n")
        except OSError as error:
            raise self._unwritable(error) from error
        self.rows[row.question.id] = row

    def _refuse_others(self, first: bytes, made_of: Mapping[str, str]) -> None:
        try:
            theirs = json.loads(first)["made_of"]
            differ = sorted(key for key in {*made_of, *theirs} if made_of.get(key) != theirs.get(key))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise GoldError(f"{self._path} does not hold the rows of a run.") from error
        if differ:
            raise GoldError(
                f"{self._path} holds rows of an interrupted run with another {', '.join(differ)}."
                " Delete it to begin anew."
            )

    def _row(self, line: bytes, number: int) -> Row:
        try:
            return _ROW.validate_json(line)
        except ValidationError as error:
            raise GoldError(f"{self._path}:{number}: not a row of a run. Delete the file to begin anew.") from error

    def _unwritable(self, error: OSError) -> GoldError:
        return GoldError(f"Cannot write the rows {self._path}: {error.strerror}.")


def made_of(gold: Path, archive: Archive, system: str) -> dict[str, str]:
    """Return what a run's rows are of, by what a person would call it.

    :param gold: the file of the questions.
    :param archive: what is asked.
    :param system: who is asked, such as a baseline.
    :raises GoldError: the gold file cannot be read.
    """
    try:
        questions = gold.read_bytes()
    except OSError as error:
        raise GoldError(f"Cannot read the gold questions {gold}: {error.strerror}.") from error
    # A temporary archive lies elsewhere each time; a key is nobody's business. No answer depends on these.
    settings = archive.settings.model_dump_json(exclude={"archive", "report", "llm_api_key"})
    articles = sorted((info.id, info.characters) for info in archive.list())
    return {
        "gold file": _digest(questions),
        "index": _digest(_json(archive.status().indexed_with)),
        "articles": _digest(_json(articles)),
        "settings": _digest(settings.encode()),
        "system": system,
    }


def _json(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    return json.dumps(value, sort_keys=True, default=str).encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
