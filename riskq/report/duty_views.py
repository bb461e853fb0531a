"""What is to be done, as a reader sees it: warnings, duties with fines, conditions, documents.

Every word is already chosen, in the report's language; none of it is markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing to do next, and what it is about in particular."""

    text: str
    details: tuple[str, ...] = ()
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A warning; ``is_open`` tells that it only may apply."""

    id: str
    title: str
    text: str
    cites: tuple[Cited, ...]
    is_grave: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class FineRow:
    """A fine for one kind of offender; amounts in tenge are empty where no unit value is known."""

    who: str
    first_units: str
    first_tenge: str
    repeat_units: str
    repeat_tenge: str


@dataclass(frozen=True, slots=True)
class FineView:
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


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """The day by which a duty has to be done."""

    day: date
    text: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DutyView:
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


@dataclass(frozen=True, slots=True)
class RequirementView:
    """One thing that the headline's best level needs."""

    id: str
    title: str
    how: str
    met: Truth
    state_text: str
    cites: tuple[Cited, ...]
    is_advice: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document of those the law asks about: whether it is needed, and whether it is there."""

    label: str
    needed: Truth
    needed_text: str
    there: Truth
    there_text: str


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """The documents required at the level reached; ``note`` says what is not known about them."""

    rows: tuple[DocumentView, ...]
    note: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class BodiesView:
    """State bodies that may be the right ones to ask: an opinion. ``names`` may be empty."""

    names: tuple[str, ...]
    note: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ListingView:
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
