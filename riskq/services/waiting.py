"""How many letters and messages to webhooks wait to be sent, for the operator's figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.store import DELIVERIES, OUTBOX, Unit

__all__ = ["MESSAGES", "Waiting", "waiting_messages"]

MESSAGES = {"letter": OUTBOX, "webhook": DELIVERIES}
"""Where each kind of message waits."""


class Waiting(Struct, frozen=True):
    """How many messages of a kind are ``queued``, and how many ``failed`` for good.

    ``oldest`` is for how many seconds the first of the queued has waited; 0 if none waits.
    """

    queued: int
    failed: int
    oldest: float


def waiting_messages(desk: Desk) -> dict[str, Waiting]:
    """What waits, by the kind of message. Raises ``StoreUnavailable``."""
    now = desk.clock()
    return desk.store.read(
        lambda unit: {kind: _waiting(unit, table, now) for kind, table in MESSAGES.items()}
    )


def _waiting(unit: Unit, table: Any, now: datetime) -> Waiting:
    queued, failed = (table.count(unit, "where state = ?", state) for state in ("queued", "failed"))
    first = table.one(unit, "where state = 'queued' order by queued_at")
    # A clock that was set back makes nothing younger than it can be.
    oldest = max(0.0, (now - first.queued_at).total_seconds()) if first else 0.0
    return Waiting(queued, failed, oldest)
