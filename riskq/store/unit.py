"""A unit of work: statements that become durable together, or leave nothing.

A use of the program that changes several things (a member, a state, the history of both) is one
function of a unit, which the store runs in a transaction of its own. Such a function may run in
another thread, must be quick, and touches nothing but the unit and its arguments.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from riskq.store.errors import Taken

__all__ = ["Row", "SqliteUnit", "Unit", "Units", "ask_named"]

T = TypeVar("T")

# What a driver gives is known to the schema only; it is typed by being made a record.
Row = tuple[Any, ...]


class Unit(Protocol):
    """What the statements of one transaction go through. ``?`` stands for a value."""

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Read rows."""
        ...

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Change rows, and give how many; raises ``Taken`` if a key is taken already.

        Whoever meets that leaves the unit: some databases take no further statement after it.
        """
        ...


class Units(Protocol):
    """What runs units on one database. Any thread may call it."""

    def look(self, query: Callable[[Unit], T]) -> T:
        """Run a query each statement of which may see another moment."""
        ...

    def change(self, change: Callable[[Unit], T], *, erases: bool = False) -> T:
        """Run a change in one transaction, as if nobody else changed anything meanwhile."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


def ask_named(unit: Unit, sql: str, named: Mapping[str, object]) -> Sequence[Row]:
    """Read rows with a ``:name`` for each value, however often and in which order they stand."""
    names = re.findall(r":([a-z]+)", sql)
    return unit.rows(re.sub(r":[a-z]+", "?", sql), [named[name] for name in names])


class SqliteUnit:
    """``Unit`` over a connection to a SQLite file, inside a transaction or just reading."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Read rows."""
        return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Change rows, and give how many."""
        try:
            return self._connection.execute(sql, values).rowcount
        except sqlite3.IntegrityError as error:
            raise Taken from error
