"""An assessment as it stands: opened by its private link, its answers typed and ready to judge.

An assessment belongs to whoever holds its private link. The link's secret is stored as a hash
only, and with it alone, or with the key of the workspace that holds it, do the answers open.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from riskq.engine import (
    Answers,
    Conclusion,
    Journey,
    Judge,
)
from riskq.errors import QuestionnaireError, RiskqError, UnknownQuestionnaireError
from riskq.questionnaire import Questionnaire
from riskq.services.desk import Desk
from riskq.services.encryption import (
    DataKey,
    KeyMissingError,
    decrypt_record,
    derive,
    key_by_link,
    key_for_link,
    key_in,
    workspace_key_of,
)
from riskq.services.stored_answers import typed_answers
from riskq.services.unguessable import hash_of
from riskq.store import Assessment

__all__ = [
    "AssessmentExpiredError",
    "EditionChangedError",
    "LockedAnswerError",
    "NoAssessmentError",
    "Opened",
    "encrypted",
    "is_deletable",
    "open_again",
    "open_assessment",
    "open_by_id",
    "opened_by",
    "own_record",
    "record_of_link",
    "resume",
]


class NoAssessmentError(RiskqError):
    """There is no assessment behind this link: mistyped, deleted, or expired and removed."""


class AssessmentExpiredError(RiskqError):
    """The assessment's time is over; it is no longer shown."""


class LockedAnswerError(RiskqError):
    """The answer was submitted, and whoever looks at it has not asked for another."""


class EditionChangedError(RiskqError):
    """The edition's files are not those that the assessment was made with."""


class Opened(Struct, frozen=True, dict=True):
    """An assessment as it stands, judged as of ``on``.

    ``record`` holds the answers themselves, and ``key`` is what they are stored under; None for
    those that were written before there were keys.
    """

    record: Assessment
    questionnaire: Questionnaire
    answers: Answers
    on: date
    key: DataKey | None = None

    @cached_property
    def versions(self) -> Mapping[str, int]:
        """The version of each answer, by question id; a question without an answer has 0."""
        return MappingProxyType({a.question: a.version for a in self.record.answers})

    @property
    def not_taken(self) -> tuple[str, ...]:
        """Answers given under another edition that this one does not take; they are kept."""
        return tuple(a.question for a in self.record.answers if a.question not in self.answers)

    @cached_property
    def judge(self) -> Judge:
        """The answers, ready to be judged."""
        return Judge(self.questionnaire, self.answers, self.on)

    @property
    def journey(self) -> Journey:
        """Where the answers lead."""
        return self.judge.journey

    @property
    def conclusion(self) -> Conclusion:
        """What the answers come to."""
        return self.judge.conclusion

    def is_open_to(self, question: str) -> bool:
        """Whether a question may be answered now: it has an answer that counts, or is next."""
        journey = self.journey
        return question in journey.counted or question == journey.next

    @property
    def may_delete(self) -> bool:
        """Whether the holder may delete it, as ``is_deletable`` says."""
        return is_deletable(self.record)

    @property
    def is_locked(self) -> bool:
        """Whether nothing may be changed: it was submitted, and is being looked at."""
        return self.record.open_to == ""

    def is_locked_to(self, question: str) -> bool:
        """Whether the answer to a question may not be changed; a missing one may be given."""
        open_to = self.record.open_to
        if open_to is None or open_to == "*":
            return False
        is_new = bool(open_to) and question not in self.answers
        return not is_new and question not in open_to.split()


def is_deletable(record: Assessment) -> bool:
    """Whether the holder may delete it: what was handed to a buyer stays with the buyer."""
    return record.open_to is None or not record.last_revision


def open_assessment(desk: Desk, assessment_id: str, secret: str) -> Opened:
    """Open an assessment by its id and secret.

    Raises ``NoAssessmentError``, ``AssessmentExpiredError``, ``EditionChangedError``, and
    ``UnreadableError`` where the answers are damaged or their key is missing.
    """
    return _opened_again(desk, *_find_own(desk, assessment_id, secret), secret)


def own_record(desk: Desk, assessment_id: str, secret: str) -> Assessment:
    """What is stored of an assessment, unopened, for whoever has its private link.

    That may be read no more, or be past its time and not removed yet. Raises
    ``NoAssessmentError``, and ``AssessmentExpiredError`` where the link of a vendor has ended.
    """
    return _find_own(desk, assessment_id, secret)[0]


def _find_own(desk: Desk, assessment_id: str, secret: str) -> tuple[Assessment, Opened | None]:
    record, known = _find(desk, assessment_id)
    if not hmac.compare_digest(record.key_hash, hash_of(secret)):
        raise NoAssessmentError("There is no such assessment.")
    _refuse_ended_link(desk, record)
    return record, known


