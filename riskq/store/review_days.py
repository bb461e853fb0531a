"""When assessments of a workspace are to be looked at again, and who has a calendar of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from riskq.store.rows import to_milliseconds, to_time
from riskq.store.table import Table
from riskq.store.unit import Row, Unit

__all__ = ["FEEDS", "REVIEW_DAYS", "Awaited", "Feed", "ReviewDay", "find_awaited", "list_awaited"]


class ReviewDay(Struct, frozen=True):
    """A day that members have set; it stands until another revision than ``revision`` is made."""

    assessment: str
    due_on: date
    revision: int


class Feed(Struct, frozen=True):
    """A member's calendar of a workspace; the secret of its address is kept as a hash."""

    workspace: str
    user: str
    key_hash: bytes
    has_titles: bool
    created_at: datetime


class Awaited(Struct, frozen=True):
    """An assessment that is to be looked at again: on the day that was set, or in due time.

    ``submitted_at`` is when its newest revision was made; one of the two is always there.
    """

    assessment: str
    title: str
    client: str
    client_name: str
    held_since: datetime
    set_on: date | None
    submitted_at: datetime | None


REVIEW_DAYS = Table("review_days", ReviewDay)
FEEDS = Table("feeds", Feed)

_FROM = (
    "select h.assessment, h.title, coalesce(c.id, ''), coalesce(c.name, ''), h.held_since,"
    " v.due_on, r.submitted_at"
    " from holdings h join assessments a on a.id = h.assessment"
    " left join clients c on c.id = h.client"
    " left join review_days v on v.assessment = h.assessment and v.revision = a.last_revision"
    " left join revisions r on r.assessment = h.assessment and r.number = a.last_revision"
)


def list_awaited(
    unit: Unit, workspace: str, set_until: date, submitted_before: datetime, most: int
) -> Sequence[Awaited]:
    """The assessments with a day up to ``set_until``, or without one and submitted before."""
    sql = (
        f"{_FROM} where h.workspace = ? and (v.due_on <= ? or v.due_on is null"
        " and r.submitted_at < ?) order by coalesce(v.due_on, ''), r.submitted_at, h.assessment"
        " limit ?"
    )
    values = (workspace, set_until.isoformat(), to_milliseconds(submitted_before), most)
    return [_read(row) for row in unit.rows(sql, values)]


def find_awaited(unit: Unit, assessment: str) -> Awaited | None:
    """When one assessment is to be looked at again; None if there is neither day nor revision."""
    rows = unit.rows(f"{_FROM} where h.assessment = ?", (assessment,))
    found = [_read(row) for row in rows if row[-1] is not None or row[-2] is not None]
    return found[0] if found else None


def _read(row: Row) -> Awaited:
    name, title, client, client_name, since, due_on, at = row
    return Awaited(
        *(name, title, client, client_name, to_time(since)),
        None if due_on is None else date.fromisoformat(due_on),
        None if at is None else to_time(at),
    )
