"""What a book tells, with the names of those who acted, for people to read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.services.encryption import DataKey, decrypt_detail, decrypt_event, decrypt_said, key_in
from riskq.services.opening import Opened
from riskq.store import HOLDER, TOKENS, USERS, VENDORS, Unit, book_of, history

__all__ = ["Told", "tell", "whole_history"]

_MARK_OF_TOKENS = "token:"
_REVIEWED = "answer-reviewed"
MOST = 50
"""How many events a page tells."""


class Told(Struct, frozen=True):
    """One event: ``actor`` is a name, or a word of the program's own for those without one.

    ``is_member`` says which; ``is_named`` says the same of the subject, which is an id otherwise.
    ``detail`` is empty if there was none, or if it was erased.
    """

    number: int
    at: datetime
    actor: str
    is_member: bool
    action: str
    subject: str
    detail: Mapping[str, object]
    hash: str
    is_named: bool


def tell(
    desk: Desk, book: str, before: int | None = None, opened: Opened | None = None
) -> tuple[Told, ...]:
    """The events of a book, the newest first, or those before a number.

    ``opened`` is the assessment, where the book is about one. Raises ``UnreadableError``.
    """
    key = None if opened is None else opened.key

    def read(unit: Unit) -> tuple[Told, ...]:
        events = history.events(unit, book, before=before, most=MOST)
        ids = {event.actor for event in events} | {event.subject for event in events}
        marks = ", ".join("?" * len(ids))
        users = USERS.find(unit, f"where id in ({marks})", *sorted(ids)) if ids else ()
        names = {user.id: user.name for user in users} | _token_names(unit, ids)
        return tuple(
            Told(
                *(event.number, event.at, names.get(event.actor, event.actor)),
                *(event.actor in names, event.action, names.get(event.subject, event.subject)),
                *(_detail(_key_of(desk, unit, event) or key, event) or {}, event.hash.hex()),
                event.subject in names,
            )
            for event in events
        )

    return desk.store.read(read)


def _key_of(desk: Desk, unit: Unit, event: history.Event) -> DataKey | None:
    """The key of the vendor's assessment that an event of a workspace is about."""
    if event.action != _REVIEWED:
        return None
    vendor = VENDORS.one(unit, "where id = ?", event.subject)
    if vendor is None or vendor.assessment is None:
        return None
    return key_in(unit, desk.keys, vendor.assessment)


def _detail(key: DataKey | None, event: history.Event) -> Mapping[str, object] | None:
    """What an event tells in detail, with the answers in it."""
    detail = json.loads(decrypt_event(key, event.number, event.detail or "null"))
    if detail and event.action == _REVIEWED:
        return decrypt_said(key, detail)
    return detail and decrypt_detail(key, event.action, event.subject, detail)


def _token_names(unit: Unit, ids: set[str]) -> dict[str, str]:
    """The names of tokens among those who acted."""
    wanted = [
        name.removeprefix(_MARK_OF_TOKENS)
        for name in sorted(ids)
        if name.startswith(_MARK_OF_TOKENS)
    ]
    marks = ", ".join("?" * len(wanted))
    found = TOKENS.find(unit, f"where id in ({marks})", *wanted) if wanted else ()
    return {f"{_MARK_OF_TOKENS}{token.id}": token.name for token in found}


def whole_history(desk: Desk, opened: Opened) -> list[Mapping[str, object]]:
    """Everything that happened to an assessment, the oldest first, as JSON can hold it.

    Nobody is named: only whether it was the holder of the private link.
    """

    def read(unit: Unit) -> list[Mapping[str, object]]:
        return [
            {
                "at": event.at.isoformat(),
                "by": HOLDER if event.actor == HOLDER else "member",
                "action": event.action,
                "subject": event.subject,
                "detail": _detail(opened.key, event),
            }
            for event in history.every_event(unit, book_of(opened.record.id))
        ]

    return desk.store.read(read)
