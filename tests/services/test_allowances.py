"""What is costly is counted for whoever asks, by all processes together, and forgotten in time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from riskq.services import ALLOWED, Allowances, Costly, Desk, TooOftenError
from riskq.store import open_store
from tests.allowances import use_up
from tests.services.conftest import Service
from tests.stores import contents_of

WHO = "network:203.0.113.5"


@pytest.fixture
def desk(service: Service) -> Desk:
    return service.desk


def is_over(allowances: Allowances, costly: Costly = Costly.START, whose: str = WHO) -> bool:
    try:
        allowances.spend(costly, whose)
    except TooOftenError:
        return True
    return False


def test_as_much_as_is_allowed_is_allowed_and_no_more(desk: Desk) -> None:
    allowances = Allowances(desk)
    for _ in range(ALLOWED[Costly.START]):
        allowances.spend(Costly.START, WHO)
    with pytest.raises(TooOftenError) as caught:
        allowances.spend(Costly.START, WHO)
    assert caught.value.costly is Costly.START
    assert caught.value.seconds == 600


def test_calls_are_counted_many_at_once(desk: Desk, service: Service, tmp_path: Path) -> None:
    del service
    allowances, most = Allowances(desk), ALLOWED[Costly.CALL]
    allowances.spend(Costly.CALL, "t")
    before = contents_of(tmp_path / "riskq.db")
    for _ in range(99):
        allowances.spend(Costly.CALL, "t")
    assert contents_of(tmp_path / "riskq.db") == before
    for _ in range(most - 100):
        allowances.spend(Costly.CALL, "t")
    assert is_over(allowances, Costly.CALL, "t")


def test_every_kind_and_everybody_is_counted_apart(desk: Desk) -> None:
    use_up(desk, Costly.START, WHO)
    allowances = Allowances(desk)
    assert is_over(allowances)
    assert not is_over(allowances, Costly.UPLOAD)
    assert not is_over(allowances, whose="network:203.0.113.6")


def test_after_ten_minutes_one_may_ask_again(desk: Desk, service: Service) -> None:
    use_up(desk, Costly.START, WHO)
    allowances = Allowances(desk)
    assert is_over(allowances)
    service.wait(minutes=9)
    assert is_over(allowances)
    service.wait(minutes=1)
    assert not is_over(allowances)


@pytest.mark.in_a_file
def test_processes_count_together_and_a_restart_forgets_nothing(desk: Desk, tmp_path: Path) -> None:
    allowances = Allowances(desk)
    use_up(desk, Costly.START, WHO, left=2)
    with closing(open_store(tmp_path / "riskq.db")) as store:
        other = Allowances(Desk(store, desk.catalogue, desk.clock, keys=desk.keys))
        assert not is_over(allowances)
        assert not is_over(other)
        assert is_over(other)
        assert is_over(allowances)
    assert is_over(Allowances(desk))


def test_to_refuse_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    use_up(desk, Costly.START, WHO)
    allowances = Allowances(desk)
    assert is_over(allowances)
    before = contents_of(tmp_path / "riskq.db")
    for _ in range(50):
        assert is_over(allowances)
    assert contents_of(tmp_path / "riskq.db") == before


def test_threads_get_no_more_together(desk: Desk) -> None:
    allowances = Allowances(desk)
    done: list[bool] = []
    use_up(desk, Costly.DOCUMENT, WHO, left=10)

    def ask() -> None:
        done.extend(is_over(allowances, Costly.DOCUMENT) for _ in range(5))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done.count(False) == 10


def test_an_operator_may_allow_more_or_count_nothing(desk: Desk) -> None:
    use_up(desk, Costly.START, WHO)
    assert not is_over(Allowances(desk, times=2))
    assert not is_over(Allowances(desk, times=0))
    assert is_over(Allowances(desk))


def test_a_store_that_cannot_write_stops_nobody_from_reading(desk: Desk) -> None:
    allowances = Allowances(desk)
    desk.store.close()
    assert not is_over(allowances)


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_jumps_locks_nobody_out(desk: Desk, service: Service, years: int) -> None:
    use_up(desk, Costly.START, WHO)
    allowances = Allowances(desk)
    assert is_over(allowances)
    service.wait(days=365 * years)
    assert not is_over(allowances)
    assert not is_over(Allowances(desk))
    use_up(desk, Costly.START, WHO)
    assert is_over(Allowances(desk))


@pytest.mark.in_a_file
def test_what_has_ended_is_found_without_looking_at_everything(desk: Desk, tmp_path: Path) -> None:
    use_up(desk, Costly.START, WHO)
    with closing(sqlite3.connect(tmp_path / "riskq.db")) as looking:
        plan = looking.execute(
            "explain query plan delete from attempts where until <= 1"
        ).fetchall()
    assert "attempts_until" in str(plan)
