"""A drawn map: nothing outside the picture, no two lines on one another, texts that fit."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from riskq.report import draw_map
from riskq.report.fitting import cut, width_of, wrap
from riskq.report.map_lines import Stop, draw_gutter
from riskq.services import map_of
from tests.ai_law import questionnaire

TEXTS = st.text(st.characters(codec="utf-8"), max_size=80)
ROOMS = st.floats(60, 600)


@given(TEXTS, ROOMS)
def test_lines_of_a_text_fit_and_hold_all_of_it_or_say_that_they_do_not(
    text: str, room: float
) -> None:
    lines = wrap(text, room, 14)
    assert all(width_of(line, 14) <= room for line in lines)
    assert len(lines) <= 4
    whole = "".join("".join(wrap(text, 1e6, 14)).split())
    assert "".join("".join(lines).split()) == whole or lines[-1].endswith("…")


@given(TEXTS, ROOMS)
def test_a_cut_text_fits(text: str, room: float) -> None:
    assert width_of(cut(text, room, 14), 14) <= room


@given(st.lists(st.lists(st.booleans(), min_size=0, max_size=12), min_size=1, max_size=12))
def test_no_line_runs_along_another(choices: list[list[bool]]) -> None:
    heights = {f"q{index}": 50.0 * index for index in range(len(choices))}
    stops = [
        Stop(
            50.0 * index - 5,
            tuple(f"q{i}" for i, is_named in enumerate(named[:index]) if is_named),
            None,
        )
        for index, named in enumerate(choices)
    ]
    gutter = draw_gutter(stops, heights)
    runs: dict[str, list[tuple[float, float]]] = {}
    for line in gutter.lines:
        found = re.search(r"Q (\S+) \S+ \1 (\S+) V (\S+)", line.path)
        assert found
        runs.setdefault(found[1], []).append((float(found[2]), float(found[3])))
    for spans in runs.values():
        spans.sort()
        assert all(one[1] < other[0] for one, other in pairwise(spans))
    assert all(0 < float(x) < gutter.width for x in runs)
    assert len(gutter.tips) == sum(bool(stop.sources) for stop in stops)


def test_everything_of_the_published_map_lies_inside_the_picture() -> None:
    for language in ("kk", "ru", "en"):
        drawing = draw_map(map_of(questionnaire(), language), named=True)
        right = min(x for row in drawing.rows for x, _ in row.marks) - 12
        for row in drawing.rows:
            assert row.lines[-1].y < row.top + row.height <= drawing.height
            for line in row.lines:
                assert drawing.text_x + width_of(line.text, 14) < right
            assert all(x < drawing.width for x, _ in row.marks)
        tops = [row.top for row in drawing.rows]
        assert tops == sorted(tops)
        for head in drawing.heads:
            for told in head.lines:
                assert sum(width_of(piece.text, 13) for piece in told.pieces) < head.x


def test_no_word_of_a_published_question_is_cut_off() -> None:
    for language in ("kk", "ru", "en"):
        drawing = draw_map(map_of(questionnaire(), language))
        for row in drawing.rows:
            assert " ".join(line.text for line in row.lines) == " ".join(row.question.ask.split())
            assert not any(line.text.endswith("…") for line in row.when)
        assert "…" not in "".join(
            piece.text for head in drawing.heads for line in head.lines for piece in line.pieces
        )
