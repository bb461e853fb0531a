"""Where the time of a report goes: the processor time of each phase of making it.

Started as ``python -m benchmarks.phases FOLDER ROUNDS`` by benchmarks.documents, which prepares the
folder. Every phase is a function of the typesetter or of ours; what a phase spends inside
another is that other's. Printed are the medians in milliseconds, as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from types import GeneratorType
from typing import Any

from riskq.report.job import decode_job

__all__ = ["FORK", "REST"]

FORK = "fork, PDF sent, memory given back"
REST = "the rest: HTML read and checked, links, metadata"
PLACES = {
    "styles of the elements": ("weasyprint.document:Document", "_build_layout_context"),
    "boxes made of elements": ("weasyprint.document", "build_formatting_structure"),
    "layout: lines and pages": ("weasyprint.document", "layout_document"),
    "layout: lines broken by Pango": ("weasyprint.layout.inline", "split_first_line"),
    "drawing": ("weasyprint.document:Page", "paint"),
    "fonts cut to the letters": ("weasyprint.pdf", "build_fonts_dictionary"),
    "tagging": ("weasyprint.pdf", "add_tags"),
    "serialising: objects packed": ("riskq.report.typeset", "finish"),
    "serialising: file written": ("pydyf:PDF", "write"),
}


class Stopwatch:
    """Processor seconds by phase; a phase that another interrupts does not run meanwhile."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._running = [REST]
        self._since = time.process_time()

    def switch(self) -> None:
        """Count what passed for the phase that runs."""
        now = time.process_time()
        self.spent[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted as a phase."""

        @wraps(work)
        def run(*given: Any, **named: Any) -> Any:
            self.switch()
            self._running.append(name)
            try:
                made = work(*given, **named)
                return list(made) if isinstance(made, GeneratorType) else made
            finally:
                self.switch()
                self._running.pop()

        return run


def place(stopwatch: Stopwatch) -> None:
    """Put the stopwatch on every phase."""
    for name, (where, function) in PLACES.items():
        module, _, owner = where.partition(":")
        holder: Any = import_module(module)
        holder = getattr(holder, owner) if owner else holder
        found = vars(holder)[function]
        bound = isinstance(found, classmethod)
        timed = stopwatch.timed(name, found.__func__ if bound else found)
        setattr(holder, function, classmethod(timed) if bound else timed)


def spent_by_child(work: Callable[[], bytes]) -> dict[str, float]:
    """The milliseconds of each phase, in a child like those of riskq; and of what is around it."""
    before = time.process_time()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        gc.disable()
        stopwatch = Stopwatch()
        place(stopwatch)
        pdf = work()
        stopwatch.switch()
        told = {name: seconds * 1000 for name, seconds in stopwatch.spent.items()}
        with os.fdopen(theirs, "wb") as wire:
            wire.write(json.dumps(told).encode() + b"\n" + pdf)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as wire:
        told, _ = json.loads(wire.readline()), wire.read()
    used = os.wait4(child, 0)[2]
    whole = used.ru_utime + used.ru_stime + time.process_time() - before
    spent = {str(name): float(value) for name, value in told.items()}
    return {**spent, FORK: max(0.0, whole * 1000 - sum(spent.values()))}


def main() -> None:
    """Prints the medians."""
    data, rounds = (Path(sys.argv[1]) / "job.json").read_bytes(), int(sys.argv[2])
    typeset = import_module("riskq.report.typeset").typeset
    ready = import_module("riskq.report.press").warm_up()
    gc.collect()
    gc.freeze()
    runs = [spent_by_child(lambda: typeset(decode_job(data), ready)) for _ in range(rounds)]
    names = [*PLACES, REST, FORK]
    print(json.dumps({name: statistics.median(run[name] for run in runs) for name in names}))


if __name__ == "__main__":
    main()
