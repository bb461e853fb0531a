"""Letters encrypted while they wait: they hold links, of which only hashes are stored elsewhere."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from riskq.services.encryption import UnreadableError, decrypt, encrypt

__all__ = ["Letter", "UnreadableError", "open_letter", "seal_letter"]

_PURPOSE = "outbox"


class Letter(Struct, frozen=True):
    """What is sent: to whom, whom an answer goes to ("" for nobody), about what, and the text."""

    to: str
    answer_to: str
    subject: str
    text: str


def seal_letter(secret: str, name: str, letter: Letter) -> bytes:
    """Encrypt a letter; ``name`` is its id, under which alone it can be opened."""
    return encrypt(secret, _PURPOSE, name, msgspec.json.encode(letter))


def open_letter(secret: str, name: str, sealed: bytes) -> Letter:
    """Decrypt a letter; raises ``UnreadableError``."""
    try:
        return msgspec.json.decode(decrypt(secret, _PURPOSE, name, sealed), type=Letter)
    except msgspec.DecodeError as error:
        raise UnreadableError("The letter cannot be read.") from error
