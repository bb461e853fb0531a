"""AES-256-GCM and keys that follow from others: all that everything encrypted here stands on.

What is encrypted is bound to its place: in another row, or another column, it does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from riskq.errors import RiskqError
from riskq.services.encryption import libcrypto

__all__ = [
    "KEY_BYTES",
    "Place",
    "UnreadableError",
    "decrypt_about",
    "decrypt_at",
    "decrypt_piece",
    "derive",
    "encrypt_about",
    "encrypt_at",
    "encrypt_piece",
    "new_key",
]

Place = tuple[str, ...]
"""Where something stands: what it is, and the ids and names by which it is found."""

KEY_BYTES = 32
_NONCE = 12


class UnreadableError(RiskqError):
    """What was encrypted cannot be read: under another key or in another place, or changed."""


def new_key() -> bytes:
    """A key that nobody can guess, of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def derive(secret: bytes, purpose: str) -> bytes:
    """The key for a purpose that follows from a secret of high entropy (HKDF-SHA256, RFC 5869)."""
    inner = hmac.digest(bytes(KEY_BYTES), secret, hashlib.sha256)
    return hmac.digest(inner, f"riskq {purpose}".encode() + b"\x01", hashlib.sha256)


def encrypt_at(place: Place, key: bytes, content: bytes) -> bytes:
    """Encrypt for a place; no other opens it."""
    return encrypt_about(_said(place), key, content)


def decrypt_at(place: Place, key: bytes, sealed: bytes) -> bytes:
    """Decrypt what stands at a place; raises ``UnreadableError``."""
    try:
        return decrypt_about(_said(place), key, sealed)
    except ValueError as error:
        raise UnreadableError(f"It cannot be opened: {place[0]}.") from error


def encrypt_about(about: bytes, key: bytes, content: bytes) -> bytes:
    """Encrypt what only opens together with the same ``about``."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _encrypt(key, nonce, content, about)


def decrypt_about(about: bytes, key: bytes, sealed: bytes) -> bytes:
    """Decrypt; raises ``ValueError``."""
    return _decrypt(key, sealed[:_NONCE], sealed[_NONCE:], about)


def encrypt_piece(key: bytes, number: int, content: bytes, *, is_last: bool) -> bytes:
    """One of several pieces under a key that encrypts nothing but these, each number once."""
    return _encrypt(key, _counted(number, is_last=is_last), content, b"")


def decrypt_piece(key: bytes, number: int, sealed: bytes, *, is_last: bool) -> bytes:
    """A piece that was encrypted with this number; raises ``ValueError``."""
    return _decrypt(key, _counted(number, is_last=is_last), sealed, b"")


def _counted(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_NONCE - 1, "big") + bytes([is_last])


def _said(place: Place) -> bytes:
    """A place as bytes; no two are the same, since each part tells its length."""
    return "".join(f"{len(part)}:{part}" for part in place).encode("utf-8", "surrogatepass")


def _encrypt(key: bytes, nonce: bytes, content: bytes, about: bytes) -> bytes:
    if libcrypto.is_there():
        return libcrypto.encrypt(key, nonce, content, about)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(nonce, content, about)


def _decrypt(key: bytes, nonce: bytes, sealed: bytes, about: bytes) -> bytes:
    if libcrypto.is_there():
        return libcrypto.decrypt(key, nonce, sealed, about)
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(nonce, sealed, about)
    except InvalidTag as error:
        raise ValueError("It is not as it was.") from error
