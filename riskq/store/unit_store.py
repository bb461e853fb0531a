"""What the stores of all databases have in common: the uses of the protocol, by units of work.

A store of one database says how a query and a change are run there, and this class all the rest.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from riskq.store import statements
from riskq.store.faults import nothing_taken
from riskq.store.measuring import measured
from riskq.store.records import HOLDER, Act, AnswerChange, Assessment, NewRevision, Revision
from riskq.store.rows import to_milliseconds
from riskq.store.unit import Unit

__all__ = ["UnitStore"]

T = TypeVar("T")

_PURGED_AT_ONCE = 200
"""How many deletions one transaction holds, so that people's saves need not wait long."""


class UnitStore(ABC):
    """``Store`` over a database of which a subclass runs the units; the protocol documents it."""

    def create(self, assessment: Assessment, by: str = HOLDER) -> None:
        """Store a new assessment with its answers."""
        _refuse_contradictions(assessment)
        self._save(partial(statements.create, assessment=assessment, by=by))

    def find(self, assessment_id: str, known: Assessment | None = None) -> Assessment | None:
        """Read an assessment by its id, unless it is still the one that is known."""
        return self._look(partial(statements.find, assessment_id=assessment_id, known=known))

    def find_by_key(self, key_hash: bytes) -> Assessment | None:
        """Read an assessment by the hash of its private link."""
        return self._look(partial(statements.find_by_key, key_hash=key_hash))

    def save(
        self,
        assessment_id: str,
        expected_sequence: int,
        changes: Sequence[AnswerChange],
        act: Act,
        expires_at: datetime,
    ) -> int:
        """Change answers, all or none, and return the new sequence."""
        changes = tuple(changes)
        _refuse_repetitions([change.question for change in changes])

        def save(unit: Unit) -> int:
            said = (expected_sequence, changes, act, expires_at)
            with nothing_taken():
                return statements.save(unit, assessment_id, *said)

        return self._save(save)

    def move(
        self,
        assessment_id: str,
        expected_sequence: int,
        edition: date,
        digest: str,
        act: Act,
    ) -> int:
        """Let another edition judge the assessment."""
        return self._save(
            partial(
                statements.move,
                assessment_id=assessment_id,
                expected=expected_sequence,
                edition=edition,
                digest=digest,
                act=act,
            )
        )

    def submit(
        self,
        assessment_id: str,
        expected_sequence: int,
        new: NewRevision,
        act: Act,
    ) -> Revision:
        """Freeze the assessment as its next revision."""

        def submit(unit: Unit) -> Revision:
            with nothing_taken():
                return statements.submit(unit, assessment_id, expected_sequence, new, act)

        return self.change(submit)

    def revisions(self, assessment_id: str) -> tuple[Revision, ...]:
        """Read all revisions, oldest first."""
        return self._look(partial(statements.find_revisions, assessment_id=assessment_id))

    def revision(self, assessment_id: str, number: int) -> Revision | None:
        """Read one revision."""
        return self._look(
            partial(statements.find_revision, assessment_id=assessment_id, number=number)
        )

    def delete(self, assessment_id: str) -> bool:
        """Remove an assessment and all that belongs to it."""
        return self.change(partial(statements.delete, assessment_id=assessment_id), erases=True)

    def purge(self, now: datetime) -> int:
        """Delete all expired assessments, some at a time."""
        moment, after, count = to_milliseconds(now), "", 0
        while ids := self._look(
            partial(statements.find_expired, now=moment, after=after, limit=_PURGED_AT_ONCE)
        ):
            after = ids[-1]
            count += self.change(
                partial(statements.delete_expired, ids=ids, now=moment), erases=True
            )
        return count

    def read(self, query: Callable[[Unit], T]) -> T:
        """Read through a unit, all of it as it was at one moment."""
        return measured("assessments", "read", lambda: self._read_at_once(query))

    def change(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        """Run a change in one transaction, as if nobody else changed anything meanwhile."""
        run = self._change_alone
        return measured("assessments", "write", lambda: run(change, erases=erases))

    def check(self) -> None:
        """Read and write for trial."""
        measured("assessments", "write", self._probe)

    def _look(self, query: Callable[[Unit], T]) -> T:
        return measured("assessments", "read", lambda: self._look_at(query))

    def _save(self, change: Callable[[Unit], T]) -> T:
        return measured("assessments", "write", lambda: self._save_beside(change))

    @abstractmethod
    def _probe(self) -> None:
        """Read and write for trial."""

    @abstractmethod
    def _read_at_once(self, query: Callable[[Unit], T]) -> T:
        """Run a query that sees one moment."""

    @abstractmethod
    def _look_at(self, query: Callable[[Unit], T]) -> T:
        """Run a query each statement of which may see another moment."""

    @abstractmethod
    def _change_alone(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        """Run a change in a transaction, as if nobody else changed anything meanwhile."""

    @abstractmethod
    def _save_beside(self, change: Callable[[Unit], T]) -> T:
        """Run a change that begins by moving the one assessment that it is about, in a transaction.

        Others may change other assessments meanwhile.
        """


def _refuse_contradictions(assessment: Assessment) -> None:
    """Refuse a record that no sequence of saves could have led to."""
    _refuse_repetitions([answer.question for answer in assessment.answers])
    if assessment.last_revision:
        raise ValueError("A new assessment has no revision. Set last_revision to 0.")
    for answer in assessment.answers:
        if not 1 <= answer.version <= assessment.sequence:
            raise ValueError(
                f'The answer to "{answer.question}" has version {answer.version}; it must be'
                f" between 1 and the sequence, {assessment.sequence}."
            )


def _refuse_repetitions(questions: Sequence[str]) -> None:
    repeated = sorted({question for question in questions if questions.count(question) > 1})
    if repeated:
        raise ValueError(f"Each question may be answered once, and is not: {', '.join(repeated)}.")
