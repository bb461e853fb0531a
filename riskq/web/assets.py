"""Serves the files for browsers under addresses that change with their content."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from riskq.web.state import state

__all__ = ["asset_url", "assets"]

assets = Blueprint("assets", __name__)

_PLACE = "/static/"
_PRIVATE = ("a", "r", "b", "reports", "w", "calendar")
_FOR_EVER = "public, max-age=31536000, immutable"


def asset_url(name: str) -> str:
    """The address of a file, such as ``riskq.css``."""
    return f"{_PLACE}{state().assets.digest}/{name}"


@assets.get(f"{_PLACE}<digest>/<path:name>")
def file(digest: str, name: str) -> Response:
    """Give a file; an old digest gives the present file, and only the present one is kept."""
    held = state().assets
    if name not in held.files:
        abort(404)
    body, kind = held.files[name]
    response = Response(body, content_type=kind)
    response.headers["Cache-Control"] = _FOR_EVER if digest == held.digest else "no-cache"
    return response


@assets.get("/favicon.ico")
def favicon() -> Response:
    """The icon, for browsers that ask for it by its old name."""
    held = state().assets
    return file(held.digest, "favicon.ico" if "favicon.ico" in held.files else "icon.svg")


@assets.get("/robots.txt")
def robots() -> Response:
    """Tells search engines that assessments are nobody's business."""
    lines = ["User-agent: *", *(f"Disallow: /*/{part}/" for part in _PRIVATE)]
    return Response("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
