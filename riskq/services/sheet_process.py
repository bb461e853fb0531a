"""A process that reads the first sheet of an XLSX file and writes it as CSV, within limits.

A few bytes may say that a sheet has billions of cells, and the library then makes room for all of
them. It runs here, where the kernel refuses more than a share of memory and time, and nobody else
is in the process. What comes out is read as any CSV is.
"""

from __future__ import annotations

import csv
import resource
import sys
from pathlib import Path

__all__ = ["NO_SHEET"]

NO_SHEET = 3
"""The exit code for what is no spreadsheet; a program that breaks has another."""

_CPU_SECONDS = 120
_MEMORY_BYTES = 3_000_000_000
_WRITTEN_BYTES = 2_000_000_000


def main(source: str, target: str) -> int:
    """Write the sheet; gives ``NO_SHEET`` if it is none."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN_BYTES, _WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import fastexcel

    try:
        sheet = fastexcel.read_excel(source).load_sheet(0, header_row=None, dtypes="string")
    except fastexcel.FastExcelError as error:
        print(error, file=sys.stderr)
        return NO_SHEET
    with Path(target).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for row in sheet.to_polars().iter_rows():
            if any(row):
                writer.writerow(row)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
