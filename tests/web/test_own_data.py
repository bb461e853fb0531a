"""One's own data in a browser: everything is taken along, and the account goes for good."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.services import Desk, accounts, persons, screenings, tokens, workspaces
from riskq.services.workspaces import Right, Role
from riskq.store import USERS, Happened, User, book_of, history
from tests.stores import contents_of
from tests.users import EMAIL, PASSWORD, add_user
from tests.web.browser import Browser, Page
from tests.web.conftest import Clock
from tests.web.members import SECRET, Place, enter, make_place
from tests.web.test_rights import token_of

DATA = "/en/account/data.json"
DELETE = "/en/account/delete"
NAME = "Gulnaz Leaver"


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def user(desk: Desk) -> User:
    return add_user(desk, EMAIL, NAME)


@pytest.fixture
def member(desk: Desk, place: Place, user: User) -> User:
    """An editor of the workspace who made a token there."""
    owner = seat_of(desk, place, "owner")
    workspaces.accept(desk, workspaces.invite(desk, owner, EMAIL, Role.EDITOR), user)
    seat = workspaces.take_seat(desk, user, place.workspace)
    tokens.make_token(desk, seat, "Nightly export", (Right.SEE,), 30)
    workspaces.add_client(desk, seat, "Post of the Steppe")
    return user


def seat_of(desk: Desk, place: Place, role: str) -> workspaces.Seat:
    user = desk.store.read(lambda unit: accounts.find_user(unit, place.email(role)))
    assert user is not None
    return workspaces.take_seat(desk, user, place.workspace)


def is_there(desk: Desk, user: User) -> bool:
    return desk.store.read(lambda unit: USERS.count(unit, "where id = ?", user.id)) == 1


def delete(browser: Browser, password: str = PASSWORD, language: str = "en") -> Page:
    """Delete the account, as the page asks for it."""
    browser.get(f"/{language}/account/delete")
    return browser.send(password=password)


@pytest.mark.usefixtures("member")
def test_everything_is_taken_along_as_a_file_that_nobody_keeps(app: Flask) -> None:
    browser = enter(app, EMAIL)
    assert DATA in browser.get("/en/account").links
    answer = browser.client.get(DATA)
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="riskq-account.json"'
    told = json.loads(answer.get_data(as_text=True))
    assert told["format"] == "riskq-person/1"
    assert (told["account"]["email"], told["account"]["name"]) == (EMAIL, NAME)
    assert told["tokens"][0]["name"] == "Nightly export"


@pytest.mark.usefixtures("member")
def test_the_file_holds_nothing_of_anybody_else(app: Flask, place: Place) -> None:
    browser = enter(app, place.email("owner"))
    text = browser.client.get(DATA).get_data(as_text=True)
    assert place.email("owner") in text
    assert EMAIL not in text
    assert NAME not in text


@pytest.mark.parametrize("path", [DATA, DELETE])
def test_whoever_is_not_signed_in_is_led_to_the_door(app: Flask, path: str) -> None:
    answer = Browser(app).client.get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/en/sign-in")


@pytest.mark.usefixtures("member")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_goes_and_what_stays(app: Flask, language: str) -> None:
    page = enter(app, EMAIL, language).get(f"/{language}/account/delete")
    assert page.status == 200
    assert page.language == language
    for said in (EMAIL, "Alatau", "Nightly export"):
        assert said in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_is_deleted_and_a_page_says_so(
    app: Flask, desk: Desk, database: Path, member: User, language: str
) -> None:
    browser = enter(app, EMAIL, language)
    page = delete(browser, language=language)
    assert page.path == f"/{language}/account/deleted"
    assert page.status == 200
    assert page.language == language
    assert not is_there(desk, member)
    left = contents_of(database)
    assert not [line for line in left if EMAIL in line or NAME in line]
    assert browser.get(f"/{language}/account").path == f"/{language}/sign-in"


@pytest.mark.usefixtures("member")
def test_the_answer_to_the_form_leads_on(app: Flask) -> None:
    browser = enter(app, EMAIL)
    sent = {"csrf_token": token_of(browser), "password": PASSWORD}
    answer = browser.client.post(DELETE, data=sent)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/account/deleted"


@pytest.mark.parametrize(("password", "status"), [("not the one", 422), ("", 422)])
def test_a_wrong_password_deletes_nothing(
    app: Flask, desk: Desk, member: User, password: str, status: int
) -> None:
    browser = enter(app, EMAIL)
    page = delete(browser, password)
    assert page.status == status
    assert "This is not your password" in page.text
    assert is_there(desk, member)
    assert browser.get("/en/account").path == "/en/account"


def test_guessing_the_password_here_locks_the_account_as_elsewhere(
    app: Flask, desk: Desk, user: User
) -> None:
    browser = enter(app, EMAIL)
    browser.get(DELETE)
    pages = [browser.send(password="not the one") for _ in range(6)]
    assert [page.status for page in pages] == [422] * 5 + [429]
    assert browser.send(password=PASSWORD).status == 429
    assert is_there(desk, user)


@pytest.mark.parametrize("path", [DELETE, f"{DELETE}/sign-in"])
def test_another_site_deletes_nothing(
    app: Flask, desk: Desk, user: User, database: Path, path: str
) -> None:
    browser = enter(app, EMAIL)
    before = contents_of(database)
    for token in ("", "x", token_of(Browser(app))):
        sent = {"csrf_token": token, "password": PASSWORD}
        assert browser.client.post(path, data=sent).status_code == 400
    assert contents_of(database) == before
    assert is_there(desk, user)


@pytest.mark.usefixtures("member")
def test_all_other_browsers_are_out_at_once(app: Flask) -> None:
    here, there, phone = (enter(app, EMAIL) for _ in range(3))
    assert there.get("/en/workspaces").path == "/en/workspaces"
    delete(here)
    for browser in (there, phone):
        assert browser.get("/en/workspaces").path == "/en/sign-in"
    page = there.send(email=EMAIL, password=PASSWORD)
    assert page.status == 422


@pytest.mark.usefixtures("user")
def test_a_second_window_is_led_to_the_door(app: Flask, database: Path) -> None:
    browser = enter(app, EMAIL)
    token = dict(browser.get(DELETE).forms[-1].fields)["csrf_token"]
    second = browser.client.get_cookie("riskq")
    assert second is not None
    delete(browser)
    before = contents_of(database)
    browser.client.set_cookie("riskq", second.value)
    answer = browser.client.post(DELETE, data={"csrf_token": token, "password": PASSWORD})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/en/sign-in")
    assert contents_of(database) == before


@pytest.mark.usefixtures("member")
def test_nobody_deletes_the_account_of_another(app: Flask, desk: Desk, place: Place) -> None:
    other = enter(app, place.email("editor"))
    page = delete(other)
    assert page.path == "/en/account/deleted"
    assert not desk.store.read(lambda unit: accounts.find_user(unit, place.email("editor")))
    assert desk.store.read(lambda unit: accounts.find_user(unit, EMAIL))


def test_the_only_owner_is_told_what_to_do(app: Flask, desk: Desk, place: Place) -> None:
    browser = enter(app, place.email("owner"))
    page = browser.get(DELETE)
    assert page.status == 200
    assert "only administrator" in page.text
    assert f"/en/w/{place.workspace}/members" in page.links
    assert DELETE not in [form.action for form in page.forms]
    sent = {"csrf_token": token_of(browser), "password": PASSWORD}
    assert browser.post(DELETE, sent).status == 409
    assert browser.get("/en/account").path == "/en/account"
    workspaces.set_role(desk, seat_of(desk, place, "owner"), place.users["editor"], Role.OWNER)
    assert delete(browser).path == "/en/account/deleted"


def test_the_only_member_is_the_only_owner(app: Flask, desk: Desk, user: User) -> None:
    workspaces.found(desk, user, "Alone")
    browser = enter(app, EMAIL)
    assert "Alone" in browser.get(DELETE).text
    sent = {"csrf_token": token_of(browser), "password": PASSWORD}
    assert browser.post(DELETE, sent).status == 409
    assert is_there(desk, user)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "Шығып кеткен қатысушы"),
        ("ru", "Бывший участник"),
        ("en", "Somebody who left"),
    ],
)
def test_the_history_says_in_words_that_somebody_left(
    app: Flask, desk: Desk, place: Place, member: User, language: str, words: str
) -> None:
    seat = seat_of(desk, place, "owner")
    workspaces.set_role(desk, seat, member.id, Role.READER)
    path = f"/{language}/w/{place.workspace}/history"
    browser = enter(app, place.email("owner"), language)
    assert NAME in browser.get(path).text
    persons.remove_account(desk, member, member.id)
    page = browser.get(path)
    assert NAME not in page.text
    assert member.id not in page.text
    # Who left, who joined, who made the client, and whose role was changed by another.
    assert page.text.count(words) >= 4
    assert "Post of the Steppe" in page.text


def test_a_vendor_is_told_of_the_buyer_as_before(
    app: Flask, desk: Desk, place: Place, member: User
) -> None:
    happened = Happened(desk.clock(), member.id, "submitted", "1")
    book = book_of(place.vendor_assessment)
    desk.store.change(lambda unit: history.append(unit, book, happened))
    vendor = Browser(app)
    vendor.get(f"/en/i/{screenings.link_secret(SECRET, place.vendor, 1)}")
    path = f"{vendor.send().path}history"
    assert "The buyer" in vendor.get(path).text
    persons.remove_account(desk, member, member.id)
    text = vendor.get(path).text
    assert "The buyer" in text
    assert "Somebody who left" not in text


@pytest.mark.usefixtures("member")
def test_a_program_with_a_token_of_the_account_is_out(
    app: Flask, desk: Desk, place: Place, user: User
) -> None:
    seat = workspaces.take_seat(desk, user, place.workspace)
    secret = tokens.make_token(desk, seat, "Another", (Right.SEE,), 30)
    headers = {"Authorization": f"Bearer {secret}"}
    client = Browser(app).client
    assert client.get("/api/v1/assessments", headers=headers).status_code == 200
    persons.remove_account(desk, user, user.id)
    assert client.get("/api/v1/assessments", headers=headers).status_code == 401


def test_the_page_that_says_so_is_not_for_those_with_an_account(app: Flask, user: User) -> None:
    del user
    assert Browser(app).get("/en/account/deleted").heading == "The account was deleted"
    assert enter(app, EMAIL).get("/en/account/deleted").path == "/en/account"


@pytest.mark.usefixtures("user")
def test_an_account_without_a_password_is_deleted_right_after_signing_in_alone(
    app: Flask, desk: Desk, clock: Clock, user: User
) -> None:
    browser = enter(app, EMAIL)
    without: dict[str, object] = {"password": None}
    desk.store.change(lambda unit: USERS.change(unit, without, "where id = ?", user.id))
    clock.moment += 600 * (clock.moment.resolution * 1_000_000)
    page = browser.get(DELETE)
    assert DELETE not in [form.action for form in page.forms]
    assert "has no password" in page.text
    token = token_of(browser)
    assert browser.post(DELETE, {"csrf_token": token}).status == 422
    assert is_there(desk, user)
