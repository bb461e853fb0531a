"""What a page shows of a table: counts of all rows, and the first of them by their numbers."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from riskq.errors import AnswersError
from riskq.questionnaire import Questionnaire
from riskq.services import ScaleTally, ShownScale, TableSummary
from riskq.services.judging import Wanted, judging
from riskq.services.table_order import fit_to_show
from riskq.services.table_tally import TableTally
from tests.builders import ON, Folder

HEAD = ["vendor", "in-scope", "harms", "users"]
ROWS = [
    ["Қазақ ЖШС", "yes", "people", "5000"],
    ["", "", "", ""],
    ["B", "no", "", ""],
    ["C", "perhaps", "none", "x"],
    ["D", "yes", "none", "5"],
]


@pytest.fixture
def small(folder: Folder) -> Questionnaire:
    """Five questions, two scales."""
    return folder.load()


def tallied(small: Questionnaire, path: Path, most: int = 0) -> TableSummary:
    """The summary of a table, with duties and notices."""
    with judging(small, path, Wanted(ON, whole=True, most_rows=most)) as table:
        tally = TableTally(small, table)
        for _ in tally.rows_of():
            pass
        return tally.summary()


def written(path: Path) -> Path:
    """The rows in the format that the name says."""
    if path.suffix == ".csv":
        path.write_text("\n".join(",".join(row) for row in [HEAD, *ROWS]), "utf-8")
    elif path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEAD, *ROWS]):
                sheet.write_row(number, 0, row)
    elif path.suffix == ".jsonl":
        lines = [json.dumps(dict(zip(HEAD, row, strict=True))) if any(row) else "" for row in ROWS]
        path.write_text("\n".join(lines), "utf-8")
    else:
        pl.DataFrame(ROWS, schema=HEAD, orient="row").write_parquet(path)
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_rows_keep_the_numbers_that_a_spreadsheet_shows(
    small: Questionnaire, tmp_path: Path, ending: str
) -> None:
    summary = tallied(small, written(tmp_path / f"table.{ending}"))
    assert [(row.number, row.cells) for row in summary.first] == [
        (2, ("Қазақ ЖШС",)),
        (4, ("B",)),
        (5, ("C",)),
        (6, ("D",)),
    ]
    assert [(fault.row, fault.column) for fault in summary.faults] == [
        (5, "in-scope"),
        (5, "users"),
    ]


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_lines_and_records_are_counted_from_one(
    small: Questionnaire, tmp_path: Path, ending: str
) -> None:
    summary = tallied(small, written(tmp_path / f"table.{ending}"))
    assert (summary.first[0].number, summary.first[-1].number) == (1, 5)
    assert summary.faults[0].row == 4


def test_every_row_counts_once_on_every_scale(small: Questionnaire, tmp_path: Path) -> None:
    summary = tallied(small, written(tmp_path / "table.csv"))
    assert (summary.rows, summary.faulty, summary.unread) == (4, 1, 2)
    assert summary.scales == (
        ScaleTally("scope", {"outside": 1, "inside": 2}, 1, 0),
        ScaleTally("risk", {"low": 1, "high": 1}, 1, 1),
    )
    assert summary.first[1].scales[1] == ShownScale((), "no")
    assert summary.duties == {"review": {"unknown": 1, "open": 1}}
    assert summary.notices == {"many-users": {"holds": 1, "open": 1}}
    assert (summary.asked, summary.carried, summary.others) == (3, ("vendor",), 1)


def test_a_long_table_is_counted_whole_and_shown_in_part(
    small: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("riskq.services.csv_table._PIECE", 100)
    (tmp_path / "table.csv").write_text("in-scope,users\n" + "yes,x\nperhaps,5\n" * 200, "utf-8")
    summary = tallied(small, tmp_path / "table.csv")
    assert (summary.rows, summary.faulty, summary.unread) == (400, 400, 400)
    assert [row.number for row in summary.first] == list(range(2, 52))
    assert [fault.row for fault in summary.faults] == list(range(2, 52))
    with pytest.raises(AnswersError, match="has more than 399 rows"):
        tallied(small, tmp_path / "table.csv", 399)
    assert tallied(small, tmp_path / "table.csv", 400).rows == 400


def test_a_table_without_rows_is_a_table(small: Questionnaire, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("in-scope\n", "utf-8")
    summary = tallied(small, tmp_path / "table.csv")
    assert (summary.rows, summary.first, summary.faults) == (0, (), ())
    assert summary.scales[0] == ScaleTally("scope", {"outside": 0, "inside": 0}, 0, 0)


def test_what_is_shown_of_a_foreign_text_is_short_and_visible() -> None:
    assert fit_to_show(" a\0b\u202ec\n\nd ") == "a b c d"
    assert fit_to_show("Ә" * 61) == "Ә" * 60 + "…"
    assert fit_to_show("Ә" * 61, 400) == "Ә" * 61
