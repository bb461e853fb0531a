"""Keeping no longer than promised: removes expired assessments, their files, and old answers.

It does so beside the work of the pages. Somebody starting an assessment is the occasion; a separate
timer would be one more thing that can stop without anybody noticing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Lock, Thread

from riskq.services import tokens
from riskq.services.desk import Desk
from riskq.services.evidence import sweep
from riskq.store import StoreUnavailable

__all__ = ["Keeper"]

_INTERVAL = timedelta(hours=6)
log = logging.getLogger("riskq.services.keeping")


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
        thread = Thread(target=self._purge, args=(at,), name="riskq-keeping", daemon=True)
        thread.start()
        return thread

    def _purge(self, at: datetime) -> None:
        try:
            removed = self._desk.store.purge(at)
            lost = sweep(self._desk)
            tokens.forget_old_answers(self._desk)
        except StoreUnavailable as error:
            log.warning("Expired assessments were not removed (%s).", error.reason)
            return
        if removed:
            log.info("Removed %d expired assessments.", removed)
        if lost:
            log.info("Removed %d files of assessments that are gone.", lost)
