"""Signing in by an OpenID provider, as people meet it: there and back, and all that goes wrong."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from riskq.i18n import LANGUAGES
from riskq.services import Desk, accounts, workspaces
from riskq.services.provider.asking import ask
from riskq.services.provider.errors import ProviderAwayError
from riskq.sign_in_settings import ProviderSettings
from riskq.store import history
from tests.services.test_hook_attacks import answering
from tests.users import EMAIL, PASSWORD, add_user
from tests.web import openid_provider
from tests.web.browser import Browser, Page
from tests.web.conftest import Clock, MakeApp
from tests.web.members import enter
from tests.web.openid_provider import CLIENT, SECRET, OpenIdProvider

NAME = "Alatau ID"


def settings_of(issuer: str, seconds: float = 5.0) -> ProviderSettings:
    """Settings of a provider, as an operator gives them."""
    return ProviderSettings(issuer, CLIENT, SECRET, NAME, seconds)


@pytest.fixture
def provider(clock: Clock) -> Iterator[OpenIdProvider]:
    with openid_provider.running(lambda: clock().timestamp()) as running:
        yield running


@pytest.fixture
def app(make_app: MakeApp, provider: OpenIdProvider) -> Flask:
    return make_app(provider=settings_of(provider.issuer))


@pytest.fixture
def user(desk: Desk) -> str:
    return add_user(desk).id


def follow(address: str) -> str:
    """Open an address of the provider as a browser would; the address to which it leads back."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    return str(back).removeprefix("http://localhost")


def set_out(browser: Browser, query: str = "", language: str = "en") -> str:
    """Go to the provider, and give the address to which it sends the browser back."""
    sent = browser.client.get(f"/{language}/sign-in/provider{query}")
    assert sent.status_code == 303
    return follow(sent.headers["Location"])


def sign_in(app: Flask, query: str = "", language: str = "en") -> tuple[Browser, Page]:
    """There and back again."""
    browser = Browser(app, language)
    return browser, browser.get(set_out(browser, query, language))


def is_nobody(browser: Browser) -> bool:
    """Whether nobody is signed in in this browser."""
    return browser.get("/en/account").path == "/en/sign-in"


def events_of(desk: Desk, user: str) -> list[str]:
    """What happened to an account, the newest first."""
    told = desk.store.read(lambda unit: history.events(unit, f"user:{user}", most=20))
    return [event.action for event in told]


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_there_is_offered_and_leads_back_signed_in(app: Flask, language: str) -> None:
    browser = Browser(app, language)
    page = browser.get(f"/{language}/sign-in?next=/{language}/account")
    assert NAME in page.text
    (link,) = [each for each in page.links if "/sign-in/provider" in each]
    sent = browser.client.get(link)
    page = browser.get(follow(sent.headers["Location"]))
    assert page.path == f"/{language}/account"
    assert NAME in page.text


def test_without_a_provider_there_is_no_way_there(make_app: MakeApp) -> None:
    browser = Browser(make_app())
    assert not [each for each in browser.get("/en/sign-in").links if "provider" in each]
    assert browser.get("/en/sign-in/provider").status == 404
    assert browser.get("/sign-in/back?state=x&code=y").status == 404


def test_what_is_asked_of_the_provider_is_what_the_standard_says(app: Flask) -> None:
    sent = Browser(app).client.get("/en/sign-in/provider")
    query = {name: value for name, (value,) in parse_qs(urlsplit(sent.location).query).items()}
    assert query["scope"] == "openid email profile"
    assert query["redirect_uri"] == "http://localhost/sign-in/back"
    assert query["code_challenge_method"] == "S256"
    assert all(len(query[name]) >= 43 for name in ("state", "nonce", "code_challenge"))


def test_somebody_is_found_by_subject_whatever_address_comes_later(
    app: Flask, provider: OpenIdProvider, desk: Desk, user: str
) -> None:
    sign_in(app)
    assert events_of(desk, user)[:2] == ["signed-in", "identity-bound"]
    provider.person |= {"email": "aida@elsewhere.example", "email_verified": False}
    browser, page = sign_in(app)
    assert page.path == "/en/workspaces"
    assert EMAIL in browser.get("/en/account").text
    assert events_of(desk, user)[0] == "signed-in"
    assert events_of(desk, user).count("identity-bound") == 1


