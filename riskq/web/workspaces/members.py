"""Who belongs to a workspace: roles, invitations, and what it is called."""

from __future__ import annotations

from flask import flash, get_flashed_messages, redirect, request, url_for
from msgspec import structs
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.services import letters, workspaces
from riskq.web.entry_forms import (
    InviteForm,
    NameForm,
    email_fault,
    name_fault,
    role_sent,
    typed,
)
from riskq.web.forms import FormFault
from riskq.web.letter_words import line_of_letter, member_letter
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Role, Seat, WorkspacePages

__all__ = ["members"]

members = WorkspacePages("members")


def _list(seat: Seat) -> Response:
    return redirect(url_for("members.everybody", workspace=seat.workspace.id), 303)


@members.get("/members", Right.SEE)
def everybody(seat: Seat) -> Response:
    """Show the members, and to owners the invitations."""
    return _show(seat, InviteForm(data={"role": Role.REVIEWER.value}), 200)


def _show(seat: Seat, form: InviteForm, status: int, *faults: FormFault) -> Response:
    desk, _ = state().desk, web_words()
    owns = seat.may(Right.OWN)
    invitations = workspaces.list_invitations(desk, seat) if owns else ()
    return render(
        "workspaces/members.html",
        status,
        members=workspaces.list_members(desk, seat),
        invitations=[
            (one, Role(one.role), local_time(one.expires_at).date(), one.expires_at <= desk.clock())
            for one in invitations
        ],
        letters={
            one.id: line_of_letter(standing, _)
            for one in invitations
            for standing in letters.letters_to(desk, one.id)
        },
        roles=tuple(Role),
        form=form,
        faults=faults,
    )


@members.post("/members", Right.OWN)
def invite(seat: Seat) -> Response:
    """Invite a person, and show the link to send."""
    _, form = web_words(), InviteForm(request.form)
    role = role_sent(form)
    faults = list(email_fault(form, _))
    if role is None:
        faults.append(FormFault("role", _("Choose a role")))
    if faults or role is None:
        return _show(seat, form, 422, *faults)
    email = typed(form, "email")
    try:
        secret = workspaces.invite(state().desk, seat, email, role)
    except workspaces.MemberAlreadyError:
        told = _("This person belongs to the workspace already")
        return _show(seat, form, 422, FormFault("email", told))
    if state().settings.mail is not None:
        _send(seat, secret)
    # The link is shown once, on the page after this one: only its hash is stored.
    flash(secret, "invitation")
    return redirect(url_for("members.invited", workspace=seat.workspace.id), 303)


def _link(secret: str) -> str:
    origin = state().settings.origin or request.host_url.rstrip("/")
    return origin + url_for("accounts.look_at_invitation", secret=secret)


def _send(seat: Seat, secret: str) -> None:
    """Put the letter with the link into the outbox."""
    desk, made = state().desk, workspaces.find_invitation(state().desk, secret).invitation
    written = member_letter(made.email, seat.workspace.name, _link(secret), language())
    letter = structs.replace(written, answer_to=seat.user.email)
    book = workspaces.book_of(seat.workspace.id)
    new = letters.NewLetter(book, made.id, "member", made.email, letter)
    letters.queue_letters(desk, state().settings.secret_key, [new], seat.user.id)
    state().announce_letters()


@members.get("/members/invited", Right.OWN)
def invited(seat: Seat) -> Response:
    """Show the link of the invitation that was just made, this once."""
    secrets = get_flashed_messages(category_filter=["invitation"])
    if not secrets:
        return _list(seat)
    secret = str(secrets[-1])
    made = workspaces.find_invitation(state().desk, secret)
    return render(
        "workspaces/invited.html",
        made=made,
        url=_link(secret),
        until=local_time(made.invitation.expires_at).date(),
    )


@members.post("/members/invitations/<invitation>/withdraw", Right.OWN)
def withdraw(seat: Seat, invitation: str) -> Response:
    """Let an invitation no longer work."""
    workspaces.withdraw(state().desk, seat, invitation)
    return _list(seat)


@members.get("/members/<user>", Right.OWN)
def member(seat: Seat, user: str) -> Response:
    """Show one member, with the role to change."""
    return _show_member(seat, user, 200)


def _show_member(seat: Seat, user: str, status: int, *faults: FormFault) -> Response:
    colleague = next(
        (each for each in workspaces.list_members(state().desk, seat) if each.user == user), None
    )
    if colleague is None:
        raise workspaces.NoMemberError("The workspace has no such member.")
    return render(
        "workspaces/member.html", status, colleague=colleague, roles=tuple(Role), faults=faults
    )


@members.post("/members/<user>", Right.OWN)
def set_role(seat: Seat, user: str) -> Response:
    """Give a member another role."""
    role = role_sent(InviteForm(request.form))
    if role is None:
        raise BadRequest("There is no such role.")
    try:
        workspaces.set_role(state().desk, seat, user, role)
    except workspaces.LastOwnerError:
        return _show_member(seat, user, 422, _last_owner("role"))
    return _list(seat)


def _last_owner(field: str) -> FormFault:
    _ = web_words()
    told = _("A workspace always has an owner. Make somebody else one first")
    return FormFault(field, told)


@members.post("/members/<user>/remove", Right.OWN)
def remove(seat: Seat, user: str) -> Response:
    """Let a member no longer belong to the workspace."""
    try:
        workspaces.remove_member(state().desk, seat, user)
    except workspaces.LastOwnerError:
        return _show_member(seat, user, 422, _last_owner(""))
    if user == seat.user.id:
        return redirect(url_for("mine.workspaces"), 303)
    return _list(seat)


@members.get("/leave", Right.SEE)
def confirm_leaving(seat: Seat) -> Response:
    """Ask once more before one leaves."""
    del seat
    return render("workspaces/leave.html", faults=())


@members.post("/leave", Right.SEE)
def leave(seat: Seat) -> Response:
    """Belong to the workspace no longer."""
    try:
        workspaces.remove_member(state().desk, seat, seat.user.id)
    except workspaces.LastOwnerError:
        return render("workspaces/leave.html", 422, faults=(_last_owner(""),))
    return redirect(url_for("mine.workspaces"), 303)


@members.get("/name", Right.OWN)
def ask_name(seat: Seat) -> Response:
    """Ask for another name of the workspace."""
    form = NameForm(data={"name": seat.workspace.name})
    return render("workspaces/name.html", form=form, faults=())


@members.post("/name", Right.OWN)
def rename(seat: Seat) -> Response:
    """Give the workspace another name."""
    form = NameForm(request.form)
    faults = name_fault(form, web_words())
    if faults:
        return render("workspaces/name.html", 422, form=form, faults=faults)
    workspaces.rename(state().desk, seat, typed(form, "name"))
    return redirect(url_for("workspace.home", workspace=seat.workspace.id), 303)
