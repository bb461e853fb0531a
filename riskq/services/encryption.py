"""Texts encrypted while they wait in the database, which alone then tells nobody what they say.

The key follows from the service's own secret and what the text is for.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from riskq.errors import RiskqError

__all__ = ["UnreadableError", "decrypt", "encrypt"]

_NONCE = 12


class UnreadableError(RiskqError):
    """What was encrypted cannot be read: under another secret or name, or changed since."""


def encrypt(secret: str, purpose: str, name: str, content: bytes) -> bytes:
    """Encrypt; only the same purpose and name open it again."""
    # Few pages need it, and no page worker is to carry it from its start.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key(secret, purpose)).encrypt(nonce, content, name.encode())


def decrypt(secret: str, purpose: str, name: str, sealed: bytes) -> bytes:
    """Decrypt; raises ``UnreadableError``."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, content = sealed[:_NONCE], sealed[_NONCE:]
    try:
        return AESGCM(_key(secret, purpose)).decrypt(nonce, content, name.encode())
    except (InvalidTag, ValueError) as error:
        raise UnreadableError(f"It cannot be opened: {purpose}.") from error


def _key(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)
