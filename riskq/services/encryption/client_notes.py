"""Private notes on clients, which belong to no assessment: they stand under the workspace's key.

The key's id stands behind a note, so that one is found whatever key was the newest then.
"""

from __future__ import annotations

from riskq.services.encryption.master_keys import KeyRing
from riskq.services.encryption.texts import decrypt_text, encrypt_text, is_encrypted
from riskq.services.encryption.workspace_keys import WorkspaceKey, find_key
from riskq.store import CLIENTS, Client, Unit

__all__ = ["decrypt_client_note", "encrypt_client_note", "rewrite_client_notes"]

_KIND = "note on a client"


def encrypt_client_note(key: WorkspaceKey, client: str, note: str) -> str:
    """A note as it is stored; an empty one stays so."""
    if not note:
        return note
    return f"{encrypt_text((_KIND, key.workspace, client), key.secret, note)}.{key.id}"


def decrypt_client_note(unit: Unit, ring: KeyRing, client: Client) -> str:
    """A note as it was written; raises ``UnreadableError``."""
    if not is_encrypted(client.note):
        return client.note
    text, _, name = client.note.rpartition(".")
    key = find_key(unit, ring, name)
    return decrypt_text((_KIND, client.workspace, client.id), key.secret, text)


def rewrite_client_notes(unit: Unit, ring: KeyRing, newest: WorkspaceKey) -> None:
    """Encrypt a workspace's notes under its newest key."""
    for client in CLIENTS.find(unit, "where workspace = ? and note <> ''", newest.workspace):
        if not client.note.endswith(f".{newest.id}"):
            note = decrypt_client_note(unit, ring, client)
            kept = encrypt_client_note(newest, client.id, note)
            CLIENTS.change(unit, {"note": kept}, "where id = ?", client.id)