def test_who_gets_an_address_of_somebody_else_does_not_get_the_account(
    app: Flask, provider: OpenIdProvider, desk: Desk, user: str
) -> None:
    sign_in(app)
    provider.person["sub"] = "another person"
    browser, page = sign_in(app)
    assert page.status == 403
    assert page.heading == "This account belongs to somebody else"
    assert is_nobody(browser)
    assert accounts.forget_identities(desk, user, "operator")
    assert sign_in(app)[1].path == "/en/workspaces"


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_finds_nobody(
    app: Flask, provider: OpenIdProvider, verified: object
) -> None:
    provider.person["email_verified"] = verified
    browser, page = sign_in(app)
    assert page.status == 403
    assert page.heading == "Your e-mail address is not confirmed"
    assert is_nobody(browser)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_nobody_knows_here_is_told_so_and_not_added(
    app: Flask, provider: OpenIdProvider, desk: Desk, language: str
) -> None:
    browser, page = sign_in(app, language=language)
    assert page.status == 403
    assert page.language == language
    assert f"/{language}/sign-in" in page.links
    assert accounts.list_users(desk) == ()
    provider.person["email"] = "\N{KELVIN SIGN}@alatau.example"
    add_user(desk, "k@alatau.example")
    assert sign_in(app)[1].status == 403
    assert is_nobody(browser)


TWISTS = {
    "wrong nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "wrong audience": {"aud": "another client"},
    "another party": {"aud": [CLIENT, "another"], "azp": "another"},
    "many audiences": {"aud": [CLIENT, "another"]},
    "expired": {"exp": 1_700_000_000},
    "no end": {"exp": None},
    "not yet": {"nbf": 4_000_000_000},
    "from the future": {"iat": 4_000_000_000},
    "wrong issuer": {"iss": "https://another.example"},
    "no issuer": {"iss": None},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "subject of another kind": {"sub": ["aida-1"]},
}


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("twist", TWISTS.values(), ids=TWISTS.keys())
def test_a_token_of_which_anything_is_wrong_signs_nobody_in(
    app: Flask, provider: OpenIdProvider, twist: dict[str, object]
) -> None:
    provider.twist = twist
    browser, page = sign_in(app)
    assert page.status == 403
    assert page.heading == "You were not signed in"
    assert is_nobody(browser)


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    "way", ["by_nobody", "by_public_key", "by_stranger", "by_another_kind", "by_own_key"]
)
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(
    app: Flask, provider: OpenIdProvider, way: str
) -> None:
    provider.sign = getattr(openid_provider, way)
    browser, page = sign_in(app)
    assert page.status == 403
    assert is_nobody(browser)


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("way", ["by_rsa", "by_ec", "by_pss"])
def test_signatures_of_the_usual_kinds_are_taken(
    app: Flask, provider: OpenIdProvider, way: str
) -> None:
    provider.sign = getattr(openid_provider, way)
    assert sign_in(app)[1].path == "/en/workspaces"


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("text", ["", "x", "a.b.c", "..", "{}", "\x00.\x00.\x00", "x" * 20_000])
def test_what_is_no_token_signs_nobody_in(app: Flask, provider: OpenIdProvider, text: str) -> None:
    provider.sign = lambda _, __: text
    assert sign_in(app)[1].status == 403


@pytest.mark.usefixtures("user")
def test_a_key_that_is_new_is_asked_for_once(app: Flask, provider: OpenIdProvider) -> None:
    assert sign_in(app)[1].path == "/en/workspaces"
    provider.kid = "second"
    assert sign_in(app)[1].path == "/en/workspaces"
    assert provider.asked.count("/keys") == 2
    provider.sign = lambda one, claims: openid_provider.by_rsa(one, claims).replace("ey", "ez", 1)
    assert sign_in(app)[1].status == 403


@pytest.mark.usefixtures("user")
def test_a_wrong_state_or_none_signs_nobody_in(app: Flask) -> None:
    browser = Browser(app)
    back = set_out(browser)
    state = parse_qs(urlsplit(back).query)["state"][0]
    page = browser.get(back.replace(state, "x" * len(state)))
    assert page.status == 400
    assert page.heading == "This attempt to sign in is over"
    # The attempt is used up by that: guessing goes on from nothing.
    assert browser.get(back).status == 400
    assert Browser(app).get(set_out(browser)).status == 400
    assert is_nobody(browser)


@pytest.mark.usefixtures("user")
def test_a_state_is_taken_once_even_with_a_copy_of_the_cookie(app: Flask) -> None:
    browser, thief = Browser(app), Browser(app)
    back = set_out(browser)
    cookie = browser.client.get_cookie("riskq")
    assert cookie is not None
    assert browser.get(back).path == "/en/workspaces"
    assert browser.get(back).status == 400
    thief.client.set_cookie("riskq", cookie.value)
    assert thief.get(back).status == 400
    assert is_nobody(thief)


@pytest.mark.usefixtures("user")
def test_the_way_back_is_open_for_ten_minutes(app: Flask, clock: Clock) -> None:
    browser = Browser(app)
    back = set_out(browser)
    clock.moment += 601 * (clock.moment.resolution * 1_000_000)
    assert browser.get(back).status == 400


