"""What an SVG logo may hold: shapes, colours and gradients, and nothing that loads or runs.

A value is either of a known form or refused. Lengths have at most six digits before the point,
and nothing is drawn again by reference, so that a small file stays a small drawing.
"""

from __future__ import annotations

import re

__all__ = ["ELEMENTS", "TEXT_ELEMENTS", "is_allowed", "is_known"]

_DRAWN = {"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_DEFINED = {"defs", "linearGradient", "radialGradient", "stop", "clipPath"}
TEXT_ELEMENTS = frozenset({"title", "desc"})
"""The only elements that hold text; it is never shown."""

ELEMENTS = TEXT_ELEMENTS | _DRAWN | _DEFINED | {"svg"}

_NUMBER = r"[+-]?(?:[0-9]{1,6}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE]-[0-9]{1,2})?"
_BLANKS = r"[ \t\r\n,]+"
_NUMBERS = rf"[ \t\r\n]*{_NUMBER}(?:{_BLANKS}{_NUMBER}){{0,5}}[ \t\r\n]*"
_MOVE = rf"(?:matrix|translate|scale|rotate|skewX|skewY)[ \t\r\n]*\({_NUMBERS}\)"
_ID = r"[A-Za-z_][\w.\-]{0,79}"
_URL = rf"url\(#{_ID}\)"
_PAINT = rf"[A-Za-z]{{1,30}}|#[0-9a-fA-F]{{3}}|#[0-9a-fA-F]{{6}}|rgb\([0-9 ,.%]{{5,40}}\)|{_URL}"
_LENGTH = rf"{_NUMBER}(?:px|pt|mm|cm|in|%)?"
_WORD = r"[A-Za-z][A-Za-z0-9 .\-]{0,60}|1\.[0-9]"

_FORMS = {
    _LENGTH: "x y width height x1 y1 x2 y2 cx cy r rx ry fx fy offset stroke-width"
    " stroke-miterlimit opacity fill-opacity stroke-opacity stop-opacity",
    _PAINT: "fill stroke stop-color color",
    rf"none|{_URL}": "clip-path",
    rf"{_MOVE}(?:[ \t\r\n,]*{_MOVE}){{0,9}}": "transform gradientTransform",
    _ID: "id",
    _NUMBERS: "viewBox",
    r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-., \t\r\n]*": "d points",
    _WORD: "fill-rule clip-rule stroke-linecap stroke-linejoin gradientUnits clipPathUnits"
    " preserveAspectRatio version role",
}
_BY_NAME = {
    name: re.compile(form, re.ASCII) for form, names in _FORMS.items() for name in names.split()
}
# Digits after a point are no large number; a positive power of ten may be one.
_LARGE = re.compile(r"(?<![0-9.])[0-9]{7}|[eE](?!-[0-9])", re.ASCII)


def is_known(name: str) -> bool:
    """Whether an attribute of this name may be there at all."""
    return name in _BY_NAME


def is_allowed(name: str, value: str) -> bool:
    """Whether an attribute that is known may have this value."""
    if not _BY_NAME[name].fullmatch(value):
        return False
    return name not in ("d", "points") or not _LARGE.search(value)
