"""Requests with a key of their own: however often one is sent, it is done once.

A program that heard no answer sends the same request again, and is given the answer of the first.
"""

from __future__ import annotations

from datetime import timedelta

from riskq.errors import RiskqError
from riskq.services.desk import Desk
from riskq.store import GIVEN, Given, Unit

__all__ = ["IdempotencyError", "forget", "give_again", "keep_answer"]

_KEPT = timedelta(hours=24)
_WORKING = timedelta(minutes=2)


class IdempotencyError(RiskqError):
    """The key is taken: by another request ("other"), or by one being worked on ("busy")."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The key of the request is taken ({reason}).")


def give_again(desk: Desk, token: str, name: str, digest: bytes) -> Given | None:
    """The answer to the same request, or None: then it is this caller's to work on.

    Raises ``IdempotencyError``.
    """
    now = desk.clock()

    def change(unit: Unit) -> Given | None:
        GIVEN.remove(unit, "where at <= ?", now - _KEPT)
        GIVEN.remove(unit, "where status = 0 and at <= ?", now - _WORKING)
        found = GIVEN.one(unit, "where token = ? and name = ?", token, name)
        if found is None:
            GIVEN.add(unit, Given(token, name, digest, 0, b"", now))
        return found

    found = desk.store.change(change)
    if found is not None and found.digest != digest:
        raise IdempotencyError("other")
    if found is not None and not found.status:
        raise IdempotencyError("busy")
    return found


def keep_answer(desk: Desk, token: str, name: str, status: int, body: bytes) -> None:
    """Keep the answer, to be given again."""
    columns: dict[str, object] = {"status": status, "body": body}
    where = "where token = ? and name = ?"
    desk.store.change(lambda unit: GIVEN.change(unit, columns, where, token, name))


def forget(desk: Desk, token: str, name: str) -> None:
    """Let the request be sent again: it came to nothing."""
    where = "where token = ? and name = ?"
    desk.store.change(lambda unit: GIVEN.remove(unit, where, token, name))
