"""One's own data: taking it along, and deleting one's account."""

from __future__ import annotations

from flask import make_response, redirect, session, url_for
from werkzeug.wrappers import Response

from riskq.services import accounts as services
from riskq.services import persons
from riskq.web.accounts.part import accounts
from riskq.web.accounts.proving import is_fresh, refuse_stranger, sign_in_anew
from riskq.web.event_words import role_names
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.signed_in import leave_session, signed_in, who_is_here
from riskq.web.state import state

__all__: list[str] = []

_OF_A_PERSON = ("new-factor", "half")
"""What the cookie remembers of somebody beside the session."""


@accounts.get("/account/data.json")
def take_data() -> Response:
    """Give everything that is stored of whoever is signed in."""
    here = signed_in()
    response = make_response(persons.export_of(state().desk, here.user))
    response.content_type = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="riskq-account.json"'
    return response


@accounts.get("/account/delete")
def ask_deletion() -> Response:
    """Say what goes and what stays, and ask once more."""
    return _ask(signed_in(), 200)


def _ask(here: services.SignedIn, status: int, *faults: FormFault) -> Response:
    return render(
        "accounts/delete.html",
        status,
        here=here,
        told=persons.plan_departure(state().desk, here.user),
        roles=role_names(web_words()),
        is_fresh=is_fresh(here),
        faults=faults,
    )


@accounts.post("/account/delete")
def delete_account() -> Response:
    """Delete the account, sign its owner out everywhere, and lead to a page that says so.

    The password is asked for once more; of whoever has none, that they have just signed in.
    """
    here = signed_in()
    if refused := refuse_stranger(here):
        return _ask(here, refused[1], refused[0])
    try:
        persons.remove_account(state().desk, here.user, here.user.id)
    except persons.OnlyOwnerError:
        # The page says which workspaces these are, and what to do about it.
        return _ask(here, 409)
    except services.NoUserError:
        # Another window was first: what was wanted is done.
        pass
    for name in _OF_A_PERSON:
        session.pop(name, None)
    leave_session()
    return redirect(url_for("accounts.deleted"), 303)


@accounts.post("/account/delete/sign-in")
def sign_in_again() -> Response:
    """End this session, and let its owner sign in once more, to come back here."""
    return sign_in_anew(signed_in(), url_for("accounts.ask_deletion"))


@accounts.get("/account/deleted")
def deleted() -> Response:
    """Say that the account was deleted; whoever is signed in has one."""
    if who_is_here() is not None:
        return redirect(url_for("accounts.own"), 303)
    return render("accounts/deleted.html")
