"""Every page that says no: what happened, how to go on, and what was typed, so that none is lost.

No page tells more than the person needs: no paths, no traces, no names of programs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Flask, request, url_for
from flask_wtf.csrf import CSRFError
from msgspec import Struct
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from riskq.errors import UnknownQuestionnaireError
from riskq.i18n import Words
from riskq.report import RenderError, SealError
from riskq.services import (
    AssessmentExpiredError,
    ChangedMeanwhileError,
    EditionChangedError,
    NoAssessmentError,
    NoBundleError,
    NotAskedError,
)
from riskq.store import StoreUnavailable
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.security import is_from_elsewhere, most_of_file
from riskq.web.typed import kept_texts, typed_pairs

__all__ = ["install_errors"]

log = logging.getLogger("riskq.web")


class Trouble(Struct, frozen=True):
    """What a page says: a heading, what happened, and what one can do."""

    title: str
    text: str
    can_resend: bool = False


def install_errors(app: Flask) -> None:
    """Give every error that can reach a person its page."""
    for error, (status, trouble) in _OURS.items():
        app.register_error_handler(error, _page_of(status, trouble))
    app.register_error_handler(StoreUnavailable, _store_page)
    app.register_error_handler(RenderError, _report_page)
    app.register_error_handler(SealError, _seal_page)
    app.register_error_handler(HTTPException, _http_page)


def show_trouble(status: int, trouble: Trouble) -> Response:
    """Render the page of an error; an answer to a form still holds what the form held."""
    is_post = request.method == "POST"
    resend = is_post and trouble.can_resend and not is_from_elsewhere()
    assessment = (request.view_args or {}).get("assessment")
    return render(
        "error.html",
        status,
        trouble=trouble,
        kept=kept_texts() if is_post else [],
        pairs=typed_pairs() if resend else [],
        resend=request.path if resend else "",
        retry="" if is_post or status not in (500, 503) else request.path,
        overview=_overview(assessment) if status in (409, 500, 503) else "",
    )


def _overview(assessment: str | None) -> str:
    return "" if assessment is None else url_for("walk.overview", assessment=assessment)


def _page_of(status: int, trouble: Callable[[Words], Trouble]) -> Callable[[Exception], Response]:
    def page(_error: Exception) -> Response:
        return show_trouble(status, trouble(web_words()))

    return page


def _no_assessment(_: Words) -> Trouble:
    return Trouble(
        _("There is no assessment here"),
        _(
            "This browser cannot open an assessment at this address. If it is yours, open it by"
            " your private link. If the link leads here too, check that all of it was copied;"
            " otherwise the assessment was deleted."
        ),
    )


def _expired(_: Words) -> Trouble:
    return Trouble(
        _("This assessment has expired"),
        _(
            "Assessments are removed some time after their last change, as the start page says."
            " This one can no longer be opened. You can start a new one."
        ),
    )


def _edition_changed(_: Words) -> Trouble:
    return Trouble(
        _("The questionnaire was changed"),
        _(
            "The files of the questionnaire are not those that this assessment was made with, so"
            " it cannot be shown. Your answers are safe. Please tell whoever runs this service."
        ),
    )


def _changed_meanwhile(_: Words) -> Trouble:
    return Trouble(
        _("The answers have changed"),
        _(
            "Answers were changed in another window while you were looking at them, so nothing was"
            " submitted. Check your answers once more, then submit them."
        ),
    )


def _not_asked(_: Words) -> Trouble:
    return Trouble(
        _("This question is no longer asked"),
        _("Other answers have changed since you opened it, so your answer was not saved."),
    )


def _no_bundle(_: Words) -> Trouble:
    return Trouble(
        _("There are no reports here"),
        _(
            "This browser cannot open reports at this address. If they are yours, open them by"
            " your private link. If the link leads here too, check that all of it was copied;"
            " otherwise they were deleted, or their week is over."
        ),
    )


def _unknown_questionnaire(_: Words) -> Trouble:
    return Trouble(
        _("Page not found"),
        _("There is no such questionnaire. Choose one on the start page."),
    )


_OURS: dict[type[Exception], tuple[int, Callable[[Words], Trouble]]] = {
    NoAssessmentError: (404, _no_assessment),
    AssessmentExpiredError: (410, _expired),
    EditionChangedError: (409, _edition_changed),
    ChangedMeanwhileError: (409, _changed_meanwhile),
    NotAskedError: (409, _not_asked),
    NoBundleError: (404, _no_bundle),
    UnknownQuestionnaireError: (404, _unknown_questionnaire),
}


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


def _seal_page(error: SealError) -> Response:
    log.error("A report could not be sealed: %s", error)
    _ = web_words()
    text = _("The report was made and could not be sealed; whoever runs the service can tell why.")
    text += " " + _("Your answers and the result are safe. Try again in a minute.")
    response = show_trouble(503, Trouble(_("The report is not ready"), text))
    response.headers["Retry-After"] = "30"
    return response


def _http_page(error: HTTPException) -> Response:
    """The page of an HTTP error; redirects and the like, which are answers already, pass."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    _ = web_words()
    if isinstance(error, CSRFError):
        return show_trouble(400, _no_token(_))
    if error.description == "host":
        return show_trouble(400, _unknown_host(_))
    if status == 413 and most_of_file():
        return show_trouble(413, _too_large(most_of_file(), _))
    response = show_trouble(status, _by_status(status, _))
    response.headers.extend(
        (name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")
    )
    return response


def _no_token(_: Words) -> Trouble:
    return Trouble(
        _("The form could not be accepted"),
        _(
            "The form came without the mark that proves it was sent from our own page. This happens"
            " when the browser does not keep cookies, or has forgotten them since the page was"
            " opened. Nothing was saved. Allow cookies for this site, then send it again."
        ),
        can_resend=True,
    )


def _too_large(most: int, _: Words) -> Trouble:
    text = _(
        "Here at most %(size)s MB are taken, and nothing of what you sent was kept. Go back in your"
        " browser, and give less.",
        size=most // 1_000_000,
    )
    return Trouble(_("The file is too large"), text)


def _unknown_host(_: Words) -> Trouble:
    return Trouble(
        _("Unknown address"),
        _(
            "This service does not answer under this name. Whoever runs it says by the setting"
            " RISKQ_ORIGIN under which address it is reached."
        ),
    )


def _by_status(status: int, _: Words) -> Trouble:
    known = {
        403: Trouble(_("Not allowed"), _("This page may not be opened from here.")),
        404: Trouble(
            _("Page not found"),
            _("If you typed the address, check it. If you followed a link, it is out of date."),
        ),
        405: Trouble(_("Not possible this way"), _("This address cannot be used in this way.")),
        413: Trouble(
            _("Too much text"),
            _(
                "What you sent is larger than this service accepts, and was not saved. Go back"
                " in your browser, shorten the text and send it again."
            ),
        ),
        429: Trouble(_("Too many requests"), _("Wait a minute, then try again."), can_resend=True),
        500: Trouble(
            _("Something went wrong on our side"),
            _(
                "What you had saved before is safe. Try again; if it happens once more, please"
                " tell whoever runs this service."
            ),
            can_resend=True,
        ),
    }
    return known.get(status) or Trouble(
        _("This request cannot be understood"),
        _("Nothing was saved. Go back to the page you came from and try once more."),
    )
