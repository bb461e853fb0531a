"""Session cookies: one serializer for all requests, and what was found of the last cookies is kept.

A browser sends the same cookie with each request until its session changes: its signature need not
be checked, nor the text unpacked, with each of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

from riskq.clock import now

__all__ = ["KeptSessions"]

_MOST_COOKIES = 128
_MOST_LETTERS = 4096
"""What a browser keeps of a cookie. Anybody can make a true one longer, with letters that count for
nothing, and a process remembers no more than what a browser sends."""


class _AsText(TaggedJSONSerializer):
    """Writes as the framework does, and leaves what it reads as the text that was signed."""

    def loads(self, value: str) -> Any:
        """Give the text itself: what is made of it belongs to one request alone."""
        return value


class KeptSessions(SecureCookieSessionInterface):
    """The framework's sessions of one application, whose secret never changes while it runs."""

    serializer = _AsText()

    def __init__(self) -> None:
        self._kept: URLSafeTimedSerializer | None = None
        self._checked = lru_cache(_MOST_COOKIES)(self._check)
        self._read = TaggedJSONSerializer().loads

    @property
    def remembered(self) -> int:
        """How many cookies need not be checked again."""
        return self._checked.cache_info().currsize

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Give the serializer, made at the first request."""
        if self._kept is None:
            self._kept = super().get_signing_serializer(app)
        return self._kept

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Give what the cookie holds; an empty session without one that was signed here in time."""
        signed = self.get_signing_serializer(app)
        if signed is None:
            return None
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        check = self._checked if len(cookie) <= _MOST_LETTERS else self._check
        try:
            text, at = check(signed, cookie)
        except BadSignature:
            return self.session_class()
        age = int(now().timestamp()) - at
        if not 0 <= age <= app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        return self.session_class(self._read(text))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie if the session was changed, and say if the answer depends on it."""
        if session.modified or not session or self.should_set_cookie(app, session):
            super().save_session(app, session, response)
        elif session.accessed:
            others = response.headers.get("Vary")
            response.headers["Vary"] = f"{others}, Cookie" if others else "Cookie"

    @staticmethod
    def _check(signed: URLSafeTimedSerializer, cookie: str) -> tuple[str, int]:
        text, at = signed.loads(cookie, return_timestamp=True)
        return text, int(at.timestamp())
