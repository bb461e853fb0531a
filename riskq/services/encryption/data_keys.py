"""The key of each assessment, by which all that is secret of it is encrypted.

It is stored encrypted: under a key that follows from the secret of the private link, of which the
database has the hash only; or, where a workspace holds the assessment, under the workspace's key.
"""

from __future__ import annotations

from msgspec import Struct

from riskq.services.encryption.ciphers import decrypt_at, derive, encrypt_at, new_key
from riskq.services.encryption.master_keys import KeyMissingError, KeyRing
from riskq.services.encryption.workspace_keys import WorkspaceKey, find_key
from riskq.store import Unit, keys

__all__ = [
    "DataKey",
    "key_by_link",
    "key_by_workspace",
    "key_for_link",
    "key_for_workspace",
    "key_in",
    "workspace_key_of",
]

_KIND = "key of an assessment"
_LINK, _WORKSPACE = b"L", b"W"
_ID_BYTES = 12


class DataKey(Struct, frozen=True):
    """The key of an assessment, and what is stored of it."""

    assessment: str
    secret: bytes
    sealed: bytes

    @property
    def is_private(self) -> bool:
        """Whether nothing but the private link opens it."""
        return self.sealed[:1] == _LINK

    def __repr__(self) -> str:
        """Without the key, for logs."""
        return f"DataKey({self.assessment!r})"


def key_for_link(assessment: str, link: str, secret: bytes | None = None) -> DataKey:
    """A key, a new one unless given, as the private link is to open it."""
    secret = secret or new_key()
    place = (_KIND, assessment, "link")
    sealed = _LINK + encrypt_at(place, _link_key(link), secret)
    return DataKey(assessment, secret, sealed)


def key_by_link(assessment: str, link: str, sealed: bytes) -> DataKey:
    """What the private link opens; raises ``UnreadableError``."""
    place = (_KIND, assessment, "link")
    return DataKey(assessment, decrypt_at(place, _link_key(link), sealed[1:]), sealed)


def key_for_workspace(
    assessment: str, workspace: WorkspaceKey, secret: bytes | None = None
) -> DataKey:
    """A key, a new one unless given, as the key of a workspace is to open it."""
    secret = secret or new_key()
    place = (_KIND, assessment, workspace.id)
    sealed = encrypt_at(place, workspace.secret, secret)
    return DataKey(assessment, secret, _WORKSPACE + workspace.id.encode() + sealed)


def key_by_workspace(assessment: str, workspace: WorkspaceKey, sealed: bytes) -> DataKey:
    """What the key of a workspace opens; raises ``UnreadableError``."""
    place = (_KIND, assessment, workspace.id)
    secret = decrypt_at(place, workspace.secret, sealed[1 + _ID_BYTES :])
    return DataKey(assessment, secret, sealed)


def workspace_key_of(sealed: bytes) -> str | None:
    """The id of the workspace's key that opens a key; None where the private link does."""
    if sealed[:1] != _WORKSPACE:
        return None
    return sealed[1 : 1 + _ID_BYTES].decode("ascii", "replace")


def key_in(unit: Unit, ring: KeyRing, assessment: str) -> DataKey | None:
    """The key of an assessment that a workspace holds; None where nothing is encrypted yet.

    Raises ``UnreadableError``, also for one that only its private link opens.
    """
    sealed = keys.sealed_key_of(unit, assessment)
    if sealed is None:
        return None
    name = workspace_key_of(sealed)
    if name is None:
        raise KeyMissingError("Only the private link opens the assessment.")
    return key_by_workspace(assessment, find_key(unit, ring, name), sealed)


def _link_key(link: str) -> bytes:
    return derive(link.encode("utf-8", "surrogatepass"), "private link")
