"""The command that judges tables, as docs/tables.md shows it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from riskq.bulk import result_names
from riskq.cli import main
from tests.ai_law import questionnaire

PAGE = (Path(__file__).parents[1] / "docs" / "tables.md").read_text("utf-8")
GIVEN, TOLD = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)


def screen(folder: Path, *options: str, table: str = GIVEN) -> int:
    """Judge a table in a folder as the page does."""
    (folder / "vendors.csv").write_text(table, "utf-8")
    source, target = str(folder / "vendors.csv"), str(folder / "judged.csv")
    return main(["screen", "kz-ai-law", source, "-o", target, "--on", "2026-11-02", *options])


def test_the_example_comes_out_as_it_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert screen(tmp_path) == 1
    assert "4 rows judged, 1 with faults" in capsys.readouterr().err
    shown = list(csv.DictReader(io.StringIO(TOLD)))
    with (tmp_path / "judged.csv").open(newline="", encoding="utf-8") as file:
        told = list(csv.DictReader(file))
    assert [{name: row[name] for name in shown[0]} for row in told] == shown


def test_the_page_names_every_column(tmp_path: Path) -> None:
    screen(tmp_path, "--whole")
    head = (tmp_path / "judged.csv").read_text("utf-8").partition("\n")[0].split(",")
    assert head[1:] == list(result_names(questionnaire(), whole=True))
    scales = {scale.id for scale in questionnaire().rulebook.scales}
    of_scales = {name.partition(".")[2] for name in head if name.partition(".")[0] in scales}
    others = [name for name in head[1:] if name.partition(".")[0] not in scales]
    for name in (*others, *(f".{part}" for part in of_scales if part)):
        assert f"`{name}`" in PAGE, name


def test_a_table_without_faults_ends_well_and_tells_what_looks_odd(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert screen(tmp_path, table="vendor,emergncy,damage\nA,yes,no\n") == 0
    told = capsys.readouterr().err
    assert 'the column "emergncy" is no question. Did you mean "emergency"?' in told


@pytest.mark.parametrize("table", ["vendor\nA\n", "", "damage,damage\nyes,no\n"])
def test_what_is_no_table_of_answers_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    assert screen(tmp_path, table=table) == 2
    assert capsys.readouterr().err.startswith("vendors.csv")
    assert not (tmp_path / "judged.csv").exists()


def test_a_file_or_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, target = str(tmp_path / "none.csv"), str(tmp_path / "judged.csv")
    assert main(["screen", "kz-ai-law", missing, "-o", target]) == 2
    assert "No such file" in capsys.readouterr().err
    assert main(["screen", "kz-ai-law", missing, "-o", str(tmp_path / "no" / "x.csv")]) == 2
    assert str(tmp_path / "no") in capsys.readouterr().err
