"""Main's figures as a file: of each set the figures for people, and each question's values, a line a question."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.gate.table import COLUMNS, DECIMALS, GateError, Item, Table
from eval.metrics.bootstrap import estimate

EXPECTED = Path(__file__).resolve().parents[1] / "expected.json"


def read_expected(path: Path = EXPECTED) -> dict[str, Table]:
    """Read the tables; the figures beside them are for people and follow from them.

    :raises GateError: the file cannot be read, or is none that :func:`write_expected` writes.
    """
    try:
        tree = json.loads(path.read_bytes())
        return {name: _table(one) for name, one in tree.items()}
    except OSError as error:
        raise GateError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GateError(f"{path} does not hold main's figures; renew it.") from error


def write_expected(tables: Mapping[str, Table], path: Path = EXPECTED) -> None:
    """Write whole sets, in the place of what was there; the same tables make the same file.

    :raises GateError: the disk refuses.
    """
    made = path.with_suffix(".new")
    try:
        made.write_text(_text(tables), encoding="utf-8", newline="\n")
        made.replace(path)
    except OSError as error:
        raise GateError(f"{path} cannot be written: {error.strerror or error}.") from error


def figures(table: Table) -> dict[str, dict[str, float | None]]:
    """Return the figures of a table with their intervals, rounded, as the file has them."""
    items = [item for _, item in sorted(table.items.items())]
    found = {
        name: estimate([value for item in items if (value := item.values.get(name)) is not None])
        for name in table.columns
    }
    return {
        name: {key: None if value is None else round(value, DECIMALS) for key, value in asdict(one).items()}
        for name, one in found.items()
    }


def _text(tables: Mapping[str, Table]) -> str:
    """One line a figure and a question, so that a change of the file can be read."""
    return "{" + ",".join(f"\n{json.dumps(name)}: {_set(table)}" for name, table in tables.items()) + "\n}\n"


def _set(table: Table) -> str:
    columns = table.columns
    questions = {
        key: [item.language, *(item.values.get(name) for name in columns)] for key, item in sorted(table.items.items())
    }
    return (
        f'{{"digest": {json.dumps(table.digest)},\n "figures": {_lines(figures(table))},'
        f'\n "columns": {json.dumps(columns)},\n "questions": {_lines(questions)}}}'
    )


def _lines(fields: Mapping[str, Any]) -> str:
    return "{" + ",".join(f"\n  {json.dumps(key)}: {json.dumps(value)}" for key, value in fields.items()) + "}"


def _table(tree: Mapping[str, Any]) -> Table:
    columns = tree["columns"]
    if unknown := set(columns) - COLUMNS.keys():
        raise ValueError(f"unknown columns {unknown}")
    items = {
        key: Item(language, dict(zip(columns, values, strict=True)))
        for key, (language, *values) in tree["questions"].items()
    }
    return Table(tree["digest"], items)
