"""Packs files into a ZIP piece by piece, so that no more than one of them is in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import RawIOBase
from typing import Any

from msgspec import Struct

__all__ = ["Packed", "pack"]


class Packed(Struct, frozen=True):
    """A file to pack: its name, its content, and when it was made."""

    name: str
    content: bytes
    at: datetime


class _Pieces(RawIOBase):
    """What was written since it was last taken."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """Whether it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Hold some more."""
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Everything that is held, which is then held no longer."""
        held, self._held = b"".join(self._held), []
        return held


def pack(files: Iterable[Packed]) -> Iterator[bytes]:
    """The pieces of a ZIP with the files; PDFs are not packed further, since they are already."""
    pieces = _Pieces()
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, file.at.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.content)
            yield pieces.taken()
    yield pieces.taken()
