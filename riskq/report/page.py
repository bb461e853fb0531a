"""The report as one HTML document, which the renderer turns into a PDF.

Templates lay a ``Report`` out and escape every text of it; they decide nothing. The same partial
templates make the result page of the service, so ``TEMPLATES`` is known to it too.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from riskq.compiled_templates import keep_compiled
from riskq.report.job import RenderJob, document_identifier
from riskq.report.views import Report

__all__ = ["TEMPLATES", "document_templates", "headings_of", "report_html", "report_job"]

TEMPLATES = Path(__file__).parent / "templates"
"""The folder of the templates; those that begin with "_" are parts, given ``report``."""


def report_html(report: Report) -> str:
    """The whole document, without styles: the renderer has them."""
    template = document_templates().get_template("report.html")
    return template.render(report=report, title=_title(report), headings=headings_of(report))


def report_job(report: Report, *, content: str, created: datetime, data: str = "") -> RenderJob:
    """What a renderer is asked for; the same report always gives the same.

    ``content`` names what the report is about, and no other content has the same name: from it and
    the language comes the document's own identifier. ``created`` has a time zone. ``data`` is what
    the report says as JSON text, which the document carries for programs.
    """
    name, say = f"{content}:{report.language}", report.words
    return RenderJob(
        html=report_html(report),
        title=_title(report),
        language=report.language,
        identifier=document_identifier(name, report.document.brand),
        created=created,
        data=data,
        data_about=say("The answers and the conclusion of this report, for programs"),
        seal_about=say("Electronic seal of the service that made the report"),
        brand=report.document.brand,
    )


def _title(report: Report) -> str:
    """The title of the document, for its metadata and for lists of files."""
    return f"{report.kind}: {report.system.name}" if report.system.name else report.kind


@cache
def document_templates() -> Environment:
    """What all documents are made with: missing names are errors, all text is escaped."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    keep_compiled(found, TEMPLATES)
    return found


def headings_of(report: Report) -> tuple[tuple[str, str], ...]:
    """The parts that this report has, with their ids, in order."""
    say = report.words
    headline = next(scale for scale in report.scales if scale.is_headline)
    parts = (
        ("notices", say("What to mind"), bool(report.notices)),
        ("reasons", say("Reasons"), True),
        ("scenarios", say("Failure scenarios"), bool(report.scenarios)),
        ("duties", say("Duties"), True),
        ("documents", say("Documents"), report.documents is not None),
        ("listing", headline.title, bool(report.listing.requirements)),
        ("answers", say("All answers"), True),
        ("evidence", say("Files attached as evidence"), bool(report.evidence)),
        ("limits", say("Open points of the law"), bool(report.limits)),
        ("about", say("About this document"), True),
    )
    return tuple((name, title) for name, title, is_there in parts if is_there)
