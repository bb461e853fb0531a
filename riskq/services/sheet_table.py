"""Reads the first sheet of an XLSX file, by a process with limits that writes it as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from riskq.services.csv_table import read_csv
from riskq.services.sheet_file import write_sheet

__all__ = ["read_sheet"]


@contextmanager
def read_sheet(path: Path) -> Iterator[tuple[list[str], Iterator[pl.DataFrame]]]:
    """The names in the first row, and the rows below it as ``read_csv`` gives them.

    Raises ``AnswersError`` for what is no spreadsheet, or takes too much to read.
    """
    with TemporaryDirectory(prefix="riskq-") as folder:
        written = Path(folder) / path.name
        write_sheet(path, written)
        yield read_csv(written, ",")
