"""What is to be done, as a reader sees it: warnings, duties with fines, conditions, documents.

Every word is already chosen, in the report's language; none of it is markup.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from riskq.engine import Truth
from riskq.questionnaire import Cited, DutyState

__all__ = [
    "BodiesView",
    "DeadlineView",
    "DocumentView",
    "DocumentsView",
    "DutyView",
    "FineRow",
    "FineView",
    "ListingView",
    "NoticeView",
    "RequirementView",
    "StepView",
]


class StepView(Struct, frozen=True):
    """One thing to do next, and what it is about in particular."""

    text: str
    details: tuple[str, ...] = ()
    is_urgent: bool = False


class NoticeView(Struct, frozen=True):
    """A warning; ``is_open`` tells that it only may apply."""

    id: str
    title: str
    text: str
    cites: tuple[Cited, ...]
    is_grave: bool
    is_open: bool


class FineRow(Struct, frozen=True):
    """A fine for one kind of offender; amounts in tenge are empty where no unit value is known."""

    who: str
    first_units: str
    first_tenge: str
    repeat_units: str
    repeat_tenge: str


class FineView(Struct, frozen=True):
    """The fine that a duty names; one row where the kind of offender is known, else all rows."""

    id: str
    title: str
    text: str
    unit: str
    unit_text: str
    rows: tuple[FineRow, ...]
    cites: tuple[Cited, ...]
    is_open: bool
    is_known_who: bool


class DeadlineView(Struct, frozen=True):
    """The day by which a duty has to be done."""

    day: date
    text: str
    is_overdue: bool


class DutyView(Struct, frozen=True):
    """One duty; ``is_open`` tells that it only may apply."""

    id: str
    title: str
    what: str
    when: str
    evidence: str
    whose: str
    state: DutyState
    state_text: str
    is_open: bool
    cites: tuple[Cited, ...]
    deadline: DeadlineView | None
    fine: FineView | None


class RequirementView(Struct, frozen=True):
    """One thing that the headline's best level needs."""

    id: str
    title: str
    how: str
    met: Truth
    state_text: str
    cites: tuple[Cited, ...]
    is_advice: bool
    is_open: bool


class DocumentView(Struct, frozen=True):
    """One document of those the law asks about: whether it is needed, and whether it is there."""

    label: str
    needed: Truth
    needed_text: str
    there: Truth
    there_text: str


class DocumentsView(Struct, frozen=True):
    """The documents required at the level reached; ``note`` says what is not known about them."""

    rows: tuple[DocumentView, ...]
    note: str
    cites: tuple[Cited, ...]


class BodiesView(Struct, frozen=True):
    """State bodies that may be the right ones to ask: an opinion. ``names`` may be empty."""

    names: tuple[str, ...]
    note: str
    cites: tuple[Cited, ...]


class ListingView(Struct, frozen=True):
    """What the headline's best level needs; ``intro`` says why, or why it is not of interest."""

    intro: str
    requirements: tuple[RequirementView, ...]
    bodies: BodiesView | None

    @property
    def missing(self) -> tuple[RequirementView, ...]:
        """What is surely not met, and is not mere advice."""
        return tuple(
            item for item in self.requirements if item.met is Truth.FAILS and not item.is_advice
        )
