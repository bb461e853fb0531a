"""Writes tables as they come, so that nothing in them runs and nothing half is left."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from secrets import token_hex

import polars as pl
from polars.io.plugins import register_io_source

from riskq.services.harmless_cells import (
    PART_THAT_RUNS,
    PARTS,
    SUSPECT,
    THAT_RUNS,
    harmless,
)
from riskq.services.table_faults import no_table_name, table_fault

__all__ = ["write_table"]

_MOST_SHEET_ROWS = 1_048_576
_MOST_CELL = 32_767

Batches = Iterator[pl.DataFrame]


def write_table(path: Path, names: Sequence[str], batches: Batches, quoting: Sequence[str]) -> None:
    """Write batches of texts, their columns in the order of ``names``, as they come.

    ``quoting`` are the columns of the batches in which something stands that somebody else wrote.
    A link is followed. Raises ``AnswersError`` where the format does not hold them, ``OSError``,
    and whatever ``batches`` raises; what was there before then stays.
    """
    writers: dict[str, Callable[[Path, Sequence[str], Batches], None]] = {
        ".csv": partial(_to_csv, quoting=quoting),
        ".xlsx": _to_xlsx,
        ".jsonl": _to_jsonl,
        ".parquet": _to_parquet,
    }
    write = writers.get(path.suffix.lower())
    if write is None:
        raise no_table_name(path.name)
    path = path.resolve()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    # A name that nobody has: another run may be writing the same table.
    part = path.with_name(f".riskq-{token_hex(8)}")
    try:
        write(part, names, batches)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _to_csv(path: Path, names: Sequence[str], batches: Batches, quoting: Sequence[str]) -> None:
    heads = [harmless(name) for name in names]
    cells = [_harmless(name) for name in quoting]
    with path.open("wb") as file:
        # Written as the rows are: the library of Python leaves some ends of lines without quotes.
        pl.DataFrame([heads], orient="row").write_csv(file, include_header=False)
        for batch in batches:
            batch.with_columns(cells).write_csv(file, include_header=False)


def _harmless(name: str) -> pl.Expr:
    """A column as ``harmless`` writes its cells; in most columns none is suspect, and looked at."""
    cell = pl.col(name)
    parted = cell.str.replace_all(PART_THAT_RUNS, "${1}'${2}")
    parted = pl.when(cell.str.contains(PARTS)).then(parted).otherwise(cell)
    told = pl.when(parted.str.contains(THAT_RUNS)).then(pl.lit("'") + parted).otherwise(parted)
    return pl.when(cell.str.contains(SUSPECT)).then(told).otherwise(cell).name.keep()


def _to_jsonl(path: Path, names: Sequence[str], batches: Batches) -> None:
    with path.open("wb") as file:
        for batch in _called(batches, names):
            batch.write_ndjson(file)


def _called(batches: Batches, names: Sequence[str]) -> Batches:
    """The batches with the names that their columns are to have."""
    for batch in batches:
        columns = zip(batch.get_columns(), names, strict=True)
        yield pl.DataFrame([cells.alias(name) for cells, name in columns])


def _to_parquet(path: Path, names: Sequence[str], batches: Batches) -> None:
    raised: list[Exception] = []

    def give(*_: object) -> Batches:
        try:
            yield from _called(batches, names)
        except Exception as error:
            raised.append(error)
            raise

    try:
        register_io_source(give, schema=dict.fromkeys(names, pl.String)).sink_parquet(path)
    except pl.exceptions.PolarsError as error:
        # The library wraps what its source raises.
        if raised:
            raise raised[0] from error
        raise OSError(errno.EIO, f"cannot be written ({error})", str(path)) from error


def _to_xlsx(path: Path, names: Sequence[str], batches: Batches) -> None:
    import xlsxwriter

    try:
        _write_sheet(path, names, batches)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(errno.EIO, f"cannot be written ({error})", str(path)) from error


def _write_sheet(path: Path, names: Sequence[str], batches: Batches) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("riskq")
        bold = book.add_format({"bold": True})
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, bold)
        sheet.freeze_panes(1, 0)
        count = 0
        for batch in batches:
            for row in batch.iter_rows():
                count += 1
                if count >= _MOST_SHEET_ROWS:
                    what, mend = "has more rows than a sheet holds", "Write CSV, JSONL or Parquet."
                    raise table_fault("full-sheet", path.name, what, mend)
                for place, cell in enumerate(row):
                    if cell:
                        sheet.write_string(count, place, _fitting(cell))
        sheet.autofilter(0, 0, count, max(0, len(names) - 1))


def _fitting(cell: str) -> str:
    """As much of a text as the cell of a sheet holds; the library would leave out all of it."""
    return cell if len(cell) <= _MOST_CELL else f"{cell[: _MOST_CELL - 1]}…"
