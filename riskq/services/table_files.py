"""Tables as files: read in batches of texts, whatever the format, and written as they come.

Whatever stands in a file is text here. What a spreadsheet would run as a formula is written so that
none does.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from polars.io.plugins import register_io_source

from riskq.errors import AnswersError, Problem
from riskq.services.answer_files import keys_once
from riskq.services.csv_table import read_csv

__all__ = ["FORMATS", "Batches", "open_table", "write_table"]

FORMATS = (".csv", ".xlsx", ".jsonl", ".parquet")
"""How the names of tables end."""

_BATCH = 50_000
_MOST_UNPACKED = 300_000_000
_MOST_PARTS = 5_000
_WALL_SECONDS = 300
_MOST_SHEET_ROWS = 1_048_576
_RUN = r"^[=+\-@\t\r\n\x00]"

Batches = Iterator[pl.DataFrame]


def open_table(path: Path) -> tuple[tuple[str, ...], Batches]:
    """The names of a table's columns, and its rows in batches of texts.

    Raises ``AnswersError`` where the file is no table, then or while batches are read, and
    ``OSError``.
    """
    readers = {".csv": _csv, ".xlsx": _xlsx, ".jsonl": _jsonl, ".parquet": _parquet}
    read = readers.get(path.suffix.lower())
    if read is None:
        mend = f"Call it {', '.join(FORMATS)}."
        raise _fault("file-name", path.name, "is no table by its name", mend)
    with path.open("rb"):
        pass  # Told as it is everywhere, not as the library tells it.
    return read(path)


def _fault(code: str, where: str, what: str, mend: str) -> AnswersError:
    return AnswersError([Problem(code, where, what, mend)])


def _csv(path: Path) -> tuple[tuple[str, ...], Batches]:
    names, pieces = read_csv(path)
    chosen = _chosen(names)
    return _named(names), (piece.select(chosen) for piece in pieces)


def _numbered(count: int) -> list[str]:
    """What columns are called until they are checked: names may be there twice."""
    return [str(number) for number in range(count)]


def _named(names: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns that have one; spreadsheets write empty ones behind them."""
    return tuple(name for name in names if name)


def _renamed(frame: pl.LazyFrame, names: Sequence[str], path: Path) -> Batches:
    """Batches of numbered columns by their names."""
    with _telling(path):
        yield from frame.select(_chosen(names)).collect_batches(chunk_size=_BATCH)


def _chosen(names: Sequence[str]) -> list[pl.Expr]:
    return [pl.col(str(number)).alias(name) for number, name in enumerate(names) if name]


def _parquet(path: Path) -> tuple[tuple[str, ...], Batches]:
    with _telling(path):
        frame = pl.scan_parquet(path, glob=False)
        schema = frame.collect_schema()
    names = schema.names()
    texts = [_as_text(*pair).alias(str(i)) for i, pair in enumerate(schema.items())]
    return _named(names), _renamed(frame.select(texts), names, path)


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    """A column of any type as the texts that cells would have."""
    column = pl.col(name)
    if isinstance(kind, pl.List):
        return column.cast(pl.List(pl.String)).list.join(";")
    return column.cast(pl.String)


def _xlsx(path: Path) -> tuple[tuple[str, ...], Batches]:
    _refuse_a_bomb(path)
    folder = TemporaryDirectory(prefix="riskq-")
    written = Path(folder.name) / path.name
    try:
        _write_sheet(path, written)
        names, pieces = read_csv(written, ",")
    except BaseException:
        folder.cleanup()
        raise
    chosen = _chosen(names)

    def batches() -> Batches:
        with folder:
            for piece in pieces:
                yield piece.select(chosen)

    return _named(names), batches()


