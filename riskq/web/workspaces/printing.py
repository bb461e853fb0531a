"""Reports of many assessments as one ZIP: which of them, and in which language."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from riskq.i18n import LANGUAGE_NAMES, LANGUAGES
from riskq.services import BundleFilesError, workspaces
from riskq.web.bundles import refusal, remember_bundle
from riskq.web.entry_forms import typed
from riskq.web.forms import FormFault
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.forms import SeekForm
from riskq.web.workspaces.lines import lines_of
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["printing"]

printing = WorkspacePages("printing")


@printing.get("/reports", Right.SEE)
def ask(seat: Seat) -> Response:
    """Show the assessments that are looked for, to choose from; all that were submitted are."""
    return _show(seat, None, language(), 200)


def _show(
    seat: Seat, chosen: list[str] | None, reports_in: str, status: int, *faults: FormFault
) -> Response:
    desk, most = state().desk, _most()
    seek = SeekForm(request.args)
    sought = workspaces.Sought(typed(seek, "client"), typed(seek, "tag"), typed(seek, "text"))
    found = workspaces.held_of(desk, seat, sought, most=most)
    return render(
        "workspaces/reports.html",
        status,
        lines=lines_of(found),
        total=workspaces.count_of(desk, seat, sought),
        sought={name: text for name, text in seek.data.items() if text},
        chosen=[one.id for one in found] if chosen is None else chosen,
        names=LANGUAGE_NAMES,
        reports_in=reports_in,
        faults=faults,
    )


def _most() -> int:
    """How many reports a bundle may hold; whoever runs the service may want no bundles."""
    most = state().bundles.most
    return most or abort(404)


@printing.post("/reports", Right.SEE)
def begin(seat: Seat) -> Response:
    """Begin to make the reports, and lead to the page that tells how far they are."""
    here, _ = state(), web_words()
    given = request.form.get("reports-in", "")
    reports_in = given if given in LANGUAGES else language()
    chosen = request.form.getlist("assessment")[: _most()]
    items = workspaces.reports_of(here.desk, seat, chosen)
    if not items:
        told = FormFault("assessments", _("Choose at least one assessment"))
        return _show(seat, [], reports_in, 422, told)
    brand = workspaces.brand_in(here.desk, seat.workspace.id)
    try:
        started = here.bundles.start_revisions(items, reports_in, here.settings.origin, brand)
    except BundleFilesError as error:
        return _show(seat, chosen, reports_in, 503, FormFault("", refusal(error.code, _)))
    workspaces.note_reports(here.desk, seat, len(items), reports_in)
    remember_bundle(started.id, started.secret)
    return redirect(url_for("bundles.show", bundle=started.id), 303)
