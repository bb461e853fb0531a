"""Connections that only read, one for each thread, so that no reader waits for anybody."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from threading import Lock, local
from typing import TypeVar
from weakref import WeakSet

from riskq.store.connections import Place, connect_reader
from riskq.store.faults import FAULTS, unavailable

__all__ = ["Readers"]

T = TypeVar("T")

_inherited: list[sqlite3.Connection] = []
"""Connections of the parent process. A child must neither use nor close them."""


class _Reader:
    """A connection that is closed when its thread ends, or when the store closes."""

    def __init__(self, place: Place) -> None:
        self.connection = connect_reader(place)
        self.lock = Lock()
        self._process = os.getpid()

    def __del__(self) -> None:
        if not hasattr(self, "_process"):
            return
        if self._process == os.getpid():
            self.connection.close()
        else:
            _inherited.append(self.connection)


class Readers:
    """Runs queries on the calling thread's own connection."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._local = local()
        self._lock = Lock()
        self._all: WeakSet[_Reader] = WeakSet()
        self._closed = False

    def run(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """Return what the query gives; raises ``StoreUnavailable``."""
        try:
            reader = self._get()
            with reader.lock:
                return query(reader.connection)
        except FAULTS as error:
            # A connection that has met an error is not asked again.
            self._local.reader = None
            raise unavailable(self._place.path, "closed" if self._closed else error) from error

    def close(self) -> None:
        """Close all connections, each when its query has ended."""
        with self._lock:
            self._closed = True
            readers = list(self._all)
        for reader in readers:
            with reader.lock:
                reader.connection.close()

    def _get(self) -> _Reader:
        reader: _Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            with self._lock:
                if self._closed:
                    raise unavailable(self._place.path, "closed")
                reader = _Reader(self._place)
                self._all.add(reader)
            self._local.reader = reader
        return reader
