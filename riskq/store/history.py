"""What happened, in books that are only written on: each event carries the hash of the one before.

A book belongs to one thing, such as a workspace. What an event tells in detail (an old and a new
answer) may have to be erased one day, at the wish of the person it is about. The chain therefore
stands on a digest of the detail with a random salt: after both are erased it still holds, and
nobody can guess the detail from what is left.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from riskq.store.keys import ENCRYPTED
from riskq.store.rows import to_milliseconds
from riskq.store.table import Table
from riskq.store.unit import Unit

__all__ = [
    "BookFault",
    "Event",
    "Happened",
    "append",
    "books",
    "erase_about",
    "erase_detail",
    "erase_details",
    "events",
    "every_event",
    "faults",
    "hash_of",
    "head",
    "remove",
    "seal_detail",
]


class Happened(Struct, frozen=True):
    """One thing that happened: when, who did what to what, and the detail as JSON, if any.

    ``actor`` is the id of a user, or one of the program's own words for those who have none.
    ``subject`` is an id: of a question, a member, an invitation.
    """

    at: datetime
    actor: str
    action: str
    subject: str = ""
    detail: str | None = None


class Event(Struct, frozen=True):
    """What happened, as it stands in a book; ``detail`` is None if there was none or was erased."""

    book: str
    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    salt: bytes | None
    detail: str | None
    digest: bytes
    hash: bytes


class Book(Struct, frozen=True):
    """How far a book is written, and the hash of its last event."""

    id: str
    number: int
    hash: bytes


class BookFault(Struct, frozen=True):
    """Where a book is not as it was written: the event's number, and what is wrong with it.

    ``what`` is "missing" (the event or all after it), "changed" (the event), "detail" (what it
    tells) or "head" (what the book says of its own end).
    """

    book: str
    number: int
    what: str


_EVENTS = Table("events", Event)
_BOOKS = Table("books", Book)
_NOTHING = bytes(32)
_SALT = 16


def append(unit: Unit, book: str, *happened: Happened) -> None:
    """Write what happened at the end of a book, which begins with the first event."""
    last = _BOOKS.one(unit, "where id = ?", book) or Book(book, 0, _NOTHING)
    number, before = last.number, last.hash
    for one in happened:
        number += 1
        event = _event(book, number, before, one)
        _EVENTS.add(unit, event)
        before = event.hash
    if not last.number:
        _BOOKS.add(unit, Book(book, number, before))
    else:
        _BOOKS.change(unit, {"number": number, "hash": before}, "where id = ?", book)


def _event(book: str, number: int, before: bytes, one: Happened) -> Event:
    salt = None if one.detail is None else secrets.token_bytes(_SALT)
    digest = _digest(salt, one.detail)
    chained = _chain(before, book, number, one, digest)
    said = (one.at, one.actor, one.action, one.subject)
    return Event(book, number, *said, salt, one.detail, digest, chained)


def _digest(salt: bytes | None, detail: str | None) -> bytes:
    return hashlib.sha256((salt or b"") + (detail or "").encode()).digest()


def _chain(before: bytes, book: str, number: int, one: Happened | Event, digest: bytes) -> bytes:
    """The hash of an event: over the one before, all its words, and the digest of its detail."""
    said = [before.hex(), book, number, to_milliseconds(one.at), one.actor, one.action]
    text = json.dumps([*said, one.subject, digest.hex()], ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def events(unit: Unit, book: str, *, before: int | None = None, most: int) -> tuple[Event, ...]:
    """Read the last ``most`` events of a book, newest first; those ``before`` a number if given."""
    if before is None:
        return _EVENTS.find(unit, "where book = ? order by number desc limit ?", book, most)
    where = "where book = ? and number < ? order by number desc limit ?"
    return _EVENTS.find(unit, where, book, before, most)


def erase_details(unit: Unit, book: str) -> int:
    """Forget what the events of a book tell in detail; how many those were. The chain holds."""
    nothing: dict[str, object] = {"detail": None, "salt": None}
    return _EVENTS.change(unit, nothing, "where book = ? and salt is not null", book)


def erase_about(unit: Unit, book: str, subject: str, action: str) -> int:
    """Forget what events of one kind about one thing tell in detail; how many. The chain holds."""
    nothing: dict[str, object] = {"detail": None, "salt": None}
    where = "where book = ? and subject = ? and action = ? and salt is not null"
    return _EVENTS.change(unit, nothing, where, book, subject, action)


def erase_detail(unit: Unit, book: str, number: int) -> None:
    """Forget what one event tells in detail. The chain holds."""
    nothing: dict[str, object] = {"detail": None, "salt": None}
    _EVENTS.change(unit, nothing, "where book = ? and number = ?", book, number)


def seal_detail(unit: Unit, book: str, number: int, sealed: str) -> None:
    """Keep what an event tells as an encrypted text that has the salt inside. The chain holds."""
    kept: dict[str, object] = {"detail": sealed, "salt": None}
    _EVENTS.change(unit, kept, "where book = ? and number = ?", book, number)


def every_event(unit: Unit, book: str) -> Iterator[Event]:
    """Read a whole book, the oldest event first."""
    number = 0
    while page := _EVENTS.find(
        unit, "where book = ? and number > ? order by number limit 500", book, number
    ):
        yield from page
        number = page[-1].number


def remove(unit: Unit, book: str) -> None:
    """Remove a whole book, with the thing that it was about."""
    _EVENTS.remove(unit, "where book = ?", book)
    _BOOKS.remove(unit, "where id = ?", book)


def books(unit: Unit) -> tuple[str, ...]:
    """Every book there is, or of which an event is left."""
    sql = "select id from books union select book from events order by 1"
    return tuple(row[0] for row in unit.rows(sql))


def head(unit: Unit, book: str) -> tuple[int, str]:
    """How many events a book has, and the hash of the last: whoever keeps it can prove the rest."""
    last = _BOOKS.one(unit, "where id = ?", book)
    return (last.number, last.hash.hex()) if last else (0, _NOTHING.hex())


def hash_of(unit: Unit, book: str, number: int) -> str:
    """The hash of one event, or "" if the book has none such."""
    event = _EVENTS.one(unit, "where book = ? and number = ?", book, number)
    return "" if event is None else event.hash.hex()


def faults(unit: Unit, book: str) -> Iterator[BookFault]:
    """Read a whole book against its own hashes, and tell every place where it does not hold."""
    number, before = 0, _NOTHING
    for event in every_event(unit, book):
        if event.number != number + 1:
            yield BookFault(book, number + 1, "missing")
        elif _chain(before, book, event.number, event, event.digest) != event.hash:
            yield BookFault(book, event.number, "changed")
        if not _holds_detail(event):
            yield BookFault(book, event.number, "detail")
        number, before = event.number, event.hash
    last = _BOOKS.one(unit, "where id = ?", book)
    if last is None:
        yield BookFault(book, number, "head" if number else "missing")
    elif last.number < number:
        yield BookFault(book, number, "head")
    elif last.number > number:
        yield BookFault(book, number + 1, "missing")
    elif last.hash != before:
        yield BookFault(book, number, "head")


def _holds_detail(event: Event) -> bool:
    """Whether the detail is the one that was written, or was erased as a whole."""
    if event.salt is None:
        # What was encrypted later has its salt inside: whoever has the key can hold it to the hash.
        return event.detail is None or event.detail.startswith(ENCRYPTED)
    return _digest(event.salt, event.detail) == event.digest
