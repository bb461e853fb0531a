"""Whether the books of history are as they were written, each by its own chain of hashes."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.store import BookFault, Unit, history

__all__ = ["BookState", "check_books"]


class BookState(Struct, frozen=True):
    """One book: how many events it has, the hash of the last, and what is wrong with it."""

    book: str
    events: int
    head: str
    faults: tuple[BookFault, ...]


def check_books(desk: Desk, known: Mapping[str, tuple[int, str]]) -> tuple[BookState, ...]:
    """Read every book against its hashes; each as it was at one moment.

    ``known`` holds, by the names of books, the number and hash of an event that was the last once:
    a book that was written anew from its beginning agrees with itself, but not with that.
    """
    names = {*desk.store.read(history.books), *known}
    return tuple(_check(desk, book, known.get(book)) for book in sorted(names))


def _check(desk: Desk, book: str, known: tuple[int, str] | None) -> BookState:
    def read(unit: Unit) -> BookState:
        number, last = history.head(unit, book)
        faults = list(history.faults(unit, book)) if number or known is None else []
        if known is not None and known[0] and history.hash_of(unit, book, known[0]) != known[1]:
            faults.append(BookFault(book, known[0], "missing" if known[0] > number else "changed"))
        return BookState(book, number, last, tuple(faults))

    return desk.store.read(read)
