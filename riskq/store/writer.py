"""The one thread that writes, and commits for many callers at once.

Making a commit durable costs the same for one change as for fifty. While the disk works, callers
queue; the next commit takes all of them. No caller waits for a lock of the database, which SQLite
grants in no order at all, and none waits forever.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar, cast

from riskq.store.batch import Failure, Job, Outcome, commit_together
from riskq.store.connections import EMPTY_LOG, Place, connect_writer
from riskq.store.errors import StoreUnavailable
from riskq.store.faults import FAULTS, unavailable

__all__ = ["Writer"]

T = TypeVar("T")

_BATCH = 64
_SECONDS_UNTIL_NEXT_ERASURE = 1.0

_Queue = SimpleQueue[Job | None]
"""Jobs in the order of their arrival; None is the last."""


class Writer:
    """Runs operations in durable transactions. The thread starts with the first of them."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._queue: _Queue = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._thread: Thread | None = None
        self._worker = _Worker(place, self._queue)

    def run(self, operation: Callable[[sqlite3.Connection], T], *, erases: bool = False) -> T:
        """Run the operation and return what it gives, once the commit is on the disk.

        ``erases``: what it deletes is to vanish from the log too. Raises what the operation
        raises, or ``StoreUnavailable``, after three times the patience at the latest.
        """
        job = Job(operation, erases=erases)
        with self._lock:
            if self._closed:
                raise unavailable(self._place.path, "closed")
            self._queue.put(job)
            self._ensure_thread()
        return cast("T", self._result(job))

    def close(self) -> None:
        """Finish the jobs accepted so far and end the thread."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join(timeout=3 * self._place.patience)

    def _ensure_thread(self) -> None:
        # A thread that died of something unforeseen is replaced; its queue lives on.
        if self._thread is None or not self._thread.is_alive():
            self._worker = _Worker(self._place, self._queue)
            self._thread = Thread(target=self._worker.work, name="riskq-store", daemon=True)
            self._thread.start()

    def _result(self, job: Job) -> Any:
        outcome = job.wait(self._place.patience)
        if outcome is None and job.claim():
            raise unavailable(self._place.path, "locked")
        # The writer has it. It waits at most its patience for others, then the disk decides.
        outcome = outcome or job.wait(2 * self._place.patience)
        if outcome is None:
            raise StoreUnavailable(
                "locked",
                f"{self._place.path}: the disk does not answer. Whether the change was saved is"
                " open; read again before you repeat it.",
            )
        if isinstance(outcome, Failure):
            raise outcome.error
        return outcome.value


class _Worker:
    """The thread's own side: the connection, and what is still to be erased."""

    def __init__(self, place: Place, queue: _Queue) -> None:
        self._place = place
        self._queue = queue
        self._connection: sqlite3.Connection | None = None
        self._must_erase = False
        self._is_last = False

    def work(self) -> None:
        """Serve until the queue says that it was the last."""
        try:
            while not self._is_last:
                self._serve([job for job in self._take() if job.claim()])
                self._erase()
        finally:
            self._disconnect()

    def _take(self) -> list[Job]:
        """Wait for a job, and take all that came meanwhile; nothing, if it is time to erase."""
        jobs: list[Job] = []
        try:
            wait = _SECONDS_UNTIL_NEXT_ERASURE if self._must_erase else None
            job = self._queue.get(timeout=wait)
            while job is not None:
                jobs.append(job)
                if len(jobs) == _BATCH:
                    return jobs
                job = self._queue.get_nowait()
            self._is_last = True
        except Empty:
            pass
        return jobs

    def _serve(self, jobs: list[Job]) -> None:
        if not jobs:
            return
        # Told only when something unforeseen ends this thread: nobody is left waiting.
        outcomes: list[Outcome] = [Failure(unavailable(self._place.path, "io")) for _ in jobs]
        try:
            if self._connection is None:
                self._connection = connect_writer(self._place)
            outcomes = commit_together(self._connection, jobs, self._place.patience)
            self._must_erase |= any(job.erases for job in jobs)
        except FAULTS as error:
            # A new connection starts from what is on the disk, whatever state this one is in.
            self._disconnect()
            outcomes = [Failure(unavailable(self._place.path, error)) for _ in jobs]
        finally:
            for job, outcome in zip(jobs, outcomes, strict=True):
                job.tell(outcome)

    def _erase(self) -> None:
        """Move the log into the database and empty it, unless a reader needs it just now.

        The log still holds pages as they were before a deletion, which would outlive it.
        """
        if self._must_erase and self._connection is not None:
            with suppress(*FAULTS):
                row = self._connection.execute(EMPTY_LOG).fetchone()
                self._must_erase = row[0] != 0

    def _disconnect(self) -> None:
        if self._connection is not None:
            # What was acknowledged is on the disk; closing adds nothing that may be lost.
            with suppress(*FAULTS):
                self._connection.close()
            self._connection = None
