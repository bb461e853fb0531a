"""Revisions: submitted, frozen states of an assessment, and what can be read off them again."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import cast

from msgspec import Struct

from riskq.clock import local_time
from riskq.engine import Answers, Conclusion, Judge, assess, read_answers
from riskq.errors import RiskqError
from riskq.questionnaire import Questionnaire
from riskq.report import AttachedFile
from riskq.services import evidence
from riskq.services.assessments import ChangedMeanwhileError
from riskq.services.desk import Desk
from riskq.services.encryption import (
    DataKey,
    decrypt_revision,
    decrypt_snapshot,
    encrypt_revision,
)
from riskq.services.issue import issue_of_snapshot, plain_code
from riskq.services.json_form import assessment_form
from riskq.services.opening import EditionChangedError, NoAssessmentError, Opened, encrypted
from riskq.store import (
    HOLDER,
    Act,
    NewRevision,
    NoSuchAssessment,
    Revision,
    StaleSequence,
    Unit,
    keys,
)

__all__ = [
    "ChangedMeanwhileError",
    "IncompleteError",
    "Submitted",
    "as_stored",
    "download",
    "find_revision",
    "freeze",
    "keep_levels",
    "list_revisions",
    "list_revisions_of",
    "submit",
]


_SALT_BYTES = 16


class IncompleteError(RiskqError):
    """Questions are still without an answer; ``next`` is the first of them."""

    def __init__(self, following: str) -> None:
        self.next = following
        super().__init__(f'The question "{following}" has no answer yet.')


class Submitted(Struct, frozen=True):
    """A revision, read again: its answers and the conclusion of the day it was submitted.

    ``is_current`` tells that submitting again would make no other one; ``has_other_answers`` that
    an answer was saved since, and not merely another edition chosen or a file attached.
    """

    record: Revision
    questionnaire: Questionnaire
    answers: Answers
    on: date
    conclusion: Conclusion
    is_current: bool
    has_other_answers: bool

    @property
    def number(self) -> str:
        """The number of the document: the assessment's id and the revision."""
        return f"{self.record.assessment.upper()}-{self.record.number}"


def submit(desk: Desk, opened: Opened, *, seen: int, language: str, by: str = HOLDER) -> Submitted:
    """Freeze the assessment as a revision; submitting the same state again gives the same one.

    ``seen`` is the sequence that the person looked at. Raises ``IncompleteError``,
    ``ChangedMeanwhileError`` and ``NoAssessmentError``.
    """
    opened = encrypted(desk, opened)
    record = opened.record
    if opened.journey.next is not None:
        raise IncompleteError(opened.journey.next)
    if record.sequence != seen:
        raise ChangedMeanwhileError("The answers have changed.")
    at = desk.clock()
    # Attaching and removing moves the sequence too, so that the files are those of this state.
    files = evidence.counted_files(desk, opened)
    times = {"created_at": record.created_at, "submitted_at": at}
    plain = freeze(opened.judge, language, files, **times)
    new = as_stored(opened.key, plain, record.last_revision + 1)
    try:
        revision = desk.store.submit(record.id, seen, new, Act(at, by))
    except StaleSequence as error:
        raise ChangedMeanwhileError("The answers have changed.") from error
    except NoSuchAssessment as error:
        raise NoAssessmentError("The assessment was deleted.") from error
    return _submitted(desk, opened, revision)


def freeze(
    judge: Judge,
    language: str,
    files: Sequence[AttachedFile],
    *,
    created_at: datetime,
    submitted_at: datetime,
) -> NewRevision:
    """What is kept of answers that are submitted at a moment, with the files attached to them."""
    times = {"created_at": created_at, "submitted_at": submitted_at}
    form = assessment_form(judge, **times, language=language, files=files)
    # Without it the code of the report would follow from answers that somebody could guess.
    form["salt"] = secrets.token_hex(_SALT_BYTES)
    snapshot = json.dumps(form, ensure_ascii=False, sort_keys=True)
    sha256 = hashlib.sha256(snapshot.encode()).hexdigest()
    levels = {scale.id: scale.if_applies for scale in judge.conclusion.scales}
    return NewRevision(snapshot, sha256, language, levels)


