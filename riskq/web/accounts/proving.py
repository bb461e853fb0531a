"""That it is oneself, once more, before what cannot be undone: by password or by signing in."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, url_for
from werkzeug.wrappers import Response

from riskq.services import accounts as services
from riskq.web.accounts.own import refuse_password
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.signed_in import leave_session
from riskq.web.state import state

__all__ = ["is_fresh", "refuse_stranger", "sign_in_anew"]

_JUST_NOW = timedelta(minutes=10)


def is_fresh(here: services.SignedIn) -> bool:
    """Whether somebody signed in just now, which stands for a password where there is none."""
    age = state().desk.clock() - here.session.created_at
    return timedelta(0) <= age < _JUST_NOW


def refuse_stranger(here: services.SignedIn) -> tuple[FormFault, int] | None:
    """What is wrong with the proof that a form brought, and the status that says so.

    The password is asked for once more; of whoever has none, that they have just signed in.
    """
    if here.user.password is not None:
        return refuse_password(here)
    _ = web_words()
    return None if is_fresh(here) else (FormFault("", _("Sign in once more first")), 422)


def sign_in_anew(here: services.SignedIn, onward: str) -> Response:
    """End this session, and let its owner sign in once more, to come back to an address of ours."""
    services.end(state().desk, here.user.id, here.session.id)
    leave_session()
    if state().provider is None:
        return redirect(url_for("accounts.enter", next=onward), 303)
    return redirect(url_for("accounts.go_to_provider", next=onward, anew="yes"), 303)
