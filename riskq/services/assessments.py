"""Assessments: start one, come back to it, answer, look ahead at what that does, submit, delete.

An assessment belongs to whoever holds its private link. The link's secret is stored as a hash
only. Nothing is ever overwritten silently: an answer is saved only over the state that the person
saw, and a change that would set other answers aside is told first.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from weakref import WeakKeyDictionary

from riskq.engine import (
    Answer,
    Answers,
    Chosen,
    Conclusion,
    Journey,
    Judge,
    Truth,
    Unsure,
    read_answer,
    write_answer,
)
from riskq.errors import RiskqError
from riskq.questionnaire import UNSURE, Kind, Question, Questionnaire
from riskq.services.desk import KAZAKHSTAN, Desk
from riskq.store import (
    AnswerChange,
    Assessment,
    NoSuchAssessment,
    StaleAnswer,
    StaleSequence,
    StoredAnswer,
)

__all__ = [
    "AnswerChangedError",
    "AssessmentExpiredError",
    "EditionChangedError",
    "NoAssessmentError",
    "NotAskedError",
    "Opened",
    "Started",
    "WouldSetAsideError",
    "delete",
    "open_assessment",
    "resume",
    "save_answer",
    "start",
]

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_TRIES = 50
_CHOICES: WeakKeyDictionary[Questionnaire, Mapping[tuple[str, str], Answer]] = WeakKeyDictionary()


class NoAssessmentError(RiskqError):
    """There is no assessment behind this link: mistyped, deleted, or expired and removed."""


class AssessmentExpiredError(RiskqError):
    """The assessment's time is over; it is no longer shown."""


class EditionChangedError(RiskqError):
    """The edition's files are not those that the assessment was made with."""


class NotAskedError(RiskqError):
    """The question is not on the path of the answers any more, so its answer is not taken."""


class AnswerChangedError(RiskqError):
    """Somebody else, or another tab, changed this answer first; ``current`` is what stands now."""

    def __init__(self, opened: Opened, current: Answer | None) -> None:
        self.opened = opened
        self.current = current
        super().__init__("The answer was changed elsewhere.")


class WouldSetAsideError(RiskqError):
    """The change takes answers off the path; nothing is saved before that is confirmed."""

    def __init__(self, opened: Opened, names: tuple[str, ...]) -> None:
        self.opened = opened
        self.names = names
        super().__init__(f"The change would set aside: {', '.join(names)}.")


@dataclass(frozen=True)
class Opened:
    """An assessment as it stands, judged as of ``on``."""

    record: Assessment
    questionnaire: Questionnaire
    answers: Answers
    on: date

    @cached_property
    def versions(self) -> Mapping[str, int]:
        """The version of each answer, by question id; a question without an answer has 0."""
        return MappingProxyType({a.question: a.version for a in self.record.answers})

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


@dataclass(frozen=True, slots=True)
class Started:
    """A new assessment: its id for addresses, and the secret of its private link."""

    id: str
    secret: str


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def start(desk: Desk, questionnaire: str, language: str) -> Started:
    """Begin an assessment under the edition in force today.

    Raises ``UnknownQuestionnaireError``.
    """
    edition = desk.catalogue.in_force(questionnaire, desk.today())
    loaded = desk.catalogue.load(questionnaire, edition)
    started = Started(
        "".join(secrets.choice(_ALPHABET) for _ in range(12)), secrets.token_urlsafe(32)
    )
    at = desk.clock()
    record = Assessment(
        id=started.id,
        key_hash=_hash(started.secret),
        questionnaire=loaded.id,
        edition=loaded.edition,
        digest=loaded.digest,
        language=language,
        created_at=at,
        touched_at=at,
        expires_at=desk.expires(),
        sequence=0,
        answers=(),
        last_revision=0,
    )
    desk.store.create(record)
    return started


def open_assessment(desk: Desk, assessment_id: str, secret: str) -> Opened:
    """Open an assessment by its id and secret.

    Raises ``NoAssessmentError``, ``AssessmentExpiredError`` and ``EditionChangedError``.
    """
    record = desk.store.find(assessment_id)
    if record is None or not hmac.compare_digest(record.key_hash, _hash(secret)):
        raise NoAssessmentError("There is no such assessment.")
    return _opened(desk, record)


def resume(desk: Desk, secret: str) -> Opened:
    """Open an assessment by its private link; raises as ``open_assessment`` does."""
    record = desk.store.find_by_key(_hash(secret))
    if record is None:
        raise NoAssessmentError("There is no such assessment.")
    return _opened(desk, record)


