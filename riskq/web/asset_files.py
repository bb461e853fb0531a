"""The files for browsers (styles, script, fonts, icons), held in memory under one digest.

The digest of all of them stands in their addresses. A browser may therefore keep them for ever,
and a changed file has a new address. Paths in style sheets stay relative and need no rewriting.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand
from riskq.web.brand_files import brand_sheet, logo_file

__all__ = ["STATIC_FOLDER", "AssetFiles", "read_assets"]

STATIC_FOLDER = Path(__file__).resolve().parents[2] / "static"
"""Styles, icons and fonts, shared by pages and reports."""

_SHEETS = ("tokens.css", "riskq.css", "result.css")
"""The styles of every page, which come as one file: each more would hold up the first paint."""

_NOTES = re.compile(rb"/\*.*?\*/\n?", re.DOTALL)
"""What the sheets say to those who write them: a tenth of what a phone would have to load."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


class AssetFiles(Struct, frozen=True):
    """All files by their paths, with their types, and the digest of the whole."""

    digest: str
    files: Mapping[str, tuple[bytes, str]]


def read_assets(folder: Path = STATIC_FOLDER, brand: Brand = NO_BRAND) -> AssetFiles:
    """Read every file of a type that browsers may have, and add what is of the brand."""
    files = _read(folder) | logo_file(brand)
    sheets = b"".join(files[name][0] for name in _SHEETS if name in files) + brand_sheet(brand)
    files["pages.css"] = (_NOTES.sub(b"", sheets), _TYPES[".css"])
    seal = hashlib.sha256()
    for name, (body, _) in files.items():
        seal.update(f"{name}:{len(body)}\n".encode())
        seal.update(body)
    return AssetFiles(seal.hexdigest()[:16], files)


def _read(folder: Path) -> dict[str, tuple[bytes, str]]:
    files = {}
    for path in sorted(folder.rglob("*")):
        kind = _TYPES.get(path.suffix)
        if kind is None or not path.is_file():
            continue
        files[path.relative_to(folder).as_posix()] = (path.read_bytes(), kind)
    return files
