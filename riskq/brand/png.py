"""Looks through a PNG without making its picture, and keeps what the picture is made of.

Whatever else a PNG may carry (texts, places, profiles, further pictures) is left out. The packed
rows are unpacked to be counted, never beyond what the head announces (ISO/IEC 15948).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from msgspec import Struct

from riskq.brand.value import BrandError, refuse

__all__ = ["SIGNATURE", "clean_png"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_MOST_PIXELS_A_SIDE = 2000
_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8}, 2: {8}, 3: {1, 2, 4, 8}, 4: {8}, 6: {8}}
_PALETTE = 3
# Where each pass of an interlaced picture begins, and its steps: column, row, columns, rows.
_PASSES = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)
_FILTERS = 5

_Chunk = tuple[bytes, bytes]


class _Head(Struct, frozen=True):
    """What the first chunk announces."""

    width: int
    height: int
    depth: int
    colour: int
    is_interlaced: bool

    def row_lengths(self) -> Iterator[int]:
        """The bytes of each row, with the one for its filter."""
        bits = self.depth * _CHANNELS[self.colour]
        passes = _PASSES if self.is_interlaced else ((0, 0, 1, 1),)
        for column, row, columns, rows in passes:
            width = -((column - self.width) // columns)
            if width > 0:
                yield from (1 + (width * bits + 7) // 8 for _ in range(row, self.height, rows))


def clean_png(body: bytes, where: str) -> tuple[bytes, float]:
    """The picture alone, and its width for its height; raises ``BrandError``."""
    chunks = [chunk for chunk in _chunks(body, where) if chunk[0] in _KEPT]
    head = _read_head(chunks, where)
    _check_order(chunks, head, where)
    packed = b"".join(data for name, data in chunks if name == b"IDAT")
    _check_rows(packed, head, where)
    cleaned = SIGNATURE + b"".join(map(_write, chunks))
    return cleaned, head.width / head.height


def _damaged(where: str, what: str) -> BrandError:
    return refuse(where, f"the PNG is damaged: {what}", "Save the picture again.")


def _chunks(body: bytes, where: str) -> Iterator[_Chunk]:
    """Every chunk up to the last, each as its checksum says."""
    place, name = len(SIGNATURE), b""
    padded = body + bytes(8)
    while name != b"IEND":
        if place > len(body):
            raise _damaged(where, "it is cut off")
        length, name = struct.unpack_from(">I4s", padded, place)
        data = body[place + 8 : place + 8 + length]
        check = body[place + 8 + length : place + 12 + length]
        if check != struct.pack(">I", zlib.crc32(name + data)):
            raise _damaged(where, "it is cut off, or a checksum is wrong")
        if not name[0] & 0x20 and name not in _KEPT:
            raise _damaged(where, "it needs something that no standard knows")
        yield name, data
        place += 12 + length


def _read_head(chunks: list[_Chunk], where: str) -> _Head:
    name, data = chunks[0]
    if name != b"IHDR" or len(data) != 13:
        raise _damaged(where, "it has no head")
    width, height, depth, colour, packing, filters, interlace = struct.unpack(">IIBBBBB", data)
    if not (1 <= width <= _MOST_PIXELS_A_SIDE and 1 <= height <= _MOST_PIXELS_A_SIDE):
        what = f"the picture has {width} × {height} pixels"
        mend = f"Give one of at most {_MOST_PIXELS_A_SIDE} × {_MOST_PIXELS_A_SIDE}."
        raise refuse(where, what, mend)
    if depth == 16:
        raise refuse(where, "the picture has 16 bits a channel", "Save it with 8.")
    if depth not in _DEPTHS.get(colour, ()) or packing or filters or interlace > 1:
        raise _damaged(where, "its head announces what there is not")
    return _Head(width, height, depth, colour, is_interlaced=bool(interlace))


def _check_order(chunks: list[_Chunk], head: _Head, where: str) -> None:
    """Each chunk once, but for the rows, which stand together."""
    names = [name for name, _ in chunks]
    order = [name for place, name in enumerate(names) if names[place - 1 : place] != [name]]
    wanted = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"]
    if order != [name for name in wanted if name in order] or b"IDAT" not in order:
        raise _damaged(where, "its parts are not in order")
    if any(names.count(name) > 1 for name in names if name != b"IDAT"):
        raise _damaged(where, "a part is there twice")
    sizes = dict(zip(names, (len(data) for _, data in chunks), strict=True))
    if (head.colour == _PALETTE) != (b"PLTE" in sizes) and head.colour not in (2, 6):
        raise _damaged(where, "its palette is missing, or there for nothing")
    if sizes.get(b"PLTE", 3) % 3 or not 3 <= sizes.get(b"PLTE", 3) <= 768:
        raise _damaged(where, "its palette has no whole colours")
    if b"tRNS" in sizes and sizes[b"tRNS"] not in _transparencies(head, sizes):
        raise _damaged(where, "its transparency fits no picture of its kind")


def _transparencies(head: _Head, sizes: dict[bytes, int]) -> range:
    """How many bytes may say what is transparent."""
    if head.colour == _PALETTE:
        return range(1, sizes[b"PLTE"] // 3 + 1)
    wanted = {0: 2, 2: 6}.get(head.colour, 0)
    return range(wanted, wanted + 1) if wanted else range(0)


def _check_rows(packed: bytes, head: _Head, where: str) -> None:
    """The rows are exactly those that the head announces, and unpacking ends with them."""
    lengths = list(head.row_lengths())
    unpacker = zlib.decompressobj()
    try:
        rows = unpacker.decompress(packed, sum(lengths) + 1)
    except zlib.error as error:
        raise _damaged(where, "its rows cannot be unpacked") from error
    if len(rows) != sum(lengths) or not unpacker.eof or unpacker.unused_data:
        raise _damaged(where, "it has more rows or fewer than its head says")
    place = 0
    for length in lengths:
        if rows[place] >= _FILTERS:
            raise _damaged(where, "a row is written in no known way")
        place += length


def _write(chunk: _Chunk) -> bytes:
    name, data = chunk
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
