"""Every page that says no: what happened, how to go on, and what was typed, so that none is lost.

No page tells more than the person needs: no paths, no traces, no names of programs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Flask, g, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from riskq.i18n import Words
from riskq.logs import request_id
from riskq.report import RenderError, SealError
from riskq.services import (
    AssessmentExpiredError,
    DocumentUnderWayError,
    TooOftenError,
    UnreadableError,
    is_deletable,
    provider,
)
from riskq.store import StoreUnavailable
from riskq.web.access import own_here
from riskq.web.allowances import ask_again
from riskq.web.api_door import PREFIX
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.provider_troubles import PROVIDER_TROUBLES
from riskq.web.request_troubles import (
    by_status,
    no_token,
    too_large,
    too_often,
    unknown_host,
)
from riskq.web.security import is_from_elsewhere, most_of_file
from riskq.web.signed_in import NotSignedInError, lead_to_sign_in
from riskq.web.troubles import TROUBLES, Trouble, role_too_small
from riskq.web.typed import kept_texts, typed_pairs

__all__ = ["install_errors"]

log = logging.getLogger("riskq.web")


def install_errors(app: Flask) -> None:
    """Give every error that can reach a person its page."""
    for error, (status, trouble) in (TROUBLES | PROVIDER_TROUBLES).items():
        app.register_error_handler(error, _page_of(status, trouble))
    app.register_error_handler(NotSignedInError, lead_to_sign_in)
    app.register_error_handler(StoreUnavailable, _store_page)
    app.register_error_handler(RenderError, _report_page)
    app.register_error_handler(DocumentUnderWayError, _under_way_page)
    app.register_error_handler(SealError, _seal_page)
    app.register_error_handler(TooOftenError, _often_page)
    app.register_error_handler(HTTPException, _http_page)


def show_trouble(status: int, trouble: Trouble) -> Response:
    """Render the page of an error; an answer to a form still holds what the form held."""
    is_post = request.method == "POST"
    # A page cannot hold a file that was sent, so that it has to be chosen once more. A password is
    # asked for once more, rather than written into a page.
    is_kept = not most_of_file() and request.blueprint != "accounts"
    resend = is_post and trouble.can_resend and not is_from_elsewhere() and is_kept
    retry = most_of_file() or not is_post
    assessment = (request.view_args or {}).get("assessment")
    return render(
        "error.html",
        status,
        trouble=trouble,
        kept=kept_texts() if is_post else [],
        pairs=typed_pairs() if resend else [],
        resend=request.path if resend else "",
        retry=request.path if retry and (trouble.can_retry or status in (500, 503)) else "",
        number=request_id.get() if status == 500 else "",
        **_ways(assessment, status, trouble),
    )


def _ways(assessment: str | None, status: int, trouble: Trouble) -> dict[str, str]:
    """The addresses of an assessment that the page of an error leads to; "" for none."""
    ways = {"overview": "", "delete": ""}
    # Where it was opened, it is a part of it that cannot be read: a revision, for example.
    is_shut = trouble.can_delete and g.get("opened") is None
    if assessment is None:
        return ways
    if is_shut and _may_delete(assessment):
        ways["delete"] = url_for("private.confirm_deletion", assessment=assessment)
    if not is_shut and status in (409, 500, 503):
        ways["overview"] = url_for("walk.overview", assessment=assessment)
    return ways


def _may_delete(assessment: str) -> bool:
    try:
        own = own_here(assessment)
    except (AssessmentExpiredError, StoreUnavailable):  # The first: a vendor's link has ended.
        return False
    return own is not None and is_deletable(own)


def _page_of(status: int, trouble: Callable[[Words], Trouble]) -> Callable[[Exception], Response]:
    def page(error: Exception) -> Response:
        if isinstance(error, provider.ProviderAwayError | provider.TokenRefusedError):
            # The reason is the program's own word, and nothing that anybody sent.
            log.warning("Nobody could be signed in by the provider: %s", error.reason)
        if isinstance(error, UnreadableError):
            # The text names a kind of thing, or a key, and never what is encrypted.
            log.error("What is encrypted could not be read: %s", error)
        return show_trouble(status, trouble(web_words()))

    return page


def _store_page(error: StoreUnavailable) -> Response:
    log.error("The store is unavailable (%s): %s", error.reason, error.text)
    _ = web_words()
    text = {
        "full": _("There is no room left to save anything."),
        "read-only": _("At the moment assessments can be read, but nothing can be saved."),
        "locked": _("Too much is being saved at once."),
    }.get(error.reason, _("The place where assessments are kept cannot be reached."))
    if request.method == "POST":
        text += " " + _(
            "Your last entry was not saved. Everything that you saved before is safe."
            " Wait a little, then send it again."
        )
    else:
        text += " " + _("Everything that you saved is safe. Wait a little, then try again.")
    response = show_trouble(503, Trouble(_("Cannot save or read at the moment"), text, True))
    response.headers["Retry-After"] = "30"
    return response


def _report_page(error: RenderError) -> Response:
    log.error("A report could not be made (%s): %s", error.reason, error.text)
    _ = web_words()
    text = {
        "busy": _("Many reports are being made at this moment."),
        "too-big": _("The document became too large."),
        "too-long": _("Making the document took too long."),
    }.get(error.reason, _("The document could not be made."))
    text += " " + _("Your answers and the result are safe. Try again in a minute.")
    response = show_trouble(503, Trouble(_("The report is not ready"), text))
    response.headers["Retry-After"] = "30"
    return response


def _under_way_page(_error: DocumentUnderWayError) -> Response:
    ask_again()
    _ = web_words()
    text = _("Your report is being made, and so are others. This page asks for it again by itself.")
    response = show_trouble(503, Trouble(_("The report is not ready"), text))
    response.headers["Retry-After"] = response.headers["Refresh"] = "2"
    return response


def _seal_page(error: SealError) -> Response:
    log.error("A report could not be sealed: %s", error)
    _ = web_words()
    text = _("The report was made and could not be sealed; whoever runs the service can tell why.")
    text += " " + _("Your answers and the result are safe. Try again in a minute.")
    response = show_trouble(503, Trouble(_("The report is not ready"), text))
    response.headers["Retry-After"] = "30"
    return response


def _often_page(error: TooOftenError) -> Response:
    log.warning("More was asked for than is allowed (%s)", error.costly.value)
    response = show_trouble(429, too_often(error, web_words()))
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _http_page(error: HTTPException) -> Response:
    """The page of an HTTP error; redirects and the like, which are answers already, pass."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if request.path.startswith(PREFIX):
        from riskq.web.api import problem_of

        return problem_of(error)
    return _page_of_http(error, status)


def _page_of_http(error: HTTPException, status: int) -> Response:
    _ = web_words()
    if isinstance(error, CSRFError):
        return show_trouble(400, no_token(_))
    if error.description == "host":
        return show_trouble(400, unknown_host(_))
    if error.description == "role":
        return show_trouble(403, role_too_small(_))
    if status == 413 and most_of_file():
        return show_trouble(413, too_large(most_of_file(), _))
    response = show_trouble(status, by_status(status, _))
    response.headers.extend(
        (name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")
    )
    return response
