"""Finds what is to be told, and tells it, as a worker does: again where nobody answered.

A message is taken for some minutes. A worker that is killed meanwhile leaves it to the next one;
in that one case it may arrive twice, with the same id.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Lock

from riskq.hook_reach import Reach
from riskq.services.desk import Desk
from riskq.services.hooks.calling import call
from riskq.services.hooks.errors import HookError
from riskq.services.hooks.signing import secret_of, sign
from riskq.services.unguessable import new_id
from riskq.store import DELIVERIES, HOOKS, Delivery, Hook, StoreUnavailable, Unit
from riskq.store import hooks as stored

__all__ = ["Courier"]

log = logging.getLogger("riskq.services.hooks")

_LEASE = timedelta(minutes=5)
_PAUSES = (
    *(timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)),
    *(timedelta(hours=6), timedelta(hours=24)),
)
_LONGEST_WAIT = timedelta(days=7)
"""After how long a message is given up that waited behind others which were in vain."""

_KEPT = timedelta(days=30)
"""For how long what a given-up message tells is kept, to be sent again."""

_UNREACHED = frozenset({"time", "connection", "tls", "name", "private"})
"""With which reasons other messages to the same address would be in vain as well."""

# The row stays, so that nothing is told twice; what it told is not kept.
_DONE: dict[str, object] = {"state": "sent", "reason": "", "body": ""}
_AT_ONCE = 100
"""How many messages one transaction notes, so that people's saves need not wait long."""

_LONGEST = 30.0
"""For how many seconds messages are sent in one go, so that other work gets its turn."""


