"""The door of the API: an address under which all calls are, which are loaded with the first.

Most services never see a program, and no page worker is to carry the calls from its start.
"""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from riskq.web.locale import in_language
from riskq.web.pages import render

__all__ = ["PREFIX", "api_door", "api_page"]

PREFIX = "/api/"
"""What every address of the API begins with."""

api_door = Blueprint("api", __name__, url_prefix=f"{PREFIX}v1")
api_page = in_language("api_page")

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@api_door.route("/", defaults={"rest": ""}, methods=_METHODS)
@api_door.route("/<path:rest>", methods=_METHODS)
def answer(rest: str) -> Response:
    """Let the call answer that has this address."""
    from riskq.web.api import answer as answer_call

    return answer_call(f"/{rest}")


@api_page.get("/api")
def show() -> AnyResponse:
    """Show the calls to people who write programs."""
    from riskq.web.api import CALLS, description

    return render("api.html", calls=CALLS, description=description())
