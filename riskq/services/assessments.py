"""Assessments: start one, answer, be told what that would set aside, delete.

Nothing is ever overwritten silently: an answer is saved only over the state that the person saw,
and a change that would set other answers aside is told first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from riskq.engine import Answer, Answers, Judge, write_answer
from riskq.errors import RiskqError
from riskq.questionnaire import Question, Questionnaire
from riskq.services.desk import Desk
from riskq.services.encryption import encrypt_change, encrypt_record, key_for_link
from riskq.services.evidence import forget_files, ids_of
from riskq.services.opening import (
    LockedAnswerError,
    NoAssessmentError,
    Opened,
    encrypted,
    open_again,
)
from riskq.services.unguessable import hash_of, new_id, new_secret
from riskq.store import (
    HOLDER,
    Act,
    AnswerChange,
    Assessment,
    NoSuchAssessment,
    StaleAnswer,
    StaleSequence,
    StoredAnswer,
    Unit,
    delete_assessment,
    standing_of,
)

__all__ = [
    "AnswerChangedError",
    "ChangedMeanwhileError",
    "NotAskedError",
    "Saving",
    "Started",
    "WouldSetAsideError",
    "delete",
    "new_names",
    "new_record",
    "save_answer",
    "save_answers",
    "start",
]

_TRIES = 50


class ChangedMeanwhileError(RiskqError):
    """Answers changed between looking at them and submitting; look again before submitting."""


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


class Started(Struct, frozen=True):
    """Something new that a private link opens: its id for addresses, and the link's secret."""

    id: str
    secret: str


class Saving(Struct, frozen=True):
    """How an answer is saved: over which version, whether with what it sets aside, and by whom.

    ``seen`` is the version that the person saw, 0 for "not answered".
    """

    seen: int
    confirmed: bool = False
    by: str = HOLDER


def new_names() -> Started:
    """An id and a secret that nobody can guess."""
    return Started(new_id(), new_secret())


def start(
    desk: Desk,
    questionnaire: str,
    language: str,
    answers: Answers | None = None,
    by: str = HOLDER,
) -> Started:
    """Begin an assessment under the edition in force today, with answers given before or without.

    ``by`` is who begins it, for its history. Raises ``UnknownQuestionnaireError``.
    """
    edition = desk.catalogue.in_force(questionnaire, desk.today())
    loaded = desk.catalogue.load(questionnaire, edition)
    started = new_names()
    record = new_record(desk, loaded, started, language, answers or {})
    key = key_for_link(started.id, started.secret)
    desk.store.create(encrypt_record(key, record), by)
    return started


def new_record(
    desk: Desk, loaded: Questionnaire, started: Started, language: str, answers: Answers
) -> Assessment:
    """An assessment as it is before it is encrypted and stored."""
    at = desk.clock()
    changes = [_change(loaded.by_id[name], given, 0) for name, given in answers.items()]
    return Assessment(
        id=started.id,
        key_hash=hash_of(started.secret),
        questionnaire=loaded.id,
        edition=loaded.edition,
        digest=loaded.digest,
        language=language,
        created_at=at,
        touched_at=at,
        expires_at=desk.expires(),
        sequence=1 if changes else 0,
        answers=tuple(
            StoredAnswer(one.question, one.value or "", one.because, 1, at)
            for one in sorted(changes, key=lambda one: one.question)
        ),
        last_revision=0,
    )


def _change(question: Question, answer: Answer, expected: int) -> AnswerChange:
    value = json.dumps(write_answer(question, answer), ensure_ascii=False)
    return AnswerChange(question.id, value, answer.because, expected)


