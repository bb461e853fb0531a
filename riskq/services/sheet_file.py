"""Has the first sheet of an XLSX file written as CSV, by a process with limits.

A file is looked at before anything unpacks it: a few bytes may say that they are gigabytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from riskq.errors import AnswersError
from riskq.services.sheet_process import NO_SHEET
from riskq.services.table_faults import table_fault

__all__ = ["WALL_SECONDS", "write_sheet"]

_MOST_UNPACKED = 300_000_000
_MOST_PARTS = 5_000
WALL_SECONDS = 300
"""For how long a sheet may be read."""


def write_sheet(path: Path, written: Path, seconds: float = WALL_SECONDS) -> None:
    """Have the first sheet of a file written as CSV by a process with limits.

    Raises ``AnswersError`` for what is no spreadsheet, or takes too much to read.
    """
    _refuse_a_bomb(path)
    module, parent = "riskq.services.sheet_process", str(os.getpid())
    command = [sys.executable, "-m", module, str(path), str(written), parent]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, env=environment, timeout=seconds
        )
    except subprocess.TimeoutExpired as error:
        raise _too_heavy(path) from error
    if done.returncode == NO_SHEET:
        raise _no_sheet(path)
    if done.returncode:
        raise _too_heavy(path)
    if not written.stat().st_size:
        what, mend = "its first sheet is empty", "Name columns in row 1."
        raise table_fault("empty-sheet", path.name, what, mend)


def _no_sheet(path: Path) -> AnswersError:
    return table_fault("no-sheet", path.name, "is no XLSX file", "Save it as XLSX anew.")


def _too_heavy(path: Path) -> AnswersError:
    what = "takes too much memory or time to read"
    mend = "Save it as CSV, or delete what lies far off."
    return table_fault("heavy-sheet", path.name, what, mend)


def _refuse_a_bomb(path: Path) -> None:
    """Look at how large a packed file says to be before anything unpacks it."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise _no_sheet(path) from error
    size = sum(part.file_size for part in parts)
    if size > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
        what = f"unpacks to {size:,} bytes in {len(parts):,} parts"
        mend = "Give it as CSV, which is read piece by piece."
        raise table_fault("packed-sheet", path.name, what, mend)
