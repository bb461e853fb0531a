"""Keys in the place of others: workspaces' under another master key, and new ones of workspaces.

Each step is a transaction of its own and leaves everything readable. Broken off, it goes on where
it was; done again, it does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct

from riskq.services.encryption.client_notes import rewrite_client_notes
from riskq.services.encryption.data_keys import (
    key_by_workspace,
    key_for_workspace,
    workspace_key_of,
)
from riskq.services.encryption.master_keys import KeyRing
from riskq.services.encryption.workspace_keys import (
    WorkspaceKey,
    find_key,
    make_key,
    open_key,
    seal_key,
)
from riskq.store import Store, Unit, keys, rotation

__all__ = ["KeyCounts", "Rotated", "count_keys", "rotate_master", "rotate_workspaces"]

_AT_ONCE = 100
"""How many keys one transaction encrypts anew, so that people's saves need not wait long."""


class KeyCounts(Struct, frozen=True):
    """What stands under what.

    ``masters`` has, by the name of each master key, how many keys of workspaces stand under it;
    ``unknown`` are those of which the master key is not here. ``private`` assessments open by their
    link alone, ``held`` ones by a workspace's key, ``plain`` ones are not encrypted.
    """

    masters: Mapping[str, int]
    unknown: Sequence[str]
    private: int
    held: int
    plain: int


class Rotated(Struct, frozen=True):
    """How many keys were encrypted anew, and how many cannot be: their master key is not here."""

    changed: int
    lost: int


def count_keys(store: Store, ring: KeyRing) -> KeyCounts:
    """What stands under what, at this moment."""

    def read(unit: Unit) -> KeyCounts:
        masters = {master.name: 0 for master in ring.masters} | rotation.count_by_master(unit)
        known = {master.name for master in ring.masters}
        unknown = sorted(name for name in masters if name not in known)
        return KeyCounts(masters, unknown, *rotation.count_assessments(unit))

    return store.read(read)


def rotate_master(store: Store, ring: KeyRing, *, is_dry: bool = False) -> Rotated:
    """Encrypt every workspace's key under the newest master key; with ``is_dry`` just count.

    Raises ``KeyMissingError`` if there is no master key at all.
    """
    newest, known = ring.newest, {master.name for master in ring.masters}
    others = store.read(lambda unit: rotation.under_others(unit, newest.name))
    ours = [one for one in others if one.master in known]
    for start in range(0, 0 if is_dry else len(ours), _AT_ONCE):
        some = ours[start : start + _AT_ONCE]
        store.change(partial(_move, ring=ring, some=some), erases=True)
    return Rotated(len(ours), len(others) - len(ours))


def _move(unit: Unit, ring: KeyRing, some: Sequence[keys.StoredKey]) -> None:
    for stored in some:
        rotation.replace_key(unit, seal_key(ring.newest, open_key(ring, stored), stored.made_at))


def rotate_workspaces(store: Store, ring: KeyRing, now: datetime, *, is_dry: bool = False) -> int:
    """Give each workspace a new key, and encrypt its assessments' keys under that; how many.

    What was broken off is finished before another key is made. Raises ``UnreadableError``.
    """
    count = 0
    for workspace in store.read(rotation.workspaces_with_keys):
        count += _rotate(store, ring, workspace, now, is_dry=is_dry)
    return count


def _rotate(store: Store, ring: KeyRing, workspace: str, now: datetime, *, is_dry: bool) -> int:
    newest = None if is_dry else store.change(lambda unit: _newest(unit, ring, workspace, now))
    count, after = 0, ""
    while some := store.read(partial(rotation.held_by, workspace=workspace, after=after)):
        after = some[-1][0]
        ids = [name for name, sealed in some if sealed is not None]
        if newest is None:
            count += len(ids)
        else:
            count += store.change(partial(_rewrap, ring=ring, newest=newest, some=ids), erases=True)
    if newest is not None:
        store.change(partial(_finish, ring=ring, newest=newest), erases=True)
    return count


def _finish(unit: Unit, ring: KeyRing, newest: WorkspaceKey) -> None:
    """Encrypt the notes on clients anew; then nothing stands under the older keys any more."""
    rewrite_client_notes(unit, ring, newest)
    rotation.drop_older(unit, newest.workspace, newest.id)


def _newest(unit: Unit, ring: KeyRing, workspace: str, now: datetime) -> WorkspaceKey:
    """Another key, or the one that was made when this was broken off."""
    stored = rotation.keys_of(unit, workspace)
    if len(stored) > 1:
        return open_key(ring, stored[0])
    # Whatever the clock says, the new one is the newest.
    return make_key(unit, ring, workspace, max(now, rotation.later_than(stored)))


def _rewrap(unit: Unit, ring: KeyRing, newest: WorkspaceKey, some: Sequence[str]) -> int:
    """Encrypt the keys of assessments under the newest key; how many those were."""
    count = 0
    for assessment in some:
        sealed = keys.sealed_key_of(unit, assessment)
        name = None if sealed is None else workspace_key_of(sealed)
        if sealed is None or name in (None, newest.id):
            continue
        old = find_key(unit, ring, str(name))
        secret = key_by_workspace(assessment, old, sealed).secret
        keys.keep_key(unit, assessment, key_for_workspace(assessment, newest, secret).sealed)
        count += 1
    return count