def _opened(desk: Desk, record: Assessment) -> Opened:
    if record.expires_at <= desk.clock():
        raise AssessmentExpiredError("The assessment has expired.")
    questionnaire = desk.catalogue.load(record.questionnaire, record.edition)
    if questionnaire.digest != record.digest:
        raise EditionChangedError("The edition is not the one that the assessment was made with.")
    return Opened(record, questionnaire, _typed_answers(questionnaire, record), desk.today())


def _typed_answers(questionnaire: Questionnaire, record: Assessment) -> Answers:
    choices = _choices(questionnaire)
    return {
        a.question: (None if a.because else choices.get((a.question, a.value)))
        or _typed(questionnaire.by_id[a.question], a)
        for a in record.answers
    }


def _choices(questionnaire: Questionnaire) -> Mapping[tuple[str, str], Answer]:
    """The typed answer for each single choice as the store writes it: most answers by far."""
    found = _CHOICES.get(questionnaire)
    if found is None:
        found = {
            (question.id, json.dumps(option)): Unsure() if option == UNSURE else Chosen((option,))
            for question in questionnaire.questions
            if question.kind is Kind.ONE
            for option in question.accepts
        }
        _CHOICES[questionnaire] = found
    return found


def _typed(question: Question, stored: StoredAnswer) -> Answer:
    # What was accepted once stays accepted: a date may not turn "future" by a clock set back.
    raw = json.loads(stored.value)
    if stored.because:
        raw = {"answer": raw, "because": stored.because}
    return read_answer(question, raw, date.max)


def _change(question: Question, answer: Answer, expected: int) -> AnswerChange:
    value = json.dumps(write_answer(answer, many=question.kind is Kind.MANY), ensure_ascii=False)
    because = answer.because if isinstance(answer, Chosen | Unsure) else ""
    return AnswerChange(question.id, value, because, expected)


def save_answer(
    desk: Desk, opened: Opened, name: str, answer: Answer, *, seen: int, confirmed: bool
) -> Opened:
    """Save an answer over the state that the person saw (``seen``), and give the new state.

    An answer that stands already in the same words is taken as saved. Raises ``NotAskedError``,
    ``WouldSetAsideError`` unless ``confirmed``, ``AnswerChangedError``, ``NoAssessmentError``, and
    the store's ``StoreUnavailable``; whatever is raised, nothing was changed.
    """
    question = opened.questionnaire.by_id[name]
    for _ in range(_TRIES):
        if opened.answers.get(name) == answer:
            return opened
        if opened.versions.get(name, 0) != seen:
            raise AnswerChangedError(opened, opened.answers.get(name))
        if not opened.is_open_to(name):
            raise NotAskedError(name)
        after = _with(opened, name, answer)
        if not confirmed and (names := _newly_aside(opened, after)):
            raise WouldSetAsideError(opened, names)
        try:
            return _save(desk, opened, _change(question, answer, seen))
        except (StaleSequence, StaleAnswer):
            opened = _again(desk, opened)
    raise AnswerChangedError(opened, opened.answers.get(name))


def _with(opened: Opened, name: str, answer: Answer) -> Judge:
    return Judge(opened.questionnaire, {**opened.answers, name: answer}, opened.on)


def _newly_aside(opened: Opened, after: Judge) -> tuple[str, ...]:
    return tuple(name for name in opened.journey.counted if after.is_asked(name) is Truth.FAILS)


def _save(desk: Desk, opened: Opened, change: AnswerChange) -> Opened:
    record = opened.record
    at = desk.clock()
    try:
        desk.store.save(record.id, record.sequence, [change], at=at, expires_at=desk.expires())
    except NoSuchAssessment as error:
        raise NoAssessmentError("The assessment was deleted.") from error
    return _again(desk, opened)


def _again(desk: Desk, opened: Opened) -> Opened:
    record = desk.store.find(opened.record.id)
    if record is None:
        raise NoAssessmentError("The assessment was deleted.")
    return _opened(desk, record)


def delete(desk: Desk, opened: Opened) -> None:
    """Remove the assessment with its answers and revisions, for good."""
    desk.store.delete(opened.record.id)


def local_time(moment: datetime) -> datetime:
    """A moment as clocks in Kazakhstan show it."""
    return moment.astimezone(KAZAKHSTAN)
