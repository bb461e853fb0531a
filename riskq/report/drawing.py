"""Where the lines of a drawn scale go: a band with its levels in order, a marker or brackets.

The same numbers become the same picture on the page and in the PDF. A level is told by its word,
by the marker's shape and by its place first; colour only repeats it, so that a grey printer loses
nothing. Lengths are in units of the picture, which is 360 wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

__all__ = ["Bracket", "Drawing", "LabelLine", "Mark", "Segment", "draw_scale"]

WIDTH = 360.0
BAND_TOP, BAND_HEIGHT = 15.0, 11.0
FIRST_BASELINE, LINE_STEP = 40.5, 1.125
FONT_SIZE = 12.0
# On a phone a unit is a pixel: 14 is read with ease, and 12 is for labels that leave no more room.
_SIZES = (14.0, 13.0, FONT_SIZE)
_INSET = 1.0
_GAP = 6.0
_WIDE = frozenset("мшщжюыфдМШЩЖЮЫФДӘәmwMW@")
_NARROW = frozenset("іiljIІ.,:;!|'()tfr ")


class Mark(StrEnum):
    """How a level is drawn: it is the level, it is still possible, or it is neither."""

    HERE = "here"
    POSSIBLE = "possible"
    EMPTY = "empty"


class LabelLine(Struct, frozen=True):
    """One line of a label, with the height of its baseline."""

    text: str
    y: float


class Segment(Struct, frozen=True):
    """One level's part of the band."""

    x: float
    width: float
    centre: float
    mark: Mark
    lines: tuple[LabelLine, ...]


class Bracket(Struct, frozen=True):
    """A bracket over neighbouring levels that are all still possible."""

    left: float
    right: float


class Drawing(Struct, frozen=True):
    """A scale as a picture: ``title`` says the same in words, for those who do not see it."""

    title: str
    height: float
    segments: tuple[Segment, ...]
    brackets: tuple[Bracket, ...]
    marker: float | None
    is_faint: bool
    font_size: float
    band_top: float = BAND_TOP
    band_height: float = BAND_HEIGHT


def draw_scale(
    title: str, labels: Sequence[str], marks: Sequence[Mark], *, is_faint: bool = False
) -> Drawing:
    """Lay out a scale; a faint one means nothing for these answers and has no marks."""
    size = next((size for size in _SIZES if _fits(labels, size)), FONT_SIZE)
    widths = _share(labels, size)
    segments, x = [], _INSET
    for label, mark, width in zip(labels, marks, widths, strict=True):
        lines = _lines(label, width - _GAP, size)
        segments.append(Segment(round(x, 1), round(width, 1), round(x + width / 2, 1), mark, lines))
        x += width
    rows = max(len(segment.lines) for segment in segments)
    here = [segment.centre for segment in segments if segment.mark is Mark.HERE]
    return Drawing(
        title=title,
        height=round(FIRST_BASELINE + (rows - 1) * LINE_STEP * size + 4, 1),
        segments=tuple(segments),
        brackets=tuple(_brackets(segments)),
        marker=here[0] if here else None,
        is_faint=is_faint,
        font_size=size,
    )


def _brackets(segments: Sequence[Segment]) -> list[Bracket]:
    found = []
    for is_possible, run in groupby(segments, lambda segment: segment.mark is Mark.POSSIBLE):
        together = list(run)
        if is_possible:
            left, right = together[0].x + 2, together[-1].x + together[-1].width - 2
            found.append(Bracket(round(left, 1), round(right, 1)))
    return found


def _needs(labels: Sequence[str], size: float) -> list[float]:
    """What each label needs at least: the width of its longest word."""
    return [
        max((text_width(word, size) for word in label.split()), default=0.0) + _GAP
        for label in labels
    ]


def _fits(labels: Sequence[str], size: float) -> bool:
    return sum(_needs(labels, size)) <= WIDTH - 2 * _INSET


def _share(labels: Sequence[str], size: float) -> list[float]:
    """Divides the width: equal parts, but none narrower than its longest word where it can be."""
    total = WIDTH - 2 * _INSET
    needs = _needs(labels, size)
    if sum(needs) >= total:
        return [need * total / sum(needs) for need in needs]
    widths, free = [0.0] * len(labels), set(range(len(labels)))
    left = total
    while free:
        equal = left / len(free)
        tight = {index for index in free if needs[index] > equal}
        for index in tight or free:
            widths[index] = needs[index] if tight else equal
            left -= widths[index]
        free -= tight or free
    return widths


def _lines(label: str, width: float, size: float) -> tuple[LabelLine, ...]:
    """Breaks a label between words into lines that fit."""
    lines: list[str] = []
    for word in label.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    places = ((text, FIRST_BASELINE + index * LINE_STEP * size) for index, text in enumerate(lines))
    return tuple(LabelLine(text, y) for text, y in places)


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """About how wide a text is in the bold font, rather more than less."""
    return sum(map(_letter_width, text)) * size


@lru_cache(maxsize=1024)
def _letter_width(letter: str) -> float:
    if letter in _WIDE:
        return 0.86
    return 0.36 if letter in _NARROW else 0.645
