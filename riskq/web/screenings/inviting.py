"""Inviting vendors: a list typed, pasted or in a file, looked at before it counts; the links."""

from __future__ import annotations

import csv
import io

from flask import Response as Answer
from flask import redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.services import screenings
from riskq.store import Vendor, Wanted
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.screenings.letters import link_of
from riskq.web.screenings.sending import lines_of_vendors
from riskq.web.screenings.words import address_in, scale_of
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["inviting"]

inviting = WorkspacePages("inviting")


@inviting.get("/screenings/<screening>/invite", Right.EDIT)
def ask(seat: Seat, screening: str) -> Response:
    """Ask for vendors."""
    return _show(screenings.find_screening(state().desk, seat, screening), "", 200)


def _show(of: screenings.Round, text: str, status: int, *faults: FormFault) -> Response:
    return render("screenings/invite.html", status, of=of, text=text, faults=faults)


@inviting.post("/screenings/<screening>/invite", Right.EDIT)
def look(seat: Seat, screening: str) -> Response:
    """Show what was read of the list, line by line; nothing is kept yet."""
    of = screenings.find_screening(state().desk, seat, screening)
    _, text, file = web_words(), request.form.get("list", ""), request.files.get("file")
    most = screenings.MOST_VENDORS
    try:
        if file is not None and file.filename:
            lines = screenings.read_vendor_file(file.filename, file.read())
        else:
            lines = screenings.read_vendor_text(text)
    except screenings.NoListError as error:
        if file is not None and file.filename and error.reason != "busy":
            screenings.note_refused_list(state().desk, of, file.filename)
        told = {
            "large": _("The list is too large: at most 2 MB"),
            "many": _("The list has too many lines: at most %(most)s", most=most),
            "busy": _("Another spreadsheet is being read at this moment. Send yours once more"),
            "sheet": _("The file cannot be read as a spreadsheet. Save it as XLSX or CSV"),
        }.get(error.reason, _("The file cannot be read as a list. Save it as CSV or XLSX"))
        return _show(of, text, 422, FormFault("list", told))
    if not lines:
        return _show(of, text, 422, FormFault("list", _("Enter at least one vendor")))
    sound = [line.vendor for line in lines if not line.fault]
    return render(
        "screenings/look.html",
        of=of,
        lines=lines,
        count=len(sound),
        text=screenings.write_vendor_text(sound),
    )


@inviting.post("/screenings/<screening>/vendors", Right.EDIT)
def add(seat: Seat, screening: str) -> Response:
    """Invite the vendors that were looked at, and lead to their links."""
    of = screenings.find_screening(state().desk, seat, screening)
    try:
        lines = screenings.read_vendor_text(request.form.get("list", ""))
    except screenings.NoListError as error:
        raise BadRequest("The list was changed on the way.") from error
    sound = [line.vendor for line in lines if not line.fault]
    screenings.add_vendors(state().desk, of, state().settings.secret_key, sound)
    return _lead_to_links(of)


def _lead_to_links(of: screenings.Round) -> Response:
    return redirect(address_in(of, "inviting.links"), 303)


def _all_links(of: screenings.Round) -> list[tuple[Vendor, str]]:
    """Every vendor that has a link that works, with the link."""
    desk = state().desk
    wanted = Wanted(scale_of(of.questionnaire).id, most=screenings.MOST_VENDORS)
    page = screenings.list_vendors(desk, of, wanted)
    vendors = screenings.vendors_of(desk, of)
    return [(vendors[line.id], link_of(of, vendors[line.id])) for line in page.lines]


@inviting.get("/screenings/<screening>/links", Right.EDIT)
def links(seat: Seat, screening: str) -> Response:
    """Show the links to copy, for vendors who have not submitted."""
    of = screenings.find_screening(state().desk, seat, screening)
    shown = [(vendor, url, local_time(vendor.link_until).date()) for vendor, url in _all_links(of)]
    return render("screenings/links.html", of=of, links=shown, letters=lines_of_vendors(of))


@inviting.get("/screenings/<screening>/links.csv", Right.EDIT)
def links_file(seat: Seat, screening: str) -> Answer:
    """Give the links as a table for mail merge."""
    of = screenings.find_screening(state().desk, seat, screening)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("name", "email", "reference", "link", "until"))
    for vendor, url in _all_links(of):
        until = local_time(vendor.link_until).date().isoformat()
        cells = (vendor.name, vendor.email, vendor.reference)
        writer.writerow((*map(screenings.harmless, cells), url, until))
    response = Answer(f"\ufeff{file.getvalue()}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="riskq-links.csv"'
    return response
