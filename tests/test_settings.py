"""What an operator sets: everything has a sound value, and every fault is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskq.settings import Settings, SettingsError, read_seal_settings, read_settings

SECRET = "s" * 40


def read(tmp_path: Path, **environ: str) -> Settings:
    """Settings with a database and a secret of their own."""
    own = {"RISKQ_DATABASE": str(tmp_path / "riskq.db"), "RISKQ_SECRET_KEY": SECRET}
    return read_settings({**own, **environ})


def test_a_machine_of_ones_own_needs_no_setting(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.origin, settings.keep_days, settings.queue) == ("", 400, "")
    assert settings.most_reports == 1000
    assert settings.cookie_name == "riskq"


def test_files_beside_the_database_are_named_after_it(tmp_path: Path) -> None:
    for address in (tmp_path / "riskq.db", f"sqlite:///{tmp_path / 'riskq.db'}"):
        settings = read(tmp_path, RISKQ_DATABASE=str(address))
        assert settings.bundles_file == tmp_path / "riskq-bundles.db"
        assert settings.queue_file == tmp_path / "riskq-queue.db"


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    faulty = {
        "RISKQ_ORIGIN": "riskq.example.kz/path",
        "RISKQ_KEEP_DAYS": "0",
        "RISKQ_MOST_REPORTS": "many",
        "RISKQ_QUEUE": "http://queue.example.kz",
        "RISKQ_TIMESTAMPER": "ftp://stamps.example.kz",
        "RISKQ_SEAL_KEY": "key.pem",
        "RISKQ_PRODUCTION": "1",
    }
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, **faulty)
    told = {problem.where for problem in caught.value.problems}
    assert told == set(faulty) - {"RISKQ_PRODUCTION"}
    assert all(problem.mend for problem in caught.value.problems)


@pytest.mark.parametrize("days", ["1", "3650"])
def test_numbers_may_be_at_their_limits(tmp_path: Path, days: str) -> None:
    assert read(tmp_path, RISKQ_KEEP_DAYS=days).keep_days == int(days)


@pytest.mark.parametrize("days", ["", "-1", "3651", "1e3", "¹", "9" * 5000])
def test_a_number_out_of_its_limits_is_refused(tmp_path: Path, days: str) -> None:
    with pytest.raises(SettingsError, match="from 1 to 3650"):
        read(tmp_path, RISKQ_KEEP_DAYS=days)


def test_a_short_or_unreadable_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="32 random characters"):
        read(tmp_path, RISKQ_SECRET_KEY="short")
    with pytest.raises(SettingsError, match="cannot be read"):
        read(tmp_path, RISKQ_SECRET_KEY="", RISKQ_SECRET_KEY_FILE=str(tmp_path / "none"))
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    settings = read(tmp_path, RISKQ_SECRET_KEY="", RISKQ_SECRET_KEY_FILE=str(tmp_path / "secret"))
    assert settings.secret_key == SECRET
    assert SECRET not in repr(settings)


def test_production_wants_https_and_a_secret_of_its_own() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"RISKQ_PRODUCTION": "1", "RISKQ_ORIGIN": "http://riskq.example.kz"})
    told = {problem.where for problem in caught.value.problems}
    assert told == {"RISKQ_ORIGIN", "RISKQ_SECRET_KEY"}


def test_a_seal_has_one_key(tmp_path: Path) -> None:
    environ = {"RISKQ_SEAL_FOLDER": str(tmp_path), "RISKQ_SEAL_KEY": "a", "RISKQ_SEAL_PKCS12": "b"}
    with pytest.raises(SettingsError) as caught:
        read_seal_settings(environ)
    assert len(caught.value.problems) == 2
