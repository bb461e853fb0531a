"""Lists of vendors as people have them: typed, pasted from a spreadsheet, or a file.

A line is a vendor: name, e-mail, reference, parted by tabs, semicolons or commas; a first line that
names the columns says in which order they stand. Every line is judged by itself, so that a buyer
sees at once what is wrong with which.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from msgspec import Struct

from riskq.services.accounts import is_email
from riskq.services.screenings.inviting import MOST_VENDORS, NewVendor
from riskq.services.screenings.vendor_sheets import NoListError, sheet_text

__all__ = [
    "LARGEST_LIST",
    "ListLine",
    "NoListError",
    "read_vendor_file",
    "read_vendor_text",
    "write_vendor_text",
]

LARGEST_LIST = 2_000_000
"""The largest file of vendors, in bytes."""

_MOST_NAME, _MOST_REFERENCE = 120, 120
_MOST_COLUMNS = 200
_SEPARATORS = "\t;,"
_NAMES = {
    "name": frozenset({"name", "vendor", "company", "атауы", "өнім беруші", "название", "имя"})
    | {"поставщик", "компания", "наименование", "ұйым"},
    "email": frozenset({"email", "e-mail", "mail", "почта", "эл. почта", "электронная почта"})
    | {"электрондық пошта", "пошта"},
    "reference": frozenset({"reference", "ref", "number", "bin", "бин", "бсн", "нөмірі", "номер"})
    | {"примечание", "ескертпе"},
}


class ListLine(Struct, frozen=True):
    """One line: the vendor that it means, and what is wrong, if anything.

    ``fault`` is "" for a sound line, else "name" (missing), "long", "email" or "twice".
    """

    number: int
    vendor: NewVendor
    fault: str


def read_vendor_file(name: str, content: bytes) -> tuple[ListLine, ...]:
    """Read a CSV, TSV, text or XLSX file; raises ``NoListError``."""
    if len(content) > LARGEST_LIST:
        raise NoListError("large")
    if content[:4] == b"PK\x03\x04" or name.lower().endswith(".xlsx"):
        return read_vendor_text(sheet_text(content, LARGEST_LIST))
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in _MARKS else ("utf-8-sig",):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return read_vendor_text(text)
    raise NoListError("text")


_NOBODY = NewVendor("")
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_vendor_text(text: str) -> tuple[ListLine, ...]:
    """Read lines that were typed or pasted; raises ``NoListError`` if there are too many."""
    rows = _rows(text)
    columns = ["name", "email", "reference"]
    if rows and (named := _columns(rows[0][1])):
        columns, rows = named, rows[1:]
    if len(rows) > MOST_VENDORS:
        raise NoListError("many")
    seen: set[tuple[str, str]] = set()
    lines = (_line(number, cells, columns, seen) for number, cells in rows)
    # Columns that are none of ours may hold something where all of ours are empty.
    return tuple(line for line in lines if line.vendor != _NOBODY)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, with their numbers, as cells."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(_SEPARATORS, key=lambda mark: (first.count(mark), -_SEPARATORS.index(mark)))
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    rows = []
    try:
        for cells in reader:
            if len(cells) > _MOST_COLUMNS:
                raise NoListError("text")
            plain = [" ".join(_visible(cell).split()) for cell in cells]
            if any(plain):
                rows.append((reader.line_num, plain))
            if len(rows) > MOST_VENDORS + 1:
                break
    except csv.Error as error:
        raise NoListError("text") from error
    return rows


def _visible(cell: str) -> str:
    """A cell without signs that nobody sees; those between lines become blanks."""
    return "".join(sign if sign.isprintable() else " " for sign in cell)


def _columns(cells: Sequence[str]) -> list[str]:
    """What each column is, if the cells name the columns; else nothing."""
    found = [
        next((name for name, words in _NAMES.items() if cell.lower() in words), "")
        for cell in cells
    ]
    return found if "name" in found else []


def _line(
    number: int, cells: Sequence[str], columns: Sequence[str], seen: set[tuple[str, str]]
) -> ListLine:
    given = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    name, email = given.get("name", ""), given.get("email", "")
    vendor = NewVendor(name, email, given.get("reference", ""))
    mark = (name.casefold(), email.lower())
    fault = _fault(vendor) or ("twice" if mark in seen else "")
    seen.add(mark)
    return ListLine(number, vendor, fault)


def _fault(vendor: NewVendor) -> str:
    if not vendor.name:
        return "name"
    if len(vendor.name) > _MOST_NAME or len(vendor.reference) > _MOST_REFERENCE:
        return "long"
    return "email" if vendor.email and not is_email(vendor.email) else ""


def write_vendor_text(vendors: Iterable[NewVendor]) -> str:
    """Vendors as lines that ``read_vendor_text`` reads as the same."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    writer.writerow(("name", "email", "reference"))
    writer.writerows((one.name, one.email, one.reference) for one in vendors)
    return file.getvalue()
