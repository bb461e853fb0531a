"""Each use of the store as plain SQL through a unit; transactions are the caller's affair.

Writes name in their own condition what they expect, and a write that changed nothing is then
looked into: two statements for the save that nearly always succeeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from riskq.store import history
from riskq.store.errors import (
    AssessmentExists,
    NoSuchAssessment,
    StaleAnswer,
    StaleSequence,
    Taken,
)
from riskq.store.happenings import (
    answer_changed,
    book_of,
    delete_assessment,
    edition_changed,
    started,
    submitted,
)
from riskq.store.keys import write_levels
from riskq.store.records import (
    HOLDER,
    Act,
    AnswerChange,
    Assessment,
    NewRevision,
    Revision,
    StoredAnswer,
)
from riskq.store.rows import (
    read_answer,
    read_assessment,
    read_revision,
    to_milliseconds,
    write_answer,
    write_assessment,
    write_head,
    write_revision,
)
from riskq.store.unit import Unit

__all__ = [
    "create",
    "delete",
    "delete_expired",
    "find",
    "find_by_key",
    "find_expired",
    "find_revision",
    "find_revisions",
    "move",
    "save",
    "submit",
]

_ANSWER = """
select question, value, because, version, saved_at from answers
where assessment = ? and question = ?"""
# One statement sees one state: the assessment and its answers cannot disagree.
_FIND = """
select a.id, a.key_hash, a.questionnaire, a.edition, a.digest, a.language,
    a.created_at, a.touched_at, a.expires_at, a.sequence, a.last_revision, a.open_to, a.link_until,
    a.sealed_key, b.question, b.value, b.because, b.version, b.saved_at
from assessments a left join answers b on b.assessment = a.id
where a.id = ? order by b.question"""
_HEAD = """
select id, key_hash, created_at, touched_at, expires_at, sequence, last_revision, open_to,
    link_until, sealed_key from assessments where id = ?"""
_FIND_BY_KEY = _FIND.replace("a.id = ?", "a.key_hash = ?")
_REVISION = """
select assessment, number, submitted_at, language, snapshot, sha256, sequence, by_code
from revisions
where assessment = ? and number = ?"""
_REVISIONS = _REVISION.replace("and number = ?", "order by number")

# A save never shortens a life: whoever claimed the assessment meanwhile has made it last.
_MOVE = """
update assessments set sequence = ?, touched_at = ?,
    expires_at = case when expires_at > ? then expires_at else ? end
where id = ? and sequence = ? and coalesce(open_to, '*') <> '' returning open_to"""
_LOCK = "update assessments set open_to = '' where id = ? and open_to <> ''"


def create(unit: Unit, assessment: Assessment, by: str = HOLDER) -> None:
    """Write a new assessment with its answers; raises ``AssessmentExists``."""
    try:
        unit.run(
            "insert into assessments values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
            write_assessment(assessment),
        )
    except Taken as error:
        raise AssessmentExists from error
    for answer in assessment.answers:
        row = write_answer(assessment.id, answer)
        unit.run("insert into answers values (?, ?, ?, ?, ?, ?)", row)
    if assessment.answers:
        happened = started(Act(assessment.created_at, by), assessment)
        history.append(unit, book_of(assessment.id), happened)


def find(unit: Unit, assessment_id: str, known: Assessment | None = None) -> Assessment | None:
    """Read an assessment by its id; the known one comes back if nothing has been written since."""
    if known is not None and _stands(unit, assessment_id, known):
        return known
    return read_assessment(unit.rows(_FIND, (assessment_id,)))


def _stands(unit: Unit, assessment_id: str, known: Assessment) -> bool:
    """Whether the row is still the known one's; whatever is written moves one of its columns."""
    rows = unit.rows(_HEAD, (assessment_id,))
    return bool(rows) and rows[0] == write_head(known)


def find_by_key(unit: Unit, key_hash: bytes) -> Assessment | None:
    """Read an assessment by the hash of its key."""
    return read_assessment(unit.rows(_FIND_BY_KEY, (key_hash,)))


def save(
    unit: Unit,
    assessment_id: str,
    expected: int,
    changes: Sequence[AnswerChange],
    act: Act,
    expires_at: datetime,
) -> int:
    """Write the changes and return the new sequence; raises at the first that is refused."""
    sequence = expected + 1 if changes else expected
    saved_at = to_milliseconds(act.at)
    until = to_milliseconds(expires_at)
    moved = unit.rows(_MOVE, (sequence, saved_at, until, until, assessment_id, expected))
    if not moved:
        raise _why_not(unit, assessment_id, expected)
    happened = []
    for change in changes:
        before = _find_answer(unit, assessment_id, change.question)
        if not _is_open(moved[0][0], change.question, before):
            raise StaleSequence(expected, expected)
        if not _is_written(unit, assessment_id, change, sequence, saved_at):
            raise StaleAnswer(change.question, before)
        happened.append(answer_changed(act, before, change))
    if happened:
        history.append(unit, book_of(assessment_id), *happened)
    return sequence


def _is_open(open_to: str | None, question: str, before: StoredAnswer | None) -> bool:
    """Whether an answer may be changed, as ``Assessment.open_to`` says; a new one may be given."""
    return open_to is None or open_to == "*" or before is None or question in open_to.split()


