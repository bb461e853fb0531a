"""The outline of a journey: its sections with their questions, answers and what is left to do."""

from __future__ import annotations

from flask import url_for
from msgspec import Struct

from riskq.questionnaire import Section
from riskq.services import Opened
from riskq.web.answer_words import Row, rows_of

__all__ = ["SectionView", "outline", "set_aside_rows"]


class SectionView(Struct, frozen=True):
    """One section: ``state`` is done, begun, ahead, or skipped when nothing in it is asked."""

    title: str
    state: str
    rows: list[Row]


def outline(opened: Opened, language: str, came_from: str) -> list[SectionView]:
    """All sections in order, with the questions that have an answer or are next."""
    return [
        _view(opened, section, language, came_from) for section in opened.questionnaire.sections
    ]


def _view(opened: Opened, section: Section, language: str, came_from: str) -> SectionView:
    journey = opened.journey
    asked = [question.id for question in section.questions if question.id in journey.asked]
    shown = [name for name in asked if name in journey.counted or name == journey.next]
    named = [
        (
            name,
            journey.counted.get(name),
            _address(opened, name, came_from),
        )
        for name in shown
    ]
    done = sum(name in journey.counted for name in asked)
    if not asked:
        state = "skipped"
    elif done == len(asked):
        state = "done"
    else:
        state = "begun" if shown else "ahead"
    title = opened.questionnaire.prose[language].sections[section.id].title
    return SectionView(title, state, rows_of(opened.questionnaire, named, language))


def _address(opened: Opened, name: str, came_from: str) -> str:
    """Where an answer is changed; "" where it may not be."""
    if opened.is_locked_to(name):
        return ""
    address = url_for("walk.question", assessment=opened.record.id, name=name)
    return f"{address}?from={came_from}"


def set_aside_rows(
    opened: Opened, language: str, names: tuple[str, ...] | None = None
) -> list[Row]:
    """The answers that do not count any more (or those named), without a way to change them."""
    answers = opened.journey.set_aside if names is None else opened.answers
    return rows_of(
        opened.questionnaire,
        [(name, answers[name], "") for name in (names if names is not None else answers)],
        language,
    )
