"""The reports of a screening's vendors as one ZIP: of those that the table shows."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response

from riskq.brand import NO_BRAND
from riskq.i18n import LANGUAGE_NAMES, LANGUAGES
from riskq.services import BundleFilesError, screenings, workspaces
from riskq.web.bundles import refusal, remember_bundle
from riskq.web.forms import FormFault
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.screenings.vendors import wanted_here
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["printing"]

printing = WorkspacePages("vendor_reports")


@printing.get("/screenings/<screening>/reports", Right.SEE)
def ask(seat: Seat, screening: str) -> Response:
    """Tell how many reports there are, and ask in which language."""
    of = screenings.find_screening(state().desk, seat, screening)
    return _show(of, 200)


def _show(of: screenings.Round, status: int, *faults: FormFault) -> Response:
    wanted, plural = wanted_here(of), web_words().plural
    count = screenings.count_reports(state().desk, of, wanted)
    return render(
        "screenings/reports.html",
        status,
        of=of,
        wanted=wanted,
        count=count,
        count_text=plural("%(num)s report will be made.", "%(num)s reports will be made.", count),
        most=_most(),
        names=LANGUAGE_NAMES,
        faults=faults,
    )


def _most() -> int:
    """How many reports a bundle may hold; whoever runs the service may want no bundles."""
    return state().bundles.most or abort(404)


@printing.post("/screenings/<screening>/reports", Right.SEE)
def begin(seat: Seat, screening: str) -> Response:
    """Begin to make the reports, and lead to the page that tells how far they are."""
    here, given = state(), request.form.get("reports-in", "")
    of = screenings.find_screening(here.desk, seat, screening)
    # One more than fit shows that there are too many.
    wanted = replace(wanted_here(of), first=0, most=_most() + 1)
    items = screenings.reports_of_vendors(here.desk, of, wanted)
    if not 0 < len(items) <= _most():
        return _show(of, 422)
    reports_in = given if given in LANGUAGES else language()
    try:
        # A vendor's report is not handed out in the buyer's name.
        started = here.bundles.start_revisions(items, reports_in, here.settings.origin, NO_BRAND)
    except BundleFilesError as error:
        return _show(of, 503, FormFault("", refusal(error.code, web_words())))
    workspaces.note_reports(here.desk, seat, len(items), reports_in)
    remember_bundle(started.id, started.secret)
    return redirect(url_for("bundles.show", bundle=started.id), 303)
