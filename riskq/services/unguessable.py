"""Names that nobody can guess: ids for addresses, and the secrets of links and sessions."""

from __future__ import annotations

import hashlib
import secrets

__all__ = ["hash_of", "new_id", "new_secret"]

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_id() -> str:
    """An id of twelve letters, none of which looks like another."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def new_secret() -> str:
    """A secret of 256 bits, as it stands in a link."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
