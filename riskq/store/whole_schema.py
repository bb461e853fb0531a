"""The schema of a new file in one go: what all steps end with, written down.

To apply every step to an empty file loads a library and takes longer than anything else in a first
start. ``schema/`` holds the outcome; a test compares it with what the steps make and writes it
anew. Files that hold anything take the steps that they lack.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

__all__ = ["SCHEMAS", "make_whole"]

SCHEMAS = Path(__file__).parent / "schema"
_BETWEEN = ";\n\n"
"""What stands between two statements of a file."""


def make_whole(connection: sqlite3.Connection, name: str) -> bool:
    """Make the schema of that name in an empty file; tells whether the file was empty.

    Must be called inside a transaction that may write.
    """
    (found,) = connection.execute("select count(*) from sqlite_schema").fetchone()
    if found:
        return False
    for statement in (SCHEMAS / f"{name}.sql").read_text("utf-8").split(_BETWEEN):
        connection.execute(statement)
    return True
