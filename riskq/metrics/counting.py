"""Counting, from any thread of any part of the program, as cheap as nothing where nobody wants it.

It is set up once a process, as logging is, since what is counted lies in parts that do not know one
another. A process that cannot keep its figures tells so once, and goes on without.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock

from riskq.metrics.families import MEMORY, STARTED, Family
from riskq.metrics.figures import FileOfFigures

__all__ = ["count", "keep_figures", "note_process", "observe", "stop_figures"]

log = logging.getLogger("riskq.metrics")

_NOTED_EVERY = 5.0
"""Seconds between two looks at the memory of the process."""


class _Counting:
    """What this process counts with, once it has counted anything."""

    def __init__(self, folder: Path, process: str) -> None:
        self.folder, self.process = folder, process
        self.lock = Lock()
        self.noted = 0.0
        self.figures: FileOfFigures | None = None
        self.has_failed = False

    def open(self) -> FileOfFigures | None:
        if self.figures is None and not self.has_failed:
            try:
                self.figures = FileOfFigures(self.folder)
                self.figures.put(STARTED, (self.process,), time.time())
            except OSError as error:
                self.has_failed = True
                log.warning("Nothing is counted by this process: %s", error)
        return self.figures


_counting: _Counting | None = None


def keep_figures(folder: Path, process: str) -> None:
    """Count from now on, into a file of a folder; ``process`` is the kind of this process."""
    global _counting  # noqa: PLW0603 - One a process, as the root of logging is.
    stop_figures()
    _counting = _Counting(folder, process)


def stop_figures() -> None:
    """Count no more."""
    global _counting  # noqa: PLW0603 - One a process, as the root of logging is.
    if _counting is not None and _counting.figures is not None:
        with _counting.lock:
            _counting.figures.let_go()
    _counting = None


def count(family: Family, *labels: str) -> None:
    """Count one more."""
    if _counting is not None:
        with _counting.lock:
            figures = _counting.open()
            if figures is not None:
                figures.add(family, labels, 1)


def observe(family: Family, seconds: float, *labels: str) -> None:
    """Note how long something took."""
    if _counting is not None:
        with _counting.lock:
            figures = _counting.open()
            if figures is not None:
                figures.observe(family, labels, seconds)


def note_process() -> None:
    """Note the memory of this process, unless that was done a moment ago."""
    if _counting is None or time.monotonic() - _counting.noted < _NOTED_EVERY:
        return
    with _counting.lock, suppress(OSError):
        _counting.noted = time.monotonic()
        figures = _counting.open()
        # Not every system has it; the others tell no memory.
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])
        if figures is not None:
            figures.put(MEMORY, (_counting.process,), pages * os.sysconf("SC_PAGE_SIZE"))


def _start_anew() -> None:
    """A child counts into a file of its own, should it count; the parent's stays the parent's."""
    global _counting  # noqa: PLW0603 - One a process, as the root of logging is.
    if _counting is not None:
        if _counting.figures is not None:
            _counting.figures.let_go()
        _counting = _Counting(_counting.folder, _counting.process)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
