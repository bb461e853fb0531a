"""Screenings and their vendors: records, and what is found by them."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from riskq.store.rows import to_time
from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = [
    "ACCEPTED_LEVELS",
    "REVIEWS",
    "SCREENINGS",
    "VENDORS",
    "VENDOR_STATES",
    "AcceptedLevels",
    "Review",
    "Screening",
    "Vendor",
    "VendorLine",
    "Wanted",
    "levels_of_revision",
    "levels_of_screening",
    "vendor_of",
]

VENDOR_STATES = (*("invited", "opened", "answering", "submitted", "asked", "accepted", "returned"),)
"""The states of a vendor. Being late is told beside them."""


class Screening(Struct, frozen=True):
    """A buyer's round over many vendors; ``deadline`` is the last day for answers, if any."""

    id: str
    workspace: str
    title: str
    message: str
    questionnaire: str
    edition: date
    digest: str
    language: str
    deadline: date | None
    created_at: datetime
    closed_at: datetime | None = None


class Vendor(Struct, frozen=True):
    """A vendor in a screening.

    ``issue`` counts the invitations; the last one's link has ``key_hash`` and works until
    ``link_until``. ``decision`` is "", "accepted" or "returned", for the revision that was decided
    about.
    """

    id: str
    screening: str
    name: str
    sort_name: str
    email: str
    reference: str
    issue: int
    key_hash: bytes
    link_until: datetime
    invited_at: datetime
    assessment: str | None = None
    reminded_at: datetime | None = None
    opened_at: datetime | None = None
    asked_at: datetime | None = None
    decision: str = ""
    reason: str = ""
    decided_revision: int = 0
    decided_at: datetime | None = None


class Review(Struct, frozen=True):
    """What a reviewer says of one answer: a comment, whether to ask again, a value of one's own.

    ``value`` is an answer as JSON text, None without one. All of it is about one ``revision``.
    """

    vendor: str
    question: str
    revision: int
    comment: str
    asks: bool
    value: str | None
    by_user: str
    at: datetime


class AcceptedLevels(Struct, frozen=True):
    """The levels of one scale that follow from the answers as the reviewer takes them."""

    vendor: str
    revision: int
    scale: str
    levels: str


class VendorLine(Struct, frozen=True):
    """One line of the list of vendors; ``claimed`` and ``accepted`` are levels of one scale."""

    id: str
    name: str
    email: str
    reference: str
    state: str
    is_late: bool
    answers: int
    assessment: str | None
    last_revision: int
    submitted_at: datetime | None
    claimed: str
    accepted: str


class Wanted(Struct, frozen=True):
    """Which vendors to list: of a state ("late" for those too late), a level, a text; how sorted.

    ``level`` is one of ``scale``, on which ``claimed`` and ``accepted`` are told; ``levels`` are
    all levels of that, the lightest first.
    """

    scale: str
    levels: tuple[str, ...] = ()
    state: str = ""
    level: str = ""
    text: str = ""
    order: str = "name"
    first: int = 0
    most: int = 50


SCREENINGS = Table("screenings", Screening)
VENDORS = Table("vendors", Vendor)
REVIEWS = Table("reviews", Review)
ACCEPTED_LEVELS = Table("accepted_levels", AcceptedLevels)


def levels_of_screening(unit: Unit, screening: str) -> dict[str, dict[str, str]]:
    """The levels of each vendor's newest revision, by scale; as accepted, by scale and "!"."""
    claimed = (
        "select v.id, l.scale, l.levels from vendors v join assessments a on a.id = v.assessment"
        " join revision_levels l on l.assessment = a.id and l.revision = a.last_revision"
        " where v.screening = ?"
    )
    accepted = (
        "select v.id, b.scale || '!', b.levels from vendors v"
        " join assessments a on a.id = v.assessment"
        " join accepted_levels b on b.vendor = v.id and b.revision = a.last_revision"
        " where v.screening = ?"
    )
    found: dict[str, dict[str, str]] = {}
    for sql in (claimed, accepted):
        for vendor, scale, levels in unit.rows(sql, (screening,)):
            found.setdefault(vendor, {})[scale] = levels
    return found


def vendor_of(unit: Unit, assessment: str) -> tuple[str, str, str, str, datetime] | None:
    """Workspace, screening, id, name and begin of the vendor whose assessment it is."""
    sql = (
        "select s.workspace, s.id, v.id, v.name, v.opened_at from vendors v"
        " join screenings s on s.id = v.screening where v.assessment = ?"
    )
    rows = unit.rows(sql, (assessment,))
    return None if not rows else (*rows[0][:4], to_time(rows[0][4]))


def levels_of_revision(unit: Unit, assessment: str, revision: int) -> dict[str, tuple[str, ...]]:
    """The levels of a revision, by scale."""
    sql = "select scale, levels from revision_levels where assessment = ? and revision = ?"
    return {row[0]: tuple(row[1].split()) for row in unit.rows(sql, (assessment, revision))}
