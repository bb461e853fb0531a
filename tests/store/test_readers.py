"""Connections that read: one is used again and again, and none by two at the same time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest

from riskq.store import Store, StoreUnavailable
from riskq.store.connections import Place
from riskq.store.readers import Readers

MANY = 6


@pytest.fixture
def readers(path: Path, store: Store) -> Iterator[Readers]:
    store.check()
    with closing(Readers(Place(path, patience=1, max_bytes=None))) as made:
        yield made


def together(readers: Readers, many: int) -> set[int]:
    """So many queries that wait for one another; which connections they had."""
    meeting, used = Barrier(many), set[int]()

    def query(connection: sqlite3.Connection) -> None:
        meeting.wait(timeout=10)
        used.add(id(connection))

    threads = [Thread(target=readers.run, args=(query,)) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return used


def test_one_after_the_other_they_need_one_connection(readers: Readers) -> None:
    used = [readers.run(lambda connection: connection) for _ in range(MANY)]
    assert used == [used[0]] * MANY


def test_at_the_same_time_each_has_its_own_and_two_are_kept(readers: Readers) -> None:
    assert len(together(readers, MANY)) == MANY
    kept = [readers.run(lambda one: readers.run(lambda other: (one, other))) for _ in range(MANY)]
    assert len({id(one) for pair in kept for one in pair}) == 2


def test_one_that_met_an_error_is_closed_and_not_asked_again(readers: Readers) -> None:
    broken: list[sqlite3.Connection] = []

    def fail(connection: sqlite3.Connection) -> None:
        broken.append(connection)
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(StoreUnavailable):
        readers.run(fail)
    assert readers.run(lambda connection: connection) is not broken[0]
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        broken[0].execute("select 1")


def test_an_error_of_the_program_spoils_no_connection(readers: Readers) -> None:
    before = readers.run(lambda connection: connection)
    with pytest.raises(ZeroDivisionError):
        readers.run(lambda _: 1 // 0)
    assert readers.run(lambda connection: connection) is before


def test_closing_waits_for_a_query_and_takes_no_more(readers: Readers) -> None:
    entered, go_on, told = Event(), Event(), list[int]()

    def query(connection: sqlite3.Connection) -> None:
        entered.set()
        go_on.wait(timeout=10)
        told.append(connection.execute("select 7").fetchone()[0])

    reading = Thread(target=readers.run, args=(query,))
    reading.start()
    assert entered.wait(timeout=10)
    closing_it = Thread(target=readers.close)
    closing_it.start()
    while not readers._closed:
        pass
    with pytest.raises(StoreUnavailable) as refused:
        readers.run(lambda _: None)
    assert refused.value.reason == "closed"
    assert closing_it.is_alive()
    go_on.set()
    for thread in (reading, closing_it):
        thread.join(timeout=10)
    assert told == [7]
    assert not closing_it.is_alive()
