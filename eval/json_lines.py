"""Records out of a file of JSON lines, plain or packed by xz, as public sets come."""

import json
import lzma
from collections.abc import Collection
from pathlib import Path
from typing import Any

from eval.gold_set import GoldError


def read_json_lines(file: Path, fields: Collection[str]) -> list[dict[str, Any]]:
    """Return the records of a file.

    :param fields: what each record must have.
    :raises GoldError: the file cannot be read, or a line is no object with these fields; names file and line.
    """
    try:
        with lzma.open(file, "rt", encoding="utf8") if file.suffix == ".xz" else file.open(encoding="utf8") as opened:
            lines = opened.read().split("\n")  # not splitlines(), which breaks a JSON string at U+2028
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise GoldError(f"{file} cannot be read: {error}.") from error
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{file}, line {number} is no JSON: {error}.") from error
        missing = sorted(set(fields) - record.keys()) if isinstance(record, dict) else sorted(fields)
        if missing:
            raise GoldError(f"{file}, line {number} lacks {', '.join(missing)}.")
        records.append(record)
    return records


def one_file(data: Path, stem: str, where: str) -> Path:
    """Return ``data`` if it is a file, else the file of that stem in the folder, packed or not.

    :param where: where the set is to be had, for the message.
    :raises GoldError: there is none.
    """
    for file in (data, data / f"{stem}.jsonl", data / f"{stem}.jsonl.xz"):
        if file.is_file():
            return file
    raise GoldError(f"{data} holds no {stem}.jsonl or {stem}.jsonl.xz. {where}")
