"""The first sheet of an uploaded list as text, read by a process with narrow limits of its own.

A spreadsheet of a few bytes may say that it has billions of cells. What it says to unpack to is
looked at first; what it does is bounded by the kernel, and one process of pages reads one at a
time, so that uploads at once take no more memory than one.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from threading import BoundedSemaphore

from riskq.errors import RiskqError
from riskq.report import ROOT, passed_on

__all__ = ["NoListError", "sheet_text"]

_MOST_UNPACKED = 40_000_000
_MOST_PARTS = 1_000
_SECONDS = 10
"""A list of the largest size takes a second."""

# One thread and one arena: address space is what is limited, and each more reserves some.
_SPARING = {"POLARS_MAX_THREADS": "1", "RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}

_reading = BoundedSemaphore(1)


class NoListError(RiskqError):
    """The file is no list; ``reason`` is "large", "sheet", "text", "many" or "busy"."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The file is no list of vendors ({reason}).")


def sheet_text(content: bytes, most: int) -> str:
    """The first sheet of an XLSX file as CSV of at most so many bytes; raises ``NoListError``."""
    _refuse_a_bomb(content)
    with tempfile.TemporaryDirectory(prefix="riskq-") as folder:
        source, target = Path(folder, "list.xlsx"), Path(folder, "list.csv")
        source.write_bytes(content)
        _write_sheet(source, target)
        if target.stat().st_size > most:
            raise NoListError("large")
        return target.read_text("utf-8")


def _refuse_a_bomb(content: bytes) -> None:
    """Look at how large a packed file says to be before anything unpacks it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise NoListError("sheet") from error
    if sum(part.file_size for part in parts) > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
        raise NoListError("sheet")


def _write_sheet(source: Path, target: Path) -> None:
    # Whoever waited for another would hold a thread of the pages meanwhile, and there are few.
    if not _reading.acquire(blocking=False):
        raise NoListError("busy")
    module, parent = "riskq.services.sheet_process", str(os.getpid())
    command = [sys.executable, "-m", module, str(source), str(target), parent, "list"]
    environment = {**passed_on(), **_SPARING, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, env=environment, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise NoListError("sheet") from error
    finally:
        _reading.release()
    if done.returncode or not target.exists():
        raise NoListError("sheet")
