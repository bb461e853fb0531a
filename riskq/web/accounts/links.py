"""Links that somebody was given: to set a password, and to join a workspace."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from riskq.services import accounts as services
from riskq.services import workspaces
from riskq.web.accounts.part import accounts
from riskq.web.accounts.provider import forget_proven, proven_here
from riskq.web.entry_forms import (
    JoinForm,
    NewPasswordForm,
    name_fault,
    password_text,
    repeated_fault,
    typed,
)
from riskq.web.forms import FormFault
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.signed_in import browser_name, keep_session, signed_in, who_is_here
from riskq.web.state import state

__all__: list[str] = []


@accounts.get("/password/<secret>")
def ask_first_password(secret: str) -> Response:
    """Ask for a new password, by a link of an operator's."""
    return _ask_first(secret, 200)


def _ask_first(secret: str, status: int, *faults: FormFault) -> Response:
    user = services.follow_password_link(state().desk, secret)
    here = url_for("accounts.set_password", secret=secret)
    return render(
        "accounts/first_password.html",
        status,
        user=user,
        here=here,
        form=NewPasswordForm(),
        faults=faults,
    )


@accounts.post("/password/<secret>")
def set_password(secret: str) -> Response:
    """Set the password and lead to the sign-in page."""
    _, form = web_words(), NewPasswordForm(request.form)
    faults = repeated_fault(form, _)
    if faults:
        return _ask_first(secret, 422, *faults)
    try:
        services.set_password(state().desk, secret, typed(form, "password"))
    except services.WeakPasswordError as error:
        return _ask_first(secret, 422, password_text(error, _))
    return redirect(url_for("accounts.enter"), 303)


@accounts.get("/join/<secret>")
def look_at_invitation(secret: str) -> Response:
    """Say what the invitation is for, and ask for what is needed to join."""
    return _show_invitation(secret, JoinForm(), 200)


def _show_invitation(secret: str, form: JoinForm, status: int, *faults: FormFault) -> Response:
    invited = workspaces.find_invitation(state().desk, secret)
    here = who_is_here()
    return render(
        "accounts/join.html",
        status,
        invited=invited,
        is_me=here is not None and here.user.email == invited.invitation.email,
        is_other=here is not None and here.user.email != invited.invitation.email,
        here=url_for("accounts.join", secret=secret),
        secret=secret,
        proven=proven_here(),
        form=form,
        faults=faults,
    )


@accounts.post("/join/<secret>")
def join(secret: str) -> Response:
    """Join the workspace, with the account that there is, or with a new one."""
    invited = workspaces.find_invitation(state().desk, secret)
    if invited.has_account:
        workspace = workspaces.accept(state().desk, secret, signed_in().user)
        return redirect(url_for("workspace.home", workspace=workspace.id), 303)
    return _join_anew(secret, invited)


def _join_as(secret: str, invited: workspaces.Invited, proven: services.Identity) -> Response:
    """Let somebody join whom the provider knows, with an account that has no password."""
    form = JoinForm(request.form)
    faults = name_fault(form, web_words())
    if faults:
        return _show_invitation(secret, form, 422, *faults)
    try:
        user = workspaces.accept_as(state().desk, secret, proven, typed(form, "name"), language())
    except services.UserExistsError:
        return redirect(url_for("accounts.look_at_invitation", secret=secret), 303)
    forget_proven()
    keep_session(services.begin_session(state().desk, user, browser_name()))
    return redirect(url_for("workspace.home", workspace=invited.workspace.id), 303)


def _join_anew(secret: str, invited: workspaces.Invited) -> Response:
    _, form = web_words(), JoinForm(request.form)
    proven = proven_here()
    if proven is not None and proven.email == invited.invitation.email:
        return _join_as(secret, invited, proven)
    faults = [*name_fault(form, _), *repeated_fault(form, _)]
    if faults:
        return _show_invitation(secret, form, 422, *faults)
    name, password = typed(form, "name"), typed(form, "password")
    try:
        user = workspaces.accept_anew(state().desk, secret, name, language(), password)
    except services.WeakPasswordError as error:
        return _show_invitation(secret, form, 422, password_text(error, _))
    except services.UserExistsError:
        return redirect(url_for("accounts.look_at_invitation", secret=secret), 303)
    keep_session(services.begin_session(state().desk, user, browser_name()))
    return redirect(url_for("workspace.home", workspace=invited.workspace.id), 303)