@pytest.mark.usefixtures("user")
def test_another_provider_cannot_send_anybody_back(app: Flask, provider: OpenIdProvider) -> None:
    browser = Browser(app)
    back = set_out(browser).replace(urlsplit(provider.issuer).netloc.replace(":", "%3A"), "evil")
    assert "evil" in back
    assert browser.get(back).status == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_no_of_the_provider_is_told(app: Flask, provider: OpenIdProvider, language: str) -> None:
    provider.says_no = "access_denied"
    _, page = sign_in(app, language=language)
    assert page.status == 403
    assert page.language == language
    assert "access_denied" not in page.html


@pytest.mark.parametrize("next_page", ["//evil.example", "https://evil.example", "/\\evil"])
@pytest.mark.usefixtures("user")
def test_nobody_is_led_elsewhere_afterwards(app: Flask, next_page: str) -> None:
    assert sign_in(app, f"?next={next_page}")[1].path == "/en/workspaces"


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_provider_that_is_down_is_told_and_not_asked_again_at_once(
    make_app: MakeApp, clock: Clock, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with openid_provider.running(lambda: clock().timestamp()) as provider:
        app = make_app(provider=settings_of(provider.issuer))
    page = Browser(app, language).get(f"/{language}/sign-in/provider")
    assert page.status == 502
    assert page.language == language
    assert "ConnectionRefusedError" in caplog.text
    with openid_provider.running(
        lambda: clock().timestamp(), urlsplit(provider.issuer).port or 0
    ) as again:
        browser = Browser(app, language)
        assert browser.get(f"/{language}/sign-in/provider").status == 502
        assert again.asked == []
        clock.moment += 11 * (clock.moment.resolution * 1_000_000)
        assert sign_in(app)[1].path == "/en/workspaces"


def test_a_provider_that_never_answers_is_not_waited_for(make_app: MakeApp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        browser = Browser(make_app(provider=settings_of(address, seconds=0.1)))
        assert browser.get("/en/sign-in/provider").status == 502


@pytest.mark.parametrize(
    "discovered",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": "http://metadata.internal/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": "http://10.0.0.1/keys"},
        {"jwks_uri": "https://user@10.0.0.1:x/keys"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"authorization_endpoint": 7},
    ],
)
def test_only_addresses_that_are_safe_are_asked_or_led_to(
    app: Flask, provider: OpenIdProvider, discovered: dict[str, object]
) -> None:
    provider.discovered = discovered
    browser = Browser(app)
    sent: TestResponse = browser.client.get("/en/sign-in/provider")
    if sent.status_code == 303:
        assert browser.get(follow(sent.location)).status == 502
    else:
        assert sent.status_code == 502


@pytest.mark.usefixtures("user")
def test_a_second_factor_is_asked_for_all_the_same(app: Flask, desk: Desk) -> None:
    found = desk.store.read(lambda unit: accounts.find_user(unit, EMAIL))
    assert found is not None
    factor = accounts.begin_factor(found, "riskq")
    app_codes = pyotp.TOTP(factor.secret)
    accounts.confirm_factor(desk, found, factor.secret, app_codes.at(desk.clock()))
    browser, page = sign_in(app, "?next=/en/account")
    assert page.heading == "One-time code"
    assert is_nobody(browser)
    browser.get("/en/sign-in/code?next=/en/account")
    page = browser.send(code=app_codes.at(desk.clock().timestamp() + 30))
    assert page.path == "/en/account"


def test_a_client_that_posts_its_secret_is_one_too(
    app: Flask, provider: OpenIdProvider, user: str
) -> None:
    del user
    provider.discovered = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert sign_in(app)[1].path == "/en/workspaces"


def invite(desk: Desk, email: str) -> str:
    """The secret of an invitation into a workspace."""
    owner = add_user(desk, "owner@alatau.example", "Owner")
    workspace = workspaces.found(desk, owner, "Alatau")
    seat = workspaces.take_seat(desk, owner, workspace.id)
    return workspaces.invite(desk, seat, email, workspaces.Role.EDITOR)


def test_who_is_invited_joins_by_the_provider_without_a_password(app: Flask, desk: Desk) -> None:
    secret = invite(desk, EMAIL)
    browser = Browser(app)
    page = browser.get(f"/en/join/{secret}")
    (link,) = [each for each in page.links if "/sign-in/provider" in each]
    page = browser.get(follow(browser.client.get(link).headers["Location"]))
    assert page.path == f"/en/join/{secret}"
    assert len(accounts.list_users(desk)) == 1
    assert 'value="Aida"' in page.html
    assert browser.send(name=" ").status == 422
    page = browser.send(name="Aida S.")
    assert page.path.startswith("/en/w/")
    assert {user.email for user in accounts.list_users(desk)} == {EMAIL, "owner@alatau.example"}
    assert "This account has no password" in browser.get("/en/account").text
    assert browser.get("/en/account/second-factor").path == "/en/account"
    assert sign_in(app)[1].path == "/en/workspaces"
    assert Browser(app).get(f"/en/sign-in/provider?join={secret}").status == 410


def test_an_invitation_of_another_address_is_not_taken(app: Flask, desk: Desk) -> None:
    secret = invite(desk, "somebody.else@alatau.example")
    browser, page = sign_in(app, f"?join={secret}")
    assert page.path == f"/en/join/{secret}"
    assert EMAIL in page.text
    page = browser.send(name="Aida")
    assert page.status == 422
    assert len(accounts.list_users(desk)) == 1
    assert is_nobody(browser)


def test_who_is_invited_and_has_an_account_comes_back_to_join(app: Flask, desk: Desk) -> None:
    add_user(desk)
    secret = invite(desk, EMAIL)
    browser, page = sign_in(app, f"?join={secret}")
    assert page.path == f"/en/join/{secret}"
    assert browser.send().path.startswith("/en/w/")


@pytest.mark.usefixtures("user")
@pytest.mark.in_a_file
def test_no_token_and_no_code_is_logged_or_stored(
    app: Flask, provider: OpenIdProvider, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made: list[str] = []

    def sign(one: OpenIdProvider, claims: dict[str, object]) -> str:
        made.append(openid_provider.by_rsa(one, claims))
        return made[-1]

    provider.sign = sign
    browser = Browser(app)
    back = set_out(browser)
    made.append(parse_qs(urlsplit(back).query)["code"][0])
    browser.get(back)
    provider.twist = {"exp": 1}
    sign_in(app)
    held = b"".join(path.read_bytes() for path in database.parent.glob("riskq.db*"))
    assert b"aida-1" in held
    for secret in made:
        assert secret not in caplog.text
        assert secret.encode() not in held
        assert secret not in browser.page.html


@pytest.mark.usefixtures("user")
def test_who_is_signed_in_goes_on_at_once(app: Flask) -> None:
    browser = enter(app, EMAIL)
    assert PASSWORD not in browser.page.html
    assert browser.get("/en/sign-in/provider?next=/en/account").path == "/en/account"


def test_an_answer_that_never_ends_is_none_though_it_could_be_read() -> None:
    start = b"HTTP/1.0 200 OK\r\n\r\n{}"
    with answering(start, drips=b" ") as port, pytest.raises(ProviderAwayError):
        ask(f"http://127.0.0.1:{port}/", 0.3)


def test_an_account_without_a_password_goes_after_signing_in_anew(
    app: Flask, desk: Desk, clock: Clock
) -> None:
    user = accounts.add_user(desk, EMAIL, "Aida", "en")
    browser, _ = sign_in(app)
    clock.moment += timedelta(minutes=11)
    page = browser.get("/en/account/delete")
    token = dict(page.forms[-1].fields)["csrf_token"]
    assert browser.post("/en/account/delete", {"csrf_token": token}).status == 422
    again = browser.client.post("/en/account/delete/sign-in", data={"csrf_token": token})
    assert is_nobody(browser)
    sent = browser.client.get(again.headers["Location"])
    # The provider is to ask the person, and not to let in whom it only remembers.
    assert parse_qs(urlsplit(sent.headers["Location"]).query)["prompt"] == ["login"]
    page = browser.get(follow(sent.headers["Location"]))
    assert page.path == "/en/account/delete"
    token = dict(page.forms[-1].fields)["csrf_token"]
    page = browser.post("/en/account/delete", {"csrf_token": token})
    assert page.path == "/en/account/deleted"
    assert user.id not in {one.id for one in accounts.list_users(desk)}


def test_whom_the_provider_only_remembers_is_not_signed_in_anew(
    app: Flask, desk: Desk, clock: Clock, provider: OpenIdProvider
) -> None:
    accounts.add_user(desk, EMAIL, "Aida", "en")
    sign_in(app)
    now = int(clock().timestamp())
    cases = {now - 3600: False, "now": False, now - 60: True, now - 0.5: True, None: True}
    for seen, is_in in cases.items():
        provider.twist = {"auth_time": seen}
        browser = Browser(app)
        sent = browser.client.get("/en/sign-in/provider?anew=yes").headers["Location"]
        assert parse_qs(urlsplit(sent).query)["max_age"] == ["0"]
        browser.get(follow(sent))
        assert is_nobody(browser) is not is_in, seen
    # Who was not sent there to sign in anew may be remembered.
    provider.twist = {"auth_time": now - 3600}
    browser, _ = sign_in(app)
    assert not is_nobody(browser)
