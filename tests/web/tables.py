"""Tables of answers for the tests of their pages, and how a browser sends one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from werkzeug.test import TestResponse

from tests.attachments import zeros
from tests.web.browser import Browser, Page
from tests.web.test_received import send_file

__all__ = ["HOSTILE", "TABLE", "download", "give", "sheet"]

TABLE = """\
vendor,sytem-name,model-based,kazakhstan-link,emergency,users-efficiency,damage
Alatau Scoring,,yes,operated-in-kz,no,no,unsure
"Жайық ЖШС",,yes,"operated-in-kz;users-in-kz",yes,no,no

Kazyna Maps,,no,,,,
<b>Steppe</b>,,yes,operated-in-kz,perhaps,nо,emergncy
""".encode()


def token_of(browser: Browser) -> str:
    """The token of the form."""
    return dict(browser.get(f"/{browser.language}/tables").forms[0].fields)["csrf_token"]


def give(browser: Browser, body: bytes, name: str = "table.csv", **fields: str) -> Page:
    """Send a table by the form, to be shown."""
    sent = {"csrf_token": token_of(browser), "do": "show", **fields}
    return send_file(browser, f"/{browser.language}/tables", body, name, **sent)


def download(browser: Browser, body: bytes, name: str, **fields: str) -> TestResponse:
    """Send a table by the form, to be handed over."""
    file = (io.BytesIO(body), name)
    sent = {"csrf_token": token_of(browser), "do": "download", **fields, "file": file}
    return browser.client.post(f"/{browser.language}/tables", data=sent, buffered=True)


def sheet(path: Path, *sheets: Iterable[Sequence[str]], formulas: bool = False) -> bytes:
    """A spreadsheet with these sheets of texts, written to the path on the way."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": formulas}) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path.read_bytes()


HOSTILE = {
    "empty": ("a.csv", b"", "Choose a file that holds a table of answers."),
    "no table by its name": ("a.exe", TABLE, "Give a file whose name ends in"),
    "no name at all": ("csv", TABLE, "Give a file whose name ends in"),
    "a path for a name": ("../../etc/passwd", TABLE, "Give a file whose name ends in"),
    "wrong name": ("a.xlsx", TABLE, "This is no XLSX file, whatever its name says."),
    "sheet named csv": ("a.csv", b"PK\x03\x04\xff\xfe\n", "Line 1 is not in UTF-8."),
    "polyglot": (
        "a.xlsx",
        b"%PDF-1.7\n" + zeros("xl/worksheets/sheet1.xml", 1, 1 << 20),
        "This is no XLSX file",
    ),
    "bomb": (
        "a.xlsx",
        zeros("xl/worksheets/sheet1.xml", 310, 310 << 20),
        "Unpacked, the file is too large.",
    ),
    "very many columns": ("a.csv", b"c," * 2**20 + b"\n1", "columns. At most 2,000 can be read."),
    "more columns than memory": (
        "a.csv",
        ",".join(["damage", *(f"c{n}" for n in range(1999))]).encode() + b"\n" * 3_000_000,
        "The table takes more than 30 seconds or 512 MB of memory.",
    ),
    "lone quote": ("a.csv", b'damage\n"yes\n', "Look there for a lone quotation mark."),
    "long row": ("a.csv", b"damage,a\nyes,1\n\nno,1,2\n", "Line 4 has 3 cells, and line 1 has 2."),
    "no question": ("a.csv", b"<i>x</i>,=1\n1,2\n", "The first line has: <i>x</i>, =1."),
    "null in a name": ("a.csv", b"da\0mage\nyes\n", "The first line has: da mage."),
    "doubled": ("a.csv", b"damage,a,a\nyes,1,2\n", "Several columns are called “a”. Keep one."),
    "capitals": ("a.csv", b"Damage\nyes\n", "must be written in small letters: “damage”."),
    "judged already": ("a.csv", b"damage,risk\nyes,high\n", "A column is called “risk”"),
    "no lines": ("a.jsonl", b"[1]\n", "Line 1 is no JSON object of named values."),
    "deep lines": ("a.jsonl", b"[" * 100_000, "Line 1 is no JSON."),
    "no parquet": ("a.parquet", b"PAR1 and nothing more", "The file is damaged"),
    "too many rows": ("a.csv", b"damage\n" + b"yes\n" * 20_001, "The table has more than 20,000"),
}
"""What is no table: its name, its bytes, and what the page says of it."""
