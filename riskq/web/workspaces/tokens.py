"""The tokens of a workspace: for programs, made and revoked by its owners."""

from __future__ import annotations

from flask import flash, get_flashed_messages, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, StringField

from riskq.clock import local_time
from riskq.services import tokens as services
from riskq.web.entry_forms import name_fault, typed
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["tokens"]

tokens = WorkspacePages("tokens")

_USUAL_DAYS = 90


class TokenForm(Form):
    """What a token is called, and for how many days it works."""

    name = StringField()
    days = StringField()


@tokens.get("/tokens", Right.OWN)
def listed(seat: Seat) -> Response:
    """Show the tokens, and ask for a new one."""
    form = TokenForm(data={"days": str(_USUAL_DAYS)})
    return _show(seat, form, {Right.SEE.value}, 200)


def _show(
    seat: Seat, form: TokenForm, chosen: set[str], status: int, *faults: FormFault
) -> Response:
    desk = state().desk
    now = desk.clock()
    return render(
        "workspaces/tokens.html",
        status,
        tokens=[
            (one, one.rights.split(), local_time(one.expires_at).date(), one.expires_at <= now)
            for one in services.list_tokens(desk, seat)
        ],
        form=form,
        chosen=chosen,
        faults=faults,
        most=services.MOST_DAYS,
    )


@tokens.post("/tokens", Right.OWN)
def make(seat: Seat) -> Response:
    """Make a token, and show it on the page after this, once."""
    _, form = web_words(), TokenForm(request.form)
    chosen = set(request.form.getlist("right"))
    rights = [right for right in (Right.SEE, Right.REVIEW, Right.EDIT) if right.value in chosen]
    faults, text = list(name_fault(form, _)), typed(form, "days")
    if not rights:
        faults.append(FormFault("right", _("Choose at least one right")))
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not 1 <= days <= services.MOST_DAYS:
        told = _("Enter a number from 1 to %(most)s", most=services.MOST_DAYS)
        faults.append(FormFault("days", told))
    if faults:
        return _show(seat, form, chosen, 422, *faults)
    secret = services.make_token(state().desk, seat, typed(form, "name"), rights, days)
    flash(secret, "token")
    return redirect(url_for("tokens.made", workspace=seat.workspace.id), 303)


@tokens.get("/tokens/made", Right.OWN)
def made(seat: Seat) -> Response:
    """Show the token that was just made, this once."""
    secrets = get_flashed_messages(category_filter=["token"])
    if not secrets:
        return redirect(url_for("tokens.listed", workspace=seat.workspace.id), 303)
    return render("workspaces/token.html", secret=str(secrets[-1]))


@tokens.post("/tokens/<token>/revoke", Right.OWN)
def revoke(seat: Seat, token: str) -> Response:
    """Let a token open nothing any more."""
    services.revoke_token(state().desk, seat, token)
    return redirect(url_for("tokens.listed", workspace=seat.workspace.id), 303)
