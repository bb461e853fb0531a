"""Tables of answers in a browser: shown, handed over, never kept; and whatever else is sent."""

from __future__ import annotations

import base64
import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.services import MOST_TABLE_BYTES, judge_table
from riskq.web import tables as pages
from tests.ai_law import questionnaire
from tests.marks import ONE_QUICKLY, some_quickly
from tests.stores import contents_of
from tests.web.answered import TODAY
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeApp
from tests.web.tables import HOSTILE, TABLE, download, give, sheet
from tests.web.test_received import send_file


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where files are written that nobody names; when a test ends, nothing is left there."""
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def carried(page: Page) -> bytes:
    """The judged table that stands in a page."""
    (link,) = [one for one in page.links if one.startswith("data:")]
    return base64.b64decode(link.partition(";base64,")[2])


def rows_of(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode())))


@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_a_page_tells_what_comes_out_of_a_table(app: Flask, language: str) -> None:
    page = give(Browser(app, language), TABLE, whole="yes")
    prose = questionnaire().prose[language]
    assert (page.status, page.language) == (200, language)
    for text in (
        prose.scales["risk"].levels["high"].label,
        prose.duties["safety"].title,
        "Жайық ЖШС",
        "<b>Steppe</b>",
        "sytem-name",
    ):
        assert text in page.text
    assert "<b>Steppe" not in page.html
    assert re.findall(r'<th scope="row">6</th><td class="name">([a-z-]+)', page.html) == [
        "emergency",
        "users-efficiency",
        "damage",
    ]
    assert all(f"%({name}" not in page.html for name in ("given", "number", "level"))


def test_the_page_and_the_command_say_the_same(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes(TABLE)
    judge_table(questionnaire(), tmp_path / "table.csv", tmp_path / "told.csv", TODAY, whole=True)
    told = rows_of((tmp_path / "told.csv").read_bytes())
    shown = rows_of(carried(give(browser, TABLE, whole="yes")))
    assert [row.pop("faults") for row in told][:3] == [""] * 3
    assert "emergency: “perhaps” is no option of this question." in shown[3]["faults"]
    assert [row.pop("faults") for row in shown][:3] == [""] * 3
    assert shown == told


def test_a_table_is_handed_over_without_a_page(app: Flask, database: Path) -> None:
    before = contents_of(database)
    browser = Browser(app, "kk")
    response = download(browser, TABLE, "Кесте.CSV", result="xlsx")
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="riskq-kz-ai-law-{TODAY}.xlsx"'
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content_length == len(response.data)
    told = fastexcel.read_excel(response.data).load_sheet(0, dtypes="string").to_polars()
    assert told["risk"].to_list() == ["minimal;medium;high", "high", None, "minimal;medium;high"]
    assert "«perhaps» деген жауап нұсқасы жоқ" in told["faults"][3]
    assert contents_of(database) == before


def test_a_table_that_is_too_large_for_a_page_is_not_in_it(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_MOST_CARRIED", 100)
    page = give(browser, TABLE)
    assert not [link for link in page.links if link.startswith("data:")]
    assert "The judged table is too large to stand in this page" in page.text


@pytest.mark.parametrize("name", some_quickly(HOSTILE, 8))
def test_what_is_no_table_gets_a_page_that_says_so(
    browser: Browser, database: Path, name: str
) -> None:
    before = contents_of(database)
    called, body, told = HOSTILE[name]
    page = give(browser, body, called)
    assert (page.status, page.heading) == (400, "Many systems in one table")
    assert told in page.text
    assert page.html.count("<i>") == 0
    assert contents_of(database) == before


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_refusal_lacks_its_words(app: Flask, language: str, name: str) -> None:
    page = give(Browser(app, language), HOSTILE[name][1], HOSTILE[name][0])
    assert page.status == 400
    assert not re.search(r"%\(|Traceback|riskq-table", page.html)


@pytest.mark.slow
def test_only_the_first_sheet_is_read_and_no_formula_is(browser: Browser, tmp_path: Path) -> None:
    rows = [["vendor", "damage"], ["=1+1", '="y"&"es"'], ["@x", "no"]]
    body = sheet(tmp_path / "two.xlsx", rows, [["damage"], ["yes"]], formulas=True)
    page = give(browser, body, "two.xlsx", result="csv")
    assert "Rows judged: 2" in page.text
    assert [row["vendor"] for row in rows_of(carried(page))] == ["0", "'@x"]


@pytest.mark.slow
@pytest.mark.parametrize("result", ["csv", "xlsx"])
def test_no_cell_and_no_name_runs_in_a_spreadsheet(browser: Browser, result: str) -> None:
    body = b"=name,damage\n=1+1,yes\n+1,no\n-1,no\n@SUM(A1),no\n"
    told = download(browser, body, "a.csv", result=result).data
    if result == "csv":
        assert [row["'=name"] for row in rows_of(told)] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)"]
    else:
        with zipfile.ZipFile(io.BytesIO(told)) as book:
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_what_cannot_be_seen_or_turns_letters_is_not_in_a_page(browser: Browser) -> None:
    body = 'vendor,damage\n"a\u202eb\0c\td",y\u202ees\n'.encode()
    page = give(browser, body)
    assert not re.search("[\0\u202e]", page.html)
    assert "a b c d" in page.text


def test_one_table_is_judged_at_a_time(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_blank", {})
    with pages._alone():
        page = give(browser, TABLE, result="xlsx")
        blank = browser.client.get("/en/tables/kz-ai-law.xlsx")
    assert (page.status, page.headers["Retry-After"]) == (503, "30")
    assert "Another table is being judged just now." in page.text
    assert re.search(r'value="xlsx" checked', page.html)
    assert (blank.status_code, blank.headers["Retry-After"]) == (503, "30")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(browser: Browser) -> None:
    page = give(browser, bytes(MOST_TABLE_BYTES + 100_000))
    assert page.status == 413
    assert "Here at most 5 MB are taken" in page.text


def test_without_the_mark_of_the_form_no_table_is_judged(browser: Browser) -> None:
    assert send_file(browser, "/en/tables", TABLE, "a.csv", csrf_token="x").status == 400


def test_a_folder_that_a_killed_service_left_is_removed(browser: Browser, files: Path) -> None:
    old, new = files / "riskq-table-old", files / "riskq-table-new"
    for folder in (old, new):
        folder.mkdir()
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    give(browser, TABLE)
    assert not old.exists()
    new.rmdir()


@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_the_blank_table_can_be_filled_in_and_given_back(app: Flask, language: str) -> None:
    browser, loaded = Browser(app, language), questionnaire()
    page = browser.get(f"/{language}/tables")
    (address,) = [link for link in page.links if link.endswith(".xlsx")]
    blank = browser.client.get(address).data
    names = [question.id for question in loaded.questions]
    book = fastexcel.read_excel(blank)
    table, explained = (book.load_sheet(number, dtypes="string") for number in (0, 1))
    assert [column.name for column in table.available_columns()] == names
    columns, asks, ids, _ = (cells.to_list() for cells in explained.to_polars().get_columns())
    assert set(columns) == set(names)
    assert loaded.prose[language].questions["damage"].ask in asks
    assert {option for question in loaded.questions for option in question.accepts} <= set(ids)
    with zipfile.ZipFile(io.BytesIO(blank)) as packed:
        parts = [packed.read(name) for name in packed.namelist() if "sheet" in name]
    assert not [part for part in parts if b"<f>" in part]
    assert browser.client.get(address).data == blank
    line = browser.client.get(address.replace(".xlsx", ".csv")).data.decode()
    filled = line + ",".join("unsure" if loaded.by_id[name].unsure else "" for name in names)
    assert 'class="name"' not in give(browser, filled.encode()).html


def test_the_form_is_found_from_other_pages(browser: Browser, make_app: MakeApp) -> None:
    assert "/en/tables" in browser.get("/en/").links
    assert "/en/tables" in browser.get("/en/reports").links
    assert Browser(make_app(most_reports=0)).get("/ru/tables").status == 200
    assert browser.get("/en/tables/nothing.csv").status == 404


@pytest.mark.slow
def test_no_process_that_answers_pages_loads_the_data_frame_library(tmp_path: Path) -> None:
    code = """
import sys
from riskq.settings import Settings
from riskq.web import create_app
from tests.web.browser import Browser
from tests.web.tables import TABLE, give
for name in [name for name in sys.modules if name.split(".")[0] in LIBRARIES]:
    del sys.modules[name]
browser = Browser(create_app(Settings(sys.argv[1], "s" * 40)))
assert give(browser, TABLE, result="xlsx").status == 200
assert browser.client.get("/kk/tables/kz-ai-law.xlsx").status_code == 200
sys.exit(bool({name.split(".")[0] for name in sys.modules} & LIBRARIES))
"""
    libraries = "LIBRARIES = {'polars', 'fastexcel', 'xlsxwriter'}\n"
    command = [sys.executable, "-c", libraries + code, str(tmp_path / "riskq.db")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
