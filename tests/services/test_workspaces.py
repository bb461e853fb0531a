"""A workspace belongs to its members: each may do what the role says, and nobody else anything."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from riskq.services import (
    NoAssessmentError,
    Opened,
    accounts,
    letters,
    resume,
    start,
    workspaces,
)
from riskq.services.workspaces import Right, Role, Seat
from riskq.store import User, history
from tests.services.conftest import Service
from tests.users import EMAIL, PASSWORD, add_user

BOTA = "bota@alatau.example"


def seat_of(service: Service, user: User, workspace: str) -> Seat:
    return workspaces.take_seat(service.desk, user, workspace)


def found(service: Service, name: str = "Alatau") -> Seat:
    owner = add_user(service.desk)
    return seat_of(service, owner, workspaces.found(service.desk, owner, name).id)


def join(service: Service, seat: Seat, email: str, role: Role) -> Seat:
    secret = workspaces.invite(service.desk, seat, email, role)
    user = workspaces.accept_anew(service.desk, secret, "Bota", "ru", PASSWORD)
    return seat_of(service, user, seat.workspace.id)


def an_assessment(service: Service) -> tuple[Opened, str]:
    started = start(service.desk, "small", "kk")
    return resume(service.desk, started.secret), started.secret


def told(service: Service, seat: Seat) -> list[tuple[str, str, object]]:
    book = workspaces.book_of(seat.workspace.id)
    events = service.desk.store.read(lambda unit: history.events(unit, book, most=99))
    return [
        (event.actor, event.action, json.loads(event.detail or "null"))
        for event in reversed(events)
    ]


def test_the_founder_owns_the_workspace(service: Service) -> None:
    seat = found(service)
    assert (seat.workspace.name, seat.role) == ("Alatau", Role.OWNER)
    assert workspaces.seats_of(service.desk, seat.user) == (seat,)


def test_each_role_may_do_less_than_the_one_before() -> None:
    rights = [{right for right in Right if role.may(right)} for role in Role]
    assert rights[0] == set(Right)
    assert all(less < more for more, less in pairwise(rights))
    assert rights[-1] == {Right.SEE}


def test_nobody_else_has_a_seat(service: Service) -> None:
    seat = found(service)
    stranger = add_user(service.desk, BOTA)
    for workspace in (seat.workspace.id, "nowhere"):
        with pytest.raises(workspaces.NoWorkspaceError):
            seat_of(service, stranger, workspace)
    assert workspaces.seats_of(service.desk, stranger) == ()


def test_an_invitation_makes_an_account_and_a_member(service: Service) -> None:
    owner = found(service)
    service.wait(minutes=1)
    member = join(service, owner, " Bota@Alatau.example", Role.REVIEWER)
    assert (member.user.email, member.role) == (BOTA, Role.REVIEWER)
    assert [each.email for each in workspaces.list_members(service.desk, owner)] == [EMAIL, BOTA]
    assert workspaces.list_invitations(service.desk, owner) == ()
    assert told(service, owner)[1:] == [
        (owner.user.id, "member-invited", {"email": BOTA, "role": "reviewer"}),
        (member.user.id, "member-joined", {"role": "reviewer"}),
    ]


def test_somebody_with_an_account_joins_with_it(service: Service) -> None:
    owner, bota = found(service), add_user(service.desk, BOTA)
    secret = workspaces.invite(service.desk, owner, BOTA, Role.EDITOR)
    assert workspaces.find_invitation(service.desk, secret).has_account
    other = add_user(service.desk, "else@alatau.example")
    with pytest.raises(workspaces.InvitationOverError):
        workspaces.accept(service.desk, secret, other)
    with pytest.raises(accounts.UserExistsError):
        workspaces.accept_anew(service.desk, secret, "Bota", "kk", PASSWORD)
    workspaces.accept(service.desk, secret, bota)
    assert seat_of(service, bota, owner.workspace.id).role is Role.EDITOR
    with pytest.raises(workspaces.MemberAlreadyError):
        workspaces.invite(service.desk, owner, BOTA, Role.READER)


def test_an_invitation_works_once(service: Service) -> None:
    owner = found(service)
    secret = workspaces.invite(service.desk, owner, BOTA, Role.EDITOR)

    def accept(_: int) -> bool:
        try:
            workspaces.accept_anew(service.desk, secret, "Bota", "kk", PASSWORD)
        except (workspaces.InvitationOverError, accounts.UserExistsError):
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(accept, range(4))) == 1
    assert len(workspaces.list_members(service.desk, owner)) == 2


def test_an_invitation_ends_by_withdrawal_renewal_and_time(service: Service) -> None:
    owner = found(service)
    withdrawn = workspaces.invite(service.desk, owner, BOTA, Role.EDITOR)
    (made,) = workspaces.list_invitations(service.desk, owner)
    workspaces.withdraw(service.desk, owner, made.id)
    renewed = workspaces.invite(service.desk, owner, BOTA, Role.EDITOR)
    expired = workspaces.invite(service.desk, owner, BOTA, Role.READER)
    for secret in (withdrawn, renewed, "nothing"):
        with pytest.raises(workspaces.InvitationOverError):
            workspaces.find_invitation(service.desk, secret)
    assert workspaces.find_invitation(service.desk, expired).role is Role.READER
    service.wait(days=8)
    with pytest.raises(workspaces.InvitationOverError):
        workspaces.accept_anew(service.desk, expired, "Bota", "kk", PASSWORD)
    assert [user.email for user in accounts.list_users(service.desk)] == [EMAIL]


def test_a_weak_password_makes_neither_account_nor_member(service: Service) -> None:
    owner = found(service)
    secret = workspaces.invite(service.desk, owner, BOTA, Role.EDITOR)
    with pytest.raises(accounts.WeakPasswordError):
        workspaces.accept_anew(service.desk, secret, "Bota", "kk", "short")
    assert not workspaces.find_invitation(service.desk, secret).has_account
    assert len(accounts.list_users(service.desk)) == 1


def test_roles_change_and_the_last_owner_stays_one(service: Service) -> None:
    owner = found(service)
    member = join(service, owner, BOTA, Role.READER)
    with pytest.raises(workspaces.LastOwnerError):
        workspaces.set_role(service.desk, owner, owner.user.id, Role.EDITOR)
    with pytest.raises(workspaces.LastOwnerError):
        workspaces.remove_member(service.desk, owner, owner.user.id)
    assert seat_of(service, owner.user, owner.workspace.id).role is Role.OWNER
    workspaces.set_role(service.desk, owner, member.user.id, Role.OWNER)
    workspaces.set_role(service.desk, owner, member.user.id, Role.OWNER)
    workspaces.remove_member(service.desk, owner, owner.user.id)
    with pytest.raises(workspaces.NoWorkspaceError):
        seat_of(service, owner.user, owner.workspace.id)
    assert [action for _, action, _ in told(service, owner)][3:] == ["role-changed", "member-left"]


def test_a_member_of_elsewhere_is_no_member_here(service: Service) -> None:
    owner = found(service)
    stranger = add_user(service.desk, BOTA)
    with pytest.raises(workspaces.NoMemberError):
        workspaces.set_role(service.desk, owner, stranger.id, Role.READER)
    with pytest.raises(workspaces.NoMemberError):
        workspaces.remove_member(service.desk, owner, stranger.id)


def test_a_claimed_assessment_is_opened_by_members_and_by_no_link(service: Service) -> None:
    seat = found(service)
    opened, secret = an_assessment(service)
    workspaces.claim(service.desk, seat, opened, " Sorting letters ")
    with pytest.raises(NoAssessmentError):
        resume(service.desk, secret)
    held = workspaces.find_held(service.desk, seat.user, opened.record.id)
    assert held is not None
    assert (held.holding.title, held.seat.role) == ("Sorting letters", Role.OWNER)
    assert workspaces.open_held(service.desk, held).record.id == opened.record.id
    assert workspaces.count_of(service.desk, seat) == 1
    (line,) = workspaces.held_of(service.desk, seat, most=9)
    assert (line.id, line.title, line.answers) == (opened.record.id, "Sorting letters", 0)
    stranger = add_user(service.desk, BOTA)
    assert workspaces.find_held(service.desk, stranger, opened.record.id) is None


def test_a_claimed_assessment_does_not_expire(service: Service) -> None:
    seat = found(service)
    opened, _ = an_assessment(service)
    workspaces.claim(service.desk, seat, opened, "Sorting")
    service.wait(days=1000)
    held = workspaces.find_held(service.desk, seat.user, opened.record.id)
    assert held is not None
    here = workspaces.open_held(service.desk, held)
    name = here.journey.next
    assert name is not None
    assert service.desk.store.purge(service.moments[-1]) == 0


def test_an_assessment_is_claimed_once(service: Service) -> None:
    seat = found(service)
    opened, _ = an_assessment(service)
    other = workspaces.found(service.desk, seat.user, "Other")
    workspaces.claim(service.desk, seat, opened, "Sorting")
    with pytest.raises(workspaces.HeldElsewhereError):
        workspaces.claim(service.desk, seat_of(service, seat.user, other.id), opened, "Sorting too")
    service.desk.store.delete(opened.record.id)
    with pytest.raises(NoAssessmentError):
        workspaces.claim(service.desk, seat, opened, "Sorting")
    assert workspaces.count_of(service.desk, seat) == 0


def test_names_and_titles_change_and_the_book_says_so(service: Service) -> None:
    seat = found(service)
    opened, _ = an_assessment(service)
    workspaces.claim(service.desk, seat, opened, "Sorting")
    held = workspaces.find_held(service.desk, seat.user, opened.record.id)
    assert held is not None
    said = workspaces.describe(service.desk, held)
    workspaces.redescribe(service.desk, held, workspaces.Description("Reading"), said.digest)
    workspaces.rename(service.desk, seat, "Alatau City")
    assert told(service, seat)[-2:] == [
        (seat.user.id, "assessment-retitled", {"old": "Sorting", "new": "Reading"}),
        (seat.user.id, "workspace-renamed", {"old": "Alatau", "new": "Alatau City"}),
    ]
    book = workspaces.book_of(seat.workspace.id)
    assert service.desk.store.read(lambda unit: list(history.faults(unit, book))) == []


@pytest.mark.parametrize("how", ["removed", "demoted", "left"])
def test_invitations_of_an_owner_whom_another_removes_are_withdrawn(
    service: Service, how: str
) -> None:
    seat = found(service)
    other = join(service, seat, BOTA, Role.OWNER)
    secret = workspaces.invite(service.desk, other, "back@door.example", Role.OWNER)
    own = workspaces.invite(service.desk, seat, "guest@alatau.example", Role.READER)
    if how == "removed":
        workspaces.remove_member(service.desk, seat, other.user.id)
    elif how == "demoted":
        workspaces.set_role(service.desk, seat, other.user.id, Role.EDITOR)
    else:
        workspaces.remove_member(service.desk, other, other.user.id)
    assert workspaces.find_invitation(service.desk, own).role is Role.READER
    if how == "left":
        assert workspaces.find_invitation(service.desk, secret).role is Role.OWNER
    else:
        with pytest.raises(workspaces.InvitationOverError):
            workspaces.find_invitation(service.desk, secret)
        assert told(service, seat)[-1][1:] == (
            "invitation-withdrawn",
            {"email": "back@door.example"},
        )


def test_the_letter_of_an_invitation_that_is_withdrawn_with_its_sender_is_not_sent(
    service: Service,
) -> None:
    seat = found(service)
    other = join(service, seat, BOTA, Role.OWNER)
    secret = workspaces.invite(service.desk, other, "back@door.example", Role.OWNER)
    made = workspaces.find_invitation(service.desk, secret).invitation
    letter = letters.Letter(made.email, other.user.email, "Join us", "a link")
    new = letters.NewLetter(
        workspaces.book_of(seat.workspace.id), made.id, "member", made.email, letter
    )
    letters.queue_letters(service.desk, "a secret of the tests", [new], other.user.id)
    workspaces.remove_member(service.desk, seat, other.user.id)
    assert letters.letters_to(service.desk, made.id) == ()
