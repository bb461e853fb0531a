"""Signing in and out, and looking after one's account, as people meet it in a browser."""

from __future__ import annotations

import re

import pyotp
import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.services import Desk, accounts
from tests.users import EMAIL, PASSWORD, add_user
from tests.web.browser import Browser, Page
from tests.web.conftest import Clock, MakeApp
from tests.web.members import Place, enter, make_place

OTHER = "nine yellow camels"


@pytest.fixture(autouse=True)
def user(desk: Desk) -> None:
    add_user(desk)


def key_proposed(browser: Browser) -> str:
    """The key of a second factor, as the page proposes it."""
    page = browser.get("/en/account/second-factor")
    (key,) = re.findall(r"<code>([A-Z2-7 ]+)</code>", page.html)
    return str(key)


def sign_out(browser: Browser) -> None:
    page = browser.get("/en/account")
    browser.post("/en/sign-out", {"csrf_token": dict(page.forms[0].fields)["csrf_token"]})


def set_factor(browser: Browser, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    """Set up a second factor as an app would; the app, and the recovery codes."""
    app = pyotp.TOTP(key_proposed(browser).replace(" ", ""))
    assert browser.send(code=app.at(clock.moment), password="not the one").status == 422
    page = browser.send(code=app.at(clock.moment), password=PASSWORD)
    assert page.heading == "The second factor is set up"
    clock.moment += 60 * (clock.moment.resolution * 1_000_000)
    return app, re.findall(r"<code>([a-z2-9-]{14})</code>", page.html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_is_told_and_the_address_kept(app: Flask, language: str) -> None:
    browser = Browser(app, language)
    browser.get(f"/{language}/sign-in")
    page = browser.send(email=EMAIL, password="a wrong password")
    assert page.status == 422
    assert page.language == language
    assert f'value="{EMAIL}"' in page.html
    assert "a wrong password" not in page.html


def test_signing_in_leads_to_where_one_wanted_to_go(app: Flask) -> None:
    browser = Browser(app)
    page = browser.get("/en/account")
    assert page.path == "/en/sign-in"
    browser.send(email=EMAIL, password=PASSWORD)
    assert browser.page.path == "/en/account"
    assert browser.get("/en/sign-in").path == "/en/workspaces"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "evil",
        "/en/\nx",
        "/" + "x" * 900,
        "//[",
        "http://[",
        "//\u2100",
    ],
)
def test_no_link_of_ours_leads_to_another_site(app: Flask, elsewhere: str) -> None:
    browser = Browser(app)
    browser.client.get("/en/sign-in", query_string={"next": elsewhere})
    browser.get("/en/sign-in")
    response = browser.client.post(
        "/en/sign-in",
        data={
            "csrf_token": dict(browser.page.forms[0].fields)["csrf_token"],
            "email": EMAIL,
            "password": PASSWORD,
            "next": elsewhere,
        },
    )
    assert response.headers["Location"] == "/en/workspaces"


def test_who_signs_out_is_out_and_a_kept_cookie_opens_nothing(app: Flask) -> None:
    browser = enter(app, EMAIL)
    cookie = browser.client.get_cookie("riskq")
    assert cookie is not None
    sign_out(browser)
    assert browser.get("/en/account").path == "/en/sign-in"
    thief = Browser(app)
    thief.client.set_cookie("riskq", cookie.value)
    assert thief.get("/en/account").path == "/en/sign-in"


def test_a_planted_session_is_not_kept_by_signing_in(app: Flask) -> None:
    planter = Browser(app)
    planter.get("/en/sign-in")
    planted = planter.client.get_cookie("riskq")
    assert planted is not None
    victim = Browser(app)
    victim.client.set_cookie("riskq", planted.value)
    victim.get("/en/sign-in")
    token = dict(victim.page.forms[0].fields)["csrf_token"]
    victim.send(email=EMAIL, password=PASSWORD)
    assert victim.page.path == "/en/workspaces"
    assert planter.get("/en/account").path == "/en/sign-in"
    page = victim.get("/en/account")
    assert dict(page.forms[0].fields)["csrf_token"] != token


