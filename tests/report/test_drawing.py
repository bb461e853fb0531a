"""A drawn scale: everything in its place, inside the picture, told without colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from riskq.report.drawing import WIDTH, Mark, draw_scale, text_width

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
