"""A session cookie is believed where it was signed here, unchanged and in time, at each request."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import TimestampSigner
from werkzeug.test import create_environ

from riskq.web.sessions import KeptSessions

NAME = "session"
HELD = {"held": [["abcdefghjkmn", "k" * 43]], "csrf_token": "t" * 40, "note": "Жүйе"}


@pytest.fixture
def app() -> Flask:
    made = Flask("signed")
    made.secret_key = "s" * 40
    made.session_interface = KeptSessions()
    return made


def cookie_of(app: Flask) -> str:
    """What the framework's own sessions would send, which the kept ones must understand."""
    signed = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signed is not None
    return str(signed.dumps(HELD))


def signed_at(app: Flask, moment: int) -> str:
    """A cookie that was signed at some moment, in seconds since 1970."""

    class Then(TimestampSigner):
        def get_timestamp(self) -> int:
            return moment

    signed = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signed is not None
    signed.signer = Then
    return str(signed.dumps(HELD))


def session_of(app: Flask, cookie: str | None) -> dict[str, object]:
    headers = {} if cookie is None else {"Cookie": f"{NAME}={cookie}"}
    request = app.request_class(create_environ(headers=headers))
    opened = app.session_interface.open_session(app, request)
    assert opened is not None
    assert not opened.modified
    return dict(opened)


def test_what_was_signed_here_is_read_each_time(app: Flask) -> None:
    cookie = cookie_of(app)
    assert [session_of(app, cookie) for _ in range(3)] == [HELD] * 3


def test_a_request_changes_nothing_of_what_the_next_one_reads(app: Flask) -> None:
    cookie = cookie_of(app)
    held = session_of(app, cookie)["held"]
    assert isinstance(held, list)
    held[0].append("changed")
    held.clear()
    assert session_of(app, cookie) == HELD


def test_a_changed_cookie_is_refused_after_the_true_one_was_believed(app: Flask) -> None:
    cookie = cookie_of(app)
    assert session_of(app, cookie) == HELD
    for place in range(len(cookie)):
        other = "A" if cookie[place] != "A" else "B"
        changed = cookie[:place] + other + cookie[place + 1 :]
        # The last letter of a signature holds bits that nothing is kept in.
        if place != len(cookie) - 1:
            assert session_of(app, changed) == {}, place
    assert session_of(app, cookie) == HELD


def test_a_cookie_of_another_secret_or_none_at_all_holds_nothing(app: Flask) -> None:
    other = Flask("other")
    other.secret_key = "o" * 40
    for cookie in (cookie_of(other), "", ".", "a.b.c", "é", None):
        assert session_of(app, cookie) == {}


def test_its_time_ends_though_it_was_believed_before(app: Flask) -> None:
    cookie = cookie_of(app)
    assert session_of(app, cookie) == HELD
    app.permanent_session_lifetime = timedelta(seconds=-1)
    assert session_of(app, cookie) == {}


def test_it_counts_from_its_moment_to_the_end_of_its_time(app: Flask) -> None:
    lifetime, now = int(app.permanent_session_lifetime.total_seconds()), int(time.time())
    # A minute to either side: so long the test itself may take.
    for age, held in ((-60, {}), (0, HELD), (60, HELD), (lifetime - 60, HELD), (lifetime + 1, {})):
        cookie = signed_at(app, now - age)
        assert [session_of(app, cookie) for _ in range(2)] == [held] * 2, age


def test_only_what_a_browser_would_keep_is_remembered(app: Flask) -> None:
    kept = app.session_interface
    assert isinstance(kept, KeptSessions)
    cookie = cookie_of(app)
    for more in (5_000, 50_000):
        # The signature is read without letters that it cannot hold.
        assert session_of(app, cookie + "!" * more) == HELD
    assert kept.remembered == 0
    assert session_of(app, cookie) == HELD
    assert kept.remembered == 1


def test_what_a_session_writes_the_framework_reads_too(app: Flask) -> None:
    signed = KeptSessions().get_signing_serializer(app)
    theirs = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signed is not None
    assert theirs is not None
    assert theirs.loads(signed.dumps(HELD)) == HELD
