"""The operator adds people on the machine itself, and reads the history against its hashes."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from riskq.cli import main
from riskq.questionnaire import Catalogue
from riskq.services import Desk, accounts, letters, workspaces
from riskq.settings import read_settings
from riskq.store import open_store
from tests import mail_server
from tests.keys import KEYS
from tests.users import CHEAP, PASSWORD

EMAIL = "aida@alatau.example"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "riskq.db"
    monkeypatch.setenv("RISKQ_DATABASE", str(path))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "a secret of the tests, long enough to be one")
    monkeypatch.setenv("RISKQ_ORIGIN", "https://riskq.example.kz")
    return path


def run(*arguments: str) -> int:
    return main(arguments)


def test_the_first_owner_comes_by_a_link(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("user", "add", EMAIL, "--name", "Aida", "--workspace", "Alatau", "--lang", "ru") == 0
    found = re.fullmatch(
        r"https://riskq\.example\.kz/ru/password/([\w-]{43})\n", capsys.readouterr().out
    )
    assert found is not None
    with closing(open_store(database)) as store:
        desk = Desk(store, Catalogue(), passwords=CHEAP, keys=KEYS)
        user = accounts.set_password(desk, found[1], PASSWORD)
        (seat,) = workspaces.seats_of(desk, user)
    assert (seat.workspace.name, seat.role) == ("Alatau", workspaces.Role.OWNER)
    assert run("user", "list") == 0
    assert capsys.readouterr().out == f"{EMAIL}\tAida\tAlatau (owner)\n"


def test_somebody_with_an_account_founds_another_workspace(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("user", "add", EMAIL)
    capsys.readouterr()
    assert run("user", "add", EMAIL, "--workspace", "Second") == 0
    assert capsys.readouterr().out == ""
    assert run("user", "add", EMAIL) == 2
    assert "has an account already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "aida"), '"aida" is no e-mail address'),
        (("add", EMAIL, "--workspace", " "), "needs a name"),
        (("link", EMAIL), "There is no user"),
        (("no-second-factor", EMAIL), "There is no user"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("user", *arguments) == 2
    assert told in capsys.readouterr().err


def test_a_history_that_nobody_touched_is_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("user", "add", EMAIL, "--workspace", "Alatau")
    capsys.readouterr()
    assert run("audit", "verify") == 0
    printed = capsys.readouterr().out
    assert re.fullmatch(
        r"user:\w{12}\t2\t[0-9a-f]{64}\nworkspace:\w{12}\t1\t[0-9a-f]{64}\n", printed
    )
    kept = tmp_path / "heads.tsv"
    kept.write_text(printed, "utf-8")
    run("user", "link", EMAIL)
    capsys.readouterr()
    assert run("audit", "verify", "--since", str(kept)) == 0


def test_a_changed_history_is_told(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("user", "add", EMAIL, "--workspace", "Alatau")
    with closing(sqlite3.connect(database)) as db:
        db.execute("update events set actor = 'somebody' where number = 1 and book like 'user%'")
        db.commit()
    capsys.readouterr()
    assert run("audit", "verify") == 1
    assert re.fullmatch(r"user:\w{12}: event 1: the event was changed\.\n", capsys.readouterr().err)


def test_a_history_that_was_written_anew_is_told_by_what_was_kept(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("user", "add", EMAIL, "--workspace", "Alatau")
    capsys.readouterr()
    run("audit", "verify")
    kept = tmp_path / "heads.tsv"
    kept.write_text(capsys.readouterr().out, "utf-8")
    with closing(sqlite3.connect(database)) as db:
        db.execute("delete from events")
        db.execute("delete from books")
        db.commit()
    assert run("audit", "verify") == 0
    assert run("audit", "verify", "--since", str(kept)) == 1
    assert capsys.readouterr().err.count("is missing") >= 2
    kept.write_text("something else\n", "utf-8")
    assert run("audit", "verify", "--since", str(kept)) == 2


def test_a_person_is_bound_to_a_provider_anew(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("user", "add", EMAIL)
    identity = accounts.Identity("https://id.example.kz", "aida-1", EMAIL, True, "Aida")
    with closing(open_store(database)) as store:
        desk = Desk(store, Catalogue(), passwords=CHEAP, keys=KEYS)
        entrance = accounts.enter_as(desk, identity, "")
        assert accounts.is_known_elsewhere(desk, entrance.user, identity.issuer)
    assert run("user", "forget-provider", EMAIL) == 0
    assert run("user", "forget-provider", EMAIL) == 2
    assert run("user", "forget-provider", "nobody@alatau.example") == 2
    assert "No provider knows" in capsys.readouterr().err


def test_a_link_is_sent_where_a_mail_server_is_set(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("user", "add", EMAIL)
    assert run("user", "link", EMAIL, "--send") == 2
    assert "RISKQ_SMTP" in capsys.readouterr().err
    with mail_server.running() as mail:
        monkeypatch.setenv("RISKQ_SMTP", f"smtp://localhost:{mail.port}")
        monkeypatch.setenv("RISKQ_MAIL_FROM", "riskq@alatau.example")
        assert run("user", "link", EMAIL, "--send", "--lang", "kk") == 0
        assert "/password/" not in capsys.readouterr().out
        settings = read_settings()
        assert settings.mail is not None
        with closing(open_store(database)) as store:
            desk = Desk(store, Catalogue(), passwords=CHEAP, keys=KEYS)
            assert letters.Postman(desk, settings.mail, settings.secret_key).send_due() == 1
            (letter,) = mail.letters
            found = re.search(r"https://riskq\.example\.kz/kk/password/(\S+)", letter.get_content())
            assert found is not None
            assert accounts.set_password(desk, found[1], PASSWORD).email == EMAIL
        assert letter["Subject"] == "Сіздің құпиясөзіңіз"
