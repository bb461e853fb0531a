"""What waits in the database under the service's own secret: letters, and answers to programs."""

from __future__ import annotations

import hashlib
import hmac

from riskq.services.encryption.ciphers import UnreadableError, decrypt_about, encrypt_about

__all__ = ["decrypt", "encrypt"]


def encrypt(secret: str, purpose: str, name: str, content: bytes) -> bytes:
    """Encrypt; only the same purpose and name open it again."""
    return encrypt_about(name.encode(), _key(secret, purpose), content)


def decrypt(secret: str, purpose: str, name: str, sealed: bytes) -> bytes:
    """Decrypt; raises ``UnreadableError``."""
    try:
        return decrypt_about(name.encode(), _key(secret, purpose), sealed)
    except ValueError as error:
        raise UnreadableError(f"It cannot be opened: {purpose}.") from error


def _key(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)
