"""Moves everything between SQLite files and a server's database, counted and compared.

What has arrived is read again and compared with what was sent, row by row, before it is made
durable: whoever moves a service learns of a difference while the old database is still there.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from riskq.store.copying import open_copy
from riskq.store.errors import StoreError
from riskq.store.faults import FAULTS, unavailable
from riskq.store.opening import open_bundles, open_database_at, open_store
from riskq.store.unit import Row, Unit

__all__ = ["EVER", "NotEmptyError", "move_in", "move_out", "refuse_unless_empty"]

EVER = timedelta(days=-1)
"""Every file was put before a day from now."""

_OURS = """
select name from sqlite_schema where type = 'table' and name not like 'sqlite!_%' escape '!'
    and name not like '!_sqlite!_%' escape '!' order by rowid"""


class NotEmptyError(StoreError):
    """There is something already where everything was to be put; nothing was changed."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place}: something is there already. Name an empty database.")


class _DifferenceError(Exception):
    """What arrived is not what was sent."""


class End(Protocol):
    """One side of a move, inside a transaction."""

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """Read a whole table, in any order."""
        ...

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Fill an empty table."""
        ...


_BEGIN = ("assessments", "users", "bundles")
"""Whatever is in a database began with one of these."""

Table = tuple[str, tuple[str, ...]]
"""The name of a table, and those of its columns."""


def refuse_unless_empty(address: str) -> None:
    """Raise ``NotEmptyError`` if anything is in a server's database, and ``StoreUnavailable``."""
    store = open_store(address)
    try:
        if store.read(lambda unit: [_is_used(unit, name) for name in _BEGIN]) != [False] * 3:
            raise NotEmptyError("The database")
    finally:
        store.close()


def _is_used(unit: Unit, table: str) -> bool:
    return bool(unit.rows(f"select 1 from {table} limit 1"))  # noqa: S608 - One of _BEGIN.


def move_in(assessments: Path, bundles: Path | None, address: str) -> dict[str, int]:
    """Copy files into a server's database; how many rows each table has.

    The files must be of today's schema, and nobody may write to them. Raises ``NotEmptyError`` and
    ``StoreUnavailable``; the database is as it was then.
    """
    from riskq.store.postgres import PostgresEnd, fill

    files = [path for path in (assessments, bundles) if path is not None]
    database = open_database_at(address)

    def work(target: PostgresEnd) -> dict[str, int]:
        told: dict[str, int] = {}
        for path in files:
            with closing(open_copy(path)) as connection:
                tables = _tables_of(connection)
                if not all(target.is_empty(name) for name, _ in tables):
                    raise NotEmptyError(database.place)
                told |= _copy(tables, _FileEnd(connection), target, target.as_kept)
        return told

    try:
        return fill(database, work)
    except _DifferenceError as error:
        raise unavailable(Path(database.place), "corrupt") from error
    except FAULTS as error:
        raise unavailable(assessments, error) from error
    finally:
        database.close()


def move_out(address: str, assessments: Path, bundles: Path) -> dict[str, int]:
    """Copy a server's database, as it is at one moment, into new files; how many rows.

    Others may go on working with it. Raises ``StoreUnavailable``; half-made files may be left.
    """
    from riskq.store.postgres import PostgresEnd, see

    open_store(assessments).close()
    open_bundles(bundles).close()
    database = open_database_at(address)

    def work(source: PostgresEnd) -> dict[str, int]:
        told: dict[str, int] = {}
        for path in (assessments, bundles):
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                connection.execute("pragma synchronous = full")
                connection.execute("begin")
                told |= _copy(_tables_of(connection), source, _FileEnd(connection), _as_it_is)
                connection.execute("commit")
        return told

    try:
        return see(database, work)
    except _DifferenceError as error:
        raise unavailable(assessments, "corrupt") from error
    except FAULTS as error:
        raise unavailable(assessments, error) from error
    finally:
        database.close()


def _tables_of(connection: sqlite3.Connection) -> list[Table]:
    """Our tables, each after those that its rows point to."""
    tables = []
    for (name,) in connection.execute(_OURS).fetchall():
        columns = connection.execute("select name from pragma_table_info(?)", (name,))
        tables.append((name, tuple(column for (column,) in columns)))
    return tables


def _as_it_is(value: object) -> object:
    return value


def _copy(
    tables: Sequence[Table], source: End, target: End, as_kept: Callable[[object], object]
) -> dict[str, int]:
    """Copy some tables; ``as_kept`` tells how the target keeps a value."""
    told = {}
    for name, columns in tables:
        sent = _Sum()
        kept = (tuple(map(as_kept, row)) for row in source.rows(name, columns))
        target.write(name, columns, map(sent.add, kept))
        arrived = _Sum()
        for row in target.rows(name, columns):
            arrived.add(row)
        if arrived.told != sent.told:
            raise _DifferenceError(name)
        told[name] = sent.count
    return told


class _Sum:
    """A sum over rows that does not depend on their order."""

    def __init__(self) -> None:
        self.count = 0
        self._sum = 0

    def add(self, row: Row) -> Row:
        """Count a row, and give it on."""
        self.count += 1
        digest = hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).digest()
        self._sum = (self._sum + int.from_bytes(digest)) % (1 << 256)
        return row

    @property
    def told(self) -> tuple[int, int]:
        """How many rows, and their sum."""
        return self.count, self._sum


class _FileEnd:
    """``End`` over a SQLite file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """Read a whole table."""
        return self._connection.execute(f"select {_names(columns)} from {table}")  # noqa: S608 - The names are those of our schema.

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Fill an empty table."""
        marks = ", ".join("?" * len(columns))
        sql = f"insert into {table} ({_names(columns)}) values ({marks})"  # noqa: S608 - As above.
        self._connection.executemany(sql, rows)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
