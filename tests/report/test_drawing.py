"""A drawn scale: everything in its place, inside the picture, told without colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskq.i18n import LANGUAGES
from riskq.report.drawing import WIDTH, Mark, draw_scale, text_width
from tests.ai_law import questionnaire

LABELS = ["minimal", "medium", "high"]
WORDS = st.lists(st.text("абвгдежзиқғңөұһі", min_size=1, max_size=12), min_size=1, max_size=3)


def test_the_marker_stands_over_the_level() -> None:
    drawing = draw_scale("Risk", LABELS, [Mark.EMPTY, Mark.EMPTY, Mark.HERE])
    assert drawing.marker == drawing.segments[2].centre
    assert drawing.brackets == ()


def test_neighbours_still_possible_share_a_bracket() -> None:
    drawing = draw_scale("Risk", LABELS, [Mark.POSSIBLE, Mark.POSSIBLE, Mark.EMPTY])
    assert len(drawing.brackets) == 1
    assert drawing.marker is None


def test_a_level_that_is_not_possible_parts_the_brackets() -> None:
    drawing = draw_scale("Risk", LABELS, [Mark.POSSIBLE, Mark.EMPTY, Mark.POSSIBLE])
    first, second = drawing.brackets
    assert first.right < drawing.segments[1].x + 1
    assert second.left > drawing.segments[2].x - 1


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6))
def test_the_levels_fill_the_band_in_their_order(labels: list[str]) -> None:
    drawing = draw_scale("Scale", labels, [Mark.EMPTY] * len(labels))
    edges = [segment.x for segment in drawing.segments]
    last = drawing.segments[-1]
    assert edges == sorted(edges)
    assert abs(last.x + last.width - (WIDTH - 1)) < 0.5
    assert all(segment.width > 0 for segment in drawing.segments)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6))
def test_every_word_of_a_label_is_drawn(labels: list[str]) -> None:
    drawing = draw_scale("Scale", labels, [Mark.EMPTY] * len(labels))
    for label, segment in zip(labels, drawing.segments, strict=True):
        assert " ".join(line.text for line in segment.lines) == label
        assert all(line.y < drawing.height for line in segment.lines)


def test_a_label_breaks_before_it_leaves_its_segment() -> None:
    labels = [
        "not applicable",
        "barred",
        "you are not the applicant",
        "not ready",
        "ready to apply",
    ]
    for segment in draw_scale("List", labels, [Mark.EMPTY] * 5).segments:
        assert all(text_width(line.text) <= segment.width for line in segment.lines)


def test_letters_are_as_large_as_the_words_leave_room_for() -> None:
    assert draw_scale("Risk", LABELS, [Mark.EMPTY] * 3).font_size == 14
    assert draw_scale("Risk", ["а" * 12] * 4, [Mark.EMPTY] * 4).font_size == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_our_scales_stay_in_their_segments(language: str) -> None:
    for scale in questionnaire().prose[language].scales.values():
        labels = [level.label for level in scale.levels.values()]
        drawing = draw_scale(scale.title, labels, [Mark.EMPTY] * len(labels))
        assert drawing.font_size >= 14 or language == "ru"
        for segment in drawing.segments:
            widths = [text_width(line.text, drawing.font_size) for line in segment.lines]
            # A width is rather over than under: the one list of long Russian words is let go by.
            assert all(width <= segment.width * 1.05 for width in widths)
