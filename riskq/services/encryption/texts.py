"""Texts as they are stored encrypted: marked, so that none is taken for a text that is not.

How long a text is tells something of it: single choices of one question differ in their lengths.
Texts are therefore filled up to a multiple of some length before they are encrypted.
"""

from __future__ import annotations

import base64
import binascii

from riskq.services.encryption.ciphers import Place, UnreadableError, decrypt_at, encrypt_at
from riskq.store import keys

__all__ = ["decrypt_text", "encrypt_text", "is_encrypted"]

_MARK = f"{keys.ENCRYPTED}1."
"""Begins no JSON, and nothing that anybody can type."""

_STEP = 64
_LENGTH = 4


def encrypt_text(place: Place, key: bytes, text: str, step: int = _STEP) -> str:
    """Encrypt a text for a place; its length can be told to a multiple of ``step`` bytes only."""
    content = text.encode("utf-8")
    whole = len(content).to_bytes(_LENGTH, "big") + content
    sealed = encrypt_at(place, key, whole + bytes(-len(whole) % step))
    return _MARK + base64.b64encode(sealed).decode()


def decrypt_text(place: Place, key: bytes, stored: str) -> str:
    """Decrypt a text; raises ``UnreadableError``."""
    if not is_encrypted(stored):
        raise UnreadableError(f"It is not encrypted: {place[0]}.")
    try:
        whole = decrypt_at(place, key, base64.b64decode(stored[len(_MARK) :], validate=True))
        length = int.from_bytes(whole[:_LENGTH], "big")
        return whole[_LENGTH : _LENGTH + length].decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise UnreadableError(f"It cannot be read: {place[0]}.") from error


def is_encrypted(stored: str) -> bool:
    """Whether a text that is stored is an encrypted one."""
    return stored.startswith(_MARK)
