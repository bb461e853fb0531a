"""Puts letters into the outbox, and tells what became of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.services.letters.sealing import Letter, seal_letter
from riskq.services.unguessable import new_id
from riskq.store import (
    OUTBOX,
    WORKSPACES,
    Happened,
    QueuedLetter,
    Unit,
    history,
    letters_about,
    letters_of_screening,
)

__all__ = ["NewLetter", "Standing", "letters_to", "newest_letters", "queue_letters", "tell_letter"]

_AT_ONCE = 100
"""How many letters one transaction holds, so that people's saves need not wait long."""


class NewLetter(Struct, frozen=True):
    """A letter to send, and what it is about; the fields are those of ``QueuedLetter``."""

    book: str
    about: str
    kind: str
    title: str
    letter: Letter


class Standing(Struct, frozen=True):
    """How far a letter has come: ``state`` and ``reason`` are those of ``QueuedLetter``.

    ``at`` is when it was sent or given up, or when it was put into the outbox.
    """

    kind: str
    state: str
    reason: str
    at: datetime


def queue_letters(desk: Desk, secret: str, letters: Sequence[NewLetter], actor: str) -> int:
    """Put letters into the outbox, with an event in the book of each; how many those were.

    ``secret`` is the service's own. A letter about the same thing that waits already gives way.
    Of a workspace that was deleted meanwhile none is kept.
    """
    now = desk.clock()
    for first in range(0, len(letters), _AT_ONCE):
        rows = [_row(secret, one, now) for one in letters[first : first + _AT_ONCE]]
        desk.store.change(partial(_add, rows=rows, actor=actor, now=now))
    return len(letters)


def _row(secret: str, one: NewLetter, now: datetime) -> QueuedLetter:
    name = new_id()
    sealed = seal_letter(secret, name, one.letter)
    what = (one.book, one.about, one.kind, one.title)
    return QueuedLetter(name, *what, sealed, now, "queued", 0, now)


def _add(unit: Unit, rows: Sequence[QueuedLetter], actor: str, now: datetime) -> None:
    for row in rows:
        if _is_gone(unit, row.book):
            continue
        OUTBOX.remove(unit, "where about = ? and state = 'queued'", row.about)
        OUTBOX.add(unit, row)
        tell_letter(unit, row, Happened(now, actor, "letter-queued"))


def _is_gone(unit: Unit, book: str) -> bool:
    """Whether a book is that of a workspace which was deleted meanwhile, with what letters say."""
    kind, _, name = book.partition(":")
    return kind == "workspace" and not WORKSPACES.count(unit, "where id = ?", name)


def tell_letter(unit: Unit, row: QueuedLetter, happened: Happened) -> None:
    """Write into a letter's book what happened to it."""
    detail = json.dumps({"title": row.title, "kind": row.kind}, ensure_ascii=False)
    told = Happened(happened.at, happened.actor, happened.action, row.about, detail)
    history.append(unit, row.book, told)


def letters_to(desk: Desk, about: str) -> tuple[Standing, ...]:
    """How the newest letter of each kind about a thing stands."""
    found = desk.store.read(lambda unit: letters_about(unit, about))
    newest = {row.kind: row for row in reversed(found)}
    return tuple(map(_standing, newest.values()))


def newest_letters(desk: Desk, screening: str) -> dict[str, Standing]:
    """How the newest letter to each vendor of a screening stands, by the vendors' ids."""
    found = desk.store.read(lambda unit: letters_of_screening(unit, screening))
    return {row.about: _standing(row) for row in found}


def _standing(row: QueuedLetter) -> Standing:
    return Standing(row.kind, row.state, row.reason, row.done_at or row.queued_at)
