"""A report that a vendor sent: verified, and taken in as its submission if the buyer wants that.

Nothing of the file is kept between the two steps: what it holds goes through the page, signed, so
that nobody can change it on the way.
"""

from __future__ import annotations

import hashlib

from flask import request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from riskq import report, services
from riskq.services import screenings
from riskq.web.forms import FormFault
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.screenings.vendor import lead_to_vendor
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["reports"]

reports = WorkspacePages("reports")

_SECONDS = 3600


@reports.get("/screenings/<screening>/vendors/<vendor>/report", Right.EDIT)
def ask(seat: Seat, screening: str, vendor: str) -> Response:
    """Take a report."""
    of = screenings.find_screening(state().desk, seat, screening)
    return _show(of, vendor, 200)


def _show(of: screenings.Round, vendor: str, status: int, *faults: FormFault) -> Response:
    found = screenings.find_vendor(state().desk, of, vendor)
    return render("screenings/report.html", status, of=of, vendor=found, faults=faults)


def _signer(vendor: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(state().settings.secret_key, salt=f"report:{vendor}")


@reports.post("/screenings/<screening>/vendors/<vendor>/report", Right.EDIT)
def verify(seat: Seat, screening: str, vendor: str) -> Response:
    """Tell what the file is, and offer to take it in."""
    of, here = screenings.find_screening(state().desk, seat, screening), state()
    found = screenings.find_vendor(here.desk, of, vendor)
    file = request.files.get("file")
    pdf = file.read() if file else b""
    if not pdf:
        return _show(of, vendor, 422, FormFault("file", _choose()))
    verified = here.verifier.verify(pdf, here.desk.today(), language())
    seen = report.compose_verification(verified, language())
    data = here.verifier.inspector.inspect(pdf).data
    signed = ""
    if data is not None and _is_readable(data):
        told = {"sha256": hashlib.sha256(pdf).hexdigest(), "verdict": seen.mark.value}
        signed = _signer(vendor).dumps([data, told])
    return render("screenings/received.html", of=of, vendor=found, seen=seen, signed=signed)


def _choose() -> str:
    _ = web_words()
    return _("Choose the PDF that you received.")


def _is_readable(data: str) -> bool:
    try:
        services.read_issue(data)
    except ValueError:
        return False
    return True


@reports.post("/screenings/<screening>/vendors/<vendor>/report/take", Right.EDIT)
def take(seat: Seat, screening: str, vendor: str) -> Response:
    """Make the answers of the report the vendor's submission."""
    desk, _ = state().desk, web_words()
    of = screenings.find_screening(desk, seat, screening)
    looked = screenings.look_at(desk, of, vendor)
    try:
        data, told = _signer(vendor).loads(request.form.get("report", ""), max_age=_SECONDS)
    except BadData as error:
        raise BadRequest("The report was changed on the way, or an hour has passed.") from error
    issue = services.read_issue(str(data))
    answers = services.taken_answers(of.questionnaire, issue.raw_answers)
    try:
        if str(issue.form["questionnaire"]) != of.questionnaire.id:
            raise screenings.WrongReportError("other")  # noqa: TRY301 - It is told as the others are.
        screenings.take_in(desk, of, looked, answers, told)
    except screenings.WrongReportError as error:
        texts = {
            "other": _("The report is about another questionnaire"),
            "locked": _("The vendor has submitted already; its answers lie with you"),
        }
        incomplete = _("The report does not answer every question that the edition asks")
        return _show(of, vendor, 422, FormFault("file", texts.get(error.reason, incomplete)))
    return lead_to_vendor(of, vendor)