class Courier:
    """Tells the hooks of all workspaces; ``secret`` is the service's own."""

    def __init__(self, desk: Desk, secret: str, reach: Reach, seconds: float = 10.0) -> None:
        self._desk = desk
        self._secret = secret
        self._reach = reach
        self._seconds = seconds
        self._busy = Lock()
        self._turns: dict[str, int] = {}
        self._turn = 0

    def carry(self) -> int:
        """Note what is new, and send what is due; how many were tried.

        Whoever comes while another thread does so does nothing. Raises ``StoreUnavailable``.
        """
        if not self._busy.acquire(blocking=False):
            return 0
        try:
            return self._carry()
        finally:
            self._busy.release()

    def _carry(self) -> int:
        for hook in self._desk.store.read(lambda unit: HOOKS.find(unit, "order by id")):
            try:
                self._note_new(hook)
            except StoreUnavailable:
                raise
            except Exception:
                # Whatever stands about one workspace, the others are told.
                log.exception("What is new could not be noted for a webhook")
        self._give_up()
        count, end = 0, time.monotonic() + _LONGEST
        left_out: set[str] = set()
        while time.monotonic() < end:
            taken = self._take_next(left_out)
            if taken is None:
                break
            count += 1
            if not self._send(*taken):
                left_out.add(taken[1].workspace)
        return count

    def _take_next(self, left_out: Collection[str]) -> tuple[Delivery, Hook] | None:
        """Take a message of the workspace whose last turn was longest ago: all come in turn.

        Whoever answers slowly, or not at all, holds up nobody but itself.
        """
        now = self._desk.clock()
        due = self._desk.store.read(lambda unit: stored.due_workspaces(unit, now))
        for workspace in sorted(due, key=lambda one: self._turns.get(one, 0)):
            if workspace in left_out:
                continue
            self._turn += 1
            self._turns[workspace] = self._turn
            taken = self._desk.store.change(partial(self._take, workspace=workspace))
            if taken is not None:
                return taken
        return None

    def _note_new(self, hook: Hook) -> None:
        now, today = self._desk.clock(), self._desk.today()
        for event in hook.events.split():
            find = partial(stored.occurrences, hook=hook, event=event, now=now, today=today)
            # Most of the time there is nothing new, and nothing is written.
            while self._desk.store.read(partial(find, most=1)):
                noted = self._desk.store.change(partial(_note, hook=hook, find=find, now=now))
                if noted < _AT_ONCE:
                    break

    def _give_up(self) -> None:
        """Give up what has no try left, and forget what given-up messages of long ago told."""
        now = self._desk.clock()
        over = (
            "where state = 'queued' and next_at <= ?"
            " and (tries > ? or reason <> '' and queued_at <= ?)"
        )
        given_up: dict[str, object] = {"state": "failed", "done_at": now}
        old = "where state = 'failed' and body <> '' and done_at <= ?"

        values = (now, len(_PAUSES), now - _LONGEST_WAIT)
        store, kept = self._desk.store, now - _KEPT
        # Most of the time there is none, and nothing is written.
        if store.read(lambda unit: DELIVERIES.count(unit, over, *values)):
            store.change(lambda unit: DELIVERIES.change(unit, given_up, over, *values))
        if store.read(lambda unit: DELIVERIES.count(unit, old, kept)):
            store.change(lambda unit: DELIVERIES.change(unit, {"body": ""}, old, kept))

    def _take(self, unit: Unit, workspace: str) -> tuple[Delivery, Hook] | None:
        """Take the message of a workspace that has waited longest, for a while."""
        now = self._desk.clock()
        where = (
            "where state = 'queued' and next_at <= ? and hook in"
            " (select id from hooks where workspace = ?) order by next_at, id"
        )
        row = DELIVERIES.one(unit, where, now, workspace)
        if row is None:
            return None
        taken: dict[str, object] = {
            "tries": row.tries + 1,
            "next_at": now + _LEASE,
            "reason": stored.UNDER_WAY,
        }
        DELIVERIES.change(unit, taken, "where id = ?", row.id)
        (hook,) = HOOKS.find(unit, "where id = ?", row.hook)
        (row,) = DELIVERIES.find(unit, "where id = ?", row.id)
        return row, hook

    def _send(self, row: Delivery, hook: Hook) -> bool:
        """Send a message; False if its address could not be reached."""
        second = int(self._desk.clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "riskq",
            **sign(secret_of(self._secret, hook.id), row.id, second, row.body),
        }
        try:
            call(hook.url, row.body, headers, self._reach, self._seconds)
        except HookError as error:
            log.warning("A webhook was not delivered at try %d: %s", row.tries, error.reason)
            reason = error.reason
        except Exception:
            # Whatever an address does, the messages to others go on.
            log.exception("A webhook was not delivered at try %d", row.tries)
            reason = "connection"
        else:
            self._settle(row)
            return True
        self._put_back(row, reason)
        return reason not in _UNREACHED

    def _put_back(self, row: Delivery, reason: str) -> None:
        """Try again after a pause, longer each time, or give it up.

        Where the address was not reached, what else waits for it waits as long.
        """
        now = self._desk.clock()
        is_over = row.tries > len(_PAUSES)
        later = now + _PAUSES[min(row.tries, len(_PAUSES)) - 1]
        columns = {"state": "failed", "done_at": now} if is_over else {"next_at": later}

        def change(unit: Unit) -> None:
            DELIVERIES.change(unit, {**columns, "reason": reason}, "where id = ?", row.id)
            if reason in _UNREACHED:
                others = "where hook = ? and state = 'queued' and next_at < ?"
                behind: dict[str, object] = {"next_at": later, "reason": reason}
                DELIVERIES.change(unit, behind, others, row.hook, later)

        self._desk.store.change(change)

    def _settle(self, row: Delivery) -> None:
        """Note that a message was taken; what waited because nobody was reached is due now."""
        now = self._desk.clock()
        marks = ", ".join("?" * len(_UNREACHED))
        waiting = f"where hook = ? and state = 'queued' and reason in ({marks})"

        def change(unit: Unit) -> None:
            DELIVERIES.change(unit, {**_DONE, "done_at": now}, "where id = ?", row.id)
            DELIVERIES.change(unit, {"next_at": now}, waiting, row.hook, *sorted(_UNREACHED))

        self._desk.store.change(change)


def _note(
    unit: Unit, hook: Hook, find: Callable[..., Sequence[stored.Occurrence]], now: datetime
) -> int:
    """Write down messages about what is new; how many those were."""
    if HOOKS.one(unit, "where id = ?", hook.id) is None:
        # It was removed after it was looked up.
        return 0
    found = find(unit, most=_AT_ONCE)
    for one in found:
        told = (hook.id, one.key, one.event, _body(hook, one), now)
        DELIVERIES.add(unit, Delivery(new_id(), *told, "queued", 0, now))
    return len(found)


def _body(hook: Hook, one: stored.Occurrence) -> str:
    """What is told: which thing, and never an answer."""
    about = {
        "workspace": hook.workspace,
        "name": one.name,
        "assessment": one.assessment,
        "revision": one.revision,
    }
    if one.vendor:
        about |= {"screening": one.screening, "vendor": one.vendor, "reference": one.reference}
    if one.reason:
        about["reason"] = one.reason
    at = one.at.astimezone(UTC).isoformat()
    return json.dumps({"type": one.event, "timestamp": at, "data": about}, ensure_ascii=False)
