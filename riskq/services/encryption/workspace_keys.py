"""The keys of workspaces: made when first needed, and encrypted under the newest master key."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from riskq.services.encryption.ciphers import decrypt_at, encrypt_at, new_key
from riskq.services.encryption.master_keys import KeyMissingError, KeyRing, MasterKey
from riskq.services.unguessable import new_id
from riskq.store import Unit, keys

__all__ = ["WorkspaceKey", "find_key", "make_key", "open_key", "seal_key", "workspace_key"]


class WorkspaceKey(Struct, frozen=True):
    """The key of a workspace, by which its assessments' keys are encrypted, and its notes."""

    id: str
    workspace: str
    secret: bytes

    def __repr__(self) -> str:
        """Without the key, for logs."""
        return f"WorkspaceKey({self.id!r}, {self.workspace!r})"


def workspace_key(unit: Unit, ring: KeyRing, workspace: str, now: datetime) -> WorkspaceKey:
    """The newest key of a workspace, made if there is none; raises ``UnreadableError``."""
    where = "where workspace = ? order by made_at desc, id"
    stored = keys.WORKSPACE_KEYS.one(unit, where, workspace)
    return make_key(unit, ring, workspace, now) if stored is None else open_key(ring, stored)


def make_key(unit: Unit, ring: KeyRing, workspace: str, now: datetime) -> WorkspaceKey:
    """Make another key for a workspace; raises ``KeyMissingError`` without a master key."""
    made = WorkspaceKey(new_id(), workspace, new_key())
    keys.WORKSPACE_KEYS.add(unit, seal_key(ring.newest, made, now))
    return made


def find_key(unit: Unit, ring: KeyRing, key: str) -> WorkspaceKey:
    """The key of a workspace by its id; raises ``UnreadableError``."""
    stored = keys.WORKSPACE_KEYS.one(unit, "where id = ?", key)
    if stored is None:
        raise KeyMissingError(f"The workspace's key {key} is gone.")
    return open_key(ring, stored)


def open_key(ring: KeyRing, stored: keys.StoredKey) -> WorkspaceKey:
    """A key of a workspace as it is used; raises ``UnreadableError``."""
    place = (_KIND, stored.workspace, stored.id)
    secret = decrypt_at(place, ring.find(stored.master).secret, stored.sealed)
    return WorkspaceKey(stored.id, stored.workspace, secret)


def seal_key(master: MasterKey, key: WorkspaceKey, made_at: datetime) -> keys.StoredKey:
    """A key of a workspace as it is stored."""
    sealed = encrypt_at((_KIND, key.workspace, key.id), master.secret, key.secret)
    return keys.StoredKey(key.id, key.workspace, master.name, sealed, made_at)


_KIND = "key of a workspace"
