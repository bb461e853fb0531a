"""The structure of pictures: enough to tell a whole one from another file that begins like it."""

from __future__ import annotations

import struct
from typing import BinaryIO

from riskq.services.evidence.errors import RefusedFileError

__all__ = ["JPEG_MARK", "PNG_MARK", "check_jpeg", "check_png"]

PNG_MARK = b"\x89PNG\r\n\x1a\n"
JPEG_MARK = b"\xff\xd8\xff"

_CHUNK = struct.Struct(">I4s")
_MOST_PARTS = 100_000
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of JPEG that nothing belongs to."""

_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG that tell how large the picture is."""


def check_png(file: BinaryIO, size: int) -> None:
    """See that there are chunks from the first to the last, and nothing behind them."""
    file.seek(len(PNG_MARK))
    names = []
    for _ in range(_MOST_PARTS):
        head = file.read(_CHUNK.size)
        if len(head) < _CHUNK.size:
            break
        length, name = _CHUNK.unpack(head)
        names.append(name)
        end = file.seek(length + 4, 1)  # The content and its checksum.
        if name == b"IEND" or end > size:
            break
    is_whole = names and names[0] == b"IHDR" and names[-1] == b"IEND" and b"IDAT" in names
    if not is_whole or file.tell() > size:
        raise RefusedFileError("damaged")
    if file.tell() != size:
        raise RefusedFileError("mixed")


def check_jpeg(file: BinaryIO, size: int) -> None:
    """See that there are segments up to the picture itself, and its end.

    Behind the end cameras put more pictures and notes of their own; that is not looked at.
    """
    file.seek(2)
    seen = set()
    for _ in range(_MOST_PARTS):
        mark = _next_mark(file)
        seen.add(mark)
        if mark in _ALONE:
            continue
        length = int.from_bytes(file.read(2), "big")
        if length < 2 or file.seek(length - 2, 1) > size:
            raise RefusedFileError("damaged")
        if mark == _START_OF_SCAN:
            break
    if _START_OF_SCAN not in seen or not seen & _FRAMES:
        raise RefusedFileError("damaged")
    if bytes((0xFF, _END_OF_IMAGE)) not in file.read():
        raise RefusedFileError("damaged")


def _next_mark(file: BinaryIO) -> int:
    """The number of the next marker; any number of bytes 0xFF may stand before it."""
    sign = file.read(1)
    if sign != b"\xff":
        raise RefusedFileError("damaged")
    while sign == b"\xff":
        sign = file.read(1)
    if not sign or sign[0] in (0x00, _END_OF_IMAGE):
        raise RefusedFileError("damaged")
    return sign[0]
