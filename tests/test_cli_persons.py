"""The operator hands out what is stored of a person, and removes the account of who left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from riskq.cli import main
from riskq.questionnaire import Catalogue
from riskq.services import Desk, accounts, tokens, workspaces
from riskq.services.workspaces import Right, Role
from riskq.store import open_store
from tests.keys import KEYS
from tests.stores import contents_of
from tests.users import CHEAP

AIDA, BOTA = "aida@alatau.example", "bota@alatau.example"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "riskq.db"
    monkeypatch.setenv("RISKQ_DATABASE", str(path))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "a secret of the tests, long enough to be one")
    monkeypatch.setenv("RISKQ_ORIGIN", "https://riskq.example.kz")
    return path


@contextmanager
def desk_at(database: Path) -> Iterator[Desk]:
    with closing(open_store(database)) as store:
        yield Desk(store, Catalogue(), passwords=CHEAP, keys=KEYS)


@pytest.fixture(autouse=True)
def people(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Aida owns a workspace and made a token there; Bota reads in it."""
    main(("user", "add", AIDA, "--name", "Aida Owner", "--workspace", "Alatau"))
    main(("user", "add", BOTA, "--name", "Bota Reader"))
    with desk_at(database) as desk:
        aida, bota = accounts.list_users(desk)
        (seat,) = workspaces.seats_of(desk, aida)
        workspaces.accept(desk, workspaces.invite(desk, seat, BOTA, Role.READER), bota)
        tokens.make_token(desk, seat, "Nightly export", (Right.SEE,), 30)
    capsys.readouterr()


def run(*arguments: str) -> int:
    return main(("user", *arguments))


def test_what_is_stored_of_a_person_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", AIDA) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["account"]["email"] == AIDA
    assert [one["role"] for one in told["memberships"]] == ["owner"]


@pytest.mark.parametrize("command", ["export", "remove"])
def test_of_nobody_nothing_is_printed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "nobody@alatau.example") == 2
    assert "There is no user" in capsys.readouterr().err


def test_an_account_is_removed(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("remove", BOTA) == 0
    told = capsys.readouterr().out
    assert told.startswith("Removed:\n")
    assert f"  account: {BOTA}\n  member of: Alatau (reader)\n" in told
    assert not [line for line in contents_of(database) if BOTA in line or "Bota" in line]
    assert run("list") == 0
    assert BOTA not in capsys.readouterr().out
    assert main(("audit", "verify")) == 0


def test_a_trial_removes_nothing(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents_of(database)
    assert run("remove", AIDA, "--owner-instead", BOTA, "--dry-run") == 0
    told = capsys.readouterr().out
    assert told.startswith("Would be removed:\n")
    assert "  token: Nightly export (Alatau)\n" in told
    assert f"Would own instead:\n  {BOTA}: Alatau\n" in told
    assert contents_of(database) == before


@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--owner-instead", AIDA)])
def test_the_last_owner_stays(
    database: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    before = contents_of(database)
    assert run("remove", AIDA, *more) == 2
    told = capsys.readouterr()
    assert "the only owner of “Alatau”" in told.err
    assert "--owner-instead" in told.err
    assert told.out == ""
    assert contents_of(database) == before


def test_a_member_owns_instead(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("remove", AIDA, "--owner-instead", BOTA) == 0
    assert f"Owns instead:\n  {BOTA}: Alatau\n" in capsys.readouterr().out
    with desk_at(database) as desk:
        (bota,) = accounts.list_users(desk)
        (seat,) = workspaces.seats_of(desk, bota)
        assert seat.may_own


def test_who_does_not_belong_to_it_owns_nothing_instead(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("add", "chingiz@alatau.example")
    before = contents_of(database)
    assert run("remove", AIDA, "--owner-instead", "chingiz@alatau.example") == 2
    assert run("remove", AIDA, "--owner-instead", "nobody@alatau.example") == 2
    told = capsys.readouterr().err
    assert "“Alatau”" in told
    assert "There is no user nobody@alatau.example" in told
    assert contents_of(database) == before
