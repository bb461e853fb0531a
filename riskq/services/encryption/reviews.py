"""What members write about answers and assessments: reviews of a vendor's, and private notes.

It stands under the key of the assessment that it is about, which the key of the workspace opens.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from riskq.services.encryption.data_keys import DataKey
from riskq.services.encryption.master_keys import KeyMissingError
from riskq.services.encryption.texts import decrypt_text, encrypt_text, is_encrypted
from riskq.store import Review

__all__ = [
    "decrypt_note",
    "decrypt_review",
    "decrypt_said",
    "encrypt_note",
    "encrypt_review",
]


def encrypt_review(key: DataKey | None, review: Review) -> Review:
    """A review as it is stored; what is empty stays so."""
    if key is None:
        return review
    comment = _encrypt(key, "comment", review.question, review.comment)
    value = review.value and _encrypt(key, "own value", review.question, review.value)
    return replace(review, comment=comment, value=value)


def decrypt_review(key: DataKey | None, stored: Review) -> Review:
    """A review as it was written; raises ``UnreadableError``."""
    comment = _decrypt(key, "comment", stored.question, stored.comment)
    value = stored.value and _decrypt(key, "own value", stored.question, stored.value)
    return replace(stored, comment=comment, value=value)


def decrypt_said(key: DataKey | None, detail: Mapping[str, object]) -> Mapping[str, object]:
    """What an event tells of a review; raises ``UnreadableError``."""
    question = str(detail.get("question", ""))
    found = dict(detail)
    for when in ("old", "new"):
        said = detail.get(when)
        if isinstance(said, Mapping):
            comment = _decrypt(key, "comment", question, str(said.get("comment", "")))
            value = said.get("value")
            opened = value and _decrypt(key, "own value", question, str(value))
            found[when] = {**said, "comment": comment, "value": opened}
    return found


def encrypt_note(key: DataKey | None, note: str) -> str:
    """A private note on an assessment as it is stored."""
    return note if key is None else _encrypt(key, "note", "", note)


def decrypt_note(key: DataKey | None, stored: str) -> str:
    """A private note as it was written; raises ``UnreadableError``."""
    return _decrypt(key, "note", "", stored)


def _encrypt(key: DataKey, what: str, question: str, text: str) -> str:
    return text and encrypt_text((what, key.assessment, question), key.secret, text)


def _decrypt(key: DataKey | None, what: str, question: str, stored: str) -> str:
    if not is_encrypted(stored):
        return stored
    if key is None:
        raise KeyMissingError("There is no key for what members wrote.")
    return decrypt_text((what, key.assessment, question), key.secret, stored)
