"""The store in one SQLite file, for one machine: many readers, one writer, any number of processes.

After a fork, the child starts with connections and a thread of its own: SQLite's connections must
not be carried into another process, and threads are not.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from sqlite3 import Connection
from typing import TypeVar
from weakref import WeakSet

from riskq.store.connections import Place, Schema, make_ready, probe_writing
from riskq.store.readers import Readers
from riskq.store.unit import SqliteUnit, Unit
from riskq.store.unit_store import UnitStore
from riskq.store.writer import Writer

__all__ = ["BUNDLE_STEPS", "SCHEMA_VERSION", "SqliteStore"]

T = TypeVar("T")

SCHEMA_VERSION = 27
"""How many steps migrations.py has; a test compares them."""

BUNDLE_STEPS = 3
"""How many steps bundle_migrations.py has; likewise."""


def _migrate(connection: Connection) -> None:
    from riskq.store.migrations import migrate

    migrate(connection)


class SqliteStore(UnitStore):
    """``Store`` over one SQLite file."""

    def __init__(self, place: Place) -> None:
        make_ready(place, Schema("riskq", SCHEMA_VERSION, _migrate))
        self._place = place
        self._readers = Readers(place)
        self._writer = Writer(place)
        _open_stores.add(self)

    def _read_at_once(self, query: Callable[[Unit], T]) -> T:
        def see(db: Connection) -> T:
            db.execute("begin")
            try:
                return query(SqliteUnit(db))
            finally:
                db.execute("rollback")

        return self._readers.run(see)

    def _change_alone(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        return self._writer.run(lambda db: change(SqliteUnit(db)), erases=erases)

    def _probe(self) -> None:
        self._readers.run(_probe_reading)
        self._writer.run(probe_writing)

    def close(self) -> None:
        """Finish what was accepted and close all connections."""
        # The writer is the last, since the last one that can write tidies the log away.
        self._readers.close()
        self._writer.close()
        _open_stores.discard(self)

    def _look_at(self, query: Callable[[Unit], T]) -> T:
        return self._readers.run(lambda db: query(SqliteUnit(db)))

    def _save_beside(self, change: Callable[[Unit], T]) -> T:
        # There is one writer, so that nobody else changes anything meanwhile.
        return self._change_alone(change)

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


def _probe_reading(db: Connection) -> None:
    """Read the schema and the first row of each table."""
    for table in ("assessments", "answers", "revisions"):
        db.execute(f"select 1 from {table} limit 1").fetchone()  # noqa: S608 - Fixed names.
