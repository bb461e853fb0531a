"""WeasyPrint, imported so that it looks for nothing on the machine.

It asks for libraries by the names of several systems, and for each that is not there Python would
start a compiler, a linker and ldconfig: a third of a second. And it would read which fonts the
machine has, of which fontconfig keeps a list in folders that are not writable in a container.
"""

from __future__ import annotations

import ctypes.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from riskq.report.warm import ROOT

__all__ = [
    "CSS",
    "FONTS",
    "HTML",
    "Attachment",
    "FatalURLFetchingError",
    "FontConfiguration",
    "URLFetcher",
    "URLFetcherResponse",
    "harfbuzz_subset",
    "own_fonts",
]

_FOLDER = ROOT / "static" / "fonts"
FONTS = tuple(_FOLDER / f"NotoSans-{style}.ttf" for style in ("Regular", "Bold", "Italic"))

# No folder of the machine's own fonts is named, and the fonts of the pages are left out.
_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<selectfont><rejectfont><glob>*.woff2</glob></rejectfont></selectfont></fontconfig>
"""


@contextmanager
def own_fonts() -> Iterator[None]:
    """Meanwhile whoever reads the configuration of fonts finds our three and no other.

    It is read from a file, and a list of what it names is kept in a folder, which is gone then.
    """
    with TemporaryDirectory(prefix="riskq-fonts-") as folder:
        conf = Path(folder) / "fonts.conf"
        texts = {"fonts": escape(str(_FOLDER)), "cache": escape(folder)}
        conf.write_text(_FONTS_CONF.format(**texts), "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(conf)
        yield


@contextmanager
def _found_by_name() -> Iterator[None]:
    """Meanwhile a library is there by the name that it is asked for, or it is not.

    Those of Linux are asked for by their whole names too.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _find_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _find_nothing(name: str) -> None:
    """Search for no library; whoever asked for ``name`` asks for the next one."""


with own_fonts(), _found_by_name():
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.pdf.fonts import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
