"""A process that reads the first sheet of an XLSX file and writes it as CSV, within limits.

A few bytes may say that a sheet has billions of cells, and the library then makes room for all of
them. It runs here, where the kernel refuses more than a share of memory and time, and nobody else
is in the process. What comes out is read as any CSV is.
"""

from __future__ import annotations

import csv
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from riskq.report import Limits, die_with, keep_within

__all__ = ["NO_SHEET"]

NO_SHEET = 3
"""The exit code for what is no spreadsheet; a program that breaks has another."""

_LIMITS = Limits(cpu_seconds=120, memory=3_000_000_000, written=2_000_000_000, open_files=256)

Row = Sequence[str | None]


def main(source: str, target: str, parent: str) -> int:
    """Write the sheet; gives ``NO_SHEET`` if it is none. Ends with the process ``parent``."""
    die_with(int(parent), signal.SIGKILL)
    keep_within(_LIMITS)
    import fastexcel

    try:
        sheet = fastexcel.read_excel(source).load_sheet(0, header_row=None, dtypes="string")
    except fastexcel.FastExcelError as error:
        print(error, file=sys.stderr)
        return NO_SHEET
    with Path(target).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_from_the_names_on(sheet.to_polars().iter_rows()))
    return 0


def _from_the_names_on(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows from the first that holds anything to the last.

    Empty ones between them are kept, so that each row is still found by its number.
    """
    empty: list[Row] = []
    has_begun = False
    for row in rows:
        if not any(row):
            empty.append(row)
            continue
        if has_begun:
            yield from empty
        has_begun = True
        empty = []
        yield row


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
