"""Whose turn it is, and how many have one at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Event, Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskq.serving.turns import IN_A_ROW, SPARE, Turns


@contextmanager
def held(turns: Turns) -> Iterator[None]:
    """All threads that may work do, until the end; what is asked for meanwhile waits."""
    begun, over = Event(), Event()

    def hold() -> None:
        begun.set()
        over.wait(20)

    turns.ask(hold, hurries=True)
    assert begun.wait(20)
    try:
        yield
    finally:
        over.set()


def order_of(asked: str) -> str:
    """In which order one thread does what was asked for while it was busy; a capital hurries."""
    done: list[str] = []
    turns = Turns(1)

    def doing(name: str) -> Callable[[], None]:
        return lambda: done.append(name)

    with held(turns):
        for name in asked:
            turns.ask(doing(name), hurries=name.isupper())
    turns.end()
    return "".join(done)


@pytest.mark.parametrize(
    ("asked", "done"),
    [
        ("abc", "abc"),
        ("abC", "Cab"),
        ("aBcD", "BDac"),
        ("aABCDEFGb", "ABCaDEFGb"),
    ],
)
def test_what_hurries_goes_first_and_nothing_waits_for_ever(asked: str, done: str) -> None:
    assert order_of(asked) == done


@given(st.text("aB", max_size=30))
def test_everything_is_done_once_and_in_its_order(asked: str) -> None:
    done = order_of(asked)
    assert sorted(done) == sorted(asked)
    # What holds the thread hurried too, so that the first row is shorter.
    rows = [len(row) for row in done.rstrip("B").split("a")[:-1]]
    assert all(row <= IN_A_ROW for row in rows)


def test_no_more_than_may_work_do() -> None:
    lock, now, most, turns = Lock(), 0, 0, Turns(2)
    both = Barrier(2, timeout=20)

    def work() -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        both.wait()
        with lock:
            now -= 1

    for _ in range(20):
        turns.ask(work, hurries=False)
    turns.end()
    assert (now, most) == (0, 2)


def test_who_waits_for_something_else_gives_way() -> None:
    turns, told = Turns(1), Event()
    waited: list[bool] = []

    def wait() -> None:
        turns.give_way()
        turns.give_way()  # Twice is no more than once.
        waited.append(told.wait(20))

    turns.ask(wait, hurries=False)
    turns.ask(told.set, hurries=False)
    turns.end()
    assert waited == [True]


def test_a_place_that_was_given_away_is_there_again() -> None:
    """After any number of works that gave way, one works at a time, as before."""
    turns, lock = Turns(1), Lock()
    alone: list[bool] = []

    def give_way() -> None:
        turns.give_way()

    def work() -> None:
        alone.append(lock.acquire(blocking=False))
        lock.release()

    for _ in range(5 * SPARE):
        turns.ask(give_way, hurries=False)
    for _ in range(50):
        turns.ask(work, hurries=False)
    turns.end()
    assert alone == [True] * 50
