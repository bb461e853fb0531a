"""The token of forms: given to one browser, taken from it alone, whichever process gave it."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from itsdangerous import TimestampSigner
from werkzeug.test import TestResponse

from riskq.web.form_tokens import FormTokens

SECRET = "s" * 40


def forms_of(tokens: CSRFProtect, secret: str = SECRET) -> Flask:
    """An application with one form, which says what was refused."""
    app = Flask("forms")
    app.secret_key = secret
    tokens.init_app(app)
    source = app.jinja_env.from_string

    @app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
    def form() -> str:
        return source("{{ csrf_token() }}").render(csrf_token=app.jinja_env.globals["csrf_token"])

    @app.get("/page")
    def page() -> str:
        return "no form"

    @app.post("/renewed")
    def renew() -> str:
        FormTokens.renew()
        return form()

    @app.post("/call")
    def call() -> str:
        return "called"

    @app.errorhandler(CSRFError)
    def refuse(_: CSRFError) -> tuple[str, int]:
        return "refused", 400

    tokens.exempt(call)
    return app


@pytest.fixture
def tokens() -> FormTokens:
    return FormTokens()


@pytest.fixture
def browser(tokens: FormTokens) -> FlaskClient:
    return forms_of(tokens).test_client()


def send(browser: FlaskClient, token: str | None, method: str = "POST") -> TestResponse:
    return browser.open("/", method=method, data={} if token is None else {"csrf_token": token})


def test_a_browser_is_given_one_token_and_may_send_it_again(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, token = browser.get("/").text, browser.get("/").text
    # The moment stands in what is signed: one that is made anew would be another.
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time()) + 60)
    assert [browser.get("/").text for _ in range(2)] == [token] * 2
    assert [send(browser, each).status_code for each in (first, token, token)] == [200] * 3


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_changed_token_is_refused_after_the_true_one_was_taken(
    browser: FlaskClient, method: str
) -> None:
    token = browser.get("/").text
    assert send(browser, token, method).status_code == 200
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        # The last letter of a signature holds bits that nothing is kept in.
        if place != len(token) - 1:
            assert send(browser, changed, method).status_code == 400, place
    for other in (None, "", "é", "A" + token, token[:-5]):
        assert send(browser, other, method).status_code == 400, other


def test_a_token_of_another_browser_is_refused(tokens: FormTokens) -> None:
    app = forms_of(tokens)
    one, two, nobody = (app.test_client() for _ in range(3))
    given = [one.get("/").text, two.get("/").text]
    assert given[0] != given[1]
    assert send(one, given[0]).status_code == send(two, given[1]).status_code == 200
    assert send(one, given[1]).status_code == send(two, given[0]).status_code == 400
    assert send(nobody, given[0]).status_code == 400


def test_what_another_process_gave_is_taken_and_from_another_secret_refused() -> None:
    first, second, other = (forms_of(FormTokens(), secret) for secret in (SECRET, SECRET, "o" * 40))
    # What the library's own protection gives and takes is the same.
    library = forms_of(CSRFProtect())
    for giver in (first, library):
        browser = giver.test_client()
        token = browser.get("/").text
        cookie = browser.get_cookie("session")
        assert cookie is not None
        for taker, status in ((second, 200), (library, 200), (other, 400)):
            browser = taker.test_client()
            browser.set_cookie("session", cookie.value)
            assert send(browser, token).status_code == status


def test_who_gets_another_token_can_use_it_at_once_and_the_one_before_no_more(
    browser: FlaskClient,
) -> None:
    token = [browser.get("/").text for _ in range(2)][-1]
    other = browser.post("/renewed", data={"csrf_token": token}).text
    assert other != token
    assert send(browser, token).status_code == 400
    assert send(browser, other).status_code == 200
    # A token that this process did not keep is looked at by the library, which keeps it meanwhile.
    with forms_of(FormTokens()).test_client() as elsewhere:
        cookie = browser.get_cookie("session")
        assert cookie is not None
        elsewhere.set_cookie("session", cookie.value)
        third = elsewhere.post("/renewed", data={"csrf_token": other}).text
        assert send(elsewhere, third).status_code == 200


def test_it_may_be_sent_in_a_header(browser: FlaskClient) -> None:
    token = browser.get("/").text
    assert browser.post("/", headers={"X-CSRFToken": token}).status_code == 200
    assert browser.post("/", headers={"X-CSRFToken": "x" + token}).status_code == 400


def test_what_is_exempt_needs_none_and_nothing_is_looked_up_where_none_is_due(
    browser: FlaskClient, tokens: FormTokens
) -> None:
    assert browser.post("/call").text == "called"
    answer = browser.get("/page")
    assert answer.status_code == 200
    # Caches keep one page for all where the session was not looked at.
    assert "Vary" not in answer.headers
    assert tokens.remembered == 0
    assert browser.post("/nowhere").status_code == 404


def test_no_more_than_so_many_browsers_are_remembered(tokens: FormTokens) -> None:
    app = forms_of(tokens)
    first = app.test_client()
    token = [first.get("/").text for _ in range(2)][-1]
    # Whoever comes once, and keeps no cookie, takes nobody's place.
    for _ in range(200):
        app.test_client().get("/")
    assert tokens.remembered == 1
    for _ in range(200):
        another = app.test_client()
        assert [another.get("/").text for _ in range(2)]
    assert tokens.remembered == 128
    assert send(first, token).status_code == 200


def test_the_token_is_the_one_of_the_library(tokens: FormTokens) -> None:
    app = forms_of(tokens)
    with app.test_request_context("/"):
        assert tokens.give() == generate_csrf()
