"""What somebody received: verify a report by its file or by its number, and go on from one.

A file is looked at and forgotten; the answer to it is the page itself, since nothing is kept that
another address could show.
"""

from __future__ import annotations

from flask import Response as Answer
from flask import abort, flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from riskq import report, services
from riskq.web.access import remember
from riskq.web.locale import in_language, language, web_words
from riskq.web.pages import render
from riskq.web.state import state

__all__ = ["received"]

received = in_language("received")
_LONGEST_TYPED = 60


@received.get("/verify")
def ask() -> Response:
    """Take a file, or the number and the code of a paper."""
    return render("verify.html", error="", paper_error="", number="", code="")


@received.post("/verify")
def verify() -> Response:
    """Look at a file and tell what it is; nothing of it is kept."""
    file = request.files.get("file")
    pdf = file.read() if file else b""
    if not pdf:
        _ = web_words()
        error = _("Choose the PDF that you received.")
        return render("verify.html", 400, error=error, paper_error="", number="", code="")
    here = state()
    verified = here.verifier.verify(pdf, here.desk.today(), language())
    return render("verified.html", seen=report.compose_verification(verified, language()))


@received.post("/verify/paper")
def by_paper() -> Response:
    """Lead to what is known of a document, by the number and the code that stand on it."""
    number, code = (request.form.get(name, "").strip() for name in ("number", "code"))
    if not number or not code or max(len(number), len(code)) > _LONGEST_TYPED:
        return _unknown(number[:_LONGEST_TYPED], code[:_LONGEST_TYPED])
    typed = "".join(code.split())
    return redirect(url_for("received.issued", number=number, code=typed), 303)


@received.get("/verify/<number>/<code>")
def issued(number: str, code: str) -> Response:
    """Tell of a document that this service issued, to whoever has its number and its code."""
    here = state()
    issue = services.find_issued(here.desk, number, code)
    if issue is None:
        return _unknown(number[:_LONGEST_TYPED], code[:_LONGEST_TYPED])
    verified = here.verifier.judge(report.Inspection(), issue, here.desk.today(), language())
    return render("verified.html", seen=report.compose_issued(verified, language()))


def _unknown(number: str, code: str) -> Response:
    _ = web_words()
    text = _(
        "There is no document of this number and this code here. Look at both again; what its"
        " holder deleted, or what has expired, is not known any more."
    )
    return render("verify.html", 404, error="", paper_error=text, number=number, code=code)


@received.get("/verify/certificate.pem")
def certificate() -> Answer:
    """Give the certificate of the seal, by which others verify reports of this service."""
    text = report.public_certificate(state().settings.seal)
    if text is None:
        abort(404)
    response = make_response(text)
    response.content_type = "application/x-pem-file"
    response.headers["Content-Disposition"] = 'attachment; filename="riskq-certificate.pem"'
    return response


@received.get("/import")
def offer() -> Response:
    """Take a report or a download to go on from."""
    return render("import.html", error="")


@received.post("/import")
def take() -> Response:
    """Start an assessment from a report or a download, and lead to its overview."""
    file = request.files.get("file")
    here = state()
    try:
        issue = services.read_file(file.read() if file else b"", here.verifier.inspector)
        imported = services.import_issue(here.desk, issue, language())
    except services.NoReportError:
        _ = web_words()
        error = _("Choose a report (PDF) or a download (JSON) of riskq.")
        return render("import.html", 400, error=error)
    here.keeper.tidy()
    remember(imported.started.id, imported.started.secret)
    if imported.not_taken:
        flash(" ".join(imported.not_taken), "not-taken")
    return redirect(url_for("walk.overview", assessment=imported.started.id), 303)
