"""The structure of XLSX and DOCX: a ZIP whose directory is believed in nothing it says.

The parts must lie side by side, neither over one another nor apart, and unpack to what the
directory says, within a bound. Nothing that is unpacked is kept; of one small part the words are
looked at, because it names the documents that hold macros.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from riskq.services.evidence.errors import RefusedFileError

__all__ = ["FILE_MARK", "check_office", "find_end"]

FILE_MARK, _ENTRY_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_FILE = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_MOST_ENTRIES = 5_000
_MOST_DIRECTORY = 1_000_000
_MOST_UNPACKED = 200_000_000
"""How much all parts of a document may hold: a large sheet of numbers has some 100 MB."""

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x0001
_LONGEST_DESCRIPTOR = 24
"""What may stand behind a part: its sizes and checksum once more."""

_PIECE = 1 << 16
_TYPES_PART, _MOST_TYPES = "[Content_Types].xml", 1_000_000


class _End(Struct, frozen=True):
    """Where a ZIP ends: its directory, and how many entries that has."""

    entries: int
    length: int
    start: int
    place: int


class _Part(Struct, frozen=True):
    """One entry of the directory; it lies between ``place`` and ``end``."""

    name: str
    flags: int
    method: int
    packed: int
    size: int
    place: int
    end: int = 0


def check_office(file: BinaryIO, size: int) -> str:
    """The folder that tells what a document is, "xl" or "word"; raises ``RefusedFileError``."""
    try:
        parts = _parts(file, size)
        folder = _folder(parts)
        _refuse_macros(parts)
        _unpack_all(file, parts)
    except (struct.error, zlib.error, UnicodeDecodeError) as error:
        raise RefusedFileError("damaged") from error
    return folder


def find_end(tail: bytes, size: int) -> _End | None:
    """The end of a ZIP in the last bytes of a file of ``size`` bytes; None if it is none."""
    before = len(tail)
    while (at := tail.rfind(_END_MARK, 0, before)) >= 0:
        before = at
        if len(tail) - at < _END.size:
            continue
        _, disk, first_disk, here, entries, length, start, note = _END.unpack_from(tail, at)
        place = size - len(tail) + at
        is_one = (disk, first_disk, here) == (0, 0, entries)
        if is_one and length + start <= place and place + _END.size + note <= size:
            return _End(entries, length, start, place)
    return None


def _parts(file: BinaryIO, size: int) -> list[_Part]:
    """The entries of the directory, which lie from the first byte to it without a gap."""
    file.seek(max(0, size - _END.size - 0xFFFF))
    end = find_end(file.read(), size)
    if end is None or end.start + end.length != end.place:
        raise RefusedFileError("damaged")
    if end.entries > _MOST_ENTRIES or end.length > _MOST_DIRECTORY:
        raise RefusedFileError("swollen")
    file.seek(end.start)
    parts = sorted(_read_directory(file.read(end.length), end.entries), key=lambda one: one.place)
    if sum(part.size for part in parts) > _MOST_UNPACKED:
        raise RefusedFileError("swollen")
    names = [part.name.casefold() for part in parts]
    if not parts or parts[0].place or len(set(names)) < len(names):
        raise RefusedFileError("damaged")
    ends = [*(one.place for one in parts[1:]), end.start]
    return [replace(part, end=end) for part, end in zip(parts, ends, strict=True)]


def _read_directory(directory: bytes, entries: int) -> Iterator[_Part]:
    at = 0
    for _ in range(entries):
        fields = _ENTRY.unpack_from(directory, at)
        mark, flags, method, packed, size = (fields[n] for n in (0, 3, 4, 8, 9))
        name, extra, note, place = fields[10], fields[11], fields[12], fields[16]
        if mark != _ENTRY_MARK or flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
            raise RefusedFileError("damaged")
        at += _ENTRY.size
        text = directory[at : at + name].decode("utf-8")
        yield _Part(text.replace("\\", "/"), flags, method, packed, size, place)
        at += name + extra + note
    if at != len(directory):
        raise RefusedFileError("damaged")


def _folder(parts: list[_Part]) -> str:
    names = [part.name for part in parts]
    found = [folder for folder in ("xl", "word") if any(n.startswith(f"{folder}/") for n in names)]
    if _TYPES_PART not in names or not found:
        raise RefusedFileError("type")
    if len(found) > 1:
        raise RefusedFileError("mixed")
    return found[0]


def _refuse_macros(parts: list[_Part]) -> None:
    for part in parts:
        steps = part.name.casefold().split("/")
        if steps[-1].startswith("vbaproject") or "macrosheets" in steps:
            raise RefusedFileError("macros")


def _unpack_all(file: BinaryIO, parts: list[_Part]) -> None:
    """Unpack every part piece by piece, and see that it holds what the directory says."""
    for part in parts:
        is_types = part.name == _TYPES_PART
        if is_types and part.size > _MOST_TYPES:
            raise RefusedFileError("swollen")
        kept, length = [], 0
        for piece in _unpacked(file, part):
            length += len(piece)
            if length > part.size:
                raise RefusedFileError("swollen")
            if is_types:
                kept.append(piece)
        if length != part.size:
            raise RefusedFileError("damaged")
        # The words may stand there in any coding of two bytes a letter.
        if b"macroenabled" in b"".join(kept).replace(b"\0", b"").lower():
            raise RefusedFileError("macros")


def _unpacked(file: BinaryIO, part: _Part) -> Iterator[bytes]:
    """The content of a part, piece by piece."""
    _go_to_content(file, part)
    if part.method == _STORED:
        yield from _packed(file, part)
        return
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _packed(file, part):
        packed = piece
        while packed:
            yield unpack.decompress(packed, _PIECE)
            packed = unpack.unconsumed_tail
    while not unpack.eof:
        rest = unpack.decompress(b"", _PIECE)
        if not rest:
            raise RefusedFileError("damaged")
        yield rest
    if unpack.unused_data:
        raise RefusedFileError("mixed")


def _go_to_content(file: BinaryIO, part: _Part) -> None:
    """Read what stands before the content of a part, which says what the directory says of it."""
    file.seek(part.place)
    mark, _, flags, method, *_, name, extra = _FILE.unpack(file.read(_FILE.size))
    if mark != FILE_MARK or method != part.method or flags & _ENCRYPTED:
        raise RefusedFileError("damaged")
    if file.read(name).decode("utf-8").replace("\\", "/") != part.name:
        raise RefusedFileError("mixed")
    gap = part.end - (file.seek(extra, 1) + part.packed)
    if not 0 <= gap <= _LONGEST_DESCRIPTOR:
        raise RefusedFileError("swollen" if gap < 0 else "mixed")


def _packed(file: BinaryIO, part: _Part) -> Iterator[bytes]:
    left = part.packed
    while left:
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise RefusedFileError("damaged")
        left -= len(piece)
        yield piece
