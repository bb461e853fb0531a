"""The operator sees which workspaces there are, and deletes one that nobody needs any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskq.cli import main
from tests.stores import contents_of

AIDA = "aida@alatau.example"


@pytest.fixture(autouse=True)
def database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """Aida owns two workspaces."""
    path = tmp_path / "riskq.db"
    monkeypatch.setenv("RISKQ_DATABASE", str(path))
    monkeypatch.setenv("RISKQ_SECRET_KEY", "a secret of the tests, long enough to be one")
    monkeypatch.setenv("RISKQ_ORIGIN", "https://riskq.example.kz")
    for name in ("Alatau", "Steppe"):
        main(("user", "add", AIDA, "--name", "Aida", "--workspace", name))
    capsys.readouterr()
    return path


def ids_by_name(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The ids that the command lists, by the names of the workspaces."""
    assert main(("workspace", "list")) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert all(counts == ["members: 1", "assessments: 0"] for _, _, *counts in lines)
    return {name: workspace for workspace, name, *_ in lines}


def test_a_workspace_is_listed_and_removed(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = ids_by_name(capsys)
    assert list(ids) == ["Alatau", "Steppe"]
    assert main(("audit", "verify")) == 0
    heads = database.with_name("heads.tsv")
    heads.write_text(capsys.readouterr().out, "utf-8")
    assert main(("workspace", "remove", ids["Steppe"])) == 0
    told = capsys.readouterr().out
    assert told.startswith("Removed:\n  workspace: Steppe\n  assessments: 0\n")
    assert "  members: 1\n" in told
    assert not [line for line in contents_of(database) if "Steppe" in line or ids["Steppe"] in line]
    assert list(ids_by_name(capsys)) == ["Alatau"]
    assert main(("audit", "verify", "--since", str(heads))) == 0


def test_a_trial_removes_nothing(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids, before = ids_by_name(capsys), contents_of(database)
    assert main(("workspace", "remove", ids["Steppe"], "--dry-run")) == 0
    assert capsys.readouterr().out.startswith("Would be removed:\n  workspace: Steppe\n")
    assert contents_of(database) == before


def test_what_is_not_there_is_not_removed(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents_of(database)
    assert main(("workspace", "remove", "Steppe")) == 2
    assert "There is no workspace Steppe" in capsys.readouterr().err
    assert contents_of(database) == before


def test_the_way_to_delete_the_account_of_the_only_member_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ids = ids_by_name(capsys)
    assert main(("user", "remove", AIDA)) == 2
    told = capsys.readouterr().err
    for name, workspace in ids.items():
        assert f"“{name}”" in told
        assert f"riskq workspace remove {workspace}" in told
        assert main(("workspace", "remove", workspace)) == 0
    assert main(("user", "remove", AIDA)) == 0
