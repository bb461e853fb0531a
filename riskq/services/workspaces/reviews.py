"""What of a workspace is due to be looked at again.

Article 18 of Law No. 230-VIII asks that the risks of a system be updated regularly, at least once a
year. It names no day and knows no assessments: the day is the workspace's own, and is a year after
the newest submission unless members set another.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from riskq.clock import KAZAKHSTAN, local_time
from riskq.services.desk import Desk
from riskq.services.workspaces.holding import Held
from riskq.services.workspaces.seats import Seat
from riskq.store import Awaited, Unit, find_awaited, list_awaited

__all__ = ["SOON_DAYS", "Due", "due_of", "due_within", "year_after"]

SOON_DAYS = 90
"""How many days ahead the page looks."""

_MOST = 500


class Due(Struct, frozen=True):
    """An assessment that is to be looked at again on a day.

    ``is_set`` tells that members chose the day; ``since`` is when the waiting for it began.
    """

    assessment: str
    title: str
    client: str
    client_name: str
    on: date
    is_set: bool
    since: datetime


def year_after(day: date) -> date:
    """The same day of the next year; for the 29th of February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def due_within(desk: Desk, seat: Seat, days: int = SOON_DAYS) -> tuple[Due, ...]:
    """What is due up to so many days from today, the longest overdue first."""
    return desk.store.read(
        lambda unit: due_in(unit, seat.workspace.id, desk.today() + timedelta(days))
    )


def due_in(unit: Unit, workspace: str, until: date) -> tuple[Due, ...]:
    """The same inside of a unit of work, up to a day."""
    # A day more than a year is asked for, which leap years may need; what is too late is left out.
    submitted = datetime.combine(until, time(), KAZAKHSTAN) - timedelta(days=363)
    found = list_awaited(unit, workspace, until, submitted, _MOST)
    due = [one for one in map(_due, found) if one.on <= until]
    return tuple(sorted(due, key=lambda one: (one.on, one.title)))


def due_of(desk: Desk, held: Held) -> Due | None:
    """When an assessment is due; None as long as there is neither a revision nor a day."""
    found = desk.store.read(lambda unit: find_awaited(unit, held.holding.assessment))
    return None if found is None else _due(found)


def _due(found: Awaited) -> Due:
    since = found.submitted_at or found.held_since
    on = found.set_on or year_after(local_time(since).date())
    named = (found.assessment, found.title, found.client, found.client_name)
    return Due(*named, on, found.set_on is not None, since)
