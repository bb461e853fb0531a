"""Requests with a key of their own: however often one is sent, it is done once.

A program that heard no answer sends the same request again, and is given the answer of the first.
Answers hold links, of which only hashes are stored elsewhere: they wait encrypted.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from riskq.errors import RiskqError
from riskq.services.desk import Desk
from riskq.services.encryption import UnreadableError, decrypt, encrypt
from riskq.store import GIVEN, Given, Unit

__all__ = [
    "IdempotencyError",
    "Keyed",
    "count_old_answers",
    "forget",
    "forget_old_answers",
    "give_again",
    "keep_answer",
]

_KEPT = timedelta(hours=24)
_WORKING = timedelta(minutes=2)
_PURPOSE = "given answers"
_UNDER_WAY = "where token = ? and name = ? and digest = ? and status = 0"


class Keyed(Struct, frozen=True):
    """A request with a key of its own: by which token, its key, and a digest of what it asks."""

    token: str
    name: str
    digest: bytes


class IdempotencyError(RiskqError):
    """The key is taken; ``reason`` says by what.

    "other": another request; "busy": one that is being worked on; "lost": this one, which was done,
    but its answer is not known any more.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The key of the request is taken ({reason}).")


def give_again(desk: Desk, secret: str, asked: Keyed) -> Given | None:
    """The answer to the same request, or None: then it is this caller's to work on.

    ``secret`` is the service's own. Raises ``IdempotencyError``.
    """
    now = desk.clock()

    def change(unit: Unit) -> Given | None:
        _remove_old(unit, now)
        found = GIVEN.one(unit, "where token = ? and name = ?", asked.token, asked.name)
        if found is None:
            GIVEN.add(unit, Given(asked.token, asked.name, asked.digest, 0, b"", now))
        return found

    found = desk.store.change(change)
    if found is None:
        return None
    if found.digest != asked.digest:
        raise IdempotencyError("other")
    if not found.status:
        raise IdempotencyError("busy")
    try:
        return replace(found, body=decrypt(secret, _PURPOSE, _mark(asked), found.body))
    except UnreadableError as error:
        # The secret of the service was changed meanwhile.
        raise IdempotencyError("lost") from error


def _remove_old(unit: Unit, now: datetime) -> int:
    GIVEN.remove(unit, "where status = 0 and at <= ?", now - _WORKING)
    return GIVEN.remove(unit, "where at <= ?", now - _KEPT)


def count_old_answers(desk: Desk) -> int:
    """How many answers are given no more."""
    until = desk.clock() - _KEPT
    return desk.store.read(lambda unit: GIVEN.count(unit, "where at <= ?", until))


def forget_old_answers(desk: Desk) -> int:
    """Remove the answers that are given no more; how many those were."""
    now = desk.clock()
    if not count_old_answers(desk):
        return 0
    return desk.store.change(lambda unit: _remove_old(unit, now), erases=True)


def _mark(asked: Keyed) -> str:
    return f"{asked.token} {asked.name}"


def keep_answer(desk: Desk, secret: str, asked: Keyed, status: int, body: bytes) -> None:
    """Keep the answer, to be given again."""
    sealed = encrypt(secret, _PURPOSE, _mark(asked), body)
    columns: dict[str, object] = {"status": status, "body": sealed}
    desk.store.change(lambda unit: GIVEN.change(unit, columns, _UNDER_WAY, *_key(asked)))


def forget(desk: Desk, asked: Keyed) -> None:
    """Let the request be sent again: it came to nothing."""
    desk.store.change(lambda unit: GIVEN.remove(unit, _UNDER_WAY, *_key(asked)))


def _key(asked: Keyed) -> tuple[str, str, bytes]:
    return asked.token, asked.name, asked.digest
