"""Webhooks: whom a workspace tells of what happens, and what each was told.

Nothing is written where something happens: what is to be told follows from the revisions, the
decisions and the day. A delivery has a key, so that nothing is told twice, however often it is
looked for and by however many workers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from riskq.clock import local_time
from riskq.store.rows import to_milliseconds, to_time
from riskq.store.table import Table
from riskq.store.unit import Row, Unit, ask_named

__all__ = [
    "DELIVERIES",
    "HOOKS",
    "UNDER_WAY",
    "Delivery",
    "Hook",
    "Occurrence",
    "due_workspaces",
    "occurrences",
]

UNDER_WAY = "under-way"
"""The reason of a message that is being sent; it stays if whoever sends it dies."""


class Hook(Struct, frozen=True):
    """An address that is told; ``events`` are those it wants, parted by blanks.

    What happened before ``since`` is not told. The secret that signs follows from the id and the
    service's own secret, and is nowhere stored.
    """

    id: str
    workspace: str
    url: str
    events: str
    created_by: str
    since: datetime


class Delivery(Struct, frozen=True):
    """One message to one address, and how far it has come.

    ``state`` is "queued", "sent" or "failed"; ``reason`` why the last try was in vain: a status, or
    a word of ours.
    """

    id: str
    hook: str
    key: str
    event: str
    body: str
    queued_at: datetime
    state: str
    tries: int
    next_at: datetime
    reason: str = ""
    done_at: datetime | None = None


HOOKS = Table("hooks", Hook)
DELIVERIES = Table("deliveries", Delivery)


class Occurrence(Struct, frozen=True):
    """Something that happened and that a hook has not been told yet.

    Of an assessment without a vendor, ``screening``, ``vendor`` and ``reference`` are "".
    """

    event: str
    key: str
    at: datetime
    name: str
    assessment: str
    revision: int
    screening: str = ""
    vendor: str = ""
    reference: str = ""
    reason: str = ""


_VENDORS = "from vendors v join screenings s on s.id = v.screening"
_QUESTIONS = {
    "vendor.submitted": f"""
        select 'vendor.submitted:' || v.id || ':' || r.number as key, r.submitted_at as at, v.name,
            v.assessment, r.number, s.id, v.id, v.reference, ''
        {_VENDORS} join revisions r on r.assessment = v.assessment
        where s.workspace = :workspace and r.submitted_at >= :since""",
    "vendor.accepted": f"""
        select 'vendor.accepted:' || v.id || ':' || v.decided_at as key, v.decided_at as at, v.name,
            coalesce(v.assessment, ''), v.decided_revision, s.id, v.id, v.reference, v.reason
        {_VENDORS} where s.workspace = :workspace and v.decision = 'accepted'
            and v.decided_at >= :since""",
    "vendor.returned": f"""
        select 'vendor.returned:' || v.id || ':' || v.decided_at as key, v.decided_at as at, v.name,
            coalesce(v.assessment, ''), v.decided_revision, s.id, v.id, v.reference, v.reason
        {_VENDORS} where s.workspace = :workspace and v.decision = 'returned'
            and v.decided_at >= :since""",
    # The day on which a deadline is over begins a vendor's being late.
    "vendor.overdue": f"""
        select 'vendor.overdue:' || v.id || ':' || s.deadline as key, :now as at, v.name,
            coalesce(v.assessment, ''), coalesce(a.last_revision, 0), s.id, v.id, v.reference, ''
        {_VENDORS} left join assessments a on a.id = v.assessment
        where s.workspace = :workspace and s.closed_at is null and s.deadline < :today
            and s.deadline >= :first and coalesce(a.open_to, '*') <> ''""",
    "assessment.submitted": """
        select 'assessment.submitted:' || h.assessment || ':' || r.number as key,
            r.submitted_at as at, h.title, h.assessment, r.number, '', '', '', ''
        from holdings h join revisions r on r.assessment = h.assessment
        where h.workspace = :workspace and r.submitted_at >= :since""",
}
EVENTS = tuple(_QUESTIONS)
"""What can be told."""


def due_workspaces(unit: Unit, now: datetime) -> list[str]:
    """The workspaces of which a message is due, that which has waited longest first."""
    sql = (
        "select h.workspace from deliveries d join hooks h on h.id = d.hook"
        " where d.state = 'queued' and d.next_at <= ?"
        " group by h.workspace order by min(d.next_at), h.workspace"
    )
    return [workspace for (workspace,) in unit.rows(sql, [to_milliseconds(now)])]


def occurrences(
    unit: Unit, hook: Hook, event: str, now: datetime, today: date, most: int
) -> Sequence[Occurrence]:
    """What of an event the hook has not been told yet, the oldest first."""
    named: dict[str, object] = {
        "workspace": hook.workspace,
        "since": to_milliseconds(hook.since),
        "now": to_milliseconds(now),
        "today": today.isoformat(),
        # A screening that was over before the hook was made is no news.
        "first": local_time(hook.since).date().isoformat(),
        "hook": hook.id,
        "most": most,
    }
    sql = (
        f"select * from ({_QUESTIONS[event]}) t"  # noqa: S608 - _QUESTIONS are fixed texts; values are marks.
        " where not exists (select 1 from deliveries d where d.hook = :hook and d.key = t.key)"
        " order by at, key limit :most"
    )
    return [_occurrence(event, row) for row in ask_named(unit, sql, named)]


def _occurrence(event: str, row: Row) -> Occurrence:
    key, at, name, assessment, revision, screening, vendor, reference, reason = row
    told = (name, assessment, int(revision), screening, vendor, reference, reason)
    return Occurrence(event, key, to_time(at), *told)
