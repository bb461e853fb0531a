"""Records as rows of the tables, and rows as records. Times are whole milliseconds since 1970."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from riskq.store.faults import DamagedRowError
from riskq.store.records import Assessment, Revision, StoredAnswer

__all__ = [
    "read_answer",
    "read_assessment",
    "read_revision",
    "to_milliseconds",
    "to_time",
    "write_answer",
    "write_assessment",
    "write_head",
    "write_revision",
]

P = ParamSpec("P")
T = TypeVar("T")

# What a driver gives is known to the schema only; it is typed by being made a record here.
Row = tuple[Any, ...]

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_ASSESSMENT_COLUMNS = 14


def to_milliseconds(at: datetime) -> int:
    """Whole milliseconds, cut and not rounded; raises ``ValueError`` without a time zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone. Give an aware datetime, in UTC.")
    return (at - _START) // _MILLISECOND


def to_time(milliseconds: int) -> datetime:
    """The aware UTC datetime."""
    return _START + milliseconds * _MILLISECOND


def _from_sound_rows(read: Callable[P, T]) -> Callable[P, T]:
    """Let a row that makes no record be told as damage, not as a fault of the caller."""

    @wraps(read)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (TypeError, ValueError, OverflowError) as error:
            raise DamagedRowError(f"a row makes no record: {error}") from error

    return told


@_from_sound_rows
def read_answer(row: Row) -> StoredAnswer:
    """Make a record of question, value, because, version and time."""
    return _to_answer(row)


def _to_answer(row: Row) -> StoredAnswer:
    return StoredAnswer(row[0], row[1], row[2], row[3], to_time(row[4]))


@_from_sound_rows
def read_assessment(rows: Sequence[Row]) -> Assessment | None:
    """Make a record of rows that repeat the assessment beside each answer; None of no rows."""
    if not rows:
        return None
    head = rows[0]
    answers = [row[_ASSESSMENT_COLUMNS:] for row in rows]
    return Assessment(
        id=head[0],
        key_hash=head[1],
        questionnaire=head[2],
        edition=date.fromisoformat(head[3]),
        digest=head[4],
        language=head[5],
        created_at=to_time(head[6]),
        touched_at=to_time(head[7]),
        expires_at=to_time(head[8]),
        sequence=head[9],
        last_revision=head[10],
        open_to=head[11],
        link_until=None if head[12] is None else to_time(head[12]),
        sealed_key=head[13],
        # An assessment without answers comes as one row with nothing in their place.
        answers=tuple(_to_answer(answer) for answer in answers if answer[0] is not None),
    )


@_from_sound_rows
def read_revision(row: Row) -> Revision:
    """Make a record of a row of the table of revisions."""
    return Revision(row[0], row[1], to_time(row[2]), *row[3:])


def write_answer(assessment_id: str, answer: StoredAnswer) -> Row:
    """Make a row of the table of answers."""
    saved_at = to_milliseconds(answer.saved_at)
    content = (answer.question, answer.value, answer.because, answer.version, saved_at)
    return (assessment_id, *content)


def write_assessment(assessment: Assessment) -> Row:
    """Make a row of the table of assessments, without the number of the last revision."""
    return (
        assessment.id,
        assessment.key_hash,
        assessment.questionnaire,
        assessment.edition.isoformat(),
        assessment.digest,
        assessment.language,
        to_milliseconds(assessment.created_at),
        to_milliseconds(assessment.touched_at),
        to_milliseconds(assessment.expires_at),
        assessment.sequence,
        *_access(assessment),
    )


def write_head(assessment: Assessment) -> Row:
    """Make a row of the columns that tell one state of an assessment from every other."""
    return (
        assessment.id,
        assessment.key_hash,
        to_milliseconds(assessment.created_at),
        to_milliseconds(assessment.touched_at),
        to_milliseconds(assessment.expires_at),
        assessment.sequence,
        assessment.last_revision,
        *_access(assessment),
    )


def _access(assessment: Assessment) -> Row:
    until = assessment.link_until
    until_ms = None if until is None else to_milliseconds(until)
    return (assessment.open_to, until_ms, assessment.sealed_key)


def write_revision(revision: Revision, number: int) -> Row:
    """Make a row of the table of revisions, under this number."""
    return (
        revision.assessment,
        number,
        to_milliseconds(revision.submitted_at),
        revision.language,
        revision.snapshot,
        revision.sha256,
        revision.sequence,
        revision.by_code,
    )
