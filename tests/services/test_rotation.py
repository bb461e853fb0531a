"""Other keys in the place of keys: nothing is lost, also if the work is broken off anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from riskq.cli import main
from riskq.services import KeyMissingError, encryption, key_ring, resume, start, workspaces
from riskq.services.encryption import KeyRing, count_keys, rotate_master, rotate_workspaces
from riskq.services.opening import open_by_id
from riskq.services.workspaces import Seat
from riskq.store import Store, keys
from tests.keys import KEYS, MASTER
from tests.services.conftest import Service
from tests.users import add_user

NEWER = key_ring(["a newer master key, long enough to be one", MASTER])
ONLY_NEWER = key_ring(["a newer master key, long enough to be one"])


class BreaksOffError(Exception):
    """The process is gone at this moment."""


class Breaking:
    """A store that carries out so many changes, and breaks off before the next."""

    def __init__(self, store: Store, changes: int) -> None:
        self._store = store
        self._left = changes

    def read(self, query: Callable[..., Any]) -> Any:
        return self._store.read(query)

    def change(self, change: Callable[..., Any], *, erases: bool = False) -> Any:
        if not self._left:
            raise BreaksOffError
        self._left -= 1
        return self._store.change(change, erases=erases)


@pytest.fixture
def held(service: Service) -> list[str]:
    """Assessments of three workspaces, two in each."""
    made = []
    for number in range(3):
        owner = add_user(service.desk, f"{number}@alatau.example")
        workspace = workspaces.found(service.desk, owner, f"Alatau {number}")
        seat = workspaces.take_seat(service.desk, owner, workspace.id)
        made += [held_in(service, seat) for _ in range(2)]
    return made


def held_in(service: Service, seat: Seat) -> str:
    started = start(service.desk, "small", "kk")
    workspaces.claim(service.desk, seat, resume(service.desk, started.secret), "Crane")
    return started.id


def opens(service: Service, ring: KeyRing, names: list[str]) -> bool:
    """Whether everything opens by these master keys alone."""
    for name in names:
        service.desk.recent.forget(name)
        try:
            open_by_id(replace(service.desk, keys=ring), name)
        except KeyMissingError:
            return False
    return True


def test_another_master_key_takes_the_place_of_one(service: Service, held: list[str]) -> None:
    store = service.desk.store
    assert not opens(service, ONLY_NEWER, held)
    assert rotate_master(store, NEWER, is_dry=True).changed == 3
    assert opens(service, KEYS, held)
    assert rotate_master(store, NEWER).changed == 3
    assert opens(service, ONLY_NEWER, held)
    assert not opens(service, KEYS, held)
    assert rotate_master(store, NEWER).changed == 0
    assert count_keys(store, ONLY_NEWER).unknown == []


def test_a_key_under_a_lost_master_key_is_counted_and_left(
    service: Service, held: list[str]
) -> None:
    told = rotate_master(service.desk.store, ONLY_NEWER)
    assert (told.changed, told.lost) == (0, 3)
    assert count_keys(service.desk.store, ONLY_NEWER).unknown == [KEYS.newest.name]
    assert opens(service, KEYS, held)


@pytest.mark.parametrize("changes", range(12))
def test_workspaces_get_new_keys_wherever_it_was_broken_off(
    service: Service, held: list[str], changes: int
) -> None:
    store, now = service.desk.store, service.desk.clock()
    before = {one.id for one in all_keys(service)}
    breaking: Any = Breaking(store, changes)
    try:
        rotate_workspaces(breaking, KEYS, now)
    except BreaksOffError:
        assert opens(service, KEYS, held)
        rotate_workspaces(store, KEYS, now)
    assert opens(service, KEYS, held)
    after = {one.id for one in all_keys(service)}
    assert len(after) == 3
    assert not before & after


def all_keys(service: Service) -> tuple[keys.StoredKey, ...]:
    return service.desk.store.read(lambda unit: keys.WORKSPACE_KEYS.find(unit, "order by id"))


def test_what_is_open_goes_on_while_keys_are_rotated(service: Service, held: list[str]) -> None:
    opened = [open_by_id(service.desk, name) for name in held]
    rotate_workspaces(service.desk.store, KEYS, service.desk.clock())
    for one in opened:
        assert one.key is not None
        assert open_by_id(service.desk, one.record.id).key != one.key
        assert open_by_id(service.desk, one.record.id).answers == one.answers


def test_notes_on_clients_stay_readable_by_those_who_may(service: Service) -> None:
    owner = add_user(service.desk)
    workspace = workspaces.found(service.desk, owner, "Alatau")
    seat = workspaces.take_seat(service.desk, owner, workspace.id)
    client = workspaces.add_client(service.desk, seat, "Sorting Office")
    facts = workspaces.ClientFacts("Sorting Office", "a note with Turgenev-Marker")
    seen = workspaces.facts_of(client).digest
    workspaces.change_client(service.desk, seat, client.id, facts, seen)
    for _ in range(2):
        stored = service.desk.store.read(lambda unit: unit.rows("select note from clients"))
        assert "Turgenev" not in stored[0][0]
        found = workspaces.find_client(service.desk, seat, client.id)
        assert workspaces.facts_of(found) == facts
        rotate_workspaces(service.desk.store, KEYS, service.desk.clock())


def test_how_many_would_get_new_keys_is_told_before(service: Service, held: list[str]) -> None:
    at = service.desk.clock()
    assert rotate_workspaces(service.desk.store, KEYS, at, is_dry=True) == len(held)
    assert len(all_keys(service)) == 3


def test_private_assessments_are_left_alone(service: Service) -> None:
    started = start(service.desk, "small", "kk")
    before = resume(service.desk, started.secret).record.sealed_key
    rotate_workspaces(service.desk.store, KEYS, service.desk.clock())
    rotate_master(service.desk.store, NEWER)
    assert resume(service.desk, started.secret).record.sealed_key == before
    assert count_keys(service.desk.store, KEYS).private == 1


def test_without_a_master_key_nothing_is_taken_into_a_workspace(service: Service) -> None:
    owner = add_user(service.desk)
    seat = workspaces.take_seat(
        service.desk, owner, workspaces.found(service.desk, owner, "Alatau").id
    )
    started = start(service.desk, "small", "kk")
    opened = resume(service.desk, started.secret)
    with pytest.raises(KeyMissingError):
        workspaces.claim(replace(service.desk, keys=encryption.NO_KEYS), seat, opened, "Crane")
    assert resume(service.desk, started.secret).record == opened.record


@pytest.mark.in_a_file
def test_the_command_tells_and_rotates(
    service: Service,
    held: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("RISKQ_DATABASE", str(tmp_path / "riskq.db"))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("RISKQ_MASTER_KEY", "a newer master key, long enough to be one")
    assert main(["keys"]) == 1
    assert main(["keys", "rotate"]) == 1
    told = capsys.readouterr()
    assert f"{KEYS.newest.name} (missing): 3" in told.out
    assert "RISKQ_OLD_MASTER_KEYS_FILE" in told.err
    (tmp_path / "old").write_text(MASTER)
    monkeypatch.setenv("RISKQ_OLD_MASTER_KEYS_FILE", str(tmp_path / "old"))
    assert main(["keys", "rotate", "--workspaces"]) == 0
    told = capsys.readouterr()
    assert "under the newest master key: 3" in told.out
    assert "under new keys of their workspaces: 6" in told.out
    monkeypatch.delenv("RISKQ_OLD_MASTER_KEYS_FILE")
    assert main(["keys"]) == 0
    assert "the key of a workspace: 6" in capsys.readouterr().out
    assert opens(service, ONLY_NEWER, held)
