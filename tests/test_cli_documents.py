"""The commands on reports that somebody received: verify one, go on from one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riskq.cli import main
from riskq.questionnaire import Catalogue
from riskq.services import Desk, resume
from riskq.store import open_store
from tests.web.members import SECRET

ANSWERS = {"model-based": "yes", "kazakhstan-link": ["users-in-kz"], "role": "owner"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that the command line has made."""
    folder = tmp_path_factory.mktemp("received")
    (folder / "answers.json").write_text(json.dumps(ANSWERS))
    path = folder / "report.pdf"
    arguments = ["report", "kz-ai-law", str(folder / "answers.json"), "--lang", "kk"]
    assert main([*arguments, "--on", "2026-11-09", "-o", str(path)]) == 0
    return path


@pytest.mark.slow
def test_a_genuine_report_has_exit_code_0(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(report)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Genuine, and the conclusion follows from the answers.")
    assert "The pages are exactly those that riskq makes of these data." in told


@pytest.mark.slow
def test_programs_get_the_same_facts(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(report), "--format", "json", "--lang", "ru"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "good"
    assert [fact["id"] for fact in told["facts"]] == [
        *("bytes", "sealer", "conclusion", "edition", "additions")
    ]


def test_a_changed_report_has_exit_code_1(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(report.read_bytes() + b"%")
    assert main(["verify", str(changed)]) == 1
    assert "Do not rely on this file." in capsys.readouterr().out


@pytest.mark.slow
def test_who_does_not_know_the_sealer_gets_exit_code_3_until_the_certificate_is_given(
    report: Path, tmp_path: Path, seal_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISKQ_SEAL_FOLDER", str(tmp_path / "elsewhere"))
    assert main(["verify", str(report)]) == 3
    certificate = str(seal_folder / "certificate.pem")
    assert main(["verify", str(report), "--certificate", certificate]) == 0


@pytest.mark.parametrize("command", ["verify", "import"])
def test_a_file_that_is_not_there_is_said(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "nowhere.pdf"]) == 2
    assert "nowhere.pdf: No such file or directory" in capsys.readouterr().err


def test_answers_are_taken_out_of_a_report(report: Path, tmp_path: Path) -> None:
    output = tmp_path / "answers.json"
    assert main(["import", str(report), "-o", str(output)]) == 0
    assert json.loads(output.read_text("utf-8")) == ANSWERS


@pytest.mark.slow
def test_an_assessment_begins_from_a_report(
    report: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:

    database = tmp_path / "riskq.db"
    monkeypatch.setenv("RISKQ_DATABASE", str(database))
    monkeypatch.setenv("RISKQ_SECRET_KEY", SECRET)
    monkeypatch.setenv("RISKQ_ORIGIN", "https://riskq.test")
    assert main(["import", str(report), "--lang", "ru"]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://riskq.test/ru/r/")
    store = open_store(database)
    opened = resume(Desk(store, Catalogue()), link.rpartition("/")[2])
    store.close()
    assert set(opened.answers) == set(ANSWERS)


def test_what_is_no_report_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-1.7 Dear all")
    assert main(["import", str(path)]) == 2
    assert "neither a report of riskq nor a download" in capsys.readouterr().err
    assert main(["verify", str(path)]) == 1
