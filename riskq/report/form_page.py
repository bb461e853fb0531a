"""The blank form as one HTML document, and what a renderer is asked for to print it."""

from __future__ import annotations

from datetime import datetime, time

from riskq.clock import KAZAKHSTAN
from riskq.report.form_views import FormView
from riskq.report.job import RenderJob, document_identifier
from riskq.report.page import document_templates

__all__ = ["form_html", "form_job"]


def form_html(view: FormView) -> str:
    """The whole document, without styles: the renderer has them."""
    return document_templates().get_template("form.html").render(form=view, title=_title(view))


def form_job(view: FormView) -> RenderJob:
    """What a renderer is asked for; the same form always gives the same.

    The document bears the day of its edition, since nothing else about it has a time.
    """
    name = f"form:{view.digest}:{view.language}:{view.address}"
    return RenderJob(
        html=form_html(view),
        title=_title(view),
        language=view.language,
        identifier=document_identifier(name, view.brand),
        created=datetime.combine(view.edition, time(), KAZAKHSTAN),
        brand=view.brand,
    )


def _title(view: FormView) -> str:
    """The title of the document, for its metadata and for lists of files."""
    return f"{view.words('Blank form')}: {view.title}"
