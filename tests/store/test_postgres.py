"""The contract for PostgreSQL, and what is true of it alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from riskq.store import (
    NoSuchFile,
    StaleSequence,
    Store,
    StoreUnavailable,
    Taken,
    Unit,
    open_files,
    open_store,
)
from riskq.store.postgres.dialect import to_definition, to_statement
from tests.postgres import new_database, server
from tests.store.builders import an_assessment, found, save, write
from tests.store.contract import StoreContract
from tests.store.test_sqlite import FORKING

pytestmark = pytest.mark.slow


@pytest.fixture
def address() -> Iterator[str]:
    """The address of an empty database."""
    made = new_database()
    yield made
    server().drop(made)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.close()


class TestPostgres(StoreContract):
    """PostgreSQL keeps the contract."""

    nul = "\u2400"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("select a from b where c = ?", "select a from b where c = %s"),
        (
            "select user, by_user from t where user = ?",
            'select "user", by_user from t where "user" = %s',
        ),
        ("where c like '% ' || ? || '?'", "where c like '%% ' || %s || '?'"),
        ("select 'user', 'it''s 5 %'", "select 'user', 'it''s 5 %%'"),
        ("instr(a, ?) > 0 and 7 % 2 = 1", "strpos(a, %s) > 0 and 7 %% 2 = 1"),
    ],
)
def test_statements_are_read_as_they_were_meant(ours: str, theirs: str) -> None:
    assert to_statement(ours) == theirs


def test_tables_are_made_of_the_types_of_the_server() -> None:
    ours = """create table notes (
        user text not null references users (id),
        text text not null,
        number integer,
        body blob
    ) strict, without rowid"""
    theirs = """create table notes (
        "user" text collate "C" not null references users (id),
        text text collate "C" not null,
        number bigint,
        body bytea
    )"""
    assert to_definition(ours) == theirs


def test_sixteen_threads_lose_nothing(store: Store) -> None:
    def answer_all(caller: int) -> None:
        name = f"a{caller}"
        store.create(an_assessment(name))
        for number in range(20):
            assert save(store, number, write(f"q{number}", str(caller)), name=name) == number + 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(answer_all, range(16)))
    for caller in range(16):
        answers = found(store, f"a{caller}").answers
        assert {answer.value for answer in answers} == {str(caller)}
        assert len(answers) == 20


def test_of_two_machines_at_one_answer_one_is_told(address: str, store: Store) -> None:
    store.create(an_assessment())
    with closing(open_store(address)) as other, ThreadPoolExecutor(2) as pool:
        for number in range(30):
            start = Barrier(2)

            def play(machine: Store, number: int = number, start: Barrier = start) -> bool:
                start.wait()
                try:
                    save(machine, number, write(f"q{number}", "1"))
                except StaleSequence:
                    return False
                return True

            assert sorted(pool.map(play, (store, other))) == [False, True]


def test_changes_that_read_before_they_write_lose_nothing(address: str, store: Store) -> None:
    def count_up(unit: Unit) -> None:
        rows = unit.rows("select name from workspaces where id = 'w'")
        if rows:
            unit.run("update workspaces set name = ?", (str(int(rows[0][0]) + 1),))
        else:
            unit.run("insert into workspaces values ('w', '1', 0)")

    with closing(open_store(address)) as other, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: (store, other)[number % 2].change(count_up), range(80)))
    assert store.read(lambda unit: unit.rows("select name from workspaces")) == [("80",)]


def test_a_key_that_is_taken_is_told_and_nothing_is_left(store: Store) -> None:
    def twice(unit: Unit) -> None:
        for _ in range(2):
            unit.run("insert into workspaces values ('w', 'Alatau', 0)")

    def hides_it(unit: Unit) -> None:
        with suppress(Taken):
            twice(unit)

    with pytest.raises(Taken):
        store.change(twice)
    # Whoever goes on after that has everything taken back, and is told so.
    with pytest.raises(StoreUnavailable):
        store.change(hides_it)
    assert store.read(lambda unit: unit.rows("select * from workspaces")) == []


def test_a_text_sorts_by_the_numbers_of_its_letters(store: Store) -> None:
    names = ["Z", "a", "ı", "Ә", "ә", "я", "Я"]

    def add(unit: Unit) -> None:
        for name in names:
            unit.run("insert into workspaces values (?, ?, 0)", (name, name))

    store.change(add)
    rows = store.read(lambda unit: unit.rows("select name from workspaces order by name"))
    assert [name for (name,) in rows] == sorted(names)


def test_a_database_of_a_newer_release_is_refused(address: str, store: Store) -> None:
    store.change(lambda unit: unit.run("insert into schema_steps values ('riskq', '9999-new')"))
    with pytest.raises(StoreUnavailable, match="newer riskq") as told:
        open_store(address)
    assert told.value.reason == "newer"


def test_two_machines_that_start_at_once_make_the_tables_once() -> None:
    empty = server().make()
    with ThreadPoolExecutor(4) as pool:
        for store in pool.map(open_store, [empty] * 4):
            store.check()
            store.close()
    server().drop(empty)


def test_the_password_is_in_no_message() -> None:
    address = "postgresql://riskq:swordfish@127.0.0.1:1/none"
    with pytest.raises(StoreUnavailable) as told:
        open_store(address, patience=1)
    assert told.value.reason == "io"
    assert "swordfish" not in str(told.value)
    assert "127.0.0.1:1/none" in str(told.value)


def test_whoever_waits_too_long_for_others_is_told_so(address: str) -> None:
    store = open_store(address, patience=0.2)
    with psycopg.connect(address) as other:
        other.execute("select pg_advisory_lock(7253, 1)")
        with pytest.raises(StoreUnavailable) as told:
            store.create(an_assessment())
        assert told.value.reason == "locked"
    store.create(an_assessment())
    store.close()


def test_a_server_that_may_only_be_read_is_told_so(address: str, store: Store) -> None:
    store.create(an_assessment())
    with psycopg.connect(address, autocommit=True) as other:
        name = address.partition("@/")[2].partition("?")[0]
        other.execute(f'alter database "{name}" set default_transaction_read_only = on')
    with closing(open_store(address)) as reading:
        assert found(reading).id == "one"
        with pytest.raises(StoreUnavailable) as told:
            save(reading, 0, write("a", "1"))
        assert told.value.reason == "read-only"


def test_a_child_process_works_beside_its_parent(address: str) -> None:
    command = [sys.executable, "-c", FORKING, address]
    subprocess.run(command, check=True, timeout=60, cwd=Path(__file__).parents[2])


def test_files_lie_in_the_database_whole_or_not_at_all(address: str) -> None:
    files, name, content = open_files(address), "a" * 20, bytes(range(256)) * 3000

    def breaks_off() -> Iterator[bytes]:
        yield content
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.put(name, breaks_off())
    with pytest.raises(NoSuchFile):
        files.open(name)
    files.put(name, [content[:10], content[10:]])
    with open_files(address).open(name) as found_there:
        assert found_there.read() == content
    assert list(files.list(timedelta(days=-1))) == [name]
    assert list(files.list(timedelta(days=1))) == []
    files.remove(name)
    files.remove(name)
    assert list(files.list(timedelta(days=-1))) == []
    for other in ("../../etc/passwd", "short"):
        with pytest.raises(NoSuchFile):
            files.open(other)
