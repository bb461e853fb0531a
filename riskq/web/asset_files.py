"""The files for browsers (styles, script, fonts, icons), held in memory under one digest.

The digest of all of them stands in their addresses. A browser may therefore keep them for ever,
and a changed file has a new address. Paths in style sheets stay relative and need no rewriting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["STATIC_FOLDER", "AssetFiles", "read_assets"]

STATIC_FOLDER = Path(__file__).resolve().parents[2] / "static"
"""Styles, icons and fonts, shared by pages and reports."""

_SHEETS = ("tokens.css", "riskq.css", "result.css")
"""The styles of every page, which come as one file: each more would hold up the first paint."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class AssetFiles:
    """All files by their paths, with their types, and the digest of the whole."""

    digest: str
    files: Mapping[str, tuple[bytes, str]]


def read_assets(folder: Path = STATIC_FOLDER) -> AssetFiles:
    """Read every file of a type that browsers may have."""
    seal = hashlib.sha256()
    files: dict[str, tuple[bytes, str]] = {}
    for path in sorted(folder.rglob("*")):
        kind = _TYPES.get(path.suffix)
        if kind is None or not path.is_file():
            continue
        name, body = path.relative_to(folder).as_posix(), path.read_bytes()
        seal.update(f"{name}:{len(body)}\n".encode())
        seal.update(body)
        files[name] = (body, kind)
    sheets = b"".join(files[name][0] for name in _SHEETS if name in files)
    files["pages.css"] = (sheets, _TYPES[".css"])
    return AssetFiles(seal.hexdigest()[:16], files)
