"""No text that anybody typed is a formula in a table that is taken along, whoever opens it.

Each text is tried in every way of writing a table, and read as spreadsheets do: with commas, with
semicolons and with tabs between cells, heeding quotes and heeding none.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from riskq.services import judge_table, screenings
from riskq.services.screenings.vendor_tables import VendorTable
from riskq.services.table_writing import write_table
from tests.builders import Folder

RUNS = re.compile('[\\s"\0\ufeff]*[=+\\-@＝＋－＠]')
LEFT_OUT = ("\t", "\r", "\n", "\0")
"""Readers may leave these out at the beginning of a cell."""

TEXTS = st.lists(
    st.text(alphabet="=+-@＝＋\t\r\n\0;,'\"| aя1()!", max_size=12),
    min_size=3,
    max_size=3,
)
KNOWN = ["=1+1", ";\"=cmd|' /C calc'!A0;", " =1", "x;\t=1", 'a";=1', "\0=1", "x\n@SUM(A1)"]


def cells_of(text: str, mark: str) -> list[str]:
    """The cells that a reader finds who knows what parts them."""
    return [
        cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) for cell in row
    ]


def running(body: bytes) -> list[str]:
    """The cells that some spreadsheet would run."""
    text = body.decode("utf-8-sig")
    parts = [part for line in re.split(r"[\r\n]+", text) for part in re.split("[;\t]", line)]
    cells = [*cells_of(text, ","), *cells_of(text, ";"), *cells_of(text, "\t"), *parts]
    begun = [cell for cell in cells_of(text, ",") if cell.startswith(LEFT_OUT)]
    return [*begun, *(cell for cell in cells if RUNS.match(cell))]


def sheet_of(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("text", KNOWN)
def test_what_is_known_to_run_does_not(text: str, place: int) -> None:
    row = tuple(text if number == place else "plain" for number in range(3))
    table = VendorTable(("a", "b", "c"), (row, ("plain", "plain", "plain")))
    assert running(screenings.write_csv(table)) == []


@given(TEXTS)
@example(["plain", ";\"=cmd|' /C calc'!A0;x", "plain"])
def test_no_cell_about_a_vendor_runs(texts: list[str]) -> None:
    table = VendorTable(("a", "b", "c"), (tuple(texts),))
    assert running(screenings.write_csv(table)) == []
    sheet = sheet_of(screenings.write_xlsx(table))
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


@given(TEXTS)
@example(["plain", ";\"=cmd|' /C calc'!A0;x", "plain"])
def test_no_cell_of_a_judged_table_runs(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("tables", numbered=True)
    names, batch = (
        ("a", "b", "c"),
        pl.DataFrame(dict(zip("abc", ([one] for one in texts), strict=True))),
    )
    write(folder / "told.csv", names, batch)
    assert running((folder / "told.csv").read_bytes()) == []
    write(folder / "told.xlsx", names, batch)
    sheet = sheet_of((folder / "told.xlsx").read_bytes())
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


@pytest.mark.parametrize("text", KNOWN)
def test_no_answer_and_no_quote_of_one_runs(folder: Folder, tmp_path: Path, text: str) -> None:
    with (tmp_path / "answers.csv").open("w", newline="", encoding="utf-8") as file:
        rows = [["vendor", "in-scope", "harms", "users", "reviewed"], [text] * 5]
        csv.writer(file).writerows(rows)
    judge_table(folder.load(), tmp_path / "answers.csv", tmp_path / "told.csv", date(2026, 11, 1))
    body = (tmp_path / "told.csv").read_bytes()
    assert b"is no option" in body or b"is not a" in body
    assert running(body) == []


@given(TEXTS)
def test_no_name_of_a_column_runs(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("tables", numbered=True)
    write(folder / "told.csv", texts, pl.DataFrame({"a": ["x"], "b": ["x"], "c": ["x"]}))
    assert running((folder / "told.csv").read_bytes()) == []


def write(path: Path, names: tuple[str, ...] | list[str], batch: pl.DataFrame) -> None:
    write_table(path, names, iter([batch]), batch.columns)
