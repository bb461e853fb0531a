"""Group commit: one fails and the others stand; the commit fails and all are told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from riskq.store import (
    HOLDER,
    Act,
    NoSuchAssessment,
    Store,
    StoreUnavailable,
    open_store,
    statements,
)
from riskq.store.batch import Failure, Job, Success, commit_together
from riskq.store.connections import Place, connect_writer
from riskq.store.unit import SqliteUnit
from riskq.store.writer import Writer
from tests.store.builders import LATER, NOW, an_assessment, found, save, write

Operation = Callable[[sqlite3.Connection], object]


@pytest.fixture
def place(path: Path, store: Store) -> Place:
    """The place of the store's file, which is ready."""
    store.check()
    return Place(path, patience=0.05, max_bytes=None)


@pytest.fixture
def connection(place: Place) -> Iterator[sqlite3.Connection]:
    """A connection as the writer has it."""
    with closing(connect_writer(place)) as opened:
        yield opened


def jobs(*operations: Operation) -> list[Job]:
    """Jobs that nobody waits for."""
    return [Job(operation, erases=False) for operation in operations]


def create(name: str) -> Operation:
    """The operation that creates an assessment."""
    return lambda db: statements.create(SqliteUnit(db), an_assessment(name))


def write_half_and_fail(db: sqlite3.Connection) -> None:
    """An operation that fails after it has written."""
    statements.create(SqliteUnit(db), an_assessment("half"))
    raise RuntimeError("in the middle")


def test_one_that_fails_in_the_middle_leaves_nothing_and_the_others_stand(
    connection: sqlite3.Connection, store: Store
) -> None:
    batch = jobs(create("one"), write_half_and_fail, create("two"))
    outcomes = commit_together(connection, batch, patience=1)
    assert [type(outcome) for outcome in outcomes] == [Success, Failure, Success]
    assert [store.find(name) is not None for name in ("one", "half", "two")] == [True, False, True]


def test_a_refusal_goes_to_its_own_caller(connection: sqlite3.Connection, store: Store) -> None:
    def save_nowhere(db: sqlite3.Connection) -> int:
        return statements.save(db, "nowhere", 0, [], Act(NOW, HOLDER), LATER)

    refused, done = commit_together(connection, jobs(save_nowhere, create("one")), patience=1)
    assert isinstance(refused, Failure)
    assert isinstance(refused.error, NoSuchAssessment)
    assert done == Success(None)
    assert store.find("one") == an_assessment("one")


def test_a_commit_that_fails_leaves_nothing_of_any_of_them(
    connection: sqlite3.Connection, store: Store
) -> None:
    def break_the_transaction(db: sqlite3.Connection) -> None:
        db.execute("pragma max_page_count = 1")
        statements.create(SqliteUnit(db), an_assessment("big", digest="x" * 100_000))

    with pytest.raises(sqlite3.OperationalError, match="full"):
        commit_together(connection, jobs(create("one"), break_the_transaction), patience=1)
    connection.close()
    assert store.find("one") is None
    assert store.find("big") is None


def test_callers_of_a_failing_batch_are_all_told_and_the_writer_goes_on(place: Place) -> None:
    writer = Writer(replace(place, patience=10))
    entered, go_on, told = Event(), Event(), dict[Operation, object]()

    def hold_up(_: sqlite3.Connection) -> None:
        entered.set()
        go_on.wait(timeout=10)

    def fail(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    def call(operation: Operation) -> None:
        try:
            told[operation] = writer.run(operation)
        except StoreUnavailable as error:
            told[operation] = error.reason

    first = Thread(target=call, args=(hold_up,))
    first.start()
    assert entered.wait(timeout=10)
    batch = (create("one"), fail, create("two"))
    others = [Thread(target=call, args=(one,)) for one in batch]
    for thread in others:
        thread.start()
    while writer._queue.qsize() < len(others):
        pass
    go_on.set()
    for thread in (first, *others):
        thread.join()
    # Who is told first need not be the first to go on.
    assert told.pop(hold_up) is None
    assert set(told) == set(batch)
    assert len(set(told.values())) == 1
    assert isinstance(told[fail], str)
    assert writer.run(create("one")) is None
    writer.close()


def test_a_job_that_was_given_up_is_not_done_later(place: Place, store: Store) -> None:
    writer = Writer(place)
    with closing(sqlite3.connect(place.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        for name in ("one", "two"):
            with pytest.raises(StoreUnavailable) as told:
                writer.run(create(name))
            assert told.value.reason == "locked"
        other.execute("rollback")
    assert writer.run(create("three")) is None
    writer.close()
    assert [store.find(name) for name in ("one", "two")] == [None, None]


def test_a_caller_is_told_when_the_disk_does_not_answer(place: Place) -> None:
    writer = Writer(place)
    answered = Event()
    with pytest.raises(StoreUnavailable, match="Whether the change was saved is open") as told:
        writer.run(lambda _: answered.wait(timeout=10))
    answered.set()
    assert told.value.reason == "locked"
    writer.close()


def test_a_withdrawn_job_is_not_the_writers_any_more() -> None:
    (job,) = jobs(create("one"))
    assert job.wait(0) is None
    assert job.claim()
    assert not job.claim()


def test_an_error_of_the_program_reaches_its_caller_and_no_other(place: Place) -> None:
    writer = Writer(place)
    with pytest.raises(RuntimeError, match="in the middle"):
        writer.run(write_half_and_fail)
    assert writer.run(create("one")) is None
    writer.close()


def test_closing_finishes_what_was_accepted(path: Path) -> None:
    store = open_store(path)
    for name in range(16):
        store.create(an_assessment(f"a{name}"))
    outcomes: list[int | str] = []

    def call(name: str) -> None:
        number = 0
        try:
            while number < 100_000:
                number = save(store, number, write("a", "1", was=number), name=name)
                outcomes.append(number)
        except StoreUnavailable as error:
            outcomes.append(error.reason)

    threads = [Thread(target=call, args=(f"a{name}",)) for name in range(16)]
    for thread in threads:
        thread.start()
    while len(outcomes) < 100:
        pass
    store.close()
    for thread in threads:
        thread.join()
    acknowledged = sum(isinstance(outcome, int) for outcome in outcomes)
    assert {outcome for outcome in outcomes if isinstance(outcome, str)} == {"closed"}
    with closing(open_store(path)) as again:
        assert sum(found(again, f"a{name}").sequence for name in range(16)) == acknowledged
