"""The schema of a new file is the one that all steps make.

After a new step, write the files anew: ``.venv/bin/python -m tests.store.test_whole_schema``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from riskq.store import bundle_migrations, migrations, open_bundles, open_store
from riskq.store.whole_schema import SCHEMAS, make_whole


class Opened(Protocol):
    """What both kinds of store can do."""

    def close(self) -> None:
        """Let go of the file."""


MIGRATIONS = {"riskq": migrations.migrate, "riskq-bundles": bundle_migrations.migrate}


NOW = "strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')"
"""The moment as sqlite-utils writes it."""


def dump_schema(connection: sqlite3.Connection) -> str:
    """The statements that make the schema of a file, and note its steps as applied."""
    made = connection.execute(
        "select sql from sqlite_schema"
        " where sql is not null and name not like 'sqlite!_%' escape '!' order by rowid"
    )
    steps = connection.execute("select migration_set, name from _sqlite_migrations order by id")
    (version,) = connection.execute("pragma user_version").fetchone()
    noted = ",\n".join(f"    ('{of}', '{name}', {NOW})" for of, name in steps)
    note = f"insert into _sqlite_migrations (migration_set, name, applied_at) values\n{noted}"
    statements = (*(sql for (sql,) in made), note, f"pragma user_version = {version:d}")
    return ";\n\n".join(statements) + ";\n"


def dump_of_steps(migrate: Callable[[sqlite3.Connection], None]) -> str:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("begin")
        migrate(made)
        return dump_schema(made)


def looked_at(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Everything that a file says of its schema, and the names of the steps."""
    return [
        *connection.execute("select type, name, tbl_name, sql from sqlite_schema order by rowid"),
        *connection.execute("select id, migration_set, name from _sqlite_migrations order by id"),
        *connection.execute("pragma user_version"),
    ]


@pytest.mark.parametrize("name", MIGRATIONS)
def test_what_is_written_down_is_what_the_steps_make(name: str) -> None:
    written = (SCHEMAS / f"{name}.sql").read_text()
    assert written == dump_of_steps(MIGRATIONS[name]), __doc__


@pytest.mark.parametrize("name", MIGRATIONS)
def test_a_file_made_at_once_is_one_made_by_steps(name: str) -> None:
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as by_steps,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as at_once,
    ):
        MIGRATIONS[name](by_steps)
        assert make_whole(at_once, name)
        assert looked_at(at_once) == looked_at(by_steps)
        [(moment,)] = at_once.execute("select distinct applied_at from _sqlite_migrations")
        [(like,)] = by_steps.execute("select applied_at from _sqlite_migrations where id = 1")
        assert len(moment) == len(like)
        assert not make_whole(at_once, name)


@pytest.mark.parametrize(("name", "make"), [("riskq", open_store), ("riskq-bundles", open_bundles)])
def test_a_new_file_has_it(name: str, make: Callable[[Path], Opened], tmp_path: Path) -> None:
    make(tmp_path / "new.db").close()
    with closing(sqlite3.connect(tmp_path / "new.db")) as looking:
        assert dump_schema(looking) == (SCHEMAS / f"{name}.sql").read_text()


if __name__ == "__main__":
    for name, migrate in MIGRATIONS.items():
        (SCHEMAS / f"{name}.sql").write_text(dump_of_steps(migrate))
