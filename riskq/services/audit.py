"""Whether the books of history are as they were written, each by its own chain of hashes."""

from __future__ import annotations

from collections.abc import Mapping, Set

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.store import USERS, WORKSPACES, BookFault, Unit, history

__all__ = ["BookState", "check_books"]

_OF_ASSESSMENT = "assessment:"
_COUNTS = {"user": USERS.count, "workspace": WORKSPACES.count}
"""What counts the rows with which books go, by what these books are of."""


class BookState(Struct, frozen=True):
    """One book: how many events it has, the hash of the last, and what is wrong with it."""

    book: str
    events: int
    head: str
    faults: tuple[BookFault, ...]


def check_books(desk: Desk, known: Mapping[str, tuple[int, str]]) -> tuple[BookState, ...]:
    """Read every book against its hashes; each as it was at one moment.

    ``known`` holds, by the names of books, the number and hash of an event that was the last once:
    a book that was written anew from its beginning agrees with itself, but not with that. That the
    book of an assessment is gone is no fault: it is removed with the assessment. So are those of an
    account and of a workspace, which must then be gone as well.
    """
    present = set(desk.store.read(history.books))
    lost = set(desk.store.read(lambda unit: _lost(unit, set(known) - present)))
    return tuple(_check(desk, book, known.get(book)) for book in sorted(present | lost))


def _lost(unit: Unit, gone: Set[str]) -> list[str]:
    """The books among those that are gone which ought to be there."""
    return [
        book
        for book in sorted(gone)
        if not book.startswith(_OF_ASSESSMENT) and not _is_of_nothing(unit, book)
    ]


def _is_of_nothing(unit: Unit, book: str) -> bool:
    """Whether a book is that of an account or a workspace which is not there any more."""
    kind, _, name = book.partition(":")
    count = _COUNTS.get(kind)
    return count is not None and not count(unit, "where id = ?", name)


def _check(desk: Desk, book: str, known: tuple[int, str] | None) -> BookState:
    def read(unit: Unit) -> BookState:
        number, last = history.head(unit, book)
        faults = list(history.faults(unit, book))
        if known is not None and history.hash_of(unit, book, known[0]) != known[1]:
            faults.append(BookFault(book, known[0], "missing" if known[0] > number else "changed"))
        return BookState(book, number, last, tuple(faults))

    return desk.store.read(read)
