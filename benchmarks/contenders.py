"""The ways to make a report that benchmarks.documents compares, each in a process of its own.

Started as ``python -m benchmarks.contenders NAME FOLDER``. The folder holds the report as HTML, as
a job of riskq's renderer and as Typst markup, and fonts. For every line that comes in, a PDF is
made and a line goes out: milliseconds of processor time and of the clock, and bytes, as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from riskq.report import fence
from riskq.report.job import decode_job

__all__ = ["NAMES"]

Way = Callable[[], bytes]
_HIDDEN = "harfbuzz-subset"


def hide_subsetter() -> None:
    """Let WeasyPrint find every library but the one that cuts fonts."""
    cffi: Any = import_module("cffi")
    find = cffi.FFI.dlopen

    def dlopen(self: object, name: object, flags: int = 0) -> object:
        if _HIDDEN in str(name):
            raise OSError(name)
        return find(self, name, flags)

    cffi.FFI.dlopen = dlopen


def plain(folder: Path) -> Way:
    """What a simple view does: the same HTML and style sheets, each read anew."""
    weasyprint = import_module("weasyprint")
    html = (folder / "report.html").read_text("utf-8")
    sheets = [(folder / name).read_text("utf-8") for name in ("tokens.css", "print.css")]

    def make() -> bytes:
        styles = [weasyprint.CSS(string=sheet) for sheet in sheets]
        document = weasyprint.HTML(string=html)
        return bytes(document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1"))

    return make


def plain_without_subsetter(folder: Path) -> Way:
    """The same without harfbuzz-subset."""
    hide_subsetter()
    make = plain(folder)
    assert import_module("weasyprint.pdf.fonts").harfbuzz_subset is None
    return make


def riskq(folder: Path) -> Way:
    """What a child of riskq's warm process does, limits and all."""
    press = import_module("riskq.report.press")
    typeset = import_module("riskq.report.typeset").typeset
    data = (folder / "job.json").read_bytes()
    ready, parent = press.warm_up(), os.getpid()
    gc.collect()
    gc.freeze()

    def make() -> bytes:
        gc.disable()
        fence.enclose_child(parent)
        return bytes(typeset(decode_job(data), ready))

    return make


def typst(folder: Path) -> Way:
    """Another typesetter, with the same content. It would remember what it has typeset before."""
    library = import_module("typst")
    source = (folder / "report.typ").read_bytes()
    fonts = [str(folder / "static")]

    def make() -> bytes:
        return bytes(
            library.compile(
                source, font_paths=fonts, ignore_system_fonts=True, pdf_standards="ua-1"
            )
        )

    return make


def measured(make: Way) -> dict[str, float]:
    """One document made here."""
    wall, cpu = time.perf_counter(), time.process_time()
    size = len(make())
    spent = time.process_time() - cpu
    return {"cpu": spent * 1000, "wall": (time.perf_counter() - wall) * 1000, "bytes": size}


def measured_forked(make: Way) -> dict[str, float]:
    """One document made by a child that knows what its parent knew, sent here as riskq does."""
    wall, cpu = time.perf_counter(), time.process_time()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        with os.fdopen(theirs, "wb") as wire:
            wire.write(make())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as wire:
        size = len(wire.read())
    used = os.wait4(child, 0)[2]
    spent = used.ru_utime + used.ru_stime + time.process_time() - cpu
    return {"cpu": spent * 1000, "wall": (time.perf_counter() - wall) * 1000, "bytes": size}


_WAYS: dict[str, tuple[Callable[[Path], Way], Callable[[Way], dict[str, float]]]] = {
    "riskq": (riskq, measured_forked),
    "static": (plain, measured),
    "variable": (plain_without_subsetter, measured),
    "typst": (typst, measured_forked),
}
NAMES = tuple(_WAYS)


def main() -> None:
    """Makes a document for every line."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    prepare, measure = _WAYS[name]
    make = prepare(folder)
    for _ in sys.stdin:
        print(json.dumps(measure(make)), flush=True)


if __name__ == "__main__":
    main()
