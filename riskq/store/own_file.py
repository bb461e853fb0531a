"""Units over a SQLite file that few write to: a connection for each change, and no thread.

Bundles lie in such a file. Any number of processes may work with it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from sqlite3 import Connection
from typing import TypeVar

from riskq.store.connections import EMPTY_LOG, Place, Schema, begin, connect_writer, make_ready
from riskq.store.faults import FAULTS, unavailable
from riskq.store.readers import Readers
from riskq.store.unit import SqliteUnit, Unit

__all__ = ["OwnFile"]

T = TypeVar("T")


class OwnFile:
    """``Units`` over one file, which is made if it is missing; raises ``StoreUnavailable``."""

    def __init__(self, place: Place, schema: Schema) -> None:
        make_ready(place, schema)
        self._place = place
        self._readers = Readers(place)

    def look(self, query: Callable[[Unit], T]) -> T:
        """Run a query on the calling thread's own connection."""
        return self._readers.run(lambda connection: query(SqliteUnit(connection)))

    def change(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        """Run a change in one transaction."""
        try:
            with closing(connect_writer(self._place)) as connection:
                begin(connection, self._place.patience)
                result = change(SqliteUnit(connection))
                connection.execute("commit")
                if erases:
                    _empty_log(connection)
                return result
        except FAULTS as error:
            raise unavailable(self._place.path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._readers.close()


def _empty_log(connection: Connection) -> None:
    # Others may hold the log; it is then emptied by whoever comes next.
    with suppress(*FAULTS):
        connection.execute(EMPTY_LOG)
