"""What is written on the pages of a PDF, as the reader in people's browsers finds it."""

from __future__ import annotations

import pypdfium2

__all__ = ["pages_of"]


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it was printed."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = [page.get_textpage().get_text_range() for page in document]
    # Where a line ends with a hyphen, it gives this in its place.
    return [text.replace("\r\n", "\n").replace("\ufffe", "-") for text in found]
