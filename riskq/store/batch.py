"""Jobs for the writer, and how several of them become one commit without spoiling one another."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from msgspec import Struct

from riskq.store.connections import begin
from riskq.store.faults import FAULTS

__all__ = ["Failure", "Job", "Outcome", "Success", "commit_together"]


class Success(Struct, frozen=True):
    """What the operation gave; the commit that holds it is on the disk."""

    value: Any


class Failure(Struct, frozen=True):
    """Why nothing was changed."""

    error: Exception


Outcome = Success | Failure


class Job:
    """One operation that waits for the writer, and its caller who waits for the outcome.

    Whoever claims the job first decides about it: the writer, who then tells the outcome, or the
    caller, who lost patience and withdraws it.
    """

    __slots__ = ("_claim", "_outcome", "_told", "erases", "operation")

    def __init__(self, operation: Callable[[sqlite3.Connection], Any], *, erases: bool) -> None:
        self.operation = operation
        self.erases = erases
        self._claim = Lock()
        self._told = Lock()
        self._told.acquire()
        self._outcome: Outcome | None = None

    def claim(self) -> bool:
        """Take the decision about this job; False if it has been taken."""
        return self._claim.acquire(blocking=False)

    def tell(self, outcome: Outcome) -> None:
        """Wake the caller. May be called once, after claiming."""
        self._outcome = outcome
        self._told.release()

    def wait(self, seconds: float) -> Outcome | None:
        """The outcome, or None if it is not told in time."""
        return self._outcome if self._told.acquire(timeout=seconds) else None


def commit_together(
    connection: sqlite3.Connection, jobs: Sequence[Job], patience: float
) -> list[Outcome]:
    """Run the operations in one transaction and give their outcomes, in order, once it is durable.

    An operation that fails leaves nothing; the others stand. Raises one of ``FAULTS`` when the
    transaction as a whole fails: then no outcome holds, not even a refusal, since it may have
    been judged by changes of the same batch.
    """
    begin(connection, patience)
    if len(jobs) == 1:
        return [_commit_alone(connection, jobs[0])]
    outcomes = [_attempt(connection, job.operation) for job in jobs]
    connection.execute("commit")
    return outcomes


def _commit_alone(connection: sqlite3.Connection, job: Job) -> Outcome:
    """Run the only operation: there is nothing else in the transaction to be kept from it."""
    try:
        value = job.operation(connection)
    except FAULTS:
        raise
    except Exception as error:  # noqa: BLE001 - It is raised again, in the caller's thread.
        connection.execute("rollback")
        return Failure(error)
    connection.execute("commit")
    return Success(value)


def _attempt(
    connection: sqlite3.Connection, operation: Callable[[sqlite3.Connection], Any]
) -> Outcome:
    connection.execute("savepoint job")
    try:
        value = operation(connection)
    except FAULTS:
        raise
    except Exception as error:  # noqa: BLE001 - It is raised again, in the caller's thread.
        outcome: Outcome = Failure(error)
        connection.execute("rollback to job")
    else:
        outcome = Success(value)
    connection.execute("release job")
    return outcome
