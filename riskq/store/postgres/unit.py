"""``Unit`` over a connection to PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import psycopg

from riskq.store.errors import Taken
from riskq.store.postgres.dialect import to_statement
from riskq.store.unit import Row

__all__ = ["Connection", "PostgresUnit", "without_nul"]

_SIGN_OF_NUL = "\u2400"

Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresUnit:
    """``Unit`` inside a transaction, or just reading."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Read rows."""
        return self._execute(sql, values).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Change rows, and give how many."""
        try:
            return self._execute(sql, values).rowcount
        except psycopg.IntegrityError as error:
            raise Taken from error

    def _execute(self, sql: str, values: Sequence[object]) -> psycopg.Cursor[Row]:
        # Our statements are fixed texts, as Table says; the driver wants that said of each.
        statement = cast("Any", to_statement(sql))
        return self._connection.execute(statement, [without_nul(value) for value in values])


def without_nul(value: object) -> object:
    """The value, with the sign for a NUL instead of one: no text of PostgreSQL can hold that."""
    return value.replace("\0", _SIGN_OF_NUL) if isinstance(value, str) and "\0" in value else value
