"""How passwords are kept: as argon2id hashes (RFC 9106); their library is loaded when one comes."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["MOST_PASSWORD", "Passwords"]

MOST_PASSWORD = 200
"""How many characters a password has at most."""

_hashing = BoundedSemaphore(1)
"""How many threads of a process may hash at once: each takes 64 MB for it."""


class Passwords(Struct, frozen=True):
    """How dear a hash is: rounds, kilobytes of memory and lanes of RFC 9106."""

    rounds: int = 3
    kilobytes: int = 65536
    lanes: int = 4

    def keep(self, password: str) -> str:
        """What is stored of a password."""
        hasher = self._hasher()
        with _hashing:
            return hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that is kept; takes as long if none is kept."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        if len(password) > MOST_PASSWORD:
            return False
        if kept is None:
            self.keep(password)
            return False
        hasher = self._hasher()
        try:
            with _hashing:
                return hasher.verify(kept, password)
        except (Argon2Error, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Whether a kept password was hashed more cheaply than is done now."""
        return self._hasher().check_needs_rehash(kept)

    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(self.rounds, self.kilobytes, self.lanes)
