"""Work that must not hold up a page: a queue, and the worker that takes from it.

The queue is huey's: embedded in a SQLite file by default, or shared by several machines in their
PostgreSQL database or over Redis.
It holds nothing but the names of bundles, and that letters wait. What is done and what is not
stands in the store, so that whatever a killed worker had taken out of the queue is found there and
taken up again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, cast

from huey import RedisHuey, SqliteHuey, crontab
from huey.exceptions import ConfigurationError
from huey.serializer import SignedSerializer

from riskq import metrics
from riskq.clock import now
from riskq.errors import RiskqError
from riskq.logs import request_id
from riskq.services import BundleMaker, hooks, letters
from riskq.settings import Settings
from riskq.store import StoreUnavailable, facts_of

__all__ = ["Jobs", "JobsError"]

log = logging.getLogger("riskq.jobs")

_LANES = 2
"""How many reports of one bundle may be made at the same time."""

_LONGEST_WAIT = 1.0
_STOP_SECONDS = 30


class JobsError(RiskqError):
    """The queue cannot be opened; the text says how to mend it."""


class Jobs:
    """The queue: pages put bundles in, workers take them out."""

    def __init__(self, settings: Settings) -> None:
        self._queue = _open_queue(settings)
        self._maker: BundleMaker | None = None
        self._postman: letters.Postman | None = None
        self._courier: hooks.Courier | None = None
        self._task: Callable[[str, int, str], object] = self._queue.task(name="make-next")(
            self._make_next
        )
        self._letters: Callable[[], object] = self._queue.task(name="send-letters")(self._send)

    @property
    def waiting(self) -> int:
        """How many messages wait."""
        return int(self._queue.pending_count())

    def close(self) -> None:
        """Let go of the queue; the next use opens it again."""
        self._queue.storage.close()

    def enqueue(self, bundle: str, turn: int) -> None:
        """Tell the workers that reports of a bundle wait; messages of earlier turns are void."""
        for _ in range(_LANES):
            self._task(bundle, turn, request_id.get())

    def announce_letters(self) -> None:
        """Tell the workers that letters wait in the outbox."""
        self._letters()

    def work(
        self,
        maker: BundleMaker,
        threads: int,
        postman: letters.Postman | None = None,
        courier: hooks.Courier | None = None,
    ) -> None:
        """Take from the queue until the process is told to stop (SIGTERM: after what is begun)."""
        self._maker, self._postman, self._courier = maker, postman, courier
        self._queue.periodic_task(crontab(), name="take-up")(self.take_up)
        # What waits for others (letters, webhooks) comes within a minute, and holds up no start.
        self._tend("left work", self._tidy)
        self._queue.create_consumer(
            workers=threads,
            max_delay=_LONGEST_WAIT,
            graceful_signal="TERM",
            shutdown_timeout=_STOP_SECONDS,
        ).run()

    def take_up(self) -> None:
        """Send what waits, remove what has expired, put in again what the queue forgot."""
        request_id.set("")
        self._tend("left work", self._tidy)
        self._send()
        self._tend("webhooks", self._carry)
        metrics.note_process()

    def _tend(self, what: str, part: Callable[[], object]) -> None:
        """Do one part; whatever happens to it, the others are done."""
        try:
            part()
        except StoreUnavailable as error:
            log.warning("Not looked after, until in a minute: %s (%s).", what, error.reason)
        except Exception:
            log.exception("Not looked after, until in a minute: %s", what)

    def _tidy(self) -> None:
        if self._maker is not None:
            self._maker.store.purge(now())
            for bundle, turn in () if self.waiting else self._maker.store.unfinished(now()):
                self.enqueue(bundle, turn)

    def _send(self) -> None:
        """Send the letters whose time has come; those of which a message was lost, too."""
        request_id.set("")
        if self._postman is not None:
            self._tend("letters", self._postman.send_due)

    def _carry(self) -> None:
        """Tell webhooks what is new, and once more what they did not take."""
        if self._courier is not None:
            self._courier.carry()

    def _make_next(self, bundle: str, turn: int, request: str = "") -> None:
        """Make one report and get in line again, so that a large bundle does not hold up others.

        ``request`` is the id of the request that the work comes from, for the lines of the log.
        """
        request_id.set(request)
        if self._maker is None:
            return
        try:
            if self._maker.make_next(bundle, turn):
                self._task(bundle, turn, request)
        except StoreUnavailable as error:
            # It is taken up again within a minute.
            log.warning("A report could not be kept (%s).", error.reason)


def _open_queue(settings: Settings) -> Any:
    # Messages are pickled: only those that this service has signed are read.
    shared = {"results": False, "serializer": SignedSerializer(secret=settings.secret_key)}
    try:
        if settings.queue:
            return RedisHuey("riskq", url=settings.queue, **shared)
        if settings.is_shared:
            return _queue_in(settings.database, shared)
        settings.queue_file.touch(0o600)
        return SqliteHuey("riskq", filename=str(settings.queue_file), strict_fifo=True, **shared)
    except ConfigurationError as error:
        told = "RISKQ_QUEUE needs the library of Redis: pip install -r requirements-several.txt."
        raise JobsError(told) from error
    except Exception as error:
        if settings.is_shared:
            raise JobsError("The queue in the shared database cannot be opened.") from error
        told = (
            f"{settings.queue_file} cannot be opened ({error}). Remove it: nothing is lost by that."
        )
        raise JobsError(told) from error


def _queue_in(address: str, shared: dict[str, Any]) -> Any:
    """The queue in tables of the shared database, which makes them at the first start."""
    from huey.contrib.sql_huey import SqlHuey
    from peewee import PostgresqlDatabase

    parts = facts_of(address)
    name, arguments = parts.pop("dbname"), cast("dict[str, Any]", parts)
    database = PostgresqlDatabase(name, prefer_psycopg3=True, **arguments)
    return SqlHuey("riskq", database=database, **shared)