def _refuse_ended_link(desk: Desk, record: Assessment) -> None:
    if record.link_until is not None and record.link_until <= desk.clock():
        raise AssessmentExpiredError("The link of the assessment has expired.")


def open_by_id(desk: Desk, assessment_id: str) -> Opened:
    """Open an assessment for somebody whose right to it is known; raises likewise."""
    return _opened_again(desk, *_find(desk, assessment_id), None)


def _find(desk: Desk, assessment_id: str) -> tuple[Assessment, Opened | None]:
    """The record, and what is known of it since it was last open."""
    known = desk.recent.get(assessment_id)
    record = desk.store.find(assessment_id, None if known is None else known.record)
    if record is None:
        desk.recent.forget(assessment_id)
        raise NoAssessmentError("There is no such assessment.")
    return record, known


def resume(desk: Desk, secret: str) -> Opened:
    """Open an assessment by its private link; raises as ``open_assessment`` does."""
    record = record_of_link(desk, secret)
    return _opened(desk, record, _key_of(desk, record, secret))


def record_of_link(desk: Desk, secret: str) -> Assessment:
    """What is stored of the assessment of a private link; raises as ``own_record`` does."""
    record = desk.store.find_by_key(hash_of(secret))
    if record is None:
        raise NoAssessmentError("There is no such assessment.")
    _refuse_ended_link(desk, record)
    return record


def _opened_again(
    desk: Desk, record: Assessment, known: Opened | None, secret: str | None
) -> Opened:
    """What is known of a record, if it is still that; it needs no key then."""
    if known is not None and record is known.record:
        return _opened(desk, record, known.key, known)
    return _opened(desk, record, _key_of(desk, record, secret))


def _key_of(desk: Desk, record: Assessment, secret: str | None) -> DataKey | None:
    """The key of an assessment: by the secret of its link, or by its workspace."""
    if record.sealed_key is None:
        return _old_key(record, secret)
    if workspace_key_of(record.sealed_key) is not None:
        return desk.store.read(lambda unit: key_in(unit, desk.keys, record.id))
    if secret is None:
        raise KeyMissingError("Only the private link opens the assessment.")
    return key_by_link(record.id, secret, record.sealed_key)


def _old_key(record: Assessment, secret: str | None) -> DataKey | None:
    """The key that a private assessment gets that was begun before there were keys."""
    if secret is None or record.open_to is not None:
        return None
    made = derive(secret.encode("utf-8", "surrogatepass"), f"old assessment {record.id}")
    return key_for_link(record.id, secret, made)


def _opened(
    desk: Desk, record: Assessment, key: DataKey | None, known: Opened | None = None
) -> Opened:
    """The record, judged as of today; ``known`` is given again if it is that."""
    if record.expires_at <= desk.clock():
        desk.recent.forget(record.id)
        raise AssessmentExpiredError("The assessment has expired.")
    try:
        questionnaire = desk.catalogue.load(record.questionnaire, record.edition)
    except (QuestionnaireError, UnknownQuestionnaireError) as error:
        raise EditionChangedError("The edition is not there any more, or is faulty.") from error
    if questionnaire.digest != record.digest:
        raise EditionChangedError("The edition is not the one that the assessment was made with.")
    if known is not None and (known.record, known.on) == (record, desk.today()):
        return known
    opened = opened_by(decrypt_record(key, record), questionnaire, desk.today(), key)
    desk.recent.keep(opened)
    return opened


def opened_by(
    record: Assessment, questionnaire: Questionnaire, on: date, key: DataKey | None
) -> Opened:
    """The record as an edition judges it, be it another than that it was made under."""
    return Opened(record, questionnaire, typed_answers(questionnaire, record), on, key)


def encrypted(desk: Desk, opened: Opened) -> Opened:
    """An assessment, encrypted as a whole; itself where it is, or where its key is not at hand."""
    if opened.key is None or opened.record.sealed_key is not None:
        return opened
    # Nothing but assessments from before there were keys needs it.
    from riskq.services.old_answers import encrypt_old

    encrypt_old(desk, opened.key)
    return open_again(desk, opened)


def open_again(desk: Desk, opened: Opened) -> Opened:
    """The assessment as it stands now; raises as ``open_assessment`` does."""
    record = desk.store.find(opened.record.id)
    if record is None:
        raise NoAssessmentError("The assessment was deleted.")
    key = opened.key
    if key is None:
        key = _key_of(desk, record, None)
    elif record.sealed_key is not None:
        # The key of an assessment never changes; what it stands under may have.
        key = DataKey(record.id, key.secret, record.sealed_key)
    return _opened(desk, record, key)
