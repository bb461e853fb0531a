"""Files to attach: sound ones as programs make them, and ones that pretend to be another thing."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from io import BytesIO

import xlsxwriter
from PIL import Image

__all__ = ["DOCX", "JPEG", "PDF", "PNG", "SOUND", "XLSX", "bomb", "office", "padded_pdf"]

PDF = (
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n"
    b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n110\n%%EOF\n"
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
    'types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)


def padded_pdf(size: int) -> bytes:
    """A PDF of exactly so many bytes."""
    head, tail = PDF[:9], PDF[9:]
    return head + b"%" + b"x" * (size - len(PDF) - 2) + b"\n" + tail


@cache
def _picture(form: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), (11, 85, 99)).save(made, form)
    return made.getvalue()


PNG, JPEG = _picture("PNG"), _picture("JPEG")


@cache
def _sheet() -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "Тест")
    return made.getvalue()


def office(parts: Mapping[str, bytes | str], *, types: str | bytes = _TYPES) -> bytes:
    """A document of such parts, packed as office programs pack it."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", types)
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


XLSX, DOCX = _sheet(), office({"word/document.xml": "<document/>"})
SOUND = {"a.pdf": PDF, "b.png": PNG, "c.jpg": JPEG, "d.xlsx": XLSX, "e.docx": DOCX}
"""One sound file of each type, by a name that fits."""


def bomb(*, tells: bool) -> bytes:
    """A sheet of a gigabyte in a megabyte; it tells so, or says that it is small."""
    return zeros("xl/workbook.xml", 1024, told=1 << 30 if tells else 1000)


def zeros(name: str, megabytes: int, told: int) -> bytes:
    """A document with a part of so many megabytes of zeros, which tells another size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # After a full flush nothing refers to what was before, so one packed piece serves for all.
    piece = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return _stored_by_hand(name, piece * megabytes + packer.flush(), told)


def _stored_by_hand(name: str, packed: bytes, size: int) -> bytes:
    """A document with a part of which the directory says whatever one likes."""
    plain = office({})
    end = plain.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", plain, end + 16)[0]
    text, crc = name.encode(), zlib.crc32(b"")
    head = (20, 0, 8, 0, 33, crc, len(packed), size, len(text), 0)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *head) + text + packed
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *head, 0, 0, 0, 0, start) + text
    directory = plain[start:end] + entry
    place = start + len(local)
    closing = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), place, 0)
    return plain[:start] + local + directory + closing
