"""Tables as files: read in batches of texts with numbered columns, whatever the format.

Names are foreign: they may be what the library takes for a pattern, and stand in no expression.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from riskq.services.answer_files import keys_once
from riskq.services.csv_table import read_csv
from riskq.services.sheet_table import read_sheet
from riskq.services.table_faults import FORMATS, no_table_name, table_fault

__all__ = ["Batches", "open_table"]

_BATCH = 20_000
_BATCH_BYTES = 10_000_000
_LONGEST_LINE = 5_000_000
_MOST_NAMES = 2_000

Batches = Iterator[pl.DataFrame]
JsonRow = dict[str, str | None]


@contextmanager
def open_table(path: Path) -> Iterator[tuple[list[str], Batches]]:
    """The names of a table's columns, and its rows in batches; empty names are those of none.

    Raises ``AnswersError`` where the file is no table, then or while batches are read, and
    ``OSError``.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise no_table_name(path.name)
    # No pipe is waited for, and what is not there is told as it is everywhere.
    if not stat.S_ISREG(path.stat().st_mode):
        raise table_fault(path.name, "is no file", "Name a file.")
    if kind == ".xlsx":
        with read_sheet(path) as table:
            yield table
    else:
        readers = {".csv": read_csv, ".jsonl": _jsonl, ".parquet": _parquet}
        yield readers[kind](path)


def _parquet(path: Path) -> tuple[list[str], Batches]:
    with _telling(path):
        frame = pl.scan_parquet(path, glob=False)
        names = frame.collect_schema().names()

    def batches() -> Batches:
        with _telling(path):
            for batch in frame.collect_batches(chunk_size=_BATCH):
                columns = enumerate(batch.get_columns())
                yield pl.DataFrame([_as_text(cells).alias(str(i)) for i, cells in columns])

    return names, batches()


def _as_text(cells: pl.Series) -> pl.Series:
    """A column of any type as the texts that cells would have."""
    if isinstance(cells.dtype, pl.List):
        return cells.cast(pl.List(pl.String)).list.join(";")
    return cells.cast(pl.String)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tell what the library says of a faulty file as everything else is told."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        mend = "Mend the file, or save it anew."
        raise table_fault(path.name, f"cannot be read: {said}", mend) from error


def _jsonl(path: Path) -> tuple[list[str], Batches]:
    # Rows may have keys that the first has not: all are looked at before any is judged.
    found: dict[str, None] = {}
    for row, _ in _json_rows(path):
        found |= dict.fromkeys(row)
        if len(found) > _MOST_NAMES:
            what = f"has more than {_MOST_NAMES} different names"
            raise table_fault(path.name, what, "Leave most out.", code="too-many")
    names = list(found)

    def batches() -> Batches:
        waiting: list[JsonRow] = []
        size = 0
        for row, length in _json_rows(path):
            waiting.append(row)
            size += length
            if len(waiting) == _BATCH or size > _BATCH_BYTES:
                yield _framed(names, waiting)
                waiting, size = [], 0
        yield _framed(names, waiting)

    return names, batches()


def _framed(names: list[str], rows: list[JsonRow]) -> pl.DataFrame:
    cells = {str(number): [row.get(name) for row in rows] for number, name in enumerate(names)}
    return pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))


def _json_rows(path: Path) -> Iterator[tuple[JsonRow, int]]:
    """The rows, each with the length of its line in bytes."""
    number = 0
    with path.open("rb") as file:
        while line := file.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                what = f"has more than {_LONGEST_LINE:,} bytes"
                raise table_fault(
                    f"{path.name}:{number}", what, "Shorten the line.", code="too-big"
                )
            if line.strip():
                yield _json_row(line, f"{path.name}:{number}"), len(line)


def _json_row(line: bytes, where: str) -> JsonRow:
    try:
        row = json.loads(line, object_pairs_hook=keys_once)
        if not isinstance(row, dict) or not all(name.strip() for name in row):
            mend = "Write one object a line, with a name for each value."
            raise table_fault(where, "is no object of named values", mend, code="no-mapping")
        cells = {name: _json_cell(value) for name, value in row.items()}
    except (ValueError, RecursionError) as error:
        told = f"is no line of JSON ({error})"
        raise table_fault(where, told, "Write one object a line.", code="no-json") from error
    if b"\\u" in line and not _is_storable(cells):
        raise table_fault(where, "has half a character", "Delete it.", code="bad-character")
    return cells


def _is_storable(cells: JsonRow) -> bool:
    """Whether all letters are whole: an escape may name half of one."""
    text = "".join(name + (cell or "") for name, cell in cells.items())
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _json_cell(value: object) -> str | None:
    """A value as the text that a cell would have."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    if isinstance(value, dict) and "answer" in value:
        return _json_cell(value["answer"])
    return json.dumps(value)
