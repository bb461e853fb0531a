"""Many at once: sixteen threads in one process, several processes, two tabs on one answer."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from riskq.store import AnswerChange, StaleAnswer, StaleSequence, Store, open_store
from tests.store.builders import an_assessment, found, save, write
from tests.store.saving_child import state_after

CHILD = Path(__file__).with_name("saving_child.py")


def test_sixteen_threads_lose_nothing(store: Store) -> None:
    def answer_all(caller: int) -> None:
        name = f"a{caller}"
        store.create(an_assessment(name))
        for number in range(40):
            assert save(store, number, write(f"q{number}", str(caller)), name=name) == number + 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(answer_all, range(16)))
    for caller in range(16):
        answers = found(store, f"a{caller}").answers
        assert len(answers) == 40
        assert {answer.value for answer in answers} == {str(caller)}


def test_sixteen_threads_on_one_assessment_each_get_their_answer_in(store: Store) -> None:
    store.create(an_assessment())

    def answer(caller: int) -> int:
        while True:
            try:
                return save(store, found(store).sequence, write(f"q{caller}", str(caller)))
            except StaleSequence:
                continue

    with ThreadPoolExecutor(16) as pool:
        sequences = list(pool.map(answer, range(16)))
    assert sorted(sequences) == list(range(1, 17))
    assert {answer.question for answer in found(store).answers} == {f"q{n}" for n in range(16)}


def test_several_processes_write_one_file(path: Path) -> None:
    names = ["one", "two", "three"]
    commands = [[sys.executable, str(CHILD), str(path), name, "4", "100"] for name in names]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE) for command in commands]
    told = [child.communicate(timeout=120)[0] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    assert [output.count(b"\n") for output in told] == [400, 400, 400]
    with closing(open_store(path)) as store:
        for name in (f"{name}-{thread}" for name in names for thread in range(4)):
            answers = found(store, name).answers
            assert {answer.question: answer.value for answer in answers} == state_after(100)


def race(store: Store, rounds: int) -> None:
    """Let two tabs, which both saw the same state, answer the same question at the same time."""
    start = Barrier(2)

    def tab(number: int) -> list[bool]:
        return [play(number, turn) for turn in range(rounds)]

    def play(number: int, turn: int) -> bool:
        seen = found(store)
        was = seen.answers[0].version if seen.answers else 0
        change = write("a", f'"{turn} by {number}"', was)
        start.wait()
        try:
            save(store, seen.sequence, change)
        except StaleSequence:
            learn(change, turn, 1 - number)
            return False
        finally:
            start.wait()
        assert found(store).answers[0].value == change.value
        return True

    def learn(change: AnswerChange, turn: int, other: int) -> None:
        with pytest.raises(StaleAnswer) as told:
            save(store, found(store).sequence, change)
        assert told.value.current is not None
        assert told.value.current.value == f'"{turn} by {other}"'

    def tab_in_step(number: int) -> list[bool]:
        try:
            return tab(number)
        except BaseException:
            start.abort()
            raise

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(tab_in_step, range(2))
    assert all(first != second for first, second in zip(one, two, strict=True))
    assert found(store).sequence == rounds


def test_of_two_tabs_on_one_answer_the_later_is_always_told(store: Store) -> None:
    store.create(an_assessment())
    race(store, rounds=200)


@pytest.mark.slow
def test_ten_thousand_races_lose_nothing(store: Store) -> None:
    store.create(an_assessment())
    race(store, rounds=10_000)
