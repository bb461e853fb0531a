"""Where everything of a drawn map goes: a band a section, a row a question, a column a scale.

Rows stand in the order of asking on one line, as stations do. Lines in the left margin lead from
questions down to what is asked by their answers; letters on the right tell which scales depend on
a question. What matters is told by words, numbers, letters and shapes; colour only repeats it.
Lengths are in units of the picture.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from riskq.report.fitting import wrap
from riskq.report.map_head import ColumnHead, LegendLine, draw_heads, draw_legend
from riskq.report.map_lines import Gutter, Stop, draw_gutter
from riskq.report.map_views import MapMark, MapQuestion, MapSection, MapState, MapView, clean

__all__ = ["Band", "MapDrawing", "Row", "Text", "draw_map"]

WIDTH, COLUMN, LEAST_TEXT = 960.0, 30.0, 460.0
_SPINE, _TEXT, _EDGE = 20.0, 24.0, 6.0
_SIZE, _STEP, _SMALL, _SMALL_STEP, _BOLD, _TITLE = 14.0, 19.0, 12.5, 17.0, 15.0, 17.0


class Text(Struct, frozen=True):
    """One line of text, with the height of its baseline."""

    text: str
    y: float


class Band(Struct, frozen=True):
    """The band of a section: its title, and when it is asked."""

    id: str
    top: float
    height: float
    lines: tuple[Text, ...]
    when: tuple[Text, ...]
    is_off_path: bool


class Row(Struct, frozen=True):
    """The row of a question; ``centre`` is the height of its number and its marks."""

    question: MapQuestion
    top: float
    height: float
    centre: float
    lines: tuple[Text, ...]
    when: tuple[Text, ...]
    answer: Text | None
    marks: tuple[tuple[float, MapMark], ...]

    @property
    def state(self) -> str:
        """The state of the question as a word; empty without answers."""
        return self.question.state.value if self.question.state else ""


class MapDrawing(Struct, frozen=True):
    """A whole map as a picture, ``width`` by ``height``."""

    title: str
    description: str
    language: str
    has_answers: bool
    width: float
    height: float
    names: tuple[Text, ...]
    legend: tuple[LegendLine, ...]
    heads: tuple[ColumnHead, ...]
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]
    gutter: Gutter
    spine: float
    text_x: float
    room: float
    band_x: float
    path: tuple[tuple[float, float], ...]


class _Frame(Struct, frozen=True):
    """What all rows share: where texts begin, how much room they have, where the columns are."""

    text_x: float
    room: float
    columns: dict[str, float]


def draw_map(view: MapView, *, named: bool = False) -> MapDrawing:
    """Lay a map out; a named one stands alone and says what it is a map of."""
    # The width of the margin hangs on the lines in it, and where they go on nothing but the order.
    margin = draw_gutter(*_stops(view, _rough(view))).width
    spine = margin + _SPINE
    text_x = spine + _TEXT
    all_columns = COLUMN * len(view.scales)
    room = max(LEAST_TEXT, WIDTH - _EDGE - all_columns - text_x - 12)
    width = text_x + room + 12 + all_columns + _EDGE
    left = width - _EDGE - all_columns + COLUMN / 2
    columns = {scale.letter: left + COLUMN * i for i, scale in enumerate(view.scales)}
    names = _names(view, width - 16) if named else ()
    legend, y = draw_legend(view, names[-1].y + 8 if names else 0)
    heads, top = draw_heads(view, list(columns.values()), y)
    bands, rows, bottom = _body(view, _Frame(text_x, room, columns), top)
    heights = {row.question.id: row.centre for row in rows}
    heights |= {_section_key(band.id): band.top + 18 for band in bands}
    return MapDrawing(
        title=clean(view.title),
        description=clean(view.description),
        language=view.language,
        has_answers=view.has_answers,
        width=round(width, 1),
        height=round(bottom + 10, 1),
        names=names,
        legend=legend,
        heads=heads,
        bands=bands,
        rows=rows,
        gutter=draw_gutter(*_stops(view, heights), _off_path(view)),
        spine=spine,
        text_x=text_x,
        room=round(room, 1),
        band_x=margin + 2,
        path=_path(rows),
    )


def _names(view: MapView, room: float) -> tuple[Text, ...]:
    titles = _place(wrap(view.title, room, 20), 26, 26)
    below = titles[-1].y + 22 if titles else 22
    return (*titles, *_place(wrap(view.edition_text, room, 13, most=1), below, 0))


def _section_key(section: str) -> str:
    """Sections and questions may share an id; a space is in none."""
    return f"section {section}"


def _rough(view: MapView) -> dict[str, float]:
    """Heights in which everything keeps its order."""
    names = []
    for section in view.sections:
        names += [_section_key(section.id), *(question.id for question in section.questions)]
    return {name: index * 100.0 for index, name in enumerate(names)}


def _stops(view: MapView, heights: dict[str, float]) -> tuple[list[Stop], dict[str, float]]:
    stops = []
    for section in view.sections:
        names = tuple(link.id for link in section.depends_on)
        live = None if not view.has_answers else not section.is_off_path
        stops.append(Stop(heights[_section_key(section.id)], names, live, is_section=True))
        for question in section.questions:
            names = tuple(link.id for link in question.depends_on)
            live = None if not view.has_answers else question.state is not MapState.NOT_ASKED
            stops.append(Stop(heights[question.id] - 5, names, live))
    return stops, heights


def _off_path(view: MapView) -> frozenset[str]:
    return frozenset(q.id for q in view.questions if q.state is MapState.NOT_ASKED)


def _body(
    view: MapView, frame: _Frame, top: float
) -> tuple[tuple[Band, ...], tuple[Row, ...], float]:
    bands: list[Band] = []
    rows: list[Row] = []
    y = top
    for section in view.sections:
        bands.append(_band(section, frame, y))
        y += bands[-1].height
        for question in section.questions:
            rows.append(_row(question, frame, y))
            y += rows[-1].height
        y += 14
    return tuple(bands), tuple(rows), y


def _band(section: MapSection, frame: _Frame, top: float) -> Band:
    room = frame.room + COLUMN * len(frame.columns)
    titles = wrap(section.title, room, _TITLE)
    lines = _place(titles, top + 23, 21)
    when = _place(wrap(section.when, room, _SMALL), top + 24 + 21 * (len(lines) - 1) + 19, 17)
    height = 36 + 21 * (len(lines) - 1) + _SMALL_STEP * len(when)
    return Band(section.id, top, height, lines, when, section.is_off_path)


def _row(question: MapQuestion, frame: _Frame, top: float) -> Row:
    lines = _place(wrap(question.ask, frame.room, _SIZE), top + 23, _STEP)
    y = lines[-1].y if lines else top + 23
    when = _place(wrap(question.when, frame.room, _SMALL), y + 18, _SMALL_STEP)
    y = when[-1].y if when else y
    answer = None
    if question.answer:
        told = (wrap(question.answer, frame.room - 24, _BOLD, most=1) or ["…"])[0]
        y += 25
        answer = Text(told, y)
        y += 4
    return Row(
        question=question,
        top=top,
        height=y + 11 - top,
        centre=top + 18,
        lines=lines,
        when=when,
        answer=answer,
        marks=tuple((frame.columns[mark.letter], mark) for mark in question.marks),
    )


def _place(lines: list[str], first: float, step: float) -> tuple[Text, ...]:
    return tuple(Text(line, round(first + index * step, 1)) for index, line in enumerate(lines))


def _path(rows: tuple[Row, ...]) -> tuple[tuple[float, float], ...]:
    """The stretches between questions that the answers have led along, down to the next one."""
    asked = [row for row in rows if row.question.state not in (None, MapState.NOT_ASKED)]
    found = []
    for row, following in pairwise(asked):
        if row.question.state is not MapState.ANSWERED:
            break
        found.append((row.centre, following.centre))
    return tuple(found)
