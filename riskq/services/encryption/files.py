"""Attached files: their content encrypted piece by piece, their names and digests as texts.

Each file has a key of its own, which follows from the assessment's and a random part at the head of
the file, so that pieces can be counted instead of numbered by chance. The last piece says that it
is the last: a file that was cut does not open.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from riskq.services.encryption.ciphers import (
    UnreadableError,
    decrypt_piece,
    derive,
    encrypt_piece,
)
from riskq.services.encryption.data_keys import DataKey
from riskq.services.encryption.libcrypto import TAG
from riskq.services.encryption.master_keys import KeyMissingError
from riskq.services.encryption.texts import decrypt_text, encrypt_text, is_encrypted
from riskq.store import EvidenceFile

__all__ = [
    "HEAD_BYTES",
    "PIECE",
    "decrypt_file",
    "decrypt_file_row",
    "decrypt_name",
    "encrypt_file",
    "encrypt_file_row",
    "encrypt_name",
    "is_encrypted_file",
]

_MARK = b"\x1ariskq1"
"""Begins no file of a kind that is taken."""

_SALT = 16
HEAD_BYTES = len(_MARK) + _SALT
PIECE = 1 << 16
"""How many bytes are encrypted at once."""


def encrypt_file(key: DataKey | None, file: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The content of a file as it is stored; each piece but the last has ``PIECE`` bytes."""
    if key is None:
        yield from pieces
        return
    salt = secrets.token_bytes(_SALT)
    secret = _file_key(key, file, salt)
    yield _MARK + salt
    number, waiting = 0, b""
    for number, piece in enumerate(pieces):
        if number:
            yield encrypt_piece(secret, number - 1, waiting, is_last=False)
        waiting = piece
    yield encrypt_piece(secret, number, waiting, is_last=True)


def decrypt_file(key: DataKey | None, file: str, stored: bytes) -> bytes:
    """The content of a file as it was given; raises ``UnreadableError``."""
    if not is_encrypted_file(stored):
        return stored
    if key is None:
        raise KeyMissingError("There is no key for the file.")
    secret = _file_key(key, file, stored[len(_MARK) : HEAD_BYTES])
    step = PIECE + TAG
    starts = range(HEAD_BYTES, max(len(stored), HEAD_BYTES + 1), step)
    try:
        return b"".join(
            decrypt_piece(secret, number, stored[at : at + step], is_last=at == starts[-1])
            for number, at in enumerate(starts)
        )
    except ValueError as error:
        raise UnreadableError("It cannot be opened: file.") from error


def is_encrypted_file(stored: bytes) -> bool:
    """Whether the content of a file is stored encrypted."""
    return stored.startswith(_MARK)


def _file_key(key: DataKey, file: str, salt: bytes) -> bytes:
    return derive(key.secret, f"file {file} {salt.hex()}")


def encrypt_file_row(key: DataKey | None, file: EvidenceFile, stored: str) -> EvidenceFile:
    """What is stored of a file: ``stored`` is the digest of its content as it is stored.

    The digest of the content itself would tell whether somebody attached a file that one has.
    """
    if key is None:
        return file
    name = encrypt_name(key, file.question, file.name, file.sha256)
    return replace(file, name=name, sha256=stored)


def decrypt_file_row(key: DataKey | None, stored: EvidenceFile) -> EvidenceFile:
    """What is known of a file; raises ``UnreadableError``."""
    if not is_encrypted(stored.name):
        return stored
    name, digest = decrypt_name(key, stored.question, stored.name)
    return replace(stored, name=name, sha256=digest)


def encrypt_name(key: DataKey | None, question: str, name: str, digest: str) -> str:
    """The name and the digest of a file as they are stored."""
    if key is None:
        return name
    return encrypt_text(("file", key.assessment, question), key.secret, json.dumps([name, digest]))


def decrypt_name(key: DataKey | None, question: str, stored: str) -> tuple[str, str]:
    """The name and the digest of a file; raises ``UnreadableError``."""
    if key is None:
        raise KeyMissingError("There is no key for the file.")
    name, digest = json.loads(decrypt_text(("file", key.assessment, question), key.secret, stored))
    return name, digest
