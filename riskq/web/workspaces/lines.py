"""The lines of a list of assessments, wherever a workspace shows one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from riskq.clock import local_time
from riskq.services import workspaces
from riskq.web.locale import language
from riskq.web.state import state

__all__ = ["Line", "lines_of"]


class Line(Struct, frozen=True):
    """One assessment of a list."""

    held: workspaces.HeldAssessment
    questionnaire: str
    touched: date


def lines_of(found: Iterable[workspaces.HeldAssessment]) -> list[Line]:
    """The lines of what was found."""
    return [_line(held) for held in found]


def _line(held: workspaces.HeldAssessment) -> Line:
    questionnaire = state().desk.catalogue.load(held.questionnaire, held.edition)
    title = questionnaire.prose[language()].title
    return Line(held, title, local_time(held.touched_at).date())
