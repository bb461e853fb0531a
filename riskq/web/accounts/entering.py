"""Signing in and out."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.i18n import Words
from riskq.services import accounts as services
from riskq.web.accounts.part import accounts
from riskq.web.allowances import address_here
from riskq.web.entry_forms import CodeForm, SignInForm, typed
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.signed_in import (
    browser_name,
    keep_session,
    leave_session,
    safe_next,
    who_is_here,
)
from riskq.web.state import state

__all__ = ["go_half_way", "locked_text"]

_HALF = "half"
_HALF_SECONDS = 300


def _next() -> str:
    return safe_next(request.values.get("next", ""))


def _onward() -> Response:
    return redirect(_next() or url_for("mine.workspaces"), 303)


def locked_text(error: services.LockedError, _: Words) -> str:
    """Why no attempt is looked at, and from when on one is."""
    return _(
        "Too many attempts have failed. Try again after %(time)s",
        time=f"{local_time(error.until):%H:%M}",
    )


@accounts.get("/sign-in")
def enter() -> Response:
    """Ask for e-mail and password."""
    if who_is_here() is not None:
        return _onward()
    return _ask(SignInForm(), 200)


def _ask(form: SignInForm, status: int, *faults: FormFault) -> Response:
    return render("accounts/sign_in.html", status, form=form, faults=faults, next=_next())


@accounts.post("/sign-in")
def sign_in() -> Response:
    """Sign in, or go on to the one-time code."""
    _, form = web_words(), SignInForm(request.form)
    email, password = typed(form, "email"), typed(form, "password")
    try:
        entrance = services.sign_in(
            state().desk, email, password, address=address_here(), browser=browser_name()
        )
    except services.WrongPasswordError:
        told = _("E-mail and password do not belong together. Check both")
        return _ask(form, 422, FormFault("email", told))
    except services.BusyError:
        told = _("Many people are signing in at this moment. Send it once more")
        return _ask(form, 503, FormFault("email", told))
    except services.LockedError as error:
        return _ask(form, 429, FormFault("email", locked_text(error, _)))
    if entrance.secret:
        keep_session(entrance.secret)
        return _onward()
    return go_half_way(entrance.user, _next())


def go_half_way(user: str, onward: str) -> Response:
    """Go on to the one-time code of a user who has shown everything else."""
    session[_HALF] = [user, int(state().desk.clock().timestamp())]
    return redirect(url_for("accounts.ask_code", next=onward or None), 303)


def _half_way() -> str:
    """The user whose password was right a moment ago in this browser, or ""."""
    kept = session.get(_HALF)
    if not isinstance(kept, list) or len(kept) != 2:
        return ""
    age = int(state().desk.clock().timestamp()) - int(kept[1])
    return str(kept[0]) if 0 <= age < _HALF_SECONDS else ""


@accounts.get("/sign-in/code")
def ask_code() -> Response:
    """Ask for a one-time code."""
    if not _half_way():
        return redirect(url_for("accounts.enter", next=_next() or None), 303)
    return _show_code(200)


def _show_code(status: int, *faults: FormFault) -> Response:
    return render("accounts/code.html", status, form=CodeForm(), faults=faults, next=_next())


@accounts.post("/sign-in/code")
def give_code() -> Response:
    """Finish signing in by a one-time code."""
    _, user = web_words(), _half_way()
    if not user:
        return redirect(url_for("accounts.enter", next=_next() or None), 303)
    code = typed(CodeForm(request.form), "code")
    try:
        entrance = services.enter_code(
            state().desk, user, code, address=address_here(), browser=browser_name()
        )
    except services.WrongCodeError:
        told = _("This code is wrong, too old, or was used already. Enter the present one")
        return _show_code(422, FormFault("code", told))
    except services.LockedError as error:
        return _show_code(429, FormFault("code", locked_text(error, _)))
    session.pop(_HALF, None)
    keep_session(entrance.secret)
    return _onward()


@accounts.post("/sign-out")
def sign_out() -> Response:
    """End the session of this browser."""
    here = who_is_here()
    if here is not None:
        services.end(state().desk, here.user.id, here.session.id)
    leave_session()
    return redirect(url_for("accounts.enter"), 303)
