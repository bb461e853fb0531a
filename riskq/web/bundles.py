"""Many reports at once: take files of answers, show how far their reports are, hand over a ZIP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from flask import Response as Answer
from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from riskq import services
from riskq.clock import local_time
from riskq.i18n import LANGUAGE_NAMES, LANGUAGES, Words
from riskq.report import RenderError
from riskq.services import BundleFilesError, NoBundleError, Started
from riskq.web.keys import Keys
from riskq.web.locale import in_language, language, web_words
from riskq.web.pages import render
from riskq.web.state import state

if TYPE_CHECKING:
    from riskq.services import GivenFile, OpenedBundle

__all__ = ["bundles", "refusal", "remember_bundle"]

bundles = in_language("bundles")

_reading, _packing = BoundedSemaphore(1), BoundedSemaphore(1)
"""What one thread of a process at a time may do."""

_KEYS = Keys("bundles", 10)
"""The bundles that this browser may open."""

remember_bundle = _KEYS.remember
"""Let this browser open a bundle that was begun elsewhere."""


@bundles.get("/reports")
def ask() -> Response:
    """Take files of answers."""
    return _form(200, "", language(), state().desk.catalogue.names()[0])


@bundles.before_request
def are_made_here() -> None:
    """Whoever runs the service may want no bundles."""
    if not state().bundles.most:
        abort(404)


def _form(status: int, error: str, chosen: str, name: str) -> Response:
    desk = state().desk
    offered = [
        desk.catalogue.load(each, desk.catalogue.in_force(each, desk.today()))
        for each in desk.catalogue.names()
    ]
    return render(
        "bundle_new.html",
        status,
        error=error,
        chosen=chosen,
        name=name,
        offered={each.id: each.prose[language()].title for each in offered},
        names=LANGUAGE_NAMES,
        most=state().bundles.most,
    )


@bundles.post("/reports")
def take() -> Response:
    """Begin a bundle, and lead to its page."""
    desk, words = state().bundles, web_words()
    chosen = _chosen("reports-in", LANGUAGES, language())
    known = desk.catalogue.names()
    name = _chosen("questionnaire", known, known[0])
    files = [
        services.GivenFile(file.filename or "?", file.read())
        for file in request.files.getlist("files")
        if file.filename
    ]
    try:
        started = _start_alone(name, chosen, files)
    except BundleFilesError as error:
        status = 503 if error.code == "busy" else 400
        return _form(status, refusal(error.code, words), chosen, name)
    _KEYS.remember(started.id, started.secret)
    return redirect(url_for("bundles.show", bundle=started.id), 303)


def _start_alone(name: str, language: str, files: list[GivenFile]) -> Started:
    """Begin a bundle while nobody else does: reading many files takes a thread for seconds."""
    if not _reading.acquire(blocking=False):
        raise BundleFilesError("busy")
    try:
        return state().bundles.start(name, language, files)
    finally:
        _reading.release()


def _chosen(field: str, known: Sequence[str], usual: str) -> str:
    """What a field says, if it is known."""
    value = request.form.get(field, "")
    return value if value in known else usual


def refusal(code: str, _: Words) -> str:
    """Why no bundle was begun, in words."""
    told = {
        "none": _("Choose at least one file of answers."),
        "too-many": _(
            "These are more than %(most)s files. Divide them.", most=state().bundles.most
        ),
        "too-large": _("Unpacked, the files are too large together. Divide them."),
        "damaged": _("The ZIP is damaged, or a password protects it. Pack it anew."),
        "busy": _("Many reports are being made just now. Try again in some minutes."),
    }
    return told[code]


@bundles.get("/b/<secret>")
def come_back(secret: str) -> Response:
    """Open a bundle by its private link, which stands in no other address."""
    bundle, _, key = secret.partition(".")
    state().bundles.open(bundle, key)
    _KEYS.remember(bundle, key)
    return redirect(url_for("bundles.show", bundle=bundle), 303)


def _open_here(bundle: str) -> OpenedBundle:
    secret = _KEYS.secret_of(bundle)
    if secret is None:
        raise NoBundleError("This browser has not opened such a bundle.")
    return state().bundles.open(bundle, secret)


@bundles.get("/reports/<bundle>")
def show(bundle: str) -> Response:
    """Show how far the reports are."""
    opened = _open_here(bundle)
    origin = state().settings.origin or request.host_url.rstrip("/")
    secret = f"{bundle}.{_KEYS.secret_of(bundle)}"
    words = web_words()
    return render(
        "bundle.html",
        opened=opened,
        names=LANGUAGE_NAMES,
        url=origin + url_for("bundles.come_back", secret=secret),
        until=local_time(opened.record.expires_at).date(),
        failed=[
            (item.name, _reason(item.detail, words))
            for item in opened.items
            if item.state == "failed"
        ],
    )


def _reason(detail: str, _: Words) -> str:
    """Why there is no report, in words; ``detail`` is a code, and what it is about."""
    code, _space, about = detail.partition(" ")
    places = ", ".join(about.split())
    told = {
        "unreadable": _("The file cannot be read as answers."),
        "not-taken": _("These answers do not fit their questions: %(places)s.", places=places),
        "edition-changed": _("The questionnaire was changed meanwhile. Send the file again."),
        "not-submitted": _("It was never submitted."),
        "no-seal": _("The report could not be sealed; whoever runs the service can tell why."),
        "too-long": _("Making the document took too long."),
        "too-big": _("The document became too large."),
    }
    if code == "unreadable" and places:
        return _("The file cannot be read as answers; look at line %(places)s.", places=places)
    return told.get(code) or _("The document could not be made.")


@bundles.post("/reports/<bundle>/stop")
def stop(bundle: str) -> Response:
    """Make no more reports; those that are done stay."""
    state().bundles.cancel(_open_here(bundle))
    return redirect(url_for("bundles.show", bundle=bundle), 303)


@bundles.post("/reports/<bundle>/again")
def again(bundle: str) -> Response:
    """Try once more to make what failed or was stopped."""
    state().bundles.retry(_open_here(bundle))
    return redirect(url_for("bundles.show", bundle=bundle), 303)


@bundles.post("/reports/<bundle>/delete")
def delete(bundle: str) -> Response:
    """Delete the reports and the answers, and lead to the form."""
    opened = _open_here(bundle)
    state().bundles.delete(opened)
    _KEYS.forget(bundle)
    if opened.record.kind == "revisions":
        return redirect(url_for("mine.workspaces"), 303)
    _ = web_words()
    flash(_("The reports and the answers were deleted."), "done")
    return redirect(url_for("bundles.ask"), 303)


@bundles.get("/reports/<bundle>/reports.zip")
def packed(bundle: str) -> Answer:
    """Give the reports that are done."""
    opened = _open_here(bundle)
    if not _packing.acquire(blocking=False):
        raise RenderError("busy", "Somebody else is taking a ZIP.")
    pieces = _alone(state().bundles.zip(opened))
    next(pieces)
    response = Answer(pieces, content_type="application/zip")
    name = f"riskq-{bundle}-{opened.record.language}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _alone(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, while nobody else takes any: whoever takes them slowly holds a thread.

    The first is empty: once that is taken, the end comes to pass however the others are left.
    """
    try:
        yield b""
        yield from pieces
    finally:
        _packing.release()
