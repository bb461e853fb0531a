"""How passwords are kept: as argon2id hashes (RFC 9106); their library is loaded when one comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from msgspec import Struct

from riskq.errors import RiskqError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["MOST_PASSWORD", "BusyError", "Passwords"]

MOST_PASSWORD = 200
"""How many characters a password has at most."""

_hashing = BoundedSemaphore(1)
"""How many threads of a process may hash at once: each takes 64 MB for it."""


class BusyError(RiskqError):
    """Another password is being looked at, and whoever asks may not wait for it."""


class Passwords(Struct, frozen=True):
    """How dear a hash is: rounds, kilobytes of memory and lanes of RFC 9106."""

    rounds: int = 3
    kilobytes: int = 65536
    lanes: int = 4

    def keep(self, password: str, patience: float | None = None) -> str:
        """What is stored of a password; raises ``BusyError`` as ``fits`` does."""
        hasher = self._hasher()
        with _turn(patience):
            return hasher.hash(password)

    def fits(self, kept: str | None, password: str, patience: float | None = None) -> bool:
        """Whether a password is the one that is kept; takes as long if none is kept.

        Raises ``BusyError`` if its turn does not come within ``patience`` seconds, if any.
        """
        from argon2.exceptions import Argon2Error, InvalidHashError

        if len(password) > MOST_PASSWORD:
            return False
        if kept is None:
            self.keep(password, patience)
            return False
        hasher = self._hasher()
        try:
            with _turn(patience):
                return hasher.verify(kept, password)
        except (Argon2Error, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Whether a kept password was hashed more cheaply than is done now."""
        return self._hasher().check_needs_rehash(kept)

    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(self.rounds, self.kilobytes, self.lanes)


@contextmanager
def _turn(patience: float | None) -> Iterator[None]:
    """One's turn to hash, if it comes in time."""
    if not _hashing.acquire(timeout=patience):
        raise BusyError("Another password is being looked at.")
    try:
        yield
    finally:
        _hashing.release()
