"""Attaching files to answers, and removing them: within limits, whole or not at all.

The content is on the disk before the row that tells of it, and goes after it. Whatever happens in
between leaves a file that nobody knows, which is removed later (``tidying``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO

from msgspec import Struct

from riskq.services.desk import Desk
from riskq.services.encryption import (
    PIECE,
    UnreadableError,
    decrypt_file,
    decrypt_file_row,
    encrypt_file,
    encrypt_file_row,
    encrypt_name,
)
from riskq.services.evidence.errors import FileLostError, NoFileError, RefusedFileError
from riskq.services.evidence.file_names import shown_name
from riskq.services.opening import LockedAnswerError, NoAssessmentError, Opened, encrypted
from riskq.services.unguessable import new_id
from riskq.store import (
    EVIDENCE,
    Act,
    EvidenceFile,
    Happened,
    NoSuchFile,
    StoreUnavailable,
    Unit,
    book_of,
    evidence_added,
    evidence_refused,
    evidence_removed,
    history,
    touch,
)

__all__ = [
    "MOST_BYTES",
    "MOST_FILES",
    "MOST_IN_ALL",
    "Given",
    "attach",
    "can_attach",
    "content_of",
    "count_files",
    "files_of",
    "find_file",
    "remove",
]

_MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * _MEGABYTE
"""How large a file may be."""
MOST_FILES = 10
"""How many files an answer may have."""
MOST_IN_ALL = 100 * _MEGABYTE
"""How much all files of an assessment may hold together."""

_ODD = frozenset({"type", "ending", "damaged", "mixed", "macros", "swollen"})
"""For which reasons a refusal is written into the history: the file was not what it seemed."""

_MOST_STORED = MOST_BYTES + _MEGABYTE
"""How many bytes a file has at most as it is stored."""

_IN_ORDER = "order by added_at, id"


class Given(Struct, frozen=True):
    """A file as somebody sends it: what it is called there, and what it holds."""

    name: str
    content: BinaryIO


def can_attach(opened: Opened, question: str) -> bool:
    """Whether a question takes files: it has an answer, be that set aside, that is not locked."""
    return question in opened.answers and not opened.is_locked_to(question)


def attach(desk: Desk, opened: Opened, question: str, given: Given, by: str) -> EvidenceFile:
    """Attach a file to the answer to a question.

    Raises ``RefusedFileError``, ``LockedAnswerError``, ``NoAssessmentError`` and
    ``StoreUnavailable``; nothing is kept then.
    """
    opened = encrypted(desk, opened)
    _refuse_locked(opened, question)
    try:
        file = _look_at(desk, opened, question, given, by)
    except RefusedFileError as error:
        if error.reason in _ODD:
            name = encrypt_name(opened.key, question, shown_name(given.name), "")
            told = evidence_refused(Act(desk.clock(), by), question, name, error.reason)
            desk.store.change(lambda unit: _tell(unit, opened.record.id, told))
        raise
    _refuse_too_much(files_of(desk, opened), file)
    digest = hashlib.sha256()
    desk.files.put(file.id, _counted(digest, encrypt_file(opened.key, file.id, _pieces(given))))
    kept = encrypt_file_row(opened.key, file, digest.hexdigest())
    try:
        desk.store.change(lambda unit: _add(desk, unit, kept))
    except BaseException:
        with suppress(StoreUnavailable):
            desk.files.remove(file.id)
        raise
    return file


def _tell(unit: Unit, assessment: str, happened: Happened) -> None:
    """Write into the history of an assessment, if that is still there."""
    if unit.rows("select 1 from assessments where id = ?", (assessment,)):
        history.append(unit, book_of(assessment), happened)


def _refuse_locked(opened: Opened, question: str) -> None:
    if opened.is_locked_to(question):
        raise LockedAnswerError(question)


def _look_at(desk: Desk, opened: Opened, question: str, given: Given, by: str) -> EvidenceFile:
    """What is to be known of a file; raises ``RefusedFileError``."""
    # What tells types is loaded with the first file.
    from riskq.services.evidence.kinds import sniff

    size = given.content.seek(0, 2)
    if not size:
        raise RefusedFileError("empty")
    if size > MOST_BYTES:
        raise RefusedFileError("too-large")
    name = shown_name(given.name)
    kind = sniff(given.content, size, name)
    digest = hashlib.sha256()
    for piece in _pieces(given):
        digest.update(piece)
    about = (opened.record.id, question, name, kind.type, size, digest.hexdigest())
    return EvidenceFile(new_id(), *about, desk.clock(), by)


def _pieces(given: Given) -> Iterator[bytes]:
    given.content.seek(0)
    while piece := given.content.read(PIECE):
        yield piece


def _counted(digest: hashlib._Hash, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as they are, while a digest is made of them."""
    for piece in pieces:
        digest.update(piece)
        yield piece


