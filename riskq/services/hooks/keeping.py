"""The webhooks of a workspace: added and removed by its owners, and what became of messages."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from riskq.hook_reach import Reach
from riskq.services.desk import Desk
from riskq.services.hooks.addresses import check_address
from riskq.services.hooks.errors import HookError
from riskq.services.hooks.signing import secret_of
from riskq.services.unguessable import new_id
from riskq.services.workspaces import Seat, record
from riskq.store import DELIVERIES, HOOK_EVENTS, HOOKS, Delivery, Hook, Unit

__all__ = [
    "MOST_HOOKS",
    "add_hook",
    "hook_secret",
    "list_hooks",
    "newest_deliveries",
    "remove_hook",
    "send_again",
    "send_trial",
]

MOST_HOOKS = 10
"""How many a workspace may have."""

_SHOWN = 20
_OF_WORKSPACE = "where workspace = ? and id = ?"


def hook_secret(secret: str, hook: Hook) -> str:
    """By what the receiver verifies messages; ``secret`` is the service's own."""
    return secret_of(secret, hook.id)


def add_hook(desk: Desk, seat: Seat, url: str, events: Collection[str], reach: Reach) -> Hook:
    """Tell an address of what happens from now on; raises ``HookError``."""
    check_address(url, reach)
    now = desk.clock()
    wanted = " ".join(event for event in HOOK_EVENTS if event in events)
    made = Hook(new_id(), seat.workspace.id, url, wanted, seat.user.id, now)

    def change(unit: Unit) -> None:
        if HOOKS.count(unit, "where workspace = ?", seat.workspace.id) >= MOST_HOOKS:
            raise HookError("many")
        record(unit, seat, now, "hook-added", made.id, title=_told_of(url), new=wanted)
        HOOKS.add(unit, made)

    desk.store.change(change)
    return made


def _told_of(url: str) -> str:
    """What the history says of an address, whose rest may be a secret of its receiver."""
    return urlsplit(url).hostname or ""


def list_hooks(desk: Desk, seat: Seat) -> tuple[Hook, ...]:
    """The hooks of the workspace, the oldest first."""
    where = "where workspace = ? order by since, id"
    return desk.store.read(lambda unit: HOOKS.find(unit, where, seat.workspace.id))


def remove_hook(desk: Desk, seat: Seat, hook: str) -> None:
    """Tell an address no more, and forget what it was told."""

    def change(unit: Unit) -> None:
        found = HOOKS.one(unit, _OF_WORKSPACE, seat.workspace.id, hook)
        if found is not None:
            HOOKS.remove(unit, "where id = ?", hook)
            told = _told_of(found.url)
            record(unit, seat, desk.clock(), "hook-removed", hook, title=told)

    desk.store.change(change)


def newest_deliveries(desk: Desk, seat: Seat) -> dict[str, Sequence[Delivery]]:
    """The newest messages to each hook of the workspace, the newest first."""

    def find(unit: Unit) -> dict[str, Sequence[Delivery]]:
        where = "where hook = ? order by queued_at desc, id limit ?"
        hooks = HOOKS.find(unit, "where workspace = ?", seat.workspace.id)
        return {one.id: DELIVERIES.find(unit, where, one.id, _SHOWN) for one in hooks}

    return desk.store.read(find)


def send_trial(desk: Desk, seat: Seat, hook: str) -> None:
    """Send a message that tells of nothing, by which a receiver can be tried; one at a time."""
    now, name = desk.clock(), new_id()
    body = json.dumps({"type": "trial", "timestamp": now.isoformat(), "data": {}})

    def change(unit: Unit) -> None:
        where = "where hook = ? and event = 'trial' and state = 'queued'"
        if HOOKS.one(unit, _OF_WORKSPACE, seat.workspace.id, hook) is None:
            return
        # One that waits already is sent now.
        if not DELIVERIES.change(unit, {"next_at": now}, where, hook):
            key = f"trial:{name}"
            DELIVERIES.add(unit, Delivery(name, hook, key, "trial", body, now, "queued", 0, now))

    desk.store.change(change)


def send_again(desk: Desk, seat: Seat, delivery: str) -> None:
    """Send a message that was given up once more."""
    where = (
        "where id = ? and state = 'failed' and body <> ''"
        " and hook in (select id from hooks where workspace = ?)"
    )
    now = desk.clock()
    columns: dict[str, object] = {
        "state": "queued",
        "tries": 0,
        "queued_at": now,
        "next_at": now,
        "done_at": None,
    }
    desk.store.change(
        lambda unit: DELIVERIES.change(unit, columns, where, delivery, seat.workspace.id)
    )
