"""The head of a drawn map: what the signs mean, and a stair of names for the columns.

Names stand level, each ending over its column with a line down to it: letters that lie on their
side are hard to read. The rightmost name stands highest, so that no line crosses a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from riskq.report.fitting import cut, width_of
from riskq.report.map_views import MapScale, MapView, clean

__all__ = ["ColumnHead", "HeadLine", "HeadPiece", "LegendLine", "draw_heads", "draw_legend"]

_STEP, _CLOSE, _SIZE = 22.0, 18.0, 13.0


class LegendLine(Struct, frozen=True):
    """What a sign means; ``sign`` is its name."""

    sign: str
    text: str
    y: float


class HeadPiece(Struct, frozen=True):
    """A piece of a head: the title, or a level; ``style`` is title, level, here or out."""

    text: str
    style: str


class HeadLine(Struct, frozen=True):
    """One line of a head: it ends over its column at the height ``y``."""

    y: float
    pieces: tuple[HeadPiece, ...]


class ColumnHead(Struct, frozen=True):
    """The head of a column: its letter, its lines, and the height ``y`` of the letter."""

    letter: str
    x: float
    y: float
    lines: tuple[HeadLine, ...]


def draw_legend(view: MapView, top: float) -> tuple[tuple[LegendLine, ...], float]:
    """The lines of the legend, and where they end."""
    lines = tuple(
        LegendLine(sign, clean(text), top + 16 + _STEP * index)
        for index, (sign, text) in enumerate(view.legend.items())
    )
    return lines, top + 16 + _STEP * len(lines)


def draw_heads(
    view: MapView, columns: Sequence[float], top: float
) -> tuple[tuple[ColumnHead, ...], float]:
    """The heads of columns at these places, and where they end."""
    y, placed = top + 10, []
    for scale, x in reversed(list(zip(view.scales, columns, strict=True))):
        told = _lines(scale, x - 20)
        lines = tuple(HeadLine(y + _CLOSE * index, pieces) for index, pieces in enumerate(told))
        placed.append((scale.letter, x, lines))
        y = lines[-1].y + _STEP
    heads = tuple(ColumnHead(letter, x, y + 8, lines) for letter, x, lines in reversed(placed))
    return heads, y + 26


def _lines(scale: MapScale, room: float) -> list[tuple[HeadPiece, ...]]:
    """The title and the levels in one line, or in two where that is too long."""
    title = HeadPiece(cut(f"{clean(scale.title)}:", room, _SIZE), "title")
    levels = (
        [HeadPiece(clean(scale.note), "level")]
        if scale.note
        else [HeadPiece(clean(level.label), _style(level.possible)) for level in scale.levels]
    )
    needed = sum(width_of(f"{level.text} · ", _SIZE) for level in levels)
    if needed > room:
        share = room / len(levels) - width_of(" · ", _SIZE)
        levels = [HeadPiece(cut(one.text, share, _SIZE), one.style) for one in levels]
    if needed + width_of(f"{title.text} ", _SIZE) > room:
        return [(title,), tuple(levels)]
    return [(title, *levels)]


def _style(possible: bool | None) -> str:
    if possible is None:
        return "level"
    return "here" if possible else "out"
