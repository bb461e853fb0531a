"""Lists of vendors that somebody uploads: what is read, and what would take more than its share."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import xlsxwriter

from riskq.services import screenings


def sheet(*rows: tuple[str, ...], far: tuple[int, int] | None = None) -> bytes:
    """A spreadsheet of such rows, and perhaps of one cell that lies far off."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if far is not None:
            page.write_string(*far, "x")
    return file.getvalue()


def blown_up(content: bytes, by: int) -> bytes:
    """A spreadsheet that unpacks to so many bytes more than it says anything with."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            is_sheet = name.endswith("sheet1.xml")
            new.writestr(name, text.replace(b"<sheetData>", b"<sheetData>" + b" " * by * is_sheet))
    return file.getvalue()


def test_a_spreadsheet_is_read_as_its_lines_are() -> None:
    content = sheet(("name", "email"), ("Alatau", "a@b.kz"), ("Жайық", ""))
    lines = screenings.read_vendor_file("list.xlsx", content)
    assert [line.vendor.name for line in lines] == ["Alatau", "Жайық"]


@pytest.mark.parametrize(
    "content",
    [
        blown_up(sheet(("Alatau",)), by=50_000_000),
        sheet(("Alatau",), far=(1_048_575, 16_383)),
        sheet(("Alatau",))[:900],
    ],
    ids=["bomb", "far-cell", "cut"],
)
def test_a_spreadsheet_that_takes_more_than_its_share_is_refused(content: bytes) -> None:
    with pytest.raises(screenings.NoListError) as refused:
        screenings.read_vendor_file("list.xlsx", content)
    assert refused.value.reason == "sheet"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("Alatau;=1+1", "Alatau;'=1+1"),
        ("Good\n=1+1;-2", "Good\n'=1+1;'-2"),
        ("Alatau; @x", "Alatau; '@x"),
        ("a-b; c", "a-b; c"),
    ],
)
def test_no_part_of_a_cell_runs_where_semicolons_part_cells(text: str, written: str) -> None:
    assert screenings.harmless(text) == written


def test_of_two_spreadsheets_at_once_one_is_read() -> None:
    content, start = sheet(("Alatau",)), Barrier(2)

    def read(_: int) -> str:
        start.wait()
        try:
            return screenings.read_vendor_file("list.xlsx", content)[0].vendor.name
        except screenings.NoListError as refused:
            return refused.reason

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(read, range(2))) == ["Alatau", "busy"]


def test_a_line_of_more_cells_than_any_list_has_is_refused() -> None:
    assert screenings.read_vendor_text("Alatau" + ";" * 199)
    with pytest.raises(screenings.NoListError) as refused:
        screenings.read_vendor_text("Alatau" + ";" * 1_000_000)
    assert refused.value.reason == "text"


def test_a_text_whose_first_vendor_begins_as_packed_files_do_is_a_text() -> None:
    (line,) = screenings.read_vendor_file("list.csv", b"PK Alatau;a@b.kz\n")
    assert line.vendor.name == "PK Alatau"
