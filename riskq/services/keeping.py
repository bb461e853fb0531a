"""Keeping no longer than promised: removes expired assessments, their files, and old answers.

It does so beside the work of the pages. Somebody starting an assessment is the occasion; a separate
timer would be one more thing that can stop without anybody noticing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Lock, Thread

from msgspec import Struct

from riskq.services import tokens
from riskq.services.desk import Desk
from riskq.services.evidence import count_unknown, sweep
from riskq.store import StoreUnavailable

__all__ = ["Expired", "Keeper", "count_expired", "remove_expired"]

_INTERVAL = timedelta(hours=6)
log = logging.getLogger("riskq.services.keeping")


class Expired(Struct, frozen=True):
    """What is kept no longer: assessments, files that no row tells of, answers to programs."""

    assessments: int
    files: int
    answers: int


def count_expired(desk: Desk) -> Expired:
    """What ``remove_expired`` would remove at this moment; an assessment takes its files along."""
    now = int(desk.clock().timestamp() * 1000)
    sql = "select count(*) from assessments where expires_at <= ?"
    ((assessments,),) = desk.store.read(lambda unit: unit.rows(sql, (now,)))
    return Expired(assessments, count_unknown(desk), tokens.count_old_answers(desk))


def remove_expired(desk: Desk) -> Expired:
    """Remove what is kept no longer, for good; raises ``StoreUnavailable``."""
    removed = desk.store.purge(desk.clock())
    return Expired(removed, sweep(desk), tokens.forget_old_answers(desk))


class Keeper:
    """Removes what has expired, at most once in six hours, in a thread of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._last: datetime | None = None

    def tidy(self) -> Thread | None:
        """Begin to remove what has expired if it is time; gives the thread that does it."""
        at = self._desk.clock()
        with self._lock:
            if self._last is not None and at - self._last < _INTERVAL:
                return None
            self._last = at
        thread = Thread(target=self._remove, name="riskq-keeping", daemon=True)
        thread.start()
        return thread

    def _remove(self) -> None:
        try:
            removed = remove_expired(self._desk)
        except StoreUnavailable as error:
            log.warning("Expired assessments were not removed (%s).", error.reason)
            return
        if removed.assessments:
            log.info("Removed %d expired assessments.", removed.assessments)
        if removed.files:
            log.info("Removed %d files of assessments that are gone.", removed.files)
