"""The steps of the schema about what is counted to be limited. None is ever edited."""

from __future__ import annotations

from sqlite_utils import Database

from riskq.store.steps import STEPS

__all__: list[str] = []


@STEPS(name="0053-attempts-end")
def _attempts_end(db: Database) -> None:
    # Each attempt forgets the windows that have ended, and looked at all of them to find these.
    db.execute("create index attempts_until on attempts (until)")
