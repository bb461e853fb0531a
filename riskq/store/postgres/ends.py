"""One side of a move: all rows of the tables of a server's database, read or written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

from riskq.store.postgres.database import Database, Share
from riskq.store.postgres.unit import Connection, without_nul
from riskq.store.unit import Row

__all__ = ["PostgresEnd", "fill", "see"]

T = TypeVar("T")

_AT_ONCE = 500


class PostgresEnd:
    """``End`` over a connection inside a transaction."""

    as_kept = staticmethod(without_nul)
    """How a value of another database is kept here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """Read a whole table, some rows at a time."""
        with self._connection.cursor("moving") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(cast("Any", f"select {_names(columns)} from {table}"))  # noqa: S608 - The names are those of our schema.
            yield from cursor

    def is_empty(self, table: str) -> bool:
        """Whether a table has no row."""
        sql = cast("Any", f"select 1 from {table} limit 1")  # noqa: S608 - As above.
        return self._connection.execute(sql).fetchone() is None

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Fill an empty table."""
        sql = cast("Any", f"copy {table} ({_names(columns)}) from stdin")
        with self._connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def fill(database: Database, work: Callable[[PostgresEnd], T]) -> T:
    """Work in a transaction in which nobody else changes anything."""

    def alone(connection: Connection) -> T:
        connection.execute("select pg_advisory_xact_lock(7253, 3)")
        connection.execute("set local statement_timeout = 0")
        return work(PostgresEnd(connection))

    return database.transact(alone, Share.ALONE)


def see(database: Database, work: Callable[[PostgresEnd], T]) -> T:
    """Work with what was there at one moment."""

    def look(connection: Connection) -> T:
        connection.execute("set local statement_timeout = 0")
        return work(PostgresEnd(connection))

    return database.transact(look, Share.SNAPSHOT)