def _is_written(
    unit: Unit, assessment_id: str, change: AnswerChange, version: int, saved_at: int
) -> bool:
    """Write one change if its expected version stands; whether it did."""
    key = (assessment_id, change.question)
    expected = change.expected_version
    if change.value is None and expected == 0:
        return _find_answer(unit, *key) is None
    if change.value is None:
        statement = "delete from answers where assessment = ? and question = ? and version = ?"
        return unit.run(statement, (*key, expected)) == 1
    content = (change.value, change.because, version, saved_at)
    if expected == 0:
        statement = "insert into answers values (?, ?, ?, ?, ?, ?) on conflict do nothing"
        return unit.run(statement, (*key, *content)) == 1
    statement = (
        "update answers set value = ?, because = ?, version = ?, saved_at = ?"
        " where assessment = ? and question = ? and version = ?"
    )
    return unit.run(statement, (*content, *key, expected)) == 1


def move(
    unit: Unit, assessment_id: str, expected: int, edition: date, digest: str, act: Act
) -> int:
    """Let another edition judge the assessment, and return the new sequence."""
    before = unit.rows("select edition from assessments where id = ?", (assessment_id,))
    moved = unit.run(
        "update assessments set sequence = ?, edition = ?, digest = ?, touched_at = ?"
        " where id = ? and sequence = ?",
        (
            expected + 1,
            edition.isoformat(),
            digest,
            to_milliseconds(act.at),
            assessment_id,
            expected,
        ),
    )
    if moved != 1:
        raise _why_not(unit, assessment_id, expected)
    happened = edition_changed(act, before[0][0], edition.isoformat())
    history.append(unit, book_of(assessment_id), happened)
    return expected + 1


def submit(unit: Unit, assessment_id: str, expected: int, new: NewRevision, act: Act) -> Revision:
    """Write the next revision, or give that of this sequence."""
    rows = unit.rows(
        "select sequence, last_revision from assessments where id = ?", (assessment_id,)
    )
    if not rows or rows[0][0] != expected:
        raise _why_not(unit, assessment_id, expected)
    # The sequence only grows, so that none but the last revision can have the present one.
    number = rows[0][1]
    last = unit.rows(_REVISION, (assessment_id, number))
    if last and (found := read_revision(last[0])).sequence == expected:
        unit.run(_LOCK, (assessment_id,))
        return found
    frozen = (new.language, new.snapshot, new.sha256, expected, new.by_code)
    revision = Revision(assessment_id, number + 1, act.at, *frozen)
    _write_revision(unit, revision, new)
    happened = submitted(act, revision.number, new.sha256)
    history.append(unit, book_of(assessment_id), happened)
    return read_revision(write_revision(revision, revision.number))


def _write_revision(unit: Unit, revision: Revision, new: NewRevision) -> None:
    number = revision.number
    content = write_revision(revision, number)
    unit.run("insert into revisions values (?, ?, ?, ?, ?, ?, ?, ?)", content)
    write_levels(unit, revision.assessment, number, new.levels)
    unit.run(
        "update assessments set last_revision = ?, touched_at = ? where id = ?",
        (number, to_milliseconds(revision.submitted_at), revision.assessment),
    )
    unit.run(_LOCK, (revision.assessment,))


def find_revision(unit: Unit, assessment_id: str, number: int) -> Revision | None:
    """Read one revision."""
    rows = unit.rows(_REVISION, (assessment_id, number))
    return read_revision(rows[0]) if rows else None


def find_revisions(unit: Unit, assessment_id: str) -> tuple[Revision, ...]:
    """Read all revisions of an assessment, oldest first."""
    return tuple(map(read_revision, unit.rows(_REVISIONS, (assessment_id,))))


def delete(unit: Unit, assessment_id: str) -> bool:
    """Remove an assessment; its answers, revisions and history go with it."""
    return delete_assessment(unit, assessment_id)


def find_expired(unit: Unit, now: int, after: str, limit: int) -> list[str]:
    """The ids of expired assessments behind ``after``, in their order; ``now`` in milliseconds."""
    rows = unit.rows(
        "select id from assessments where id > ? and expires_at <= ? order by id limit ?",
        (after, now, limit),
    )
    return [row[0] for row in rows]


def delete_expired(unit: Unit, ids: Sequence[str], now: int) -> int:
    """Remove those that are still expired: a save may have come first."""
    statement = "select 1 from assessments where id = ? and expires_at <= ?"
    still = [found for found in ids if unit.rows(statement, (found, now))]
    return sum(delete_assessment(unit, found) for found in still)


def _find_answer(unit: Unit, assessment_id: str, question: str) -> StoredAnswer | None:
    rows = unit.rows(_ANSWER, (assessment_id, question))
    return read_answer(rows[0]) if rows else None


def _why_not(unit: Unit, assessment_id: str, expected: int) -> NoSuchAssessment | StaleSequence:
    rows = unit.rows("select sequence from assessments where id = ?", (assessment_id,))
    return StaleSequence(expected, rows[0][0]) if rows else NoSuchAssessment(assessment_id)
