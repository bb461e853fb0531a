"""Small pictures for tests: logos as people have them, and as nobody should."""

from __future__ import annotations

import struct
import zlib

__all__ = ["SIGNATURE", "SVG", "chunk", "png", "svg"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32">'
    b'<defs><linearGradient id="sky" x1="0" x2="1"><stop offset="0" stop-color="#0b5563"/>'
    b'<stop offset="100%" stop-color="#2a6db0"/></linearGradient>'
    b'<clipPath id="frame"><rect width="96" height="32" rx="4"/></clipPath></defs>'
    b'<g clip-path="url(#frame)"><rect width="96" height="32" fill="url(#sky)"/>'
    b'<path d="M8 24 20 8l12 16z" fill="#fff" transform="translate(2 0) scale(.9)"/>'
    b'<circle cx="64" cy="16" r="9" fill="none" stroke="#ffffff" stroke-width="3"/></g></svg>'
)


def svg(inside: str = "", attributes: str = 'viewBox="0 0 9 9"') -> bytes:
    """A drawing with something in it."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def chunk(name: bytes, data: bytes = b"") -> bytes:
    """A part of a PNG."""
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check


def png(
    size: tuple[int, int] = (3, 2), *, head: bytes = b"\x08\x02\0\0\0", between: bytes = b""
) -> bytes:
    """A teal PNG of full colour; ``head`` is what its first chunk says after the size."""
    width, height = size
    rows = (b"\0" + b"\x0b\x55\x63" * width) * height
    first = chunk(b"IHDR", struct.pack(">II", width, height) + head)
    return SIGNATURE + first + between + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND")
