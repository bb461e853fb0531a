"""Somebody who has asked for as much as one may, without the asking."""

from __future__ import annotations

from riskq.services import ALLOWED, ALLOWED_WITHIN, Costly, Desk
from riskq.store import count_attempt

__all__ = ["use_up"]


def use_up(desk: Desk, costly: Costly, whose: str, *, left: int = 0) -> None:
    """Count what somebody may still ask for as asked for, in the store, but for some."""
    subject, most = desk.keys.mark(f"{costly}:{whose}"), ALLOWED[costly] - left
    now = desk.clock()
    desk.store.change(
        lambda unit: count_attempt(unit, costly.value, subject, now, ALLOWED_WITHIN, most)
    )
