"""What was stored before there were keys, encrypted when it is next written to, or when asked for.

A private assessment can be encrypted only while somebody is there with its link. Its key follows
from the link then, so that two windows at once come to the same one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from riskq.services.desk import Desk
from riskq.services.encryption import (
    PIECE,
    DataKey,
    decrypt_file_row,
    encrypt_event,
    encrypt_file,
    encrypt_file_row,
    encrypt_note,
    encrypt_review,
    encrypt_revision,
    encrypt_value,
    is_encrypted,
    is_encrypted_file,
    key_for_workspace,
    key_in,
    workspace_key,
)
from riskq.services.issue import issue_of_snapshot, plain_code
from riskq.store import (
    EVIDENCE,
    NOTES,
    REVIEWS,
    EvidenceFile,
    NewRevision,
    NoSuchFile,
    Unit,
    book_of,
    history,
    keys,
    old_rows,
)

__all__ = ["encrypt_held", "encrypt_old"]

_TELLING = ("answer", "assessment-started", "submitted", "evidence-")


def encrypt_old(desk: Desk, key: DataKey) -> None:
    """Encrypt an assessment as a whole under its key."""
    desk.store.change(lambda unit: _encrypt_rows(unit, key), erases=True)
    desk.recent.forget(key.assessment)
    _encrypt_files(desk, key)


def encrypt_held(desk: Desk, *, is_dry: bool = False) -> int:
    """Encrypt everything that workspaces hold and that is not yet; how many assessments.

    Raises ``KeyMissingError`` without a master key. Done again, it does what is left.
    """
    count, after = 0, ""
    while some := desk.store.read(partial(old_rows.plain_held, after=after)):
        after = some[-1][0]
        count += len(some)
        for assessment, workspace in () if is_dry else some:
            _encrypt_held(desk, assessment, workspace)
    return count


def _encrypt_held(desk: Desk, assessment: str, workspace: str) -> None:
    def change(unit: Unit) -> DataKey:
        key = key_in(unit, desk.keys, assessment)
        if key is None:
            held_by = workspace_key(unit, desk.keys, workspace, desk.clock())
            key = key_for_workspace(assessment, held_by)
        _encrypt_rows(unit, key)
        return key

    key = desk.store.change(change, erases=True)
    desk.recent.forget(assessment)
    _encrypt_files(desk, key)


def _encrypt_rows(unit: Unit, key: DataKey) -> None:
    """Encrypt all rows of an assessment that are not yet, and keep its key."""
    keys.keep_key(unit, key.assessment, key.sealed)
    for question, value, because, version in old_rows.answers_of(unit, key.assessment):
        if not is_encrypted(value):
            kept = encrypt_value(key, question, version, value, because)
            old_rows.rewrite_answer(unit, key.assessment, question, kept)
    _encrypt_revisions(unit, key)
    _encrypt_history(unit, key)
    for file in EVIDENCE.find(unit, "where assessment = ?", key.assessment):
        if not is_encrypted(file.name):
            name = encrypt_file_row(key, file, file.sha256).name
            EVIDENCE.change(unit, {"name": name}, "where id = ?", file.id)
    _encrypt_what_members_wrote(unit, key)


def _encrypt_revisions(unit: Unit, key: DataKey) -> None:
    for number, snapshot, sha256, language in old_rows.revisions_of(unit, key.assessment):
        if is_encrypted(snapshot):
            continue
        printed = f"{key.assessment.upper()}-{number}"
        code = plain_code(issue_of_snapshot(snapshot, printed, number, "").code)
        new = encrypt_revision(key, NewRevision(snapshot, sha256, language, {}), number, code)
        old_rows.rewrite_revision(unit, key.assessment, number, new)
    if key.is_private:
        old_rows.forget_levels(unit, key.assessment)


def _encrypt_history(unit: Unit, key: DataKey) -> None:
    """Encrypt what events tell, together with the salt by which it could be guessed."""
    book = book_of(key.assessment)
    for event in history.every_event(unit, book):
        if event.salt is None or event.detail is None or not event.action.startswith(_TELLING):
            continue
        kept = encrypt_event(key, event.number, event.salt, event.detail)
        history.seal_detail(unit, book, event.number, kept)


def _encrypt_what_members_wrote(unit: Unit, key: DataKey) -> None:
    of_vendor = "where vendor = (select id from vendors where assessment = ?)"
    for review in REVIEWS.find(unit, of_vendor, key.assessment):
        if not is_encrypted(review.comment or review.value or ""):
            kept = encrypt_review(key, review)
            columns: dict[str, object] = {"comment": kept.comment, "value": kept.value}
            where = "where vendor = ? and question = ?"
            REVIEWS.change(unit, columns, where, review.vendor, review.question)
    for note in NOTES.find(unit, "where assessment = ?", key.assessment):
        if not is_encrypted(note.text):
            text = encrypt_note(key, note.text)
            NOTES.change(unit, {"text": text}, "where assessment = ?", key.assessment)


def _encrypt_files(desk: Desk, key: DataKey) -> None:
    """Encrypt the content of files; what is broken off leaves each as it was, or encrypted."""
    where = "where assessment = ?"
    for stored in desk.store.read(lambda unit: EVIDENCE.find(unit, where, key.assessment)):
        try:
            with desk.files.open(stored.id) as content:
                found = content.read()
        except NoSuchFile:
            continue
        digest = hashlib.sha256()
        if not is_encrypted_file(found):
            desk.files.put(stored.id, _told(digest, encrypt_file(key, stored.id, _pieces(found))))
            _keep_digest(desk, decrypt_file_row(key, stored), digest.hexdigest())


def _keep_digest(desk: Desk, file: EvidenceFile, digest: str) -> None:
    columns: dict[str, object] = {"sha256": digest}
    desk.store.change(lambda unit: EVIDENCE.change(unit, columns, "where id = ?", file.id))


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[at : at + PIECE] for at in range(0, len(content), PIECE))


def _told(digest: hashlib._Hash, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        digest.update(piece)
        yield piece
