"""Spreadsheets that are more than tables: calls of programs, lies about their size, far cells.

None is opened by anything that would follow a link or run a formula; what a cell says stays a text.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from riskq.errors import AnswersError
from riskq.services import judge_table, screenings
from tests.builders import Folder
from tests.marks import some_quickly

SHEET = "xl/worksheets/sheet1.xml"
DDE = "=cmd|'/C calc'!A0"
LINK = "='[http://127.0.0.1:9/x.xlsx]Sheet1'!A1"


def book(*rows: tuple[str, ...]) -> bytes:
    """A spreadsheet of texts."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def patched(content: bytes, change: Callable[[str], str], part: str = SHEET) -> bytes:
    """The spreadsheet with one of its parts changed by hand."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body.decode()) if name == part else body)
    return file.getvalue()


SOUND = book(("vendor", "in-scope"), ("Alatau", "yes"))


def with_cell(cell: str) -> bytes:
    """The spreadsheet with something in place of the first cell of its second row."""
    return patched(SOUND, lambda text: re.sub(r'<c r="A2".*?</c>', cell, text, count=1))


def formula(text: str) -> str:
    escaped = text.removeprefix("=").replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="A2" t="str"><f>{escaped}</f><v>shown</v></c>'


HOSTILE = {
    "a call of a program": with_cell(formula(DDE)),
    "a link to another book": with_cell(formula(LINK)),
    "a call as a text": book(("vendor", "in-scope"), (DDE, "yes")),
    "a web service": with_cell(formula('=WEBSERVICE("http://127.0.0.1:9/")')),
    "sixteen thousand columns": book(tuple(f"c{number}" for number in range(16_384)), ("x",)),
    "a size that is a lie": patched(
        SOUND, lambda text: re.sub(r'ref="[^"]+"', 'ref="A1:XFD1048576"', text, count=1)
    ),
    "a size that is none": patched(
        SOUND, lambda text: re.sub(r'ref="[^"]+"', 'ref="ZZZZ99999999:A0"', text, count=1)
    ),
    "a row beyond all rows": patched(SOUND, lambda text: text.replace('"2"', '"4294967296"')),
    "a text that is not there": with_cell('<c r="A2" t="s"><v>99999</v></c>'),
    "a number beyond all numbers": with_cell('<c r="A2"><v>1e99999</v></c>'),
    "no cell at all": patched(SOUND, lambda text: re.sub("<row.*</row>", "", text)),
    "entities that grow": patched(
        SOUND,
        lambda text: text.replace(
            "?>",
            "?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>",
            1,
        ).replace("<v>", "<v>&b;", 1),
    ),
    "an entity from a file": patched(
        SOUND,
        lambda text: text.replace(
            "?>", "?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", 1
        ).replace("<v>", "<v>&a;", 1),
    ),
}
RUNS = ("=", "+", "-", "@")


@pytest.mark.parametrize("name", some_quickly(HOSTILE, 6))
def test_a_table_stays_a_table(folder: Folder, tmp_path: Path, name: str) -> None:
    source, told = tmp_path / "answers.xlsx", tmp_path / "told.csv"
    source.write_bytes(HOSTILE[name])
    try:
        judge_table(folder.load(), source, told, date(2026, 11, 1))
    except AnswersError:
        assert not told.exists()
        return
    text = told.read_text("utf-8")
    assert "root:" not in text
    assert not [cell for row in csv.reader(text.splitlines()) for cell in row if cell[:1] in RUNS]


def test_a_call_that_is_a_text_is_judged_as_one(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "answers.xlsx").write_bytes(HOSTILE["a call as a text"])
    judge_table(folder.load(), tmp_path / "answers.xlsx", tmp_path / "told.csv", date(2026, 11, 1))
    assert f"'{DDE}" in (tmp_path / "told.csv").read_text("utf-8")


@pytest.mark.parametrize("name", some_quickly(HOSTILE, 6))
def test_a_list_stays_a_list(name: str) -> None:
    try:
        lines = screenings.read_vendor_file("list.xlsx", HOSTILE[name])
    except screenings.NoListError:
        return
    assert not [line for line in lines if "root:" in line.vendor.name]
