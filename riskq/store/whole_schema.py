"""The schema of a new file in one go: what all steps end with, written down.

To apply every step to an empty file loads a library and takes longer than anything else in a first
start. ``schema/`` holds the outcome; a test compares it with what the steps make and writes it
anew. Files that hold anything take the steps that they lack.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

__all__ = ["SCHEMAS", "dump_schema", "make_whole"]

SCHEMAS = Path(__file__).parent / "schema"
_BETWEEN = ";\n\n"

_NOW = "strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')"
"""The moment as sqlite-utils writes it."""


def make_whole(connection: sqlite3.Connection, name: str) -> bool:
    """Make the schema of that name in an empty file; tells whether the file was empty.

    Must be called inside a transaction that may write.
    """
    (found,) = connection.execute("select count(*) from sqlite_schema").fetchone()
    if found:
        return False
    for statement in (SCHEMAS / f"{name}.sql").read_text().split(_BETWEEN):
        connection.execute(statement)
    return True


def dump_schema(connection: sqlite3.Connection) -> str:
    """The statements that make the schema of a file, and note its steps as applied."""
    made = connection.execute(
        "select sql from sqlite_schema"
        " where sql is not null and name not like 'sqlite!_%' escape '!' order by rowid"
    )
    steps = connection.execute("select migration_set, name from _sqlite_migrations order by id")
    (version,) = connection.execute("pragma user_version").fetchone()
    noted = ",\n".join(f"    ('{of}', '{name}', {_NOW})" for of, name in steps)
    note = f"insert into _sqlite_migrations (migration_set, name, applied_at) values\n{noted}"
    statements = (*(sql for (sql,) in made), note, f"pragma user_version = {version:d}")
    return _BETWEEN.join(statements) + ";\n"