def test_an_idle_browser_is_signed_out_and_a_busy_one_is_not(app: Flask, clock: Clock) -> None:
    idle, busy = enter(app, EMAIL), enter(app, EMAIL)
    for _ in range(4):
        clock.moment += 3 * 3600 * (clock.moment.resolution * 1_000_000)
        assert busy.get("/en/account").path == "/en/account"
    assert idle.get("/en/account").path == "/en/sign-in"
    clock.move(days=30)
    assert busy.get("/en/account").path == "/en/sign-in"


def test_a_locked_account_says_until_when(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/en/sign-in")
    for _ in range(5):
        browser.send(email=EMAIL, password="a wrong password")
    page = browser.send(email=EMAIL, password=PASSWORD)
    assert page.status == 429
    assert "Try again after 13:15" in page.text


def test_the_second_factor_is_asked_for(app: Flask, clock: Clock) -> None:
    codes_app, recovery = set_factor(enter(app, EMAIL), clock)
    browser = Browser(app)
    browser.get("/en/sign-in?next=/en/account")
    page = browser.send(email=EMAIL, password=PASSWORD)
    assert page.heading == "One-time code"
    assert browser.get("/en/account").path == "/en/sign-in"
    browser.get("/en/sign-in/code?next=/en/account")
    page = browser.send(code="123456")
    assert page.status == 422
    page = browser.send(code=codes_app.at(clock.moment))
    assert page.path == "/en/account"
    assert "Recovery codes left: 8." in page.text
    other = Browser(app)
    other.get("/en/sign-in")
    other.send(email=EMAIL, password=PASSWORD)
    assert other.send(code=recovery[3]).path == "/en/workspaces"


def test_the_way_to_the_code_is_open_for_five_minutes(app: Flask, clock: Clock) -> None:
    codes_app, _ = set_factor(enter(app, EMAIL), clock)
    browser = Browser(app)
    assert browser.get("/en/sign-in/code").path == "/en/sign-in"
    browser.send(email=EMAIL, password=PASSWORD)
    clock.moment += 301 * (clock.moment.resolution * 1_000_000)
    assert browser.send(code=codes_app.at(clock.moment)).path == "/en/sign-in"


def test_the_second_factor_is_removed_by_the_password(app: Flask, clock: Clock) -> None:
    browser = enter(app, EMAIL)
    set_factor(browser, clock)
    browser.get("/en/account/second-factor")
    assert browser.send(password="a wrong password").status == 422
    assert browser.send(password=PASSWORD).path == "/en/account"
    assert enter(app, EMAIL).page.path == "/en/workspaces"


def test_a_key_that_was_not_proposed_is_not_taken(app: Flask) -> None:
    browser = enter(app, EMAIL)
    token = dict(browser.get("/en/account").forms[0].fields)["csrf_token"]
    page = browser.post("/en/account/second-factor", {"csrf_token": token, "code": "123456"})
    assert page.heading == "Set up a second factor"


def test_a_key_proposed_to_somebody_else_in_this_browser_is_not_proposed_again(
    app: Flask, desk: Desk
) -> None:
    add_user(desk, "erlan@alatau.example", "Erlan")
    browser = enter(app, EMAIL)
    first = key_proposed(browser)
    assert key_proposed(browser) == first
    sign_out(browser)
    browser.get("/en/sign-in")
    browser.send(email="erlan@alatau.example", password=PASSWORD)
    assert key_proposed(browser) != first


def test_no_page_that_says_no_holds_a_password(app: Flask) -> None:
    sent = {"email": EMAIL, "password": PASSWORD}
    page = Page(Browser(app).client.post("/en/sign-in", data=sent))
    assert page.status == 400
    assert PASSWORD not in page.html


def test_a_new_password_ends_the_other_browsers(app: Flask) -> None:
    other, browser = enter(app, EMAIL), enter(app, EMAIL)
    browser.get("/en/account/password")
    for old, new, again, field in (
        ("wrong", OTHER, OTHER, "This is not your password"),
        (PASSWORD, OTHER, OTHER + "x", "The passwords differ"),
        (PASSWORD, "short", "short", "at least 12 characters"),
    ):
        page = browser.send(old=old, password=new, again=again)
        assert page.status == 422
        assert field in page.text
    page = browser.send(old=PASSWORD, password=OTHER, again=OTHER)
    assert "The password is changed" in page.text
    assert "The password is changed" not in browser.get("/en/account").text
    assert other.get("/en/account").path == "/en/sign-in"


def test_another_browser_can_be_signed_out(app: Flask) -> None:
    other, browser = enter(app, EMAIL), enter(app, EMAIL)
    page = browser.get("/en/account")
    (end,) = [form for form in page.forms if "/sessions/" in form.action]
    browser.post(end.action, dict(end.fields))
    assert other.get("/en/account").path == "/en/sign-in"
    assert browser.get("/en/account").path == "/en/account"


def test_a_name_is_changed_and_a_wrong_one_told(app: Flask) -> None:
    browser = enter(app, EMAIL)
    browser.get("/en/account")
    assert browser.send(name=" ").status == 422
    assert browser.send(name="x" * 121).status == 422
    assert browser.send(name="Аида Сейтқали").status == 200
    assert "Аида Сейтқали" in browser.page.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_password_link_sets_a_password_once(app: Flask, desk: Desk, language: str) -> None:
    secret = accounts.make_password_link(desk, EMAIL)
    browser = Browser(app, language)
    browser.get(f"/{language}/password/{secret}")
    assert browser.send(password=OTHER, again=PASSWORD).status == 422
    page = browser.send(password=OTHER, again=OTHER)
    assert page.path == f"/{language}/sign-in"
    assert browser.send(email=EMAIL, password=OTHER).path == f"/{language}/workspaces"
    assert browser.get(f"/{language}/password/{secret}").status == 410


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def invite(app: Flask, place: Place, email: str, role: str = "editor") -> str:
    """The address of an invitation, as the owner gets it."""
    owner = enter(app, place.email("owner"))
    owner.get(f"/en/w/{place.workspace}/members")
    invite_form = next(form for form in owner.page.forms if "email" in form.names)
    owner.page.forms.insert(0, invite_form)
    page = owner.send(email=email, role=role)
    assert page.heading == "The invitation is made", page.text
    (link,) = re.findall(r"http://localhost(/en/join/[\w-]+)", page.html)
    return str(link)


def test_an_invited_person_joins_with_a_new_account(app: Flask, place: Place) -> None:
    link = invite(app, place, "new@alatau.example")
    guest = Browser(app)
    page = guest.get(link)
    assert "Alatau" in page.heading
    assert guest.send(name="", password=PASSWORD, again=PASSWORD).status == 422
    page = guest.send(name="Dana", password=PASSWORD, again=PASSWORD)
    assert page.path == f"/en/w/{place.workspace}/"
    assert Browser(app).get(link).status == 410


def test_an_invited_person_with_an_account_signs_in_first(app: Flask, place: Place) -> None:
    link = invite(app, place, EMAIL)
    browser = Browser(app)
    page = browser.get(link)
    (sign_in,) = [each for each in page.links if "/sign-in?" in each]
    browser.get(sign_in)
    page = browser.send(email=EMAIL, password=PASSWORD)
    assert page.path == link
    assert browser.send().path == f"/en/w/{place.workspace}/"


def test_an_invitation_of_somebody_else_opens_nothing(app: Flask, place: Place) -> None:
    link = invite(app, place, "new@alatau.example")
    browser = enter(app, EMAIL)
    assert "Sign out first" in browser.get(link).text
    token = dict(browser.page.forms[0].fields)["csrf_token"]
    other = invite(app, place, place.email("x").replace("x@", "y@"))
    assert browser.post(other, {"csrf_token": token}).status in (410, 422)
    assert browser.get(f"/en/w/{place.workspace}/").status == 404


def test_the_log_and_the_address_bar_carry_no_password(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    browser = enter(make_app(), EMAIL)
    browser.get("/en/account/password")
    browser.send(old="a wrong password", password=OTHER, again=OTHER)
    for kept in ("a wrong password", OTHER, PASSWORD):
        assert kept not in caplog.text
        assert kept not in browser.page.html
