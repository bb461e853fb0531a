"""Reads CSV piece by piece, so that a table of any length takes the memory of a piece.

The library's own reader in batches keeps several times as much of the file as it gives at once.
What it says of a faulty piece names no line; the line is looked for here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import IO

import polars as pl

from riskq.errors import AnswersError
from riskq.services.table_faults import table_fault

__all__ = ["ROW", "read_csv"]

ROW = "row"
"""The column beside the numbered ones: which row of the file each is. Names stand in row 1."""

_PIECE = 12_000_000
_MOST_HEAD = 1_000_000
_LONGEST_ROW = 20_000_000
_SEPARATORS = ",;\t|"
_LINE_END, _QUOTE = b"\n", b'"'
_QUOTED = re.compile('"[^"]*"')


def read_csv(path: Path, separator: str = "") -> tuple[list[str], Iterator[pl.DataFrame]]:
    """The names in the first line, and the rows below it in pieces with numbered columns.

    Each row comes with its number in the column ``ROW``. The separator is found out if it is not
    given. Raises ``AnswersError`` for what is no CSV in UTF-8, then or later.
    """
    with path.open("rb") as file:
        head = file.readline(_MOST_HEAD)
        # A name may have several lines.
        while head.count(_QUOTE) % 2 and len(head) < _MOST_HEAD and (more := file.readline()):
            head += more
    try:
        line = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_utf8(path.name, 1) from error
    separator = separator or max(_SEPARATORS, key=_QUOTED.sub("", line).count)
    try:
        rows = list(csv.reader(StringIO(line, newline=""), delimiter=separator))
    except csv.Error as error:
        raise _no_line(path) from error
    # Old line ends part rows too: all of them would pass for the names.
    if len(rows) > 1:
        raise _no_line(path)
    names = [name.strip() for row in rows for name in row]
    if not any(names):
        mend = "Name them in line 1."
        raise table_fault("no-columns", f"{path.name}:1", "has no columns", mend)
    return names, _pieces(path, len(head), len(names), separator)


def _no_line(path: Path) -> AnswersError:
    mend = "Save it as CSV UTF-8, with a line end after each row."
    return table_fault("no-csv", f"{path.name}:1", "is no line of CSV", mend)


def _no_utf8(name: str, line: int) -> AnswersError:
    return table_fault(
        "no-utf8", f"{name}:{line}", "is not UTF-8", "Save it as CSV UTF-8.", line=line
    )


def _pieces(path: Path, start: int, width: int, separator: str) -> Iterator[pl.DataFrame]:
    numbers = [str(number) for number in range(width)]
    # With a first line of its own, a piece may begin with a row that has fewer cells.
    head = f"{separator.join(numbers)}\n".encode()
    is_there = pl.any_horizontal(pl.exclude(ROW) != "")
    number = 2
    with path.open("rb") as file:
        line = 1 + file.read(start).count(_LINE_END)
        for piece in _whole_rows(file, path.name):
            try:
                read = pl.read_csv(
                    head + piece,
                    infer_schema=False,
                    separator=separator,
                    row_index_name=ROW,
                    row_index_offset=number,
                )
                yield read.filter(is_there)
            except pl.exceptions.PolarsError as error:
                raise _told(piece, path.name, line, (width, separator)) from error
            line += piece.count(_LINE_END)
            number += read.height


def _whole_rows(file: IO[bytes], name: str) -> Iterator[bytes]:
    """Pieces of a file that end where a row ends: after an even number of quotation marks."""
    rest = b""
    while block := file.read(_PIECE):
        piece = rest + block
        end = piece.rfind(_LINE_END) + 1
        quotes = piece.count(_QUOTE, 0, end)
        while quotes % 2:
            earlier = piece.rfind(_LINE_END, 0, end - 1) + 1
            quotes -= piece.count(_QUOTE, earlier, end)
            end = earlier
        if len(piece) - end > _LONGEST_ROW:
            what, mend = "has a row that does not end", "Look for a lone quotation mark."
            raise table_fault("endless-row", name, what, mend)
        rest = piece[end:]
        if end:
            yield piece[:end]
    if rest:
        yield rest


def _told(piece: bytes, name: str, line: int, form: tuple[int, str]) -> AnswersError:
    """What is wrong with a piece that the library does not read, and in which line of the file."""
    try:
        text = piece.decode("utf-8")
    except UnicodeDecodeError as error:
        line += piece.count(_LINE_END, 0, error.start)
        return _no_utf8(name, line)
    width, separator = form
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    began = 0
    with suppress(csv.Error):  # Told below.
        for row in reader:
            if len(row) > width:
                what = f"has {len(row)} cells, and line 1 has {width}"
                mend = "Quote cells that hold what parts cells, or delete what is too much."
                line += began
                values = {"line": line, "cells": len(row), "width": width}
                return table_fault("long-row", f"{name}:{line}", what, mend, **values)
            began = reader.line_num
    mend = "Look for a lone quotation mark."
    what = "cannot be read from this line on"
    return table_fault("lone-quote", f"{name}:{line}", what, mend, line=line)
