"""Which of the five types a file is: by its content, never by what somebody says of it.

Files of two types at once are refused: a page, a mail program and a virus scanner would each see
another one. None of them is opened here further than its structure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from msgspec import Struct

from riskq.services.evidence.errors import RefusedFileError
from riskq.services.evidence.file_names import ending_of
from riskq.services.evidence.office import FILE_MARK, check_office, find_end
from riskq.services.evidence.pictures import JPEG_MARK, PNG_MARK, check_jpeg, check_png

__all__ = ["KINDS", "Kind", "sniff"]

_PDF_MARK = b"%PDF-"
_PDF_LOOKED_AT = 1024
"""Within how many bytes programs that read PDFs look for the mark."""

_TAIL = 66_000
"""How much of the end is looked at: a ZIP ends within 65,557 bytes of it."""


class Kind(Struct, frozen=True):
    """A type of file that is taken: its name for people, its media type, and how names end."""

    name: str
    type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_PDF = Kind("PDF", "application/pdf", (".pdf",))
_PNG = Kind("PNG", "image/png", (".png",))
_JPEG = Kind("JPEG", "image/jpeg", (".jpg", ".jpeg"))
_XLSX = Kind("XLSX", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
_DOCX = Kind("DOCX", f"{_OFFICE}.wordprocessingml.document", (".docx",))
KINDS = (_PDF, _PNG, _JPEG, _XLSX, _DOCX)
"""Every type that is taken."""


def sniff(file: BinaryIO, size: int, name: str) -> Kind:
    """The type of a file of ``size`` bytes; raises ``RefusedFileError``.

    The file is read from its beginning to wherever; its name only has to end as its type says.
    """
    if not any(ending_of(name) in kind.endings for kind in KINDS):
        raise RefusedFileError("type")
    file.seek(0)
    head = file.read(_PDF_LOOKED_AT)
    kind = _find(file, size, head)
    if ending_of(name) not in kind.endings:
        raise RefusedFileError("ending")
    return kind


def _find(file: BinaryIO, size: int, head: bytes) -> Kind:
    if head.startswith(FILE_MARK):
        if _PDF_MARK in head:
            raise RefusedFileError("mixed")
        return {"xl": _XLSX, "word": _DOCX}[check_office(file, size)]
    found = next((one for one in _CHECKED if head.startswith(one[0])), None)
    if found is None:
        # What only begins a little later is taken for a PDF by some programs and not by others.
        raise RefusedFileError("mixed" if _PDF_MARK in head else "type")
    mark, kind, check = found
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    if (mark != _PDF_MARK and _PDF_MARK in head) or find_end(tail, size) is not None:
        raise RefusedFileError("mixed")
    check(file, size)
    return kind


def _check_pdf(file: BinaryIO, size: int) -> None:
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise RefusedFileError("damaged")


_CHECKED: tuple[tuple[bytes, Kind, Callable[[BinaryIO, int], None]], ...] = (
    (_PDF_MARK, _PDF, _check_pdf),
    (PNG_MARK, _PNG, check_png),
    (JPEG_MARK, _JPEG, check_jpeg),
)
