"""A person takes along what is stored of them, and goes: nothing of theirs is left, all else is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from riskq.hook_reach import Reach
from riskq.services import (
    Desk,
    accounts,
    check_books,
    hooks,
    letters,
    persons,
    tell,
    tokens,
    workspaces,
)
from riskq.services.workspaces import Right, Role, Seat
from riskq.store import OUTBOX, SESSIONS, TOKENS, USERS, Unit, User, history
from tests.stores import contents_of
from tests.users import PASSWORD, add_user
from tests.web.members import SECRET, Place, make_place

EMAIL, NAME = "gulnaz@leaver.example", "Gulnaz Leaver"
ISSUER = "https://id.example.kz"


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def seat_of(desk: Desk, place: Place, role: str = "owner") -> Seat:
    user = desk.store.read(lambda unit: accounts.find_user(unit, place.email(role)))
    assert user is not None
    return workspaces.take_seat(desk, user, place.workspace)


def invite_by_letter(desk: Desk, seat: Seat, email: str, role: Role) -> str:
    """Invite somebody as the page does where a mail server is set."""
    secret = workspaces.invite(desk, seat, email, role)
    made = workspaces.find_invitation(desk, secret).invitation
    letter = letters.Letter(email, seat.user.email, "Join us", "a link")
    book = workspaces.book_of(seat.workspace.id)
    new = letters.NewLetter(book, made.id, "member", made.email, letter)
    letters.queue_letters(desk, SECRET, [new], seat.user.id)
    return secret


@pytest.fixture
def leaver(desk: Desk, place: Place) -> User:
    """An editor of whom everything is stored that can be, and who is invited elsewhere."""
    user, owner = add_user(desk, EMAIL, NAME), seat_of(desk, place)
    first = invite_by_letter(desk, owner, EMAIL, Role.READER)
    invited = workspaces.find_invitation(desk, first).invitation
    workspaces.withdraw(desk, owner, invited.id)
    workspaces.accept(desk, invite_by_letter(desk, owner, EMAIL, Role.EDITOR), user)
    seat = workspaces.take_seat(desk, user, place.workspace)
    workspaces.make_feed(desk, seat, has_titles=True)
    workspaces.invite(desk, seat, "next@alatau.example", Role.READER)
    tokens.make_token(desk, seat, "Nightly export", (Right.SEE,), 30)
    hooks.add_hook(desk, seat, "https://hooks.example/secret-path", ["vendor.late"], Reach.ANY)
    workspaces.add_client(desk, seat, "Post of the Steppe")
    identity = accounts.Identity(ISSUER, "subject-of-gulnaz", EMAIL, True, NAME)
    accounts.enter_as(desk, identity, "Firefox · Linux")
    link = letters.Letter(EMAIL, "", "Password", "a link")
    password = letters.NewLetter(f"user:{user.id}", user.id, "password", EMAIL, link)
    letters.queue_letters(desk, SECRET, [password], "operator")
    accounts.make_password_link(desk, EMAIL)
    elsewhere = make_place(desk, "steppe")
    invite_by_letter(desk, seat_of(desk, elsewhere), EMAIL, Role.READER)
    return user


def fail_to_sign_in(desk: Desk, times: int) -> None:
    for _ in range(times):
        with pytest.raises(accounts.WrongPasswordError):
            accounts.sign_in(desk, EMAIL, "wrong", address="203.0.113.9", browser="")


def exported(desk: Desk, user: User) -> dict[str, Any]:
    found = json.loads(persons.export_of(desk, user))
    assert isinstance(found, dict)
    return found


def test_the_export_holds_everything_that_is_stored(desk: Desk, place: Place, leaver: User) -> None:
    fail_to_sign_in(desk, 2)
    told = exported(desk, leaver)
    assert told["account"] == {
        "id": leaver.id,
        "email": EMAIL,
        "name": NAME,
        "language": "kk",
        "created_at": leaver.created_at.isoformat(),
        "has_password": True,
        "has_second_factor": False,
    }
    assert told["failed_sign_ins"]["count"] == 2
    assert [one["browser"] for one in told["sessions"]] == ["Firefox · Linux"]
    assert [(one["issuer"], one["subject"]) for one in told["identities"]] == [
        (ISSUER, "subject-of-gulnaz")
    ]
    assert [one["role"] for one in told["memberships"]] == ["editor"]
    assert told["memberships"][0]["workspace"] == {"id": place.workspace, "name": "Alatau"}
    assert [one["has_titles"] for one in told["calendars"]] == [True]
    assert [one["workspace"]["name"] for one in told["invitations"]] == ["Steppe"]
    assert [one["role"] for one in told["invitations_sent"]] == ["reader"]
    assert sorted(one["kind"] for one in told["letters"]) == ["member", "password"]
    assert [(one["name"], one["rights"]) for one in told["tokens"]] == [("Nightly export", ["see"])]
    assert [one["host"] for one in told["webhooks"]] == ["hooks.example"]
    assert len(told["password_links"]) == 1


def test_every_event_with_the_person_is_in_the_export(
    desk: Desk, place: Place, leaver: User
) -> None:
    (token,) = tokens.list_tokens(desk, seat_of(desk, place))
    ids = {leaver.id, f"token:{token.id}"}

    def all_of(unit: Unit) -> set[tuple[str, str, str]]:
        return {
            (one.book, one.at.isoformat(), one.action)
            for book in history.books(unit)
            for one in history.every_event(unit, book)
            if {one.actor, one.subject} & ids or book == f"user:{leaver.id}"
        }

    events = exported(desk, leaver)["events"]
    found = {(one["book"], one["at"], one["action"]) for one in events}
    assert found == desk.store.read(all_of)
    assert {"user-added", "member-joined", "token-made", "client-added"} <= {
        one["action"] for one in events
    }
    assert [one["at"] for one in events] == sorted(one["at"] for one in events)


_HASHED = ("sessions", "password_links", "feeds", "api_tokens", "member_invitations")


def secrets_in(unit: Unit) -> list[str]:
    """Every hash and every secret that the database holds, as each could be written down."""
    users = USERS.find(unit, "")
    blobs = [
        bytes(key)
        for table in _HASHED
        for (key,) in unit.rows(f"select key_hash from {table}")  # noqa: S608 - Names of ours.
    ]
    texts = [text for one in users for text in (one.password, one.second_factor) if text]
    return [*texts, *(blob.hex() for blob in blobs), *(str(blob) for blob in blobs)]


def test_the_export_opens_nothing_and_names_nobody_else(desk: Desk, leaver: User) -> None:
    text = persons.export_of(desk, leaver)
    secrets = desk.store.read(secrets_in)
    assert len(secrets) > 10
    assert not [one for one in secrets if one in text]
    assert "secret-path" not in text
    assert "argon2" not in text
    assert "alatau.example" not in text
    others = desk.store.read(lambda unit: USERS.find(unit, "where id <> ?", leaver.id))
    assert len(others) > 4
    assert not [one for one in others if one.email in text or f'"{one.name}"' in text]


def test_the_same_is_exported_in_the_same_order(desk: Desk, leaver: User) -> None:
    assert persons.export_of(desk, leaver) == persons.export_of(desk, leaver)


def test_what_goes_is_told_before(desk: Desk, leaver: User) -> None:
    told = persons.plan_departure(desk, leaver)
    assert [(one.name, role) for one, role in told.places] == [("Alatau", Role.EDITOR)]
    assert [(one.name, one.workspace) for one in told.tokens] == [("Nightly export", "Alatau")]
    assert told.owned_alone == ()
    assert (told.sessions, told.identities, told.calendars, told.invitations) == (1, 1, 1, 1)


def test_nothing_of_the_person_is_left_anywhere(desk: Desk, leaver: User, tmp_path: Path) -> None:
    persons.remove_account(desk, leaver, leaver.id)
    for line in contents_of(tmp_path / "riskq.db"):
        assert EMAIL not in line, line
        assert NAME not in line, line
        assert "subject-of-gulnaz" not in line, line
    desk.store.close()
    # Nor is it in what the files of the database keep beside their tables.
    for path in tmp_path.glob("riskq.db*"):
        assert EMAIL.encode() not in path.read_bytes(), path


def test_what_belongs_to_a_workspace_stays(desk: Desk, place: Place, leaver: User) -> None:
    persons.remove_account(desk, leaver, leaver.id)
    owner = seat_of(desk, place)
    assert [one.name for one in workspaces.clients_of(desk, owner)] == [
        *("Post of the Steppe", "Sorting Office"),
    ]
    assert len(hooks.list_hooks(desk, owner)) == 1
    assert leaver.id not in {one.user for one in workspaces.list_members(desk, owner)}
    assert {one.email for one in workspaces.list_invitations(desk, owner)} == {
        *("guest@alatau.example", "next@alatau.example"),
    }


def test_what_was_the_persons_alone_goes(desk: Desk, leaver: User) -> None:
    secret = accounts.begin_session(desk, leaver, "Safari · iPhone")
    persons.remove_account(desk, leaver, leaver.id)
    assert accounts.who(desk, secret) is None
    assert desk.store.read(lambda unit: SESSIONS.count(unit, "where user = ?", leaver.id)) == 0
    assert desk.store.read(lambda unit: TOKENS.count(unit, "")) == 0
    assert desk.store.read(lambda unit: OUTBOX.count(unit, "where kind <> 'invitation'")) == 0
    assert f"user:{leaver.id}" not in desk.store.read(history.books)
    with pytest.raises(accounts.WrongPasswordError):
        accounts.sign_in(desk, EMAIL, PASSWORD, address="203.0.113.9", browser="")


def test_the_book_of_the_workspace_tells_who_left_by_an_id(
    desk: Desk, place: Place, leaver: User
) -> None:
    before = {one.book: (one.events, one.head) for one in check_books(desk, {})}
    persons.remove_account(desk, leaver, leaver.id)
    newest = tell(desk, f"workspace:{place.workspace}")
    assert [(one.action, one.actor, one.is_member) for one in newest[:2]] == [
        ("member-left", leaver.id, False),
        ("token-revoked", leaver.id, False),
    ]
    assert newest[1].detail == {"title": "Nightly export"}
    invited = [one.detail for one in newest if one.action == "member-invited"]
    assert {} in invited
    assert {"email": "guest@alatau.example", "role": "reader"} in invited
    # The chains hold, and go on from where they were; the book of the account is gone with it.
    assert [one for one in check_books(desk, before) if one.faults] == []


def test_a_book_of_an_account_that_is_still_there_must_not_be_gone(
    desk: Desk, leaver: User
) -> None:
    before = {one.book: (one.events, one.head) for one in check_books(desk, {})}
    desk.store.change(lambda unit: history.remove(unit, f"user:{leaver.id}"))
    (fault,) = [one for one in check_books(desk, before) if one.faults]
    assert fault.book == f"user:{leaver.id}"


def test_the_last_owner_cannot_go(desk: Desk, place: Place, tmp_path: Path) -> None:
    owner = seat_of(desk, place).user
    alone = workspaces.found(desk, owner, "Alone")
    before = contents_of(tmp_path / "riskq.db")
    told = persons.plan_departure(desk, owner)
    assert [one.name for one in told.owned_alone] == ["Alatau", "Alone"]
    with pytest.raises(persons.OnlyOwnerError, match=r"“Alatau”, “Alone”") as refused:
        persons.remove_account(desk, owner, owner.id)
    assert refused.value.workspaces[1] == alone
    assert contents_of(tmp_path / "riskq.db") == before


def test_with_another_owner_the_first_goes(desk: Desk, place: Place) -> None:
    seat = seat_of(desk, place)
    workspaces.set_role(desk, seat, place.users["editor"], Role.OWNER)
    persons.remove_account(desk, seat.user, seat.user.id)
    assert seat_of(desk, place, "editor").may_own


def test_the_operator_names_who_owns_instead(desk: Desk, place: Place) -> None:
    seat = seat_of(desk, place)
    heir = seat_of(desk, place, "reader").user
    persons.remove_account(desk, seat.user, "operator", heir)
    assert seat_of(desk, place, "reader").may_own
    newest = tell(desk, f"workspace:{place.workspace}")
    changes = [one for one in newest if one.action in ("member-removed", "role-changed")]
    assert [(one.action, one.actor) for one in changes[:2]] == [
        ("member-removed", "operator"),
        ("role-changed", "operator"),
    ]
    # The links of what was sent may be known to whoever is removed.
    assert workspaces.list_invitations(desk, seat_of(desk, place, "reader")) == ()


def test_nobody_owns_instead_who_does_not_belong_to_it(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    owner = seat_of(desk, place).user
    workspaces.found(desk, owner, "Alone")
    heir = seat_of(desk, place, "reader").user
    before = contents_of(tmp_path / "riskq.db")
    with pytest.raises(persons.OnlyOwnerError, match="Alone") as refused:
        persons.remove_account(desk, owner, "operator", heir)
    assert [one.name for one in refused.value.workspaces] == ["Alone"]
    assert contents_of(tmp_path / "riskq.db") == before


def test_nobody_owns_instead_of_themselves(desk: Desk, place: Place) -> None:
    owner = seat_of(desk, place).user
    with pytest.raises(persons.OnlyOwnerError):
        persons.remove_account(desk, owner, "operator", owner)


def test_nobody_goes_twice(desk: Desk, leaver: User) -> None:
    persons.remove_account(desk, leaver, leaver.id)
    with pytest.raises(accounts.NoUserError):
        persons.remove_account(desk, leaver, leaver.id)


def test_an_address_that_holds_the_other_is_not_touched(
    desk: Desk, place: Place, leaver: User
) -> None:
    near = f"x{EMAIL}"
    workspaces.invite(desk, seat_of(desk, place), near, Role.READER)
    persons.remove_account(desk, leaver, leaver.id)
    told = tell(desk, f"workspace:{place.workspace}")
    assert {"email": near, "role": "reader"} in [one.detail for one in told]


def test_what_is_counted_against_guessing_stays(desk: Desk, leaver: User) -> None:
    fail_to_sign_in(desk, 5)
    persons.remove_account(desk, leaver, leaver.id)
    with pytest.raises(accounts.LockedError):
        accounts.sign_in(desk, EMAIL, PASSWORD, address="203.0.113.9", browser="")


def test_whoever_gets_the_address_next_begins_anew(desk: Desk, place: Place, leaver: User) -> None:
    persons.remove_account(desk, leaver, leaver.id)
    new = add_user(desk, EMAIL, "Somebody")
    assert new.id != leaver.id
    assert workspaces.seats_of(desk, new) == ()
    assert [one["action"] for one in exported(desk, new)["events"]] == [
        *("user-added", "password-link-made", "password-set"),
    ]
    del place
