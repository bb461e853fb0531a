"""What every store can do, whatever database is behind it.

The contract test in tests/store/contract.py is written against this protocol alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from riskq.store.records import HOLDER, Act, AnswerChange, Assessment, NewRevision, Revision
from riskq.store.unit import Unit

__all__ = ["Store"]

T = TypeVar("T")


class Store(Protocol):
    """Remembers assessments, their answers and their revisions. Any thread may call it.

    Every method may raise ``StoreUnavailable``, and does so in bounded time. A method that writes
    returns only when the change is on the disk; when it raises, it has changed nothing. Only a
    disk that fails or falls silent in the middle of a commit can leave open whether the change
    was saved; it is then there as a whole or not at all.
    Texts that cannot be written as UTF-8 and datetimes without a zone raise ``ValueError``. Where
    the database can hold no NUL in a text, the sign for it comes back in its place (U+2400).
    """

    def create(self, assessment: Assessment, by: str = HOLDER) -> None:
        """Store a new assessment with its answers; ``by`` is who began it, for its history.

        Raises ``AssessmentExists`` when the id or the key is taken, ``ValueError`` when the
        record contradicts itself: a revision already, or an answer's version outside of 1 to
        ``sequence``.
        """
        ...

    def find(self, assessment_id: str, known: Assessment | None = None) -> Assessment | None:
        """Read an assessment with its answers, in one consistent state; None if there is none.

        A record that was read or saved before is given as ``known``: it comes back itself, which
        is cheap, when it is still what is stored. Expired ones are found as well, until they are
        purged: the caller looks at ``expires_at``.
        """
        ...

    def find_by_key(self, key_hash: bytes) -> Assessment | None:
        """Read the assessment whose private link has this hash, as ``find`` does."""
        ...

    def save(
        self,
        assessment_id: str,
        expected_sequence: int,
        changes: Sequence[AnswerChange],
        act: Act,
        expires_at: datetime,
    ) -> int:
        """Change answers, all or none of them, and return the new sequence.

        What changed is written into the assessment's history with it.

        The sequence grows by one, and is the version of every answer written. With no changes it
        stays, and only the two times move.
        Raises ``NoSuchAssessment``; ``StaleSequence`` when the assessment moved on or was locked;
        ``StaleAnswer`` for the first answer whose version is not the expected one; ``ValueError``
        when two changes are about one question.
        """
        ...

    def move(
        self,
        assessment_id: str,
        expected_sequence: int,
        edition: date,
        digest: str,
        act: Act,
    ) -> int:
        """Let another edition judge the assessment from now on, and return the new sequence.

        Answers and revisions stay as they are. Raises ``NoSuchAssessment``; ``StaleSequence`` when
        the assessment moved on.
        """
        ...

    def submit(
        self,
        assessment_id: str,
        expected_sequence: int,
        new: NewRevision,
        act: Act,
    ) -> Revision:
        """Freeze the assessment as its next revision; the sequence stays.

        One that is open until it is submitted is locked with it.

        When this sequence was submitted before, the revision of that time is given again and
        no other is written. Raises ``NoSuchAssessment`` and ``StaleSequence``.
        """
        ...

    def revisions(self, assessment_id: str) -> tuple[Revision, ...]:
        """Read all revisions, oldest first; none if there is no such assessment."""
        ...

    def revision(self, assessment_id: str, number: int) -> Revision | None:
        """Read one revision; None if there is none of this number."""
        ...

    def delete(self, assessment_id: str) -> bool:
        """Remove an assessment, its answers, revisions and history; False if there was none.

        What was removed is also overwritten in the files, as soon as no reader holds them.
        """
        ...

    def purge(self, now: datetime) -> int:
        """Delete all assessments whose ``expires_at`` is not after ``now``; return how many."""
        ...

    def read(self, query: Callable[[Unit], T]) -> T:
        """Read through a unit; the query must change nothing."""
        ...

    def change(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        """Run a change in one transaction, and give what it gives once that is durable.

        Whatever the change raises is raised here, and then it has left nothing.
        ``erases``: what it deletes is to vanish from the files too.
        """
        ...

    def check(self) -> None:
        """Read and write for trial; raises ``StoreUnavailable`` with the reason if it fails."""
        ...

    def close(self) -> None:
        """Finish what was accepted, then let go of the files. May be called again.

        Every later call of another method raises ``StoreUnavailable("closed")``.
        """
        ...
