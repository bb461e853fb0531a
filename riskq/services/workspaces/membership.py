"""Who belongs to a workspace: founding one, inviting, joining, roles, leaving."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from riskq.services.accounts import (
    Identity,
    add_with_identity,
    add_with_password,
    find_user,
    plain_email,
    proven_email,
)
from riskq.services.desk import Desk
from riskq.services.unguessable import hash_of, new_id, new_secret
from riskq.services.workspaces.errors import (
    InvitationOverError,
    LastOwnerError,
    MemberAlreadyError,
    NoMemberError,
)
from riskq.services.workspaces.rights import Role
from riskq.services.workspaces.seats import Seat, record
from riskq.store import (
    INVITATIONS,
    MEMBERS,
    WORKSPACES,
    Member,
    MemberInvitation,
    Taken,
    Unit,
    User,
    Workspace,
    drop_letters,
    members_of,
)

__all__ = [
    "Colleague",
    "Invited",
    "accept",
    "accept_anew",
    "accept_as",
    "find_invitation",
    "found",
    "invite",
    "list_invitations",
    "list_members",
    "remove_member",
    "rename",
    "set_role",
    "withdraw",
]

_INVITATION_TIME = timedelta(days=7)


class Colleague(Struct, frozen=True):
    """A member as others see one."""

    user: str
    name: str
    email: str
    role: Role


class Invited(Struct, frozen=True):
    """What an invitation is for; ``has_account`` says how it is taken."""

    invitation: MemberInvitation
    workspace: Workspace
    has_account: bool

    @property
    def role(self) -> Role:
        """The role that the invitation gives."""
        return Role(self.invitation.role)


def found(desk: Desk, user: User, name: str) -> Workspace:
    """Make a workspace whose first owner the user is."""
    now = desk.clock()
    workspace = Workspace(new_id(), name.strip(), now)

    def change(unit: Unit) -> None:
        WORKSPACES.add(unit, workspace)
        MEMBERS.add(unit, Member(workspace.id, user.id, Role.OWNER.value, now))
        seat = Seat(workspace, user, Role.OWNER)
        record(unit, seat, now, "workspace-founded", new=workspace.name)

    desk.store.change(change)
    return workspace


def rename(desk: Desk, seat: Seat, name: str) -> None:
    """Give the workspace another name."""
    old, new = seat.workspace.name, name.strip()

    def change(unit: Unit) -> None:
        WORKSPACES.change(unit, {"name": new}, "where id = ?", seat.workspace.id)
        record(unit, seat, desk.clock(), "workspace-renamed", old=old, new=new)

    desk.store.change(change)


def list_members(desk: Desk, seat: Seat) -> tuple[Colleague, ...]:
    """The members of the workspace, in the order in which they came."""
    told = desk.store.read(lambda unit: members_of(unit, seat.workspace.id))
    return tuple(
        Colleague(member.user, name, email, Role(member.role)) for member, name, email in told
    )


def invite(desk: Desk, seat: Seat, email: str, role: Role) -> str:
    """Invite a person, and give the secret of the link, which is good for a week.

    An invitation of the same person made before no longer works. Raises ``MemberAlreadyError``.
    """
    secret, now, email = new_secret(), desk.clock(), plain_email(email)
    workspace = seat.workspace.id
    until = now + _INVITATION_TIME
    made = MemberInvitation(
        *(new_id(), workspace, email, role.value, hash_of(secret), seat.user.id, now, until)
    )

    def change(unit: Unit) -> None:
        user = find_user(unit, email)
        where = "where workspace = ? and user = ?"
        if user is not None and MEMBERS.count(unit, where, workspace, user.id):
            raise MemberAlreadyError("The person belongs to the workspace already.")
        for old in INVITATIONS.find(unit, "where workspace = ? and email = ?", workspace, email):
            _forget(unit, old.id)
        record(unit, seat, now, "member-invited", made.id, email=email, role=role.value)
        INVITATIONS.add(unit, made)

    desk.store.change(change)
    return secret


def _forget(unit: Unit, invitation: str) -> None:
    """Remove an invitation, and the letters that bring its link."""
    INVITATIONS.remove(unit, "where id = ?", invitation)
    drop_letters(unit, invitation, also_done=True)


def list_invitations(desk: Desk, seat: Seat) -> tuple[MemberInvitation, ...]:
    """The invitations that were not taken yet; expired ones too, so that they can be renewed."""
    where = "where workspace = ? order by created_at, id"
    return desk.store.read(lambda unit: INVITATIONS.find(unit, where, seat.workspace.id))


def withdraw(desk: Desk, seat: Seat, invitation: str) -> None:
    """Let an invitation no longer work; nothing happens to one that is over."""
    where = "where workspace = ? and id = ?"

    def change(unit: Unit) -> None:
        made = INVITATIONS.one(unit, where, seat.workspace.id, invitation)
        if made is not None:
            _forget(unit, invitation)
            now = desk.clock()
            record(unit, seat, now, "invitation-withdrawn", invitation, email=made.email)

    desk.store.change(change)


def find_invitation(desk: Desk, secret: str) -> Invited:
    """What an invitation is for; raises ``InvitationOverError``."""
    return desk.store.read(lambda unit: _find_invitation(desk, unit, secret))


def _find_invitation(desk: Desk, unit: Unit, secret: str) -> Invited:
    where = "where key_hash = ? and expires_at > ?"
    made = INVITATIONS.one(unit, where, hash_of(secret), desk.clock())
    workspace = None if made is None else WORKSPACES.one(unit, "where id = ?", made.workspace)
    if made is None or workspace is None:
        raise InvitationOverError("The invitation was taken or withdrawn, or has expired.")
    return Invited(made, workspace, find_user(unit, made.email) is not None)


def accept(desk: Desk, secret: str, user: User) -> Workspace:
    """Let the user that an invitation is for join.

    Raises ``InvitationOverError``, also for another user: a link alone gives no seat.
    """

    def change(unit: Unit) -> Workspace:
        invited = _find_invitation(desk, unit, secret)
        if invited.invitation.email != user.email:
            raise InvitationOverError("The invitation is for somebody else.")
        return _join(desk, unit, invited, user)

    return desk.store.change(change)


def accept_anew(desk: Desk, secret: str, name: str, language: str, password: str) -> User:
    """Make an account for the person that an invitation is for, and let that user join.

    Raises ``InvitationOverError``, ``WeakPasswordError`` and ``UserExistsError``.
    """
    invited = find_invitation(desk, secret)

    def join(unit: Unit, user: User) -> None:
        _join(desk, unit, _find_invitation(desk, unit, secret), user)

    email = invited.invitation.email
    return add_with_password(desk, (email, name, language), password, join)


def accept_as(desk: Desk, secret: str, identity: Identity, name: str, language: str) -> User:
    """Make an account for somebody whom a provider knows by the address that is invited.

    Raises ``InvitationOverError`` and ``UserExistsError``.
    """
    if find_invitation(desk, secret).invitation.email != proven_email(identity):
        raise InvitationOverError("The invitation is for somebody else.")

    def join(unit: Unit, user: User) -> None:
        _join(desk, unit, _find_invitation(desk, unit, secret), user)

    return add_with_identity(desk, identity, (name, language), join)


def _join(desk: Desk, unit: Unit, invited: Invited, user: User) -> Workspace:
    made, now = invited.invitation, desk.clock()
    _forget(unit, made.id)
    try:
        MEMBERS.add(unit, Member(made.workspace, user.id, made.role, now))
    except Taken as error:
        raise InvitationOverError("The user belongs to the workspace already.") from error
    seat = Seat(invited.workspace, user, Role(made.role))
    record(unit, seat, now, "member-joined", user.id, role=made.role)
    return invited.workspace


def set_role(desk: Desk, seat: Seat, user: str, role: Role) -> None:
    """Give a member another role; raises ``NoMemberError`` and ``LastOwnerError``.

    Who owns no longer at another's wish has nobody join later: what that member sent is withdrawn.
    """

    def change(unit: Unit) -> None:
        old = _role_of(unit, seat, user)
        if old is role:
            return
        where = "where workspace = ? and user = ?"
        MEMBERS.change(unit, {"role": role.value}, where, seat.workspace.id, user)
        _keep_an_owner(unit, seat)
        now = desk.clock()
        record(unit, seat, now, "role-changed", user, old=old.value, new=role.value)
        if old is Role.OWNER and user != seat.user.id:
            _withdraw_of(unit, seat, user, now)

    desk.store.change(change)


def remove_member(desk: Desk, seat: Seat, user: str) -> None:
    """Let a member no longer belong to the workspace; a member may also remove itself.

    The invitations of somebody whom another removes are withdrawn: their links may be known to it.
    Raises ``NoMemberError`` and ``LastOwnerError``.
    """

    def change(unit: Unit) -> None:
        role = _role_of(unit, seat, user)
        MEMBERS.remove(unit, "where workspace = ? and user = ?", seat.workspace.id, user)
        _keep_an_owner(unit, seat)
        action, now = "member-left" if user == seat.user.id else "member-removed", desk.clock()
        record(unit, seat, now, action, user, old=role.value)
        if user != seat.user.id:
            _withdraw_of(unit, seat, user, now)

    desk.store.change(change)


def _withdraw_of(unit: Unit, seat: Seat, user: str, now: datetime) -> None:
    """Withdraw all invitations to the workspace that a member has sent."""
    where = "where workspace = ? and invited_by = ?"
    for made in INVITATIONS.find(unit, where, seat.workspace.id, user):
        _forget(unit, made.id)
        record(unit, seat, now, "invitation-withdrawn", made.id, email=made.email)


def _role_of(unit: Unit, seat: Seat, user: str) -> Role:
    member = MEMBERS.one(unit, "where workspace = ? and user = ?", seat.workspace.id, user)
    if member is None:
        raise NoMemberError("The workspace has no such member.")
    return Role(member.role)


def _keep_an_owner(unit: Unit, seat: Seat) -> None:
    where = "where workspace = ? and role = ?"
    if not MEMBERS.count(unit, where, seat.workspace.id, Role.OWNER.value):
        raise LastOwnerError("A workspace always has an owner. Make somebody else one first.")
