"""The result: the newest revision or the conclusion so far, the report as PDF, the deadlines."""

from __future__ import annotations

from flask import Response, abort, make_response, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from riskq import services
from riskq.i18n import LANGUAGE_NAMES, LANGUAGES
from riskq.services import (
    Opened,
    Submitted,
    evidence,
    find_revision,
    list_revisions,
    newer_edition,
    report_of,
    report_so_far,
)
from riskq.web.access import brand_here, open_here
from riskq.web.locale import in_language, language
from riskq.web.pages import render
from riskq.web.state import state

__all__ = ["result"]

result = in_language("result")


@result.get("/a/<assessment>/result")
def newest(assessment: str) -> AnyResponse:
    """Show the newest revision, or where the answers lead so far."""
    opened = open_here(assessment)
    return show(opened, find_revision(state().desk, opened))


@result.get("/a/<assessment>/result/<int:number>")
def numbered(assessment: str, number: int) -> AnyResponse:
    """Show one revision."""
    opened = open_here(assessment)
    return show(opened, revision_or_404(opened, number))


def revision_or_404(opened: Opened, number: int) -> Submitted:
    """The revision of this number; a 404 page when there is none."""
    submitted = find_revision(state().desk, opened, number)
    if submitted is None:
        raise NotFound
    return submitted


def show(opened: Opened, submitted: Submitted | None) -> AnyResponse:
    """Render the result, and begin to make the PDF that will probably be asked for."""
    if submitted is None:
        files = evidence.counted_files(state().desk, opened)
        report = report_so_far(opened, language(), files)
    else:
        report = report_of(submitted, language(), state().settings.origin)
        origin = state().settings.origin
        state().documents.prepare(submitted, language(), origin, brand_here())
    return render(
        "result.html",
        opened=opened,
        submitted=submitted,
        report=report,
        newer=newer_edition(state().desk, opened),
        revisions=list_revisions(state().desk, opened),
        pdf_links=[] if submitted is None else pdf_links(opened, submitted),
        has_dates=any(duty.deadline is not None for duty in report.duties),
    )


def pdf_links(opened: Opened, submitted: Submitted) -> list[tuple[str, str, str]]:
    """The PDF in each language: code, name, address; the language of the page first."""
    codes = sorted(LANGUAGES, key=lambda code: code != language())
    return [
        (
            code,
            LANGUAGE_NAMES[code],
            url_for(
                "result.pdf",
                assessment=opened.record.id,
                number=submitted.record.number,
                language=code,
            ),
        )
        for code in codes
    ]


@result.get("/a/<assessment>/report-<int:number>.pdf")
def pdf(assessment: str, number: int) -> Response:
    """Give the report of a revision in the language of the address."""
    submitted = revision_or_404(open_here(assessment), number)
    here = state()
    pdf = here.documents.pdf(submitted, language(), here.settings.origin, brand_here())
    response = make_response(pdf)
    response.content_type = "application/pdf"
    name = f"riskq-{submitted.number.lower()}-{language()}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@result.get("/a/<assessment>/dates.ics")
def dates(assessment: str) -> Response:
    """Give the deadlines of the result as a calendar file."""
    opened = open_here(assessment)
    submitted = find_revision(state().desk, opened)
    if submitted is None:
        report, at = report_so_far(opened, language()), opened.record.touched_at
    else:
        report, at = report_of(submitted, language()), submitted.record.submitted_at
    calendar = services.write_calendar(report, assessment, at)
    if calendar is None:
        abort(404)
    response = make_response(calendar)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="riskq-dates.ics"'
    return response
