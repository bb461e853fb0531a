"""Connections that only read: as many as are needed at a time, so that no reader waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from threading import Condition, Lock
from typing import TypeVar

from riskq.store.connections import Place, connect_reader
from riskq.store.faults import FAULTS, unavailable

__all__ = ["Readers"]

T = TypeVar("T")

_MOST_IDLE = 2
"""Each knows the whole schema, which takes memory, and few queries meet."""


class Readers:
    """Runs queries, each on a connection that nobody else uses meanwhile.

    The connection that was used last is used next. After a fork the child must neither use nor
    close them: it keeps the object of its parent alive, and makes one of its own.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = Lock()
        self._changed = Condition(self._lock)
        self._idle: list[sqlite3.Connection] = []
        self._busy = 0
        self._closed = False

    def run(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """Return what the query gives; raises ``StoreUnavailable``."""
        connection = self._take()
        try:
            if connection is None:
                connection = connect_reader(self._place)
            found = query(connection)
        except FAULTS as error:
            # A connection that has met an error is not asked again.
            self._give_back(connection, is_sound=False)
            raise unavailable(self._place.path, error) from error
        except BaseException:
            self._give_back(connection, is_sound=True)
            raise
        self._give_back(connection, is_sound=True)
        return found

    def close(self) -> None:
        """Close all connections, each when its query has ended."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not self._busy)
            while self._idle:
                self._idle.pop().close()

    def _take(self) -> sqlite3.Connection | None:
        """An idle connection, or None where one must be made; either has to be given back."""
        with self._lock:
            if self._closed:
                raise unavailable(self._place.path, "closed")
            self._busy += 1
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: sqlite3.Connection | None, *, is_sound: bool) -> None:
        with self._lock:
            is_kept = is_sound and not self._closed and len(self._idle) < _MOST_IDLE
            if connection is not None and is_kept:
                self._idle.append(connection)
                self._busy -= 1
                return
        try:
            if connection is not None:
                connection.close()
        finally:
            # Whoever closes the store waits for this, however closing one of them ended.
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()
