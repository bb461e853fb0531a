"""The tokens of forms: each browser gets one, and what it was given need not be signed again.

The library signs a token at each page with a form, and checks the signature at each that is sent. A
process remembers which one it gave a browser: it is given again, and taken where it comes back from
that browser. Every other token is the library's to judge.
"""

from __future__ import annotations

import hmac
from functools import lru_cache

from flask import Flask, g, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf

__all__ = ["CSRF_FIELD", "FormTokens"]

CSRF_FIELD = "csrf_token"
"""The name of the field, and of what the session holds for it."""

_MOST_BROWSERS = 128


class FormTokens(CSRFProtect):  # type: ignore[misc]  # The library has no types.
    """The library's protection of one application, whose secret never changes while it runs."""

    def __init__(self) -> None:
        super().__init__()
        # Signed for what the session holds at this moment, which is what it is kept for.
        self._given = lru_cache(_MOST_BROWSERS)(lambda _held: str(generate_csrf()))

    def init_app(self, app: Flask) -> None:
        """Protect the forms of an application, whose templates call ``csrf_token()``."""
        super().init_app(app)
        # Imported macros see the globals alone, pages what processors of their context say last.
        app.jinja_env.globals[CSRF_FIELD] = self.give
        app.context_processor(lambda: {CSRF_FIELD: self.give})

    @property
    def remembered(self) -> int:
        """For how many browsers a token is kept."""
        return self._given.cache_info().currsize

    @staticmethod
    def renew() -> None:
        """Have this browser get another token: what was given to it before is good no more."""
        session.pop(CSRF_FIELD, None)
        g.pop(CSRF_FIELD, None)

    def give(self) -> str:
        """Give the token for a form of this browser; its session holds what it is made of."""
        held = session.get(CSRF_FIELD)
        return str(generate_csrf()) if held is None else self._given(held)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a form without a token of this browser. Raises ``CSRFError``."""
        if request.method in {"GET", "HEAD"}:
            return
        exempt = apply_exemptions and (not request.endpoint or self._is_exempt())
        if not exempt and self._is_what_was_given():
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)

    def _is_what_was_given(self) -> bool:
        sent, held = request.form.get(CSRF_FIELD), session.get(CSRF_FIELD)
        if not sent or held is None:
            return False
        return hmac.compare_digest(self._given(held).encode(), sent.encode())
