"""A workspace's list is looked through by client, tag and text, and only what is shown is read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from riskq.store import (
    CLIENTS,
    HOLDINGS,
    NO_CLIENT,
    TAGS,
    WORKSPACES,
    Client,
    HeldAssessment,
    Holding,
    Sought,
    Store,
    Tag,
    Unit,
    Workspace,
    count_held,
    fold,
    list_clients,
    list_held,
    open_store,
)
from riskq.store.migrations import STEPS
from riskq.store.unit import Row, SqliteUnit
from tests.store.builders import an_assessment

NOW = datetime(2026, 11, 9, tzinfo=UTC)
ALATAU = ("Қала әкімдігі", "Bank 100%")


class CountingUnit(SqliteUnit):
    """A unit that counts what is asked of it, and says how the database goes about it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.asked: list[str] = []
        self.plans: list[str] = []

    def rows(self, sql: str, values: object = ()) -> list[Row]:
        self.asked.append(sql)
        self.plans += [str(row[-1]) for row in super().rows(f"explain query plan {sql}", values)]  # type: ignore[arg-type]  # As the class above takes it.
        return super().rows(sql, values)  # type: ignore[arg-type]  # As above.


def fill(store: Store, many: int = 4) -> None:
    """Two workspaces; in the first, every other assessment has a client and a tag."""

    def change(unit: Unit) -> None:
        for workspace in ("one", "two"):
            WORKSPACES.add(unit, Workspace(workspace, workspace, NOW))
        for number, name in enumerate(ALATAU):
            CLIENTS.add(unit, Client(f"c{number}", "one", name, fold(name), "", NOW))
        for number in range(many):
            title = f"Жүйе {number}_{'ӘРІП' if number % 2 else 'сурет'}"
            client = f"c{number % 2}" if number % 4 < 2 else None
            held = (f"a{number}", "one", title, NOW, fold(title), client)
            HOLDINGS.add(unit, Holding(*held))
            if number % 2:
                TAGS.add(unit, Tag(f"a{number}", "chat", "one"))
                TAGS.add(unit, Tag(f"a{number}", "asyq", "one"))

    for number in range(many):
        touched_at = NOW + timedelta(minutes=number)
        store.create(an_assessment(f"a{number}", touched_at=touched_at))
    store.change(change)


def found(store: Store, sought: Sought, workspace: str = "one") -> list[str]:
    rows = store.read(lambda unit: list_held(unit, workspace, sought, most=99))
    total = store.read(lambda unit: count_held(unit, workspace, sought))
    assert total == len(rows)
    return [row.id for row in rows]


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        (Sought(), ["a3", "a2", "a1", "a0"]),
        (Sought(client="c1"), ["a1"]),
        (Sought(client=NO_CLIENT), ["a3", "a2"]),
        (Sought(client="nobody"), []),
        (Sought(tag="chat"), ["a3", "a1"]),
        (Sought(client="c1", tag="chat", text="әріп"), ["a1"]),
        (Sought(text="Әріп"), ["a3", "a1"]),
        (Sought(text="ҚАЛА"), ["a0"]),
        (Sought(text="100%"), ["a1"]),
        (Sought(text="0%0"), []),
        (Sought(text="3_"), ["a3"]),
        (Sought(text="е_3"), []),
        (Sought(text="' or 1 --"), []),
        (Sought(text="ж" * 30_000), []),
        (Sought(text="!" * 30_000), []),
    ],
)
def test_what_is_looked_for_is_found(store: Store, sought: Sought, expected: list[str]) -> None:
    fill(store)
    assert found(store, sought) == expected
    assert found(store, sought, "two") == []


def test_a_line_tells_client_and_tags(store: Store) -> None:
    fill(store)
    lines = store.read(lambda unit: list_held(unit, "one", Sought(), most=9))
    assert [(line.client_name, line.tags) for line in lines] == [
        ("", ("asyq", "chat")),
        ("", ()),
        (ALATAU[1], ("asyq", "chat")),
        (ALATAU[0], ()),
    ]


def test_clients_tell_how_many_assessments_they_have(store: Store) -> None:
    fill(store)
    store.delete("a0")
    lines = store.read(lambda unit: list_clients(unit, "one"))
    assert [(line.name, line.assessments) for line in lines] == [(ALATAU[1], 1), (ALATAU[0], 0)]


def test_a_client_that_is_removed_leaves_its_assessments(store: Store) -> None:
    fill(store)
    store.change(lambda unit: CLIENTS.remove(unit, "where id = ?", "c1"))
    assert found(store, Sought(client=NO_CLIENT)) == ["a3", "a2", "a1"]


def test_the_statements_do_not_grow_with_the_rows(store: Store, path: Path) -> None:
    fill(store, 40)
    with closing(sqlite3.connect(path)) as connection:

        def ask(most: int) -> tuple[list[HeldAssessment], CountingUnit]:
            unit = CountingUnit(connection)
            return list(list_held(unit, "one", Sought(tag="chat", text="ж"), most=most)), unit

        (few, asked), (many, more) = ask(2), ask(20)
    assert (len(few), len(many)) == (2, 20)
    assert len(asked.asked) == len(more.asked) == 2
    # No table is read from one end to the other, however many workspaces there are.
    assert not [plan for plan in more.plans if plan.startswith("SCAN")], more.plans


def test_titles_from_before_are_found_too(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        STEPS.apply(Database(old), stop_before="0030-clients")
        old.execute("insert into workspaces values ('one', 'One', 0)")
        old.execute(
            "insert into assessments (id, key_hash, questionnaire, edition, digest, language,"
            " created_at, touched_at, expires_at, sequence, last_revision)"
            " values ('a', x'00', 'q', '2026-01-01', '', 'kk', 0, 0, 0, 0, 0)"
        )
        old.execute("insert into holdings values ('a', 'one', 'ӘРІП', 0)")
        old.execute(f"pragma user_version = {len(STEPS.applied(Database(old)))}")
    with closing(open_store(path)) as store:
        assert found(store, Sought(text="әріп")) == ["a"]
