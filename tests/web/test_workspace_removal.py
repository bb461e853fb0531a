"""Deleting a workspace in a browser: an owner is told what goes, types its name, and it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.services import Desk, accounts, screenings, workspaces
from riskq.services.workspaces import Role
from riskq.store import USERS, WORKSPACES, User
from tests.stores import contents_of
from tests.users import PASSWORD, add_user
from tests.web.browser import Browser, Page
from tests.web.conftest import Clock
from tests.web.members import SECRET, Place, enter, make_place
from tests.web.test_rights import token_of

ALONE = "alone@valley.example"


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def alone(desk: Desk) -> User:
    """Somebody who is the only member of a workspace."""
    user = add_user(desk, ALONE, "Alone")
    workspaces.found(desk, user, "Of one")
    return user


def page_of(place: Place, language: str = "en") -> str:
    return f"/{language}/w/{place.workspace}/delete"


def is_there(desk: Desk, place: Place) -> bool:
    count = desk.store.read(lambda unit: WORKSPACES.count(unit, "where id = ?", place.workspace))
    return count == 1


def delete(browser: Browser, path: str, name: str = "Alatau", password: str = PASSWORD) -> Page:
    """Delete the workspace, as the page asks for it."""
    browser.get(path)
    return browser.send(name=name, password=password)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_owner_comes_to_the_page_and_is_told_what_goes(
    app: Flask, place: Place, language: str
) -> None:
    browser = enter(app, place.email("owner"), language)
    path = page_of(place, language)
    assert path in browser.get(f"/{language}/w/{place.workspace}/members").links
    page = browser.get(path)
    assert (page.status, page.language) == (200, language)
    assert "Alatau" in page.heading
    # Assessments, screenings, vendors, files, clients, invitations; and four members.
    assert page.text.count(": 1.") == 6
    assert ": 4." in page.text
    home = f"/{language}/w/{place.workspace}"
    assert {f"{home}/", f"{home}/reports", f"{home}/screenings"} <= set(page.links)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_nobody_else_is_led_there(app: Flask, place: Place, role: Role) -> None:
    page = enter(app, place.email(role.value)).get(f"/en/w/{place.workspace}/members")
    assert page_of(place) not in page.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workspace_is_deleted_and_the_list_says_so(
    app: Flask, desk: Desk, place: Place, database: Path, language: str
) -> None:
    browser = enter(app, place.email("owner"), language)
    page = delete(browser, page_of(place, language))
    assert (page.path, page.language) == (f"/{language}/workspaces", language)
    assert "Alatau" in page.text
    assert not is_there(desk, place)
    assert not [line for line in contents_of(database) if place.workspace in line]
    # It is said once.
    assert "Alatau" not in browser.get(f"/{language}/workspaces").text
    assert browser.get(f"/{language}/w/{place.workspace}/").status == 404
    assert browser.get(f"/{language}/a/{place.assessment}/").status == 404


def test_the_answer_to_the_form_leads_on(app: Flask, place: Place) -> None:
    browser = enter(app, place.email("owner"))
    sent = {"csrf_token": token_of(browser), "name": "Alatau", "password": PASSWORD}
    answer = browser.client.post(page_of(place), data=sent)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/workspaces"


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("alatau", PASSWORD, ["This is not the name of the workspace"]),
        ("", PASSWORD, ["This is not the name of the workspace"]),
        ("Alatau", "wrong", ["This is not your password"]),
        ("x", "", ["This is not the name of the workspace", "This is not your password"]),
    ],
)
def test_another_name_or_password_deletes_nothing(
    app: Flask, desk: Desk, place: Place, name: str, password: str, told: list[str]
) -> None:
    page = delete(enter(app, place.email("owner")), page_of(place), name, password)
    assert page.status == 422
    assert [one for one in told if one in page.text] == told
    assert is_there(desk, place)


def test_guessing_the_password_here_locks_the_account_as_elsewhere(
    app: Flask, desk: Desk, place: Place
) -> None:
    browser = enter(app, place.email("owner"))
    browser.get(page_of(place))
    pages = [browser.send(name="Alatau", password="not the one") for _ in range(6)]
    assert [page.status for page in pages] == [422] * 5 + [429]
    assert browser.send(name="Alatau", password=PASSWORD).status == 429
    assert is_there(desk, place)


def test_another_site_deletes_nothing(app: Flask, place: Place, database: Path) -> None:
    browser = enter(app, place.email("owner"))
    before = contents_of(database)
    for path in (page_of(place), f"{page_of(place)}/sign-in"):
        for token in ("", "x", token_of(Browser(app))):
            sent = {"csrf_token": token, "name": "Alatau", "password": PASSWORD}
            assert browser.client.post(path, data=sent).status_code == 400
    assert contents_of(database) == before


def test_other_members_find_nothing_and_vendors_are_told_that_the_link_is_over(
    app: Flask, place: Place
) -> None:
    editor, vendor = enter(app, place.email("editor")), Browser(app)
    vendor.get(f"/en/i/{screenings.link_secret(SECRET, place.vendor, 1)}")
    answers = vendor.send().path
    assert vendor.get(answers).status == 200
    delete(enter(app, place.email("owner")), page_of(place))
    assert editor.get(f"/en/w/{place.workspace}/").status == 404
    assert editor.get("/en/workspaces").status == 200
    assert vendor.get(answers).status == 404
    link = f"/en/i/{screenings.link_secret(SECRET, place.vendor, 1)}"
    assert Browser(app).get(link).status == 410


def test_a_second_window_finds_that_it_is_gone(app: Flask, place: Place, database: Path) -> None:
    browser = enter(app, place.email("owner"))
    token = token_of(browser)
    delete(browser, page_of(place))
    before = contents_of(database)
    sent = {"csrf_token": token, "name": "Alatau", "password": PASSWORD}
    assert browser.post(page_of(place), sent).status == 404
    assert contents_of(database) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_only_member_deletes_the_workspace_and_then_the_account(
    app: Flask, desk: Desk, alone: User, language: str
) -> None:
    browser = enter(app, ALONE, language)
    page = browser.get(f"/{language}/account/delete")
    (path,) = [link for link in page.links if "/w/" in link and link.endswith("/delete")]
    assert delete(browser, path, "Of one").path == f"/{language}/workspaces"
    browser.get(f"/{language}/account/delete")
    assert browser.send(password=PASSWORD).path == f"/{language}/account/deleted"
    assert desk.store.read(lambda unit: accounts.find_user(unit, alone.email)) is None


def test_whoever_leaves_others_behind_is_not_led_to_delete_their_workspace(
    app: Flask, place: Place
) -> None:
    page = enter(app, place.email("owner")).get("/en/account/delete")
    assert f"/en/w/{place.workspace}/members" in page.links
    assert page_of(place) not in page.links


def test_an_owner_without_a_password_deletes_right_after_signing_in_alone(
    app: Flask, desk: Desk, clock: Clock, place: Place
) -> None:
    browser = enter(app, place.email("owner"))
    without: dict[str, object] = {"password": None}
    owner = place.users["owner"]
    desk.store.change(lambda unit: USERS.change(unit, without, "where id = ?", owner))
    assert page_of(place) in [form.action for form in browser.get(page_of(place)).forms]
    clock.moment += 600 * (clock.moment.resolution * 1_000_000)
    page = browser.get(page_of(place))
    assert page_of(place) not in [form.action for form in page.forms]
    assert "has no password" in page.text
    sent = {"csrf_token": token_of(browser), "name": "Alatau"}
    assert browser.post(page_of(place), sent).status == 422
    assert is_there(desk, place)
    answer = browser.client.post(f"{page_of(place)}/sign-in", data=sent)
    assert answer.headers["Location"] == f"/en/sign-in?next={page_of(place)}"
