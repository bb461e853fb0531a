"""Letters that wait to be sent, and what became of each: the outbox, so that none is lost."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = [
    "OUTBOX",
    "QueuedLetter",
    "drop_letters",
    "drop_letters_of_screening",
    "letters_about",
    "letters_of_screening",
]


class QueuedLetter(Struct, frozen=True):
    """A letter, and how far it has come.

    ``about`` is the id of the vendor, invitation or user that it is about, ``title`` what that is
    called, ``book`` where its history is written. ``kind`` is "invitation", "reminder", "member" or
    "password". ``sealed`` is the letter itself, encrypted, and empty once it is done with.
    ``state`` is "queued", "sent" or "failed"; ``reason`` why the last try was in vain, "" if none
    was.
    """

    id: str
    book: str
    about: str
    kind: str
    title: str
    sealed: bytes
    queued_at: datetime
    state: str
    tries: int
    next_at: datetime
    reason: str = ""
    done_at: datetime | None = None


OUTBOX = Table("outbox", QueuedLetter)


def letters_about(unit: Unit, about: str) -> tuple[QueuedLetter, ...]:
    """The letters about one thing, the newest first."""
    return OUTBOX.find(unit, "where about = ? order by queued_at desc, id limit 20", about)


def letters_of_screening(unit: Unit, screening: str) -> tuple[QueuedLetter, ...]:
    """The letters to all vendors of a screening, the oldest first."""
    where = "where about in (select id from vendors where screening = ?) order by queued_at, id"
    return OUTBOX.find(unit, where, screening)


def drop_letters(unit: Unit, about: str, *, also_done: bool = False) -> int:
    """Send no letter about a thing any more; ``also_done`` forgets those that went out as well."""
    if also_done:
        return OUTBOX.remove(unit, "where about = ?", about)
    return OUTBOX.remove(unit, "where about = ? and state = 'queued'", about)


def drop_letters_of_screening(unit: Unit, screening: str) -> int:
    """Send no letter to the vendors of a screening any more."""
    where = "where state = 'queued' and about in (select id from vendors where screening = ?)"
    return OUTBOX.remove(unit, where, screening)
