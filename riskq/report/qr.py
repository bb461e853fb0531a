"""Draws an address as a QR code: one path that a template puts into an SVG of its own."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["QrCode", "draw_qr"]

_QUIET = 4


class QrCode(Struct, frozen=True):
    """``size`` is the side of the square in modules, ``path`` the dark ones as SVG path data."""

    size: int
    path: str


def draw_qr(text: str) -> QrCode:
    """Draw a text, with the quiet margin that readers need around it."""
    # The library is loaded by those alone who draw a code.
    import segno

    rows = list(segno.make(text, micro=False, error="m").matrix)
    dark = (
        f"M{column + _QUIET} {row + _QUIET}h1v1h-1z"
        for row, modules in enumerate(rows)
        for column, module in enumerate(modules)
        if module
    )
    return QrCode(len(rows) + 2 * _QUIET, "".join(dark))
