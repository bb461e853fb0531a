"""Session cookies, signed by one serializer for all requests: to make one takes time as well."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

__all__ = ["KeptSessions"]


class KeptSessions(SecureCookieSessionInterface):
    """The framework's sessions of one application, whose secret never changes while it runs."""

    def __init__(self) -> None:
        self._kept: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Give the serializer, made at the first request."""
        if self._kept is None:
            self._kept = super().get_signing_serializer(app)
        return self._kept
