"""The one list of steps of the schema, into which each part puts its own. None is ever edited."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from sqlite_utils import Database, Migrations

__all__ = ["STEPS", "Step", "Steps"]


class Step(Struct, frozen=True):
    """One step by its name, which is stored where it was applied."""

    name: str
    apply: Callable[[Database], None]


class Steps:
    """Steps of one schema, in the order in which they were written down.

    sqlite-utils applies them to SQLite; another database applies them itself.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._in_sqlite = Migrations(name)
        self._in_order: list[Step] = []

    @property
    def in_order(self) -> tuple[Step, ...]:
        """All steps."""
        return tuple(self._in_order)

    def __call__(
        self, *, name: str
    ) -> Callable[[Callable[[Database], None]], Callable[[Database], None]]:
        """Put a function into the list."""

        def put(step: Callable[[Database], None]) -> Callable[[Database], None]:
            self._in_order.append(Step(name, step))
            self._in_sqlite(name=name)(step)
            return step

        return put

    def apply(self, db: Database, *, stop_before: str | None = None) -> None:
        """Apply to SQLite what is missing, or what is missing before one step."""
        self._in_sqlite.apply(db, stop_before=stop_before)

    def applied(self, db: Database) -> tuple[str, ...]:
        """The names of the steps that were applied to a SQLite file."""
        return tuple(step.name for step in self._in_sqlite.applied(db))


STEPS = Steps("riskq")
"""All steps. Their names are stored, so they must not change; they run in the order of imports."""