def save_answer(desk: Desk, opened: Opened, name: str, answer: Answer, saving: Saving) -> Opened:
    """Save an answer over the state that the person saw, and give the new state.

    An answer that stands already in the same words is taken as saved. Raises ``NotAskedError``,
    ``LockedAnswerError``, ``WouldSetAsideError`` unless that is confirmed, ``AnswerChangedError``,
    ``NoAssessmentError``, and the store's ``StoreUnavailable``; whatever is raised, nothing was
    changed.
    """
    opened = encrypted(desk, opened)
    question, edition = opened.questionnaire.by_id[name], opened.record.edition
    for _ in range(_TRIES):
        if opened.record.edition != edition:
            # Moved to another edition meanwhile, which may ask something else by this name.
            raise AnswerChangedError(opened, opened.answers.get(name))
        if opened.answers.get(name) == answer:
            return opened
        if opened.is_locked_to(name):
            raise LockedAnswerError(name)
        if opened.versions.get(name, 0) != saving.seen:
            raise AnswerChangedError(opened, opened.answers.get(name))
        if not opened.is_open_to(name):
            raise NotAskedError(name)
        after = opened.judge.with_answer(name, answer)
        if not saving.confirmed and (names := _newly_aside(opened, after)):
            raise WouldSetAsideError(opened, names)
        try:
            return _save(desk, opened, _change(question, answer, saving.seen), after, saving.by)
        except (StaleSequence, StaleAnswer):
            opened = open_again(desk, opened)
    raise AnswerChangedError(opened, opened.answers.get(name))


def save_answers(
    desk: Desk, opened: Opened, answers: Answers, gone: Sequence[str], *, seen: int, by: str
) -> None:
    """Save many answers over the state of a sequence (``seen``) and take some away, all or none.

    Answers to questions that are not asked are kept, and set aside. Raises
    ``ChangedMeanwhileError``, ``LockedAnswerError`` and ``NoAssessmentError``.
    """
    opened = encrypted(desk, opened)
    for name in (*answers, *gone):
        if opened.is_locked_to(name):
            raise LockedAnswerError(name)
    if opened.record.sequence != seen:
        raise ChangedMeanwhileError("The answers have changed.")
    versions, by_id = opened.versions, opened.questionnaire.by_id
    changes = [
        _change(by_id[name], answer, versions.get(name, 0))
        for name, answer in answers.items()
        if opened.answers.get(name) != answer
    ]
    changes += [AnswerChange(name, None, "", versions[name]) for name in gone if name in versions]
    changes = [encrypt_change(opened.key, change, seen + 1) for change in changes]
    expires = max(opened.record.expires_at, desk.expires())
    try:
        desk.store.save(opened.record.id, seen, changes, Act(desk.clock(), by), expires)
    except (StaleSequence, StaleAnswer) as error:
        raise ChangedMeanwhileError("The answers have changed.") from error
    except NoSuchAssessment as error:
        raise NoAssessmentError("The assessment was deleted.") from error


def _newly_aside(opened: Opened, after: Judge) -> tuple[str, ...]:
    asked = frozenset(after.journey.asked)
    return tuple(name for name in opened.journey.counted if name not in asked)


def _save(desk: Desk, opened: Opened, change: AnswerChange, judged: Judge, by: str) -> Opened:
    """Write the change; what stands afterwards is known, and judged, without reading it again."""
    record, at = opened.record, desk.clock()
    expires = max(record.expires_at, desk.expires())
    try:
        kept = encrypt_change(opened.key, change, record.sequence + 1)
        sequence = desk.store.save(record.id, record.sequence, [kept], Act(at, by), expires)
    except NoSuchAssessment as error:
        raise NoAssessmentError("The assessment was deleted.") from error
    name = change.question
    stored = StoredAnswer(name, change.value or "", change.because, sequence, at)
    others = tuple(item for item in record.answers if item.question != name)
    after = replace(
        record,
        sequence=sequence,
        touched_at=at,
        expires_at=expires,
        answers=tuple(sorted((*others, stored), key=lambda item: item.question)),
    )
    saved = Opened(after, opened.questionnaire, judged.answers, opened.on, opened.key)
    saved.__dict__["judge"] = judged
    desk.recent.keep(saved)
    return saved


def delete(desk: Desk, assessment: str) -> None:
    """Remove an assessment with its answers, revisions and files, for good.

    Raises ``LockedAnswerError`` for what was handed to a buyer, were it at this moment.
    """
    files = ids_of(desk, assessment)

    def change(unit: Unit) -> None:
        open_to, last_revision = standing_of(unit, assessment) or (None, 0)
        if open_to is not None and last_revision:
            raise LockedAnswerError("The answers lie with the buyer.")
        delete_assessment(unit, assessment)

    desk.store.change(change, erases=True)
    desk.recent.forget(assessment)
    forget_files(desk, files)
