"""Master keys: what an operator keeps beside the database, and every workspace's key stands under.

Several may be known at once, so that another can take the place of one: the newest encrypts, each
that is known decrypts.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from msgspec import Struct

from riskq.services.encryption.ciphers import UnreadableError, derive

__all__ = ["NO_KEYS", "KeyMissingError", "KeyRing", "MasterKey", "key_ring"]

_NAME_BYTES = 8


class KeyMissingError(UnreadableError):
    """What was encrypted stands under a key that this service does not have."""


class MasterKey(Struct, frozen=True):
    """A master key; ``name`` follows from it, and tells nothing of it."""

    name: str
    secret: bytes

    def __repr__(self) -> str:
        """Its name alone, for logs."""
        return f"MasterKey({self.name!r})"


class KeyRing(Struct, frozen=True):
    """The master keys that a service has, the newest first."""

    masters: tuple[MasterKey, ...] = ()

    @property
    def newest(self) -> MasterKey:
        """The key that encrypts; raises ``KeyMissingError``."""
        if not self.masters:
            raise KeyMissingError("There is no master key.")
        return self.masters[0]

    def find(self, name: str) -> MasterKey:
        """The key of this name; raises ``KeyMissingError``."""
        for master in self.masters:
            if master.name == name:
                return master
        raise KeyMissingError(f"The master key {name} is not known here.")

    def mark(self, text: str) -> bytes:
        """What is stored to know a guessable text again, such as a network or an e-mail address.

        A plain hash of either is found out by trying all there are. Under another newest key it is
        another mark; a service without keys has nothing to hide it with.
        """
        secret = derive(self.masters[0].secret, "marks") if self.masters else b""
        return hmac.digest(secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256)


NO_KEYS = KeyRing()
"""Opens nothing that belongs to a workspace."""


def key_ring(texts: Iterable[str]) -> KeyRing:
    """The keys that follow from an operator's texts, the newest first."""
    return KeyRing(tuple(dict.fromkeys(map(_master, texts))))


def _master(text: str) -> MasterKey:
    secret = derive(text.encode("utf-8", "surrogateescape"), "master key")
    return MasterKey(derive(secret, "name")[:_NAME_BYTES].hex(), secret)
