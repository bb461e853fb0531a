"""Where the lines in the margin of a map go: from questions down to what is asked by their answers.

Everything that depends on the same questions shares one line, so that few are needed. A line runs
in a track of its own; the shorter it is, the nearer it stands to the questions. A dot joins two
lines; where there is none they only cross.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

__all__ = ["STEP", "Dot", "Gutter", "Line", "Stop", "draw_gutter"]

STEP = 12.0
"""How far tracks stand apart."""

_LEFT, _GAP, _BEND, _SHIFT = 8.0, 14.0, 5.0, 5.0
_NODE, _TIP, _ROOM = 11.0, 13.0, 20.0


class Stop(Struct, frozen=True):
    """Something with a place that a line can lead to: its height, and whether it is asked.

    ``is_live`` is ``None`` without answers. A section has no number to lead to, but a band.
    """

    y: float
    sources: tuple[str, ...]
    is_live: bool | None
    is_section: bool = False


class Line(Struct, frozen=True):
    """One stroke, as path data; ``style`` is plain, live or dead."""

    path: str
    style: str


class Dot(Struct, frozen=True):
    """A dot that joins two lines, or the tip of an arrow."""

    x: float
    y: float
    style: str


class Gutter(Struct, frozen=True):
    """All lines, dots and arrow tips; ``width`` is what they need left of the questions."""

    width: float
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    tips: tuple[Dot, ...]


class _Bus(Struct, frozen=True):
    """All stops that depend on the same questions, and the heights of these questions.

    ``off`` are the heights of those that are not asked, and lead to nothing.
    """

    tops: tuple[float, ...]
    off: tuple[float, ...]
    stops: tuple[Stop, ...]

    @property
    def top(self) -> float:
        return min(self.tops)

    @property
    def bottom(self) -> float:
        return max(stop.y for stop in self.stops)


def draw_gutter(
    stops: Iterable[Stop], heights: Mapping[str, float], off: Collection[str] = ()
) -> Gutter:
    """Lay the lines out; ``heights`` are those of the questions, ``off`` those not asked."""
    buses = _buses(stops, heights, off)
    tracks = _tracks(buses)
    count = max(tracks, default=-1) + 1
    width = _LEFT + count * STEP + _GAP
    spine = width + _ROOM
    lines: list[Line] = []
    dots: list[Dot] = []
    tips: list[Dot] = []
    for bus, track in zip(buses, tracks, strict=True):
        x = _LEFT + (count - 1 - track) * STEP + STEP / 2
        for style in _styles(bus):
            lines += _strokes(bus, x, spine, style)
        dots += _joints(bus, x)
        tips += [Dot(_end(stop, spine), stop.y, _style(stop)) for stop in bus.stops]
    order = {"dead": 0, "plain": 1, "live": 2}
    lines.sort(key=lambda line: order[line.style])
    return Gutter(width, tuple(lines), tuple(dots), tuple(tips))


def _buses(stops: Iterable[Stop], heights: Mapping[str, float], off: Collection[str]) -> list[_Bus]:
    found: dict[tuple[str, ...], list[Stop]] = {}
    for stop in stops:
        if stop.sources:
            found.setdefault(stop.sources, []).append(stop)
    return [
        _Bus(
            tuple(heights[name] + _SHIFT for name in names),
            tuple(heights[name] + _SHIFT for name in names if name in off),
            tuple(led),
        )
        for names, led in found.items()
    ]


def _tracks(buses: Sequence[_Bus]) -> list[int]:
    """The innermost track that is free over the whole of each line, the shortest lines first."""
    taken: list[list[tuple[float, float]]] = []
    tracks = [0] * len(buses)
    by_length = sorted(range(len(buses)), key=lambda i: buses[i].bottom - buses[i].top)
    for index in by_length:
        top, bottom = buses[index].top - STEP, buses[index].bottom + STEP
        free = (
            number
            for number, spans in enumerate(taken)
            if all(bottom <= other[0] or other[1] <= top for other in spans)
        )
        track = next(free, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((top, bottom))
        tracks[index] = track
    return tracks


def _style(stop: Stop) -> str:
    if stop.is_live is None:
        return "plain"
    return "live" if stop.is_live else "dead"


def _styles(bus: _Bus) -> list[str]:
    """The styles in which a line is drawn, the faintest first."""
    used = {*map(_style, bus.stops), *(["dead"] if bus.off else [])}
    return [style for style in ("dead", "plain", "live") if style in used]


def _end(stop: Stop, spine: float) -> float:
    return spine - (_ROOM - 2 if stop.is_section else _TIP)


def _strokes(bus: _Bus, x: float, spine: float, style: str) -> list[Line]:
    """The line down to the last stop of a style, and what leads to and from it."""
    stops = sorted((stop for stop in bus.stops if _style(stop) == style), key=lambda stop: stop.y)
    if not stops:
        return [Line(_out(bus.off, x, spine), style)]
    tops = sorted(y for y in bus.tops if style == "dead" or y not in bus.off) or list(bus.tops)
    first, last = tops[0], stops[-1]
    down = (
        f"M {spine - _NODE:g} {first:g} H {x + _BEND:g} Q {x:g} {first:g} {x:g} {first + _BEND:g}"
        f" V {last.y - _BEND:g} Q {x:g} {last.y:g} {x + _BEND:g} {last.y:g}"
        f" H {_end(last, spine) - 5:g}"
    )
    into = [f"M {x:g} {stop.y:g} H {_end(stop, spine) - 5:g}" for stop in stops[:-1]]
    return [Line(" ".join([down, _out(tops[1:], x, spine), *into]), style)]


def _out(tops: Iterable[float], x: float, spine: float) -> str:
    return " ".join(f"M {spine - _NODE:g} {y:g} H {x:g}" for y in tops)


def _joints(bus: _Bus, x: float) -> list[Dot]:
    """Dots where lines join: at all questions but the first, at all stops but the last."""
    live = _strongest(bus.stops)
    later = [Dot(x, y, "dead" if y in bus.off else live) for y in sorted(bus.tops)[1:]]
    stops = sorted(bus.stops, key=lambda stop: stop.y)
    passed = [Dot(x, stop.y, _strongest(stops[index:])) for index, stop in enumerate(stops[:-1])]
    return later + passed


def _strongest(stops: Sequence[Stop]) -> str:
    styles = {_style(stop) for stop in stops}
    return next(style for style in ("live", "plain", "dead") if style in styles)
