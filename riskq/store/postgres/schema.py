"""The schema in PostgreSQL: the same steps as in SQLite, each applied once, in order.

The steps are written once, as statements for SQLite, and run here as PostgreSQL reads them. Two
tables are of this database alone: which steps were applied, and files that people attached.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import psycopg
from msgspec import Struct
from sqlite_utils import Database as StepDatabase

from riskq.store.bundle_migrations import STEPS as BUNDLE_STEPS
from riskq.store.migrations import STEPS
from riskq.store.postgres.dialect import to_definition, to_statement
from riskq.store.postgres.unit import Connection

__all__ = ["TABLES", "apply_steps"]

TABLES = (
    """create table if not exists schema_steps (
        line text not null,
        name text not null,
        applied_at timestamptz not null default now(),
        primary key (line, name)
    )""",
    """create table if not exists stored_files (
        name text collate "C" primary key,
        put_at bigint not null
    )""",
    """create table if not exists stored_pieces (
        name text collate "C" not null references stored_files (name) on delete cascade,
        number bigint not null,
        piece bytea not null,
        primary key (name, number)
    )""",
)

_DEFINES = ("create ", "alter ")


class _Steps(Struct, frozen=True):
    """The database as steps see it: what they use of sqlite-utils elsewhere."""

    connection: Connection

    def execute(self, sql: str, values: Sequence[object] = ()) -> psycopg.Cursor[tuple[Any, ...]]:
        """Run a statement; its rows can be read off what comes back."""
        if sql.lstrip().startswith(_DEFINES):
            return self.connection.execute(cast("Any", to_definition(sql)))
        return self.connection.execute(cast("Any", to_statement(sql)), values)


def apply_steps(connection: Connection) -> None:
    """Apply the steps that are missing, inside a transaction that nobody else may be in."""
    for table in TABLES:
        connection.execute(cast("Any", table))
    for steps in (STEPS, BUNDLE_STEPS):
        known = "select name from schema_steps where line = %s"
        applied = {name for (name,) in connection.execute(known, (steps.name,))}
        for step in steps.in_order:
            if step.name not in applied:
                step.apply(cast("StepDatabase", _Steps(connection)))
                said = (steps.name, step.name)
                sql = "insert into schema_steps (line, name) values (%s, %s)"
                connection.execute(sql, said)
