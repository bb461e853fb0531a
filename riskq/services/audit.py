"""Whether the books of history are as they were written, each by its own chain of hashes."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.store import BookFault, Unit, history

__all__ = ["BookState", "check_books"]

_GOES_WITH = "assessment:"


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
    book of an assessment is gone is no fault: it is removed with the assessment.
    """
    present = set(desk.store.read(history.books))
    lost = {book for book in known if book not in present and not book.startswith(_GOES_WITH)}
    return tuple(_check(desk, book, known.get(book)) for book in sorted(present | lost))


def _check(desk: Desk, book: str, known: tuple[int, str] | None) -> BookState:
    def read(unit: Unit) -> BookState:
        number, last = history.head(unit, book)
        faults = list(history.faults(unit, book))
        if known is not None and history.hash_of(unit, book, known[0]) != known[1]:
            faults.append(BookFault(book, known[0], "missing" if known[0] > number else "changed"))
        return BookState(book, number, last, tuple(faults))

    return desk.store.read(read)