def _write_sheet(path: Path, written: Path) -> None:
    """Have the first sheet written as CSV by a process with limits."""
    command = [sys.executable, "-m", "riskq.services.sheet_process", str(path), str(written)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, env=environment, timeout=_WALL_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise _too_heavy(path) from error
    if done.returncode == 1 and b"Traceback" not in done.stderr:
        raise _fault("bad-table", path.name, "is no XLSX file", "Save it as XLSX anew.")
    if done.returncode:
        raise _too_heavy(path)
    if not written.stat().st_size:
        raise _fault("bad-table", path.name, "its first sheet is empty", "Name columns in row 1.")


def _too_heavy(path: Path) -> AnswersError:
    what = "takes too much memory or time to read"
    return _fault("too-big", path.name, what, "Save it as CSV, or delete what lies far off.")


def _refuse_a_bomb(path: Path) -> None:
    """Look at how large a packed file says to be before anything unpacks it."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise _fault("bad-table", path.name, "is no XLSX file", "Save it as XLSX anew.") from error
    size = sum(part.file_size for part in parts)
    if size > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
        what = f"unpacks to {size:,} bytes in {len(parts):,} parts"
        raise _fault("too-big", path.name, what, "Give it as CSV, which is read piece by piece.")


def _jsonl(path: Path) -> tuple[tuple[str, ...], Batches]:
    # Rows may have keys that the first has not: all are looked at before any is judged.
    names = tuple(dict.fromkeys(name for row in _json_rows(path) for name in row))

    def batches() -> Batches:
        rows = _json_rows(path)
        while waiting := list(islice(rows, _BATCH)):
            cells = {name: [row.get(name) for row in waiting] for name in names}
            yield pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String))

    return names, batches()


def _json_rows(path: Path) -> Iterator[dict[str, str | None]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            where = f"{path.name}:{number}"
            try:
                row = json.loads(line, object_pairs_hook=keys_once)
            except (ValueError, RecursionError) as error:
                told = f"is no line of JSON ({error})"
                raise _fault("no-json", where, told, "Write one object a line.") from error
            if not isinstance(row, dict) or "" in row:
                mend = "Write one object a line, with a name for each value."
                raise _fault("no-mapping", where, "is no object of named values", mend)
            cells = {name: _json_cell(value) for name, value in row.items()}
            if b"\\u" in line and not _is_storable(cells):
                mend = "Delete it."
                raise _fault("bad-character", where, "has half a character", mend)
            yield cells


def _is_storable(cells: dict[str, str | None]) -> bool:
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


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tell what the library says of a faulty file as everything else is told."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        mend = "Mend the file, or save it anew."
        raise _fault("bad-table", path.name, f"cannot be read: {said}", mend) from error


def write_table(path: Path, names: Sequence[str], batches: Batches, foreign: Sequence[str]) -> None:
    """Write batches of texts as they come; nothing is left of a table that is not whole.

    ``foreign`` are the columns whose cells somebody else wrote.

    Raises ``AnswersError`` where the format does not hold them, and whatever ``batches`` raises.
    """
    writers = {".csv": _to_csv, ".xlsx": _to_xlsx, ".jsonl": _to_jsonl, ".parquet": _to_parquet}
    write = writers.get(path.suffix.lower())
    if write is None:
        mend = f"Call it {', '.join(FORMATS)}."
        raise _fault("file-name", path.name, "is no table by its name", mend)
    if write is _to_csv:
        quoted = _harmless(foreign)
        batches = (batch.with_columns(quoted) for batch in batches)
    part = path.with_name(f".{path.name}.part")
    try:
        write(part, names, batches)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _to_csv(path: Path, names: Sequence[str], batches: Batches) -> None:
    heads = [f"'{name}" if re.match(_RUN, name) else name for name in names]
    with path.open("wb") as file:
        pl.DataFrame(schema=dict.fromkeys(heads, pl.String)).write_csv(file)
        for batch in batches:
            batch.select(names).write_csv(file, include_header=False)


def _harmless(foreign: Sequence[str]) -> list[pl.Expr]:
    """Columns in which no cell begins as a formula does."""
    cells = [pl.col(name) for name in foreign]
    return [
        pl.when(cell.str.contains(_RUN)).then(pl.lit("'") + cell).otherwise(cell).name.keep()
        for cell in cells
    ]


def _to_jsonl(path: Path, names: Sequence[str], batches: Batches) -> None:
    with path.open("wb") as file:
        for batch in batches:
            batch.select(names).write_ndjson(file)


def _to_parquet(path: Path, names: Sequence[str], batches: Batches) -> None:
    def give(
        columns: list[str] | None, _: pl.Expr | None, __: int | None, ___: int | None
    ) -> Batches:
        for batch in batches:
            yield batch.select(columns or names)

    schema = dict.fromkeys(names, pl.String)
    register_io_source(give, schema=schema).sink_parquet(path)


def _to_xlsx(path: Path, names: Sequence[str], batches: Batches) -> None:
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
                    mend = "Write CSV, JSONL or Parquet."
                    raise _fault("too-big", path.name, "has more rows than a sheet holds", mend)
                for place, cell in enumerate(row):
                    if cell:
                        sheet.write_string(count, place, cell)
        sheet.autofilter(0, 0, count, max(0, len(names) - 1))
