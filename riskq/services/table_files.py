"""Tables as files: read in batches of texts with numbered columns, whatever the format.

Names are foreign: they may be what the library takes for a pattern, and stand in no expression.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from riskq.services.answer_files import keys_once
from riskq.services.csv_table import ROW, read_csv
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

    The column ``ROW`` of a batch numbers rows as their file does: those of CSV and XLSX from 2,
    below the names, the others from 1.
    Raises ``AnswersError`` where the file is no table, then or while batches are read, and
    ``OSError``.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise no_table_name(path.name)
    # No pipe is waited for, and what is not there is told as it is everywhere.
    if not stat.S_ISREG(path.stat().st_mode):
        raise table_fault("no-file", path.name, "is no file", "Name a file.")
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
        number = 1
        with _telling(path):
            for batch in frame.collect_batches(chunk_size=_BATCH):
                columns = enumerate(batch.get_columns())
                texts = pl.DataFrame([_as_text(cells).alias(str(i)) for i, cells in columns])
                yield texts.with_row_index(ROW, number)
                number += batch.height

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
        raise table_fault("unreadable", path.name, f"cannot be read: {said}", mend) from error


def _jsonl(path: Path) -> tuple[list[str], Batches]:
    # Rows may have keys that the first has not: all are looked at before any is judged.
    found: dict[str, None] = {}
    for row, _, _ in _json_rows(path):
        found |= dict.fromkeys(row)
        if len(found) > _MOST_NAMES:
            what = f"has more than {_MOST_NAMES} different names"
            raise table_fault(
                "too-many-names", path.name, what, "Leave most out.", most=_MOST_NAMES
            )
    names = list(found)

    def batches() -> Batches:
        waiting: dict[int, JsonRow] = {}
        size = 0
        for row, number, length in _json_rows(path):
            waiting[number] = row
            size += length
            if len(waiting) == _BATCH or size > _BATCH_BYTES:
                yield _framed(names, waiting)
                waiting, size = {}, 0
        yield _framed(names, waiting)

    return names, batches()


def _framed(names: list[str], rows: Mapping[int, JsonRow]) -> pl.DataFrame:
    places = {str(place): name for place, name in enumerate(names)}
    cells = {place: [row.get(name) for row in rows.values()] for place, name in places.items()}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    return frame.with_columns(pl.Series(ROW, list(rows), pl.UInt32))


def _json_rows(path: Path) -> Iterator[tuple[JsonRow, int, int]]:
    """The rows, each with the number of its line and its length in bytes."""
    number = 0
    with path.open("rb") as file:
        while line := file.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                what = f"has more than {_LONGEST_LINE:,} bytes"
                where, mend = f"{path.name}:{number}", "Shorten the line."
                raise table_fault("long-line", where, what, mend, line=number)
            if line.strip():
                yield _json_row(line, path.name, number), number, len(line)


def _json_row(line: bytes, name: str, number: int) -> JsonRow:
    where = f"{name}:{number}"
    try:
        row = json.loads(line, object_pairs_hook=keys_once)
        if not isinstance(row, dict) or not all(key.strip() for key in row):
            what, mend = (
                "is no object of named values",
                "Write one object a line, with a name for each value.",
            )
            raise table_fault("no-mapping", where, what, mend, line=number)
        cells = {key: _json_cell(value) for key, value in row.items()}
    except (ValueError, RecursionError) as error:
        told, mend = f"is no line of JSON ({error})", "Write one object a line."
        raise table_fault("no-json", where, told, mend, line=number) from error
    if b"\\u" in line and not _is_storable(cells):
        raise table_fault(
            "half-character", where, "has half a character", "Delete it.", line=number
        )
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
