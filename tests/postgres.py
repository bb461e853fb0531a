"""The PostgreSQL server that tests of one process share, and its databases with empty tables."""

from __future__ import annotations

import atexit
from functools import cache
from typing import Any, cast

import psycopg
import pytest

from riskq.store import open_store
from tests.postgres_server import PostgresServer, programs

__all__ = ["new_database", "rows_of", "server"]


@cache
def server() -> PostgresServer:
    """The server, started for the first test that needs it."""
    bins = programs()
    if bins is None:
        pytest.fail('There is no PostgreSQL server here; "./dev check" installs one.')
    started = PostgresServer(bins)
    atexit.register(started.remove)
    started.start()
    return started


@cache
def _template() -> str:
    address = server().make()
    open_store(address).close()
    return address


def new_database() -> str:
    """The address of a new database with the schema of today."""
    return server().make_copy(_template())


def rows_of(address: str) -> list[str]:
    """Every row of a database, but what tells of the schema."""
    tables = (
        "select table_name from information_schema.tables where table_schema = 'public'"
        " and table_name <> 'schema_steps' order by 1"
    )
    with psycopg.connect(address) as connection:
        told = []
        for (table,) in connection.execute(tables).fetchall():
            every = cast("Any", f'table "{table}"')
            told += sorted(f"{table}: {row}" for row in connection.execute(every))
        return told