def as_stored(key: DataKey | None, new: NewRevision, number: int) -> NewRevision:
    """What is stored of a submission, which will have this number."""
    if key is None:
        return new
    printed = f"{key.assessment.upper()}-{number}"
    code = plain_code(issue_of_snapshot(new.snapshot, printed, number, "").code)
    return encrypt_revision(key, new, number, code)


def keep_levels(unit: Unit, key: DataKey) -> None:
    """Keep the levels of every revision, by which a workspace's lists are read and sorted.

    Of an assessment that only its private link opens, none are kept.
    """
    for number, stored in keys.revisions_without_levels(unit, key.assessment):
        snapshot = json.loads(decrypt_snapshot(key, number, stored))
        scales = snapshot["conclusion"]["scales"]
        levels = {scale: told["if_applies"] for scale, told in scales.items()}
        keys.write_levels(unit, key.assessment, number, levels)


def _submitted(desk: Desk, opened: Opened, stored: Revision) -> Submitted:
    """The revision, read by the edition that it was made under."""
    revision = decrypt_revision(opened.key, stored)
    snapshot = cast("Mapping[str, object]", json.loads(revision.snapshot))
    on = date.fromisoformat(str(snapshot["on"]))
    raw = cast("Mapping[str, object]", snapshot["answers"])
    questionnaire = desk.catalogue.load(opened.record.questionnaire, str(snapshot["edition"]))
    if questionnaire.digest != snapshot["digest"]:
        raise EditionChangedError("The edition is not the one that the revision was made with.")
    answers = read_answers(questionnaire, raw, date.max)
    conclusion = assess(questionnaire, answers, on)
    is_current = revision.sequence == opened.record.sequence
    has_other = any(version > revision.sequence for version in opened.versions.values())
    return Submitted(revision, questionnaire, answers, on, conclusion, is_current, has_other)


def find_revision(desk: Desk, opened: Opened, number: int | None = None) -> Submitted | None:
    """The revision of this number, or the newest one; ``None`` if there is none."""
    wanted = opened.record.last_revision if number is None else number
    if not 1 <= wanted <= opened.record.last_revision:
        return None
    revision = desk.store.revision(opened.record.id, wanted)
    return None if revision is None else _submitted(desk, opened, revision)


def list_revisions_of(desk: Desk, opened: Opened) -> tuple[Revision, ...]:
    """The revisions of an assessment, oldest first."""
    stored = desk.store.revisions(opened.record.id)
    return tuple(decrypt_revision(opened.key, one) for one in stored)


def list_revisions(desk: Desk, opened: Opened) -> tuple[tuple[int, datetime], ...]:
    """Number and moment (in Kazakhstan) of each revision, oldest first."""
    found = desk.store.revisions(opened.record.id)
    return tuple((item.number, local_time(item.submitted_at)) for item in found)


def download(desk: Desk, opened: Opened) -> str:
    """Everything that is stored of an assessment, as JSON text."""
    record = opened.record
    form = assessment_form(
        opened.judge, created_at=record.created_at, submitted_at=None, language=record.language
    )
    changes = [
        {"question": a.question, "version": a.version, "saved_at": a.saved_at.isoformat()}
        for a in record.answers
    ]
    kept = {"id": record.id, "expires_at": record.expires_at.isoformat(), "saved": changes}
    revisions = [json.loads(item.snapshot) for item in list_revisions_of(desk, opened)]
    from riskq.services.telling import whole_history

    past = {"revisions": revisions, "history": whole_history(desk, opened)}
    whole = {**form, **evidence.told_of_all(desk, opened), **kept, **past}
    return json.dumps(whole, ensure_ascii=False, indent=2)
