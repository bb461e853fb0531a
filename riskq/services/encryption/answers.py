"""Answers, revisions and what a history tells of them: encrypted on their way into the store.

The words beside an answer are encrypted with it, so that it does not show whether there are any.
What a record holds as it comes from the store is marked where it is encrypted; what was written
before there were keys is not, and is read as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec.structs import replace

from riskq.services.encryption.ciphers import UnreadableError, decrypt_at, derive, encrypt_at
from riskq.services.encryption.data_keys import DataKey
from riskq.services.encryption.files import decrypt_name
from riskq.services.encryption.master_keys import KeyMissingError
from riskq.services.encryption.texts import decrypt_text, encrypt_text, is_encrypted
from riskq.store import AnswerChange, Assessment, NewRevision, Revision, StoredAnswer

__all__ = [
    "decrypt_by_code",
    "decrypt_detail",
    "decrypt_event",
    "decrypt_record",
    "decrypt_revision",
    "decrypt_snapshot",
    "encrypt_answer",
    "encrypt_change",
    "encrypt_event",
    "encrypt_record",
    "encrypt_revision",
    "encrypt_value",
]

_SNAPSHOT_STEP = 4096
"""Of a snapshot it shows how long it is to so many bytes only; it says more than one answer."""

_AND = "\n"
"""Parts an answer from its words; JSON texts have none."""


def encrypt_record(key: DataKey, record: Assessment) -> Assessment:
    """A new assessment as it is stored."""
    answers = tuple(encrypt_answer(key, one) for one in record.answers)
    return replace(record, answers=answers, sealed_key=key.sealed)


def encrypt_answer(key: DataKey, answer: StoredAnswer) -> StoredAnswer:
    """An answer as it is stored."""
    value = encrypt_value(key, answer.question, answer.version, answer.value, answer.because)
    return replace(answer, value=value, because="")


def encrypt_change(key: DataKey | None, change: AnswerChange, version: int) -> AnswerChange:
    """A change as it is stored, of which the answer will have this version."""
    if key is None or change.value is None:
        return change
    value = encrypt_value(key, change.question, version, change.value, change.because)
    return replace(change, value=value, because="")


def encrypt_value(key: DataKey, question: str, version: int, value: str, because: str) -> str:
    """An answer as it is stored; the version stands behind it, since histories tell of old ones."""
    place = ("answer", key.assessment, question, str(version))
    return f"{encrypt_text(place, key.secret, value + _AND + because)}.{version}"


def decrypt_record(key: DataKey | None, record: Assessment) -> Assessment:
    """An assessment with its answers; raises ``UnreadableError``."""
    if not any(is_encrypted(one.value) for one in record.answers):
        return record
    return replace(record, answers=tuple(_answer(key, one) for one in record.answers))


def _answer(key: DataKey | None, stored: StoredAnswer) -> StoredAnswer:
    if not is_encrypted(stored.value):
        return stored
    version, value, because = _value(key, stored.question, stored.value)
    if version != str(stored.version):
        raise UnreadableError("It is of another version: answer.")
    return replace(stored, value=value, because=because)


def _value(key: DataKey | None, question: str, stored: str) -> tuple[str, str, str]:
    text, _, version = stored.rpartition(".")
    if key is None:
        raise KeyMissingError("There is no key for the answers.")
    place = ("answer", key.assessment, question, version)
    value, _, because = decrypt_text(place, key.secret, text).partition(_AND)
    return version, value, because


def encrypt_revision(key: DataKey, new: NewRevision, number: int, code: str) -> NewRevision:
    """What is stored of a submission that will have this number.

    ``code`` is that of its report, which opens this revision to whoever looks it up. Levels are for
    the lists of a workspace; of what only its link opens none are kept.
    """
    about, secret = (key.assessment, str(number)), _revision_secret(key, number)
    by_code = encrypt_at(("by code", *about), derive(code.encode(), "code of a report"), secret)
    return replace(
        new,
        snapshot=encrypt_text(("snapshot", *about), secret, new.snapshot, _SNAPSHOT_STEP),
        sha256=encrypt_text(("digest", *about), secret, new.sha256),
        levels={} if key.is_private else new.levels,
        by_code=by_code,
    )


def decrypt_revision(key: DataKey | None, stored: Revision) -> Revision:
    """A revision with its snapshot; raises ``UnreadableError``."""
    if not is_encrypted(stored.snapshot):
        return stored
    if key is None:
        raise KeyMissingError("There is no key for the revision.")
    return _revision(_revision_secret(key, stored.number), stored)


def decrypt_snapshot(key: DataKey | None, number: int, stored: str) -> str:
    """The snapshot of a revision alone; raises ``UnreadableError``."""
    if not is_encrypted(stored):
        return stored
    if key is None:
        raise KeyMissingError("There is no key for the revision.")
    place = ("snapshot", key.assessment, str(number))
    return decrypt_text(place, _revision_secret(key, number), stored)


def decrypt_by_code(code: str, stored: Revision) -> Revision | None:
    """A revision for whoever has the code of its report; None if it is not that of this one."""
    if not is_encrypted(stored.snapshot):
        return stored
    place = ("by code", stored.assessment, str(stored.number))
    code_key = derive(code.encode("utf-8", "surrogatepass"), "code of a report")
    try:
        return _revision(decrypt_at(place, code_key, stored.by_code or b""), stored)
    except UnreadableError:
        return None


def _revision_secret(key: DataKey, number: int) -> bytes:
    """The key of one revision: whoever is given it opens no other, and no answer."""
    return derive(key.secret, f"revision {number}")


def _revision(secret: bytes, stored: Revision) -> Revision:
    about = (stored.assessment, str(stored.number))
    snapshot = decrypt_text(("snapshot", *about), secret, stored.snapshot)
    return replace(
        stored, snapshot=snapshot, sha256=decrypt_text(("digest", *about), secret, stored.sha256)
    )


def encrypt_event(key: DataKey, number: int, salt: bytes, detail: str) -> str:
    """What an event of the assessment tells, written before there were keys, as it is stored."""
    told = json.dumps([salt.hex(), detail], ensure_ascii=False)
    return encrypt_text(("event", key.assessment, str(number)), key.secret, told)


def decrypt_event(key: DataKey | None, number: int, stored: str) -> str:
    """What an event tells; raises ``UnreadableError``."""
    if not is_encrypted(stored):
        return stored
    if key is None:
        raise KeyMissingError("There is no key for the history.")
    place = ("event", key.assessment, str(number))
    _, detail = json.loads(decrypt_text(place, key.secret, stored))
    return str(detail)


def decrypt_detail(
    key: DataKey | None, action: str, subject: str, detail: Mapping[str, object]
) -> Mapping[str, object]:
    """What an event of an assessment tells, with the answers in it; raises ``UnreadableError``."""
    if action == "answer":
        return {name: _said(key, subject, said) for name, said in detail.items()}
    if action == "assessment-started" and isinstance(answers := detail.get("answers"), Mapping):
        told = {question: _said(key, question, said) for question, said in answers.items()}
        return {**detail, "answers": told}
    if action.startswith("evidence-"):
        return _of_file(key, subject, detail)
    digest = detail.get("sha256")
    if action == "submitted" and isinstance(digest, str) and is_encrypted(digest):
        if key is None:
            raise KeyMissingError("There is no key for the revision.")
        secret = _revision_secret(key, int(subject))
        return {
            **detail,
            "sha256": decrypt_text(("digest", key.assessment, subject), secret, digest),
        }
    return detail


def _said(key: DataKey | None, question: str, said: object) -> object:
    """An old or a new answer as an event tells it."""
    if not isinstance(said, Mapping) or not is_encrypted(str(said.get("answer", ""))):
        return said
    _, value, because = _value(key, question, str(said["answer"]))
    return {"answer": value, "because": because} if because else {"answer": value}


def _of_file(
    key: DataKey | None, question: str, detail: Mapping[str, object]
) -> Mapping[str, object]:
    """What an event tells of a file; of one that was refused there is no digest."""
    stored = str(detail.get("name", ""))
    if not is_encrypted(stored):
        return detail
    name, digest = decrypt_name(key, question, stored)
    return {**detail, "name": name, "sha256": digest} if digest else {**detail, "name": name}
