"""A book of events tells every change that was made behind its back, and survives an erasure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from riskq.store import Happened, Store, Taken, Unit, history
from riskq.store.history import BookFault

NOW = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
EVENTS = tuple(
    Happened(NOW + timedelta(minutes=n), "aida", "answer", f"q{n}", f'{{"new":"{n}"}}')
    for n in range(4)
)


@pytest.fixture
def written(store: Store) -> Store:
    store.change(lambda unit: history.append(unit, "one", *EVENTS[:2]))
    store.change(lambda unit: history.append(unit, "two", EVENTS[0]))
    store.change(lambda unit: history.append(unit, "one", *EVENTS[2:]))
    return store


def faults(store: Store, book: str = "one") -> list[tuple[int, str]]:
    found = store.read(lambda unit: list(history.faults(unit, book)))
    assert all(fault.book == book for fault in found)
    return [(fault.number, fault.what) for fault in found]


def tamper(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute(sql).rowcount > 0
        db.commit()


def test_a_book_tells_what_happened_newest_first(written: Store) -> None:
    told = written.read(lambda unit: history.events(unit, "one", most=3))
    assert [(event.number, event.subject, event.detail) for event in told] == [
        (number + 1, EVENTS[number].subject, EVENTS[number].detail) for number in (3, 2, 1)
    ]
    earlier = written.read(lambda unit: history.events(unit, "one", before=2, most=9))
    assert [event.number for event in earlier] == [1]
    assert written.read(history.books) == ("one", "two")


def test_a_book_that_nobody_touched_has_no_fault(written: Store) -> None:
    assert faults(written) == faults(written, "two") == []


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "digest", "hash"])
def test_a_changed_event_is_told(written: Store, path: Path, column: str) -> None:
    value = {"at": "at + 1", "digest": "x'00'", "hash": "x'00'"}.get(column, "'other'")
    tamper(path, f"update events set {column} = {value} where book = 'one' and number = 2")  # noqa: S608 - It is ours.
    assert (2, "changed") in faults(written)
    assert faults(written, "two") == []


@pytest.mark.parametrize("change", ["detail = 'other'", "salt = x'00'", "salt = null"])
def test_a_changed_detail_is_told(written: Store, path: Path, change: str) -> None:
    tamper(path, f"update events set {change} where book = 'one' and number = 2")  # noqa: S608 - It is ours.
    assert faults(written) == [(2, "detail")]


def test_a_missing_event_is_told_wherever_it_was(written: Store, path: Path) -> None:
    tamper(path, "delete from events where book = 'one' and number = 2")
    assert (2, "missing") in faults(written)
    tamper(path, "delete from events where book = 'one' and number = 4")
    assert (4, "missing") in faults(written)
    tamper(path, "delete from events where book = 'one'")
    assert faults(written) == [(1, "missing")]


def test_events_that_were_moved_about_are_told(written: Store, path: Path) -> None:
    tamper(path, "update events set number = 9 where book = 'one' and number = 2")
    tamper(path, "update events set number = 2 where book = 'one' and number = 3")
    tamper(path, "update events set number = 3 where book = 'one' and number = 9")
    assert {number for number, what in faults(written) if what == "changed"} >= {2, 3}


def test_a_book_that_disowns_its_end_is_told(written: Store, path: Path) -> None:
    tamper(path, "delete from books where id = 'one'")
    assert faults(written) == [(4, "head")]
    assert written.read(history.books) == ("one", "two")


def test_an_erased_detail_is_gone_and_the_chain_holds(written: Store, path: Path) -> None:
    head = written.read(lambda unit: history.head(unit, "one"))
    assert written.change(lambda unit: history.erase_details(unit, "one"), erases=True) == 4
    told = written.read(lambda unit: history.events(unit, "one", most=9))
    assert [(event.detail, event.salt) for event in told] == [(None, None)] * 4
    assert faults(written) == []
    assert written.read(lambda unit: history.head(unit, "one")) == head
    written.close()
    assert b'"new"' in path.read_bytes()  # Those of the other book.
    assert path.read_bytes().count(b'"new"') == 1


def test_a_change_that_fails_leaves_neither_itself_nor_its_event(store: Store) -> None:
    def change(unit: Unit) -> None:
        history.append(unit, "one", EVENTS[0])
        unit.run("insert into workspaces values ('w', 'name', 1)")
        unit.run("insert into workspaces values ('w', 'name', 1)")

    with pytest.raises(Taken):
        store.change(change)
    assert store.read(history.books) == ()
    assert store.read(lambda unit: unit.rows("select count(*) from workspaces")) == [(0,)]


def test_a_reading_sees_one_moment(store: Store) -> None:
    def read(unit: Unit) -> tuple[tuple[str, ...], tuple[str, ...]]:
        before = history.books(unit)
        store.change(lambda other: history.append(other, "one", EVENTS[0]))
        return before, history.books(unit)

    assert store.read(read) == ((), ())
    assert store.read(history.books) == ("one",)


def test_faults_are_values(written: Store, path: Path) -> None:
    tamper(path, "update events set actor = 'x' where book = 'two'")
    found = written.read(lambda unit: list(history.faults(unit, "two")))
    assert found == [BookFault("two", 1, "changed")]
