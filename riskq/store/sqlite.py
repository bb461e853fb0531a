"""The store in one SQLite file, for one machine: many readers, one writer, any number of processes.

After a fork, the child starts with connections and a thread of its own: SQLite's connections must
not be carried into another process, and threads are not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from sqlite3 import Connection
from typing import TypeVar
from weakref import WeakSet

from riskq.store import statements
from riskq.store.connections import Place, Schema, make_ready
from riskq.store.faults import nothing_taken
from riskq.store.readers import Readers
from riskq.store.records import HOLDER, Act, AnswerChange, Assessment, NewRevision, Revision
from riskq.store.rows import to_milliseconds
from riskq.store.unit import SqliteUnit, Unit
from riskq.store.writer import Writer

__all__ = ["SqliteStore"]

T = TypeVar("T")

SCHEMA_VERSION = 25
"""How many steps migrations.py has; a test compares them."""

_PURGED_AT_ONCE = 200
"""How many deletions one transaction holds, so that people's saves need not wait long."""


def _migrate(connection: Connection) -> None:
    from riskq.store.migrations import migrate

    migrate(connection)


class SqliteStore:
    """``Store`` over one SQLite file; the protocol documents the methods."""

    def __init__(self, place: Place) -> None:
        make_ready(place, Schema(SCHEMA_VERSION, _migrate))
        self._place = place
        self._readers = Readers(place)
        self._writer = Writer(place)
        _open_stores.add(self)

    def create(self, assessment: Assessment, by: str = HOLDER) -> None:
        """Store a new assessment with its answers."""
        _refuse_contradictions(assessment)
        self._write(lambda db: statements.create(SqliteUnit(db), assessment, by))

    def find(self, assessment_id: str, known: Assessment | None = None) -> Assessment | None:
        """Read an assessment by its id, unless it is still the one that is known."""
        return self._read(partial(statements.find, assessment_id=assessment_id, known=known))

    def find_by_key(self, key_hash: bytes) -> Assessment | None:
        """Read an assessment by the hash of its private link."""
        return self._read(partial(statements.find_by_key, key_hash=key_hash))

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

        def save(db: Connection) -> int:
            said = (expected_sequence, changes, act, expires_at)
            with nothing_taken():
                return statements.save(SqliteUnit(db), assessment_id, *said)

        return self._write(save)

    def move(
        self,
        assessment_id: str,
        expected_sequence: int,
        edition: date,
        digest: str,
        act: Act,
    ) -> int:
        """Let another edition judge the assessment."""
        return self._write(
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

        def submit(db: Connection) -> Revision:
            with nothing_taken():
                return statements.submit(SqliteUnit(db), assessment_id, expected_sequence, new, act)

        return self._write(submit)

    def revisions(self, assessment_id: str) -> tuple[Revision, ...]:
        """Read all revisions, oldest first."""
        return self._read(partial(statements.find_revisions, assessment_id=assessment_id))

    def revision(self, assessment_id: str, number: int) -> Revision | None:
        """Read one revision."""
        return self._read(
            partial(statements.find_revision, assessment_id=assessment_id, number=number)
        )

    def delete(self, assessment_id: str) -> bool:
        """Remove an assessment and all that belongs to it."""
        return self._write(partial(statements.delete, assessment_id=assessment_id), erases=True)

    def purge(self, now: datetime) -> int:
        """Delete all expired assessments, some at a time."""
        moment, after, count = to_milliseconds(now), "", 0
        while ids := self._read(
            partial(statements.find_expired, now=moment, after=after, limit=_PURGED_AT_ONCE)
        ):
            after = ids[-1]
            count += self._write(
                partial(statements.delete_expired, ids=ids, now=moment), erases=True
            )
        return count

    def read(self, query: Callable[[Unit], T]) -> T:
        """Read through a unit, all of it as it was at one moment."""

        def see(db: Connection) -> T:
            db.execute("begin")
            try:
                return query(SqliteUnit(db))
            finally:
                db.execute("rollback")

        return self._read(see)

    def change(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        """Run a change in one transaction."""
        return self._write(lambda db: change(SqliteUnit(db)), erases=erases)

    def check(self) -> None:
        """Read and write for trial."""
        self._read(statements.probe_reading)
        self._write(statements.probe_writing)

    def close(self) -> None:
        """Finish what was accepted and close all connections."""
        # The writer is the last, since the last one that can write tidies the log away.
        self._readers.close()
        self._writer.close()
        _open_stores.discard(self)

    def _read(self, query: Callable[[Connection], T]) -> T:
        return self._readers.run(query)

    def _write(self, operation: Callable[[Connection], T], *, erases: bool = False) -> T:
        return self._writer.run(operation, erases=erases)

    def _start_anew(self) -> None:
        """Leave what the parent process uses to it, alive but untouched."""
        _inherited.append((self._readers, self._writer))
        self._readers = Readers(self._place)
        self._writer = Writer(self._place)


_open_stores: WeakSet[SqliteStore] = WeakSet()
_inherited: list[tuple[Readers, Writer]] = []


def _start_all_anew() -> None:
    for store in list(_open_stores):
        store._start_anew()  # noqa: SLF001 - Nobody but this module may ask for it.


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_all_anew)


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
