"""The vendors of a screening as files: CSV, XLSX and JSON."""

from __future__ import annotations

from flask import Response as Answer
from werkzeug.exceptions import NotFound

from riskq.services import screenings
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["exports"]

exports = WorkspacePages("exports")

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {
    "csv": (screenings.write_csv, "text/csv; charset=utf-8"),
    "json": (screenings.write_json, "application/json; charset=utf-8"),
    "xlsx": (screenings.write_xlsx, _SHEET),
}


@exports.get("/screenings/<screening>/vendors.<kind>", Right.SEE)
def file(seat: Seat, screening: str, kind: str) -> Answer:
    """Give all vendors with their states and levels as a file."""
    if kind not in _KINDS:
        raise NotFound
    of = screenings.find_screening(state().desk, seat, screening)
    write, content_type = _KINDS[kind]
    body = write(screenings.vendor_table(state().desk, of))
    response = Answer(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="riskq-vendors.{kind}"'
    return response
