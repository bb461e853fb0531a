"""Screenings and their vendors: records, and the list of vendors with what is known of each.

The list is read in one statement whatever it shows: a vendor's state follows from its row, its
assessment and the day, so that nothing has to be kept up to date beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from riskq.store.rows import to_time
from riskq.store.table import Table
from riskq.store.unit import Row, Unit

__all__ = [
    "ACCEPTED_LEVELS",
    "ORDERS",
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
    "count_levels",
    "count_states",
    "find_vendors",
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

# A decision stands as long as no other revision was submitted after it.
_LINES = """
select v.id, v.name, v.email, v.reference,
    case
        when v.decided_revision > 0 and v.decided_revision = a.last_revision
            and v.decision <> '' then v.decision
        when a.open_to <> '' and a.open_to <> '*' then 'asked'
        when a.last_revision > 0 then 'submitted'
        when a.sequence > 0 then 'answering'
        when a.id is not null then 'opened'
        else 'invited'
    end as state,
    case when s.deadline < :today and coalesce(a.open_to, '*') <> ''
        and not (v.decision = 'accepted' and v.decided_revision = a.last_revision)
        then 1 else 0 end as late,
    v.assessment, coalesce(a.last_revision, 0) as revision, r.submitted_at as submitted,
    coalesce(l.levels, '') as claimed, coalesce(b.levels, l.levels, '') as accepted, v.sort_name
from vendors v join screenings s on s.id = v.screening
    left join assessments a on a.id = v.assessment
    left join revisions r on r.assessment = a.id and r.number = a.last_revision
    left join revision_levels l
        on l.assessment = a.id and l.revision = a.last_revision and l.scale = :scale
    left join accepted_levels b
        on b.vendor = v.id and b.revision = a.last_revision and b.scale = :scale
where v.screening = :screening"""
_ORDERS = {
    "name": "sort_name, id",
    "-name": "sort_name desc, id",
    "state": "state, sort_name, id",
    "-state": "state desc, sort_name, id",
    # What is open, or not submitted, stands before the lightest level.
    "level": "instr(?, '|' || accepted || '|'), sort_name, id",
    "-level": "instr(?, '|' || accepted || '|') desc, sort_name, id",
    "submitted": "submitted is null, submitted, sort_name, id",
    "-submitted": "submitted is null, submitted desc, sort_name, id",
}
ORDERS = tuple(_ORDERS)
"""By what the list can be sorted; with a minus the other way round."""


def find_vendors(
    unit: Unit, screening: str, wanted: Wanted, today: date
) -> tuple[Sequence[VendorLine], int]:
    """The lines of the list that are wanted, and how many there are without a first and a most."""
    where, values = _where(screening, wanted, today)
    order = _ORDERS.get(wanted.order, _ORDERS["name"])
    answers = "(select count(*) from answers where assessment = t.assessment)"
    page = f"from ({_LINES}) t {where} order by {order} limit ? offset ?"
    ranks = [f"|{'|'.join(wanted.levels)}|"] if "instr" in order else []
    shown = [*values, *ranks, wanted.most, wanted.first]
    lines = unit.rows(_marked(f"select t.*, {answers} {page}"), shown)
    total = unit.rows(_marked(f"select count(*) from ({_LINES}) t {where}"), values)  # noqa: S608 - As above.
    return [_line(row) for row in lines], int(total[0][0])


def _line(row: Row) -> VendorLine:
    name, title, email, reference, state, late, assessment, revision, submitted, *rest = row
    return VendorLine(
        *(name, title, email, reference, state, bool(late), rest[3], assessment, revision),
        *(None if submitted is None else to_time(submitted), rest[0], rest[1]),
    )


def _where(screening: str, wanted: Wanted, today: date) -> tuple[str, list[object]]:
    values: list[object] = [today.isoformat(), wanted.scale, wanted.scale, screening]
    parts = []
    if wanted.state == "late":
        parts.append("late = 1")
    elif wanted.state:
        parts.append("state = ?")
        values.append(wanted.state)
    if wanted.level:
        parts.append("' ' || accepted || ' ' like '% ' || ? || ' %'")
        values.append(wanted.level)
    if wanted.text:
        parts.append("instr(sort_name || ' ' || lower(email) || ' ' || lower(reference), ?) > 0")
        values.append(wanted.text.casefold())
    return (f"where {' and '.join(parts)}" if parts else "", values)


def _marked(sql: str) -> str:
    """The statement with a mark for each named value, in the order that ``_where`` gives."""
    for name in (":today", ":scale", ":screening"):
        sql = sql.replace(name, "?")
    return sql


def count_states(unit: Unit, screening: str, today: date) -> dict[str, int]:
    """How many vendors are in each state, and how many are "late"."""
    _, values = _where(screening, Wanted(""), today)
    sql = f"select state, count(*), sum(late) from ({_LINES}) t group by state"  # noqa: S608 - As above.
    rows = unit.rows(_marked(sql), values)
    return {**{row[0]: row[1] for row in rows}, "late": sum(row[2] for row in rows)}


def count_levels(unit: Unit, screening: str, scale: str, today: date) -> dict[str, int]:
    """How many vendors stand at each combination of levels still possible, as accepted."""
    _, values = _where(screening, Wanted(scale), today)
    sql = f"select accepted, count(*) from ({_LINES}) t group by accepted"  # noqa: S608 - As above.
    return {row[0]: row[1] for row in unit.rows(_marked(sql), values)}


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
