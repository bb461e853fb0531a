"""How pages travel: what is public may be kept for some minutes, and large texts are packed.

Packing tells something of a page by its length. Whoever can put words of their own into a page that
holds a secret could guess the secret by that (BREACH). It is not done where others do so at will:
not for members of workspaces, who see what vendors wrote, nor where an address asks for something,
nor where another site led here.
"""

from __future__ import annotations

import zlib

from flask import Flask, Response, request, session

from riskq.web.form_tokens import CSRF_FIELD
from riskq.web.security import is_from_elsewhere
from riskq.web.signed_in import has_session

__all__ = ["install_delivery"]

_PUBLIC = frozenset(
    {
        *("start.law_of", "start.privacy", "start.accessibility", "paper.form", "api_page.show"),
        *("proof.edition", "proof.comparison", "maps.in_force", "maps.of_edition"),
    }
)
"""Pages that are the same for all strangers and hold no form."""

_FOR_MINUTES = "public, max-age=300"
_TEXTS = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml"})
_WORTH_PACKING = 2_000
_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 5


def install_delivery(app: Flask) -> None:
    """Have every answer completed by how it may be kept, and packed where that is safe."""
    app.after_request(deliver)


def deliver(response: Response) -> Response:
    """Say how long an answer may be kept, and pack it, if one may."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return response
    if _may_be_packed(response):
        _pack(response)
    if request.endpoint in _PUBLIC and _is_for_strangers():
        response.headers["Cache-Control"] = _FOR_MINUTES
        response.add_etag()
        response.make_conditional(request)
    return response


def _is_for_strangers() -> bool:
    """Whether the session holds nothing, and gets nothing, that could show on the page."""
    return not session.modified and not session.keys() - {CSRF_FIELD}


def _may_be_packed(response: Response) -> bool:
    if response.mimetype not in _TEXTS or response.is_streamed or response.direct_passthrough:
        return False
    # Set before anything else is: what the session adds comes later.
    response.headers["Vary"] = "Accept-Encoding"
    is_taken = request.accept_encodings.quality("gzip") > 0
    return is_taken and (response.content_length or 0) > _WORTH_PACKING and not _is_of_others()


def _is_of_others() -> bool:
    """Whether somebody else may have put words beside a secret on the page."""
    # Files of the pages hold no secret. Whether anybody is signed in must not be looked at either:
    # caches would keep one for each cookie, and a browser fetch them anew after each sign-in.
    if request.blueprint == "assets":
        return False
    return has_session() or bool(request.query_string) or is_from_elsewhere()


def _pack(response: Response) -> None:
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    response.set_data(packer.compress(response.get_data()) + packer.flush())
    response.headers["Content-Encoding"] = "gzip"
