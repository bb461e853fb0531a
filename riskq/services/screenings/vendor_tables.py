"""The vendors of a screening as a table to take along: CSV, JSON, XLSX.

A cell that a spreadsheet would run as a formula is written so that none does: in CSV with an
apostrophe before it, in XLSX as a text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from riskq.clock import local_time
from riskq.services.desk import Desk
from riskq.services.harmless_cells import harmless
from riskq.services.screenings.inviting import MOST_VENDORS, vendors_of
from riskq.services.screenings.rounds import Round
from riskq.store import Unit, VendorLine, Wanted, find_vendors, levels_of_screening

__all__ = ["VendorTable", "harmless", "vendor_table", "write_csv", "write_json", "write_xlsx"]

Cell = str | int | date | None


class VendorTable(Struct, frozen=True):
    """A table: names of columns, and rows of as many cells."""

    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def vendor_table(desk: Desk, of: Round) -> VendorTable:
    """All vendors with their states, their levels as claimed and as accepted, and decisions."""
    scales = [scale.id for scale in of.questionnaire.rulebook.scales]

    def read(unit: Unit) -> tuple[Sequence[VendorLine], dict[str, dict[str, str]]]:
        wanted = Wanted(scales[0], most=MOST_VENDORS)
        lines = find_vendors(unit, of.screening.id, wanted, desk.today())
        return lines, levels_of_screening(unit, of.screening.id)

    lines, levels = desk.store.read(read)
    vendors = vendors_of(desk, of)
    names = (
        *("vendor", "email", "reference", "state", "late", "answers", "revision", "submitted"),
        *(f"{scale}.claimed" for scale in scales),
        *(f"{scale}.accepted" for scale in scales),
        *("decision", "reason", "decided"),
    )
    rows = []
    for line in lines:
        told, vendor = levels.get(line.id, {}), vendors[line.id]
        claimed = [told.get(scale, "") for scale in scales]
        accepted = [told.get(f"{scale}!", told.get(scale, "")) for scale in scales]
        submitted = None if line.submitted_at is None else local_time(line.submitted_at).date()
        is_decided = line.state in ("accepted", "returned") and vendor.decided_at is not None
        rows.append(
            (
                *(line.name, line.email, line.reference, line.state),
                *("yes" if line.is_late else "no", line.answers, line.last_revision, submitted),
                *(level.replace(" ", ";") for level in (*claimed, *accepted)),
                *((vendor.decision, vendor.reason) if is_decided else ("", "")),
                local_time(vendor.decided_at).date() if is_decided and vendor.decided_at else None,
            )
        )
    return VendorTable(names, tuple(rows))


def write_csv(table: VendorTable) -> bytes:
    """The table as CSV in UTF-8, with the mark by which spreadsheets know that."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(table.names)
    for row in table.rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return f"\ufeff{file.getvalue()}".encode()


def write_json(table: VendorTable) -> bytes:
    """The table as a list of objects."""
    rows = [
        {name: _plain(cell) for name, cell in zip(table.names, row, strict=True)}
        for row in table.rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2).encode()


def _plain(cell: Cell) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def write_xlsx(table: VendorTable) -> bytes:
    """The table as a spreadsheet: numbers and days as such, a filter, the first line fixed."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("vendors")
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, table.names, head)
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, cell)
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.names) - 1)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, len(table.names) - 1, 16)
    return file.getvalue()
