"""Files of JSON lines, plain or packed by xz: the gold sets, and public sets."""

import json
import lzma
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from rag.errors import NewsragError


class GoldError(NewsragError):
    """A gold file, one of its lines or its articles cannot be used; the message names the file and the line."""


class Placed(Protocol):
    """What a line was read as."""

    @property
    def id(self) -> str:
        """Its name, which no other line of the file has."""

    @property
    def where(self) -> str:
        """File and line it stands in."""


Item = TypeVar("Item", bound=Placed)


def numbered_lines(file: Path, what: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that are not empty, each with its number from 1.

    :param what: what the file holds, in the plural, for the message.
    :raises GoldError: the file cannot be read or is not UTF-8.
    """
    try:
        data = file.read_bytes()
        text = (lzma.decompress(data) if file.suffix == ".xz" else data).decode("utf-8-sig")
    except (OSError, lzma.LZMAError) as error:
        raise GoldError(f"Cannot read the {what} {file}: {getattr(error, 'strerror', None) or error}.") from error
    except UnicodeDecodeError as error:
        raise GoldError(
            f"{file} is not UTF-8 (byte {error.start}). {what.capitalize()} are UTF-8 JSON lines."
        ) from error
    # Not splitlines(): it would also break a line at U+2028, which JSON strings may hold.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def read_items(file: Path, what: str, read: Callable[[str, str], Item]) -> tuple[Item, ...]:
    """Return what the lines of a file are read as, in its order.

    :param what: what they are, in the plural, for the message.
    :param read: a line, and the file and line it stands in, to an item.
    :raises GoldError: the file cannot be read, ``read`` raised it, or an id comes twice.
    """
    found: dict[str, Item] = {}
    for number, line in numbered_lines(file, what):
        item = read(line, f"{file}:{number}")
        if item.id in found:
            raise GoldError(f"{item.where}: the id {item.id!r} is taken already, at {found[item.id].where}.")
        found[item.id] = item
    return tuple(found.values())


def read_json_lines(file: Path, fields: Collection[str]) -> list[dict[str, Any]]:
    """Return the records of a file.

    :param fields: what each record must have.
    :raises GoldError: the file cannot be read, or a line is no object with these fields; names file and line.
    """
    records = []
    for number, line in numbered_lines(file, "records"):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise GoldError(f"{file}, line {number} is no JSON: {error}.") from error
        missing = sorted(set(fields) - record.keys()) if isinstance(record, dict) else sorted(fields)
        if missing:
            raise GoldError(f"{file}, line {number} lacks {', '.join(missing)}.")
        records.append(record)
    return records


def read_json_list(file: Path, name: str, fields: Collection[str]) -> list[dict[str, Any]]:
    """Return the records of a file that is one JSON list, or an object that has it under ``data``.

    :param name: of its format, for the message.
    :param fields: what each record must have.
    :raises GoldError: it cannot be read, is not JSON, or a record is no object with these fields.
    """
    with reading(file, name):
        tree = json.loads(file.read_text(encoding="utf-8-sig"))
        records: list[dict[str, Any]] = tree["data"] if isinstance(tree, dict) else tree
        for number, record in enumerate(records, start=1):
            if missing := sorted(set(fields) - record.keys()):
                raise GoldError(f"{file} is not in {name}'s format: record {number} lacks {', '.join(missing)}.")
        return records


@contextmanager
def reading(file: Path, name: str) -> Iterator[None]:
    """Turn what goes wrong while a JSON file is read into an error that names it.

    :param name: of its format, for the message.
    :raises GoldError: it cannot be read, is not JSON, or lacks what the format has.
    """
    try:
        yield
    except OSError as error:
        raise GoldError(f"Cannot read {file}: {error.strerror or error}.") from error
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        what = f"lacks {error}" if isinstance(error, KeyError) else f"has something of another type ({error})"
        raise GoldError(f"{file} is not in {name}'s format: it {what}.") from error
    except ValueError as error:
        raise GoldError(f"{file} is not JSON in UTF-8: {error}.") from error


def one_file(data: Path, stem: str, where: str) -> Path:
    """Return ``data`` if it is a file, else the file of that stem in the folder, packed or not.

    :param where: where the set is to be had, for the message.
    :raises GoldError: there is none.
    """
    for file in (data, data / f"{stem}.jsonl", data / f"{stem}.jsonl.xz"):
        if file.is_file():
            return file
    raise GoldError(f"{data} holds no {stem}.jsonl or {stem}.jsonl.xz. {where}")