def _refuse_too_much(there: tuple[EvidenceFile, ...], file: EvidenceFile) -> None:
    if sum(one.question == file.question for one in there) >= MOST_FILES:
        raise RefusedFileError("too-many")
    if sum(one.bytes for one in there) + file.bytes > MOST_IN_ALL:
        raise RefusedFileError("no-room")


def _add(desk: Desk, unit: Unit, file: EvidenceFile) -> None:
    """Write the row, unless others filled the room meanwhile: changes come one after another."""
    act = Act(file.added_at, file.added_by)
    _write(desk, unit, file.assessment, evidence_added(act, file))
    there = EVIDENCE.find(unit, "where assessment = ?", file.assessment)
    _refuse_too_much(there, file)
    EVIDENCE.add(unit, file)


def _write(desk: Desk, unit: Unit, assessment: str, happened: Happened) -> None:
    """Move the assessment on, and write into its history why."""
    if not touch(unit, assessment, happened.at, desk.expires()):
        raise NoAssessmentError("The assessment was deleted.")
    history.append(unit, book_of(assessment), happened)


def files_of(desk: Desk, opened: Opened, question: str | None = None) -> tuple[EvidenceFile, ...]:
    """The files of an assessment, or of one of its answers, the oldest first."""
    here = opened.record.id
    if question is None:
        where = f"where assessment = ? {_IN_ORDER}"
        found = desk.store.read(lambda unit: EVIDENCE.find(unit, where, here))
    else:
        where = f"where assessment = ? and question = ? {_IN_ORDER}"
        found = desk.store.read(lambda unit: EVIDENCE.find(unit, where, here, question))
    return tuple(decrypt_file_row(opened.key, one) for one in found)


def count_files(desk: Desk, opened: Opened) -> Mapping[str, int]:
    """How many files each answer has, by question; those without are left out."""
    sql = "select question, count(*) from evidence where assessment = ? group by question"
    return dict(desk.store.read(lambda unit: unit.rows(sql, (opened.record.id,))))


def find_file(desk: Desk, opened: Opened, question: str, file: str) -> EvidenceFile:
    """A file of an answer; raises ``NoFileError``, also for one of another assessment."""
    where = "where id = ? and assessment = ? and question = ?"
    here = opened.record.id
    found = desk.store.read(lambda unit: EVIDENCE.one(unit, where, file, here, question))
    if found is None:
        raise NoFileError("The answer has no such file.")
    return decrypt_file_row(opened.key, found)


def content_of(desk: Desk, opened: Opened, file: EvidenceFile) -> bytes:
    """What a file holds, exactly as it was attached; raises ``FileLostError``."""
    try:
        with desk.files.open(file.id) as content:
            found = decrypt_file(opened.key, file.id, content.read(_MOST_STORED))
    except NoSuchFile as error:
        raise FileLostError("The content of the file is lost.") from error
    except UnreadableError as error:
        raise FileLostError("The content of the file does not open.") from error
    if hashlib.sha256(found).hexdigest() != file.sha256:
        raise FileLostError("The content of the file is not what was attached.")
    return found


def remove(desk: Desk, opened: Opened, file: EvidenceFile, by: str) -> None:
    """Remove a file from its answer, for good; nothing happens if somebody else did.

    Revisions that were submitted with it still tell that it was there. Raises
    ``LockedAnswerError``.
    """
    _refuse_locked(opened, file.question)
    here = opened.record.id

    def change(unit: Unit) -> None:
        where = "where id = ? and assessment = ?"
        stored = EVIDENCE.one(unit, where, file.id, here)
        if stored is not None:
            EVIDENCE.remove(unit, where, file.id, here)
            _write(desk, unit, here, evidence_removed(Act(desk.clock(), by), stored))

    desk.store.change(change, erases=True)
    # What cannot be removed now is known to nobody any more, and removed with other such files.
    with suppress(StoreUnavailable):
        desk.files.remove(file.id)
