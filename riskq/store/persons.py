"""What is stored about one person beside the account: what they did, what was sent to them.

Nobody's deeds have an index of their own, which every save would have to pay for. Books in which
a person can stand are those of workspaces and of what these hold; all others are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from riskq.store import history
from riskq.store.history import Event
from riskq.store.outbox import OUTBOX
from riskq.store.rows import to_time
from riskq.store.table import Table
from riskq.store.unit import Unit
from riskq.store.users import User
from riskq.store.workspaces import WORKSPACES, Workspace

__all__ = ["Counted", "counted_attempts", "deeds_of", "erase_address", "owned_alone"]

_EVENTS = Table("events", Event)
_IN_WORKSPACES = "book in (select 'workspace:' || id from workspaces)"
_HELD = (
    "book in (select 'workspace:' || id from workspaces"
    " union all select 'assessment:' || assessment from holdings"
    " union all select 'assessment:' || assessment from vendors where assessment is not null)"
)
_TELL_ADDRESS = (
    *("member-invited", "invitation-withdrawn"),
    *("letter-queued", "letter-sent", "letter-failed"),
)
_MEMBER_LETTER = "member"


class Counted(Struct, frozen=True):
    """How many attempts are counted at this moment, and until when."""

    count: int
    until: datetime


def counted_attempts(unit: Unit, kind: str, subject: bytes, now: datetime) -> Counted | None:
    """What is counted about somebody; None if nothing is."""
    sql = "select count, until from attempts where kind = ? and subject = ?"
    for count, until in unit.rows(sql, (kind, subject)):
        found = Counted(int(count), to_time(until))
        return found if found.count and found.until > now else None
    return None


def deeds_of(unit: Unit, user: str, tokens: Sequence[str]) -> tuple[Event, ...]:
    """What a person did, what their tokens did, and what was done to them, the oldest first.

    The book of the person's own account is among it as a whole.
    """
    actors = (user, *(f"token:{token}" for token in tokens))
    marks = ", ".join("?" * len(actors))
    where = f"where {_HELD} and (actor in ({marks}) or subject = ?)"
    elsewhere = _EVENTS.find(unit, where, *actors, user)
    own = history.every_event(unit, f"user:{user}")
    return tuple(sorted((*own, *elsewhere), key=lambda one: (one.at, one.book, one.number)))


def owned_alone(unit: Unit, user: str) -> tuple[Workspace, ...]:
    """The workspaces that have no owner but this one, by their names."""
    where = (
        "join members m on m.workspace = workspaces.id where m.user = ? and m.role = 'owner'"
        " and not exists (select 1 from members o where o.workspace = workspaces.id"
        " and o.role = 'owner' and o.user <> m.user) order by workspaces.name, workspaces.id"
    )
    return WORKSPACES.find(unit, where, user)


def erase_address(unit: Unit, user: User) -> None:
    """Forget a person's e-mail address where others wrote it down: in histories and letters.

    The chains of the histories hold. What was sent to the address as a vendor's is not touched.
    """
    for event in _told_of(unit, user.email):
        history.erase_detail(unit, event.book, event.number)
    OUTBOX.remove(unit, "where about = ?", user.id)
    OUTBOX.remove(unit, "where kind = ? and title = ?", _MEMBER_LETTER, user.email)


def _told_of(unit: Unit, email: str) -> list[Event]:
    """The events of workspaces whose details name an address of a member."""
    marks = ", ".join("?" * len(_TELL_ADDRESS))
    where = (
        f"where {_IN_WORKSPACES} and action in ({marks}) and salt is not null"
        " and instr(detail, ?) > 0"
    )
    found = _EVENTS.find(unit, where, *_TELL_ADDRESS, email)
    return [one for one in found if _names(json.loads(one.detail or "{}"), email)]


def _names(detail: Mapping[str, object], email: str) -> bool:
    """Whether a detail names an address as that of a member, and not as a part of another."""
    if detail.get("kind") == _MEMBER_LETTER:
        return detail.get("title") == email
    return detail.get("email") == email
