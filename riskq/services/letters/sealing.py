"""Letters encrypted while they wait: they hold links, of which only hashes are stored elsewhere.

The key follows from the service's own secret. Whoever has the database alone reads no letter.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

import msgspec
from msgspec import Struct

__all__ = ["Letter", "UnreadableError", "open_letter", "seal_letter"]

_NONCE = 12


class Letter(Struct, frozen=True):
    """What is sent: to whom, whom an answer goes to ("" for nobody), about what, and the text."""

    to: str
    answer_to: str
    subject: str
    text: str


class UnreadableError(Exception):
    """The letter was encrypted under another secret, or was changed."""


def seal_letter(secret: str, name: str, letter: Letter) -> bytes:
    """Encrypt a letter; ``name`` is its id, under which alone it can be opened."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    content = msgspec.json.encode(letter)
    return nonce + AESGCM(_key(secret)).encrypt(nonce, content, name.encode())


def open_letter(secret: str, name: str, sealed: bytes) -> Letter:
    """Decrypt a letter; raises ``UnreadableError``."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, content = sealed[:_NONCE], sealed[_NONCE:]
    try:
        plain = AESGCM(_key(secret)).decrypt(nonce, content, name.encode())
        return msgspec.json.decode(plain, type=Letter)
    except (InvalidTag, ValueError, msgspec.DecodeError) as error:
        raise UnreadableError("The letter cannot be opened.") from error


def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"outbox", hashlib.sha256)
