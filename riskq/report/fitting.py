"""Texts in a picture: about how wide they are, and how they are broken or cut to fit.

A picture knows no page that would break its lines, and its letters cannot be measured before they
are drawn; widths are therefore counted by letters, and rather too large than too small.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from riskq.report.drawing import FONT_SIZE, text_width
from riskq.report.map_views import clean

__all__ = ["cut", "width_of", "wrap"]

_MOST_LINES = 4


def width_of(text: str, size: float) -> float:
    """About how wide a text is, rather more than less."""
    # Letters of East Asia and pictures are as wide as they are high.
    square = 0 if text.isascii() else sum(map(_is_square, text))
    return text_width(text) * size / FONT_SIZE * 0.97 + square * size * 0.5


@lru_cache
def _is_square(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def wrap(text: str, room: float, size: float, most: int = _MOST_LINES) -> list[str]:
    """A text in lines that fit; what is left after the last line is cut off, and "…" says so."""
    lines: list[str] = []
    for word in _pieces(clean(text), room, size):
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        elif len(lines) < most:
            lines.append(word)
        else:
            return [*lines[:-1], cut(f"{lines[-1]} {word}", room, size)]
    return lines


def _pieces(text: str, room: float, size: float) -> list[str]:
    """The words of a text, those that are wider than a line in pieces."""
    found = []
    for word in text.split():
        rest = word
        while width_of(rest, size) > room:
            length = _fitting(rest, room, size)
            found.append(rest[:length])
            rest = rest[length:]
        found.append(rest)
    return found


def _fitting(text: str, room: float, size: float) -> int:
    """How many letters of a text fit; at least one."""
    used = 0.0
    for length, letter in enumerate(text):
        used += width_of(letter, size)
        if used > room:
            return max(length, 1)
    return len(text)


def cut(text: str, room: float, size: float) -> str:
    """A text that fits, with "…" at its end where something was cut off."""
    if width_of(text, size) <= room:
        return text
    length = _fitting(text, room - width_of("…", size), size)
    return f"{text[:length].rstrip()}…"
