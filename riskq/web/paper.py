"""The questions of an edition on paper, for a meeting: the same for everybody, and for anybody.

The form leads back to the screen by a code where it is known under which address people reach the
service; a name that a request gave is never printed.
"""

from __future__ import annotations

from flask import make_response, url_for
from werkzeug.wrappers import Response

from riskq.web.locale import in_language, language
from riskq.web.state import state

__all__ = ["paper"]

paper = in_language("paper")


@paper.get("/form/<questionnaire>/<edition>.pdf")
def form(questionnaire: str, edition: str) -> Response:
    """Give the blank form of an edition in the language of the address."""
    loaded = state().desk.catalogue.load(questionnaire, edition)
    origin = state().settings.origin
    start = url_for("start.begin_by_link", questionnaire=loaded.id)
    pdf = state().forms.pdf(loaded, language(), f"{origin}{start}" if origin else "")
    response = make_response(pdf)
    response.content_type = "application/pdf"
    name = f"riskq-{loaded.id}-{loaded.edition}-{language()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
