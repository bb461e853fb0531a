"""The schema, as steps that are applied once each, in order. A published step is never edited.

SQLite's ``user_version`` holds the number of steps applied.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

# Each part puts its steps into the list when it is imported, in the order of the names: a table
# comes after those that its rows point to.
from riskq.store import (
    assessment_steps,
    member_steps,
    rate_steps,
    screening_steps,
    workspace_key_steps,
    workspace_steps,
)
from riskq.store.steps import STEPS

__all__ = ["STEPS", "migrate"]

_PARTS = (
    assessment_steps,
    member_steps,
    screening_steps,
    workspace_steps,
    rate_steps,
    workspace_key_steps,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing. Must be called inside a transaction that may write.

    The steps run in savepoints of that transaction: after a failure, none of them has happened.
    """
    db = Database(connection, execute_plugins=False)
    STEPS.apply(db)
    connection.execute(f"pragma user_version = {len(STEPS.applied(db)):d}")
