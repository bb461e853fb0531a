"""Sends somebody to the provider, and finds out who came back (authorization code flow, PKCE).

What the browser has to bring back stands in an ``Attempt``, which its session keeps: ``state``
proves that it was this browser that set out, ``nonce`` that the token was made for this attempt,
and ``verifier`` that nobody else can use the code.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from riskq.services.accounts import Identity
from riskq.services.provider.asking import Answer
from riskq.services.provider.attempt import Attempt
from riskq.services.provider.endpoints import Known, Source
from riskq.services.provider.errors import (
    AttemptOverError,
    ProviderAwayError,
    ProviderRefusedError,
    TokenRefusedError,
)
from riskq.services.provider.tokens import UnknownKeyError, read_token
from riskq.services.unguessable import new_secret
from riskq.sign_in_settings import ProviderSettings

if TYPE_CHECKING:
    from authlib.oauth2.client import OAuth2Client

__all__ = ["Begun", "Provider", "Returned"]

_SCOPE = "openid email profile"


class Begun(Struct, frozen=True):
    """Where to send a browser, and what it has to keep."""

    address: str
    attempt: Attempt


class Returned(Struct, frozen=True):
    """What a browser brings back from the provider; "" is what it did not bring."""

    state: str = ""
    code: str = ""
    error: str = ""
    issuer: str = ""


class Provider:
    """One provider, by which people sign in; many threads may use it at once."""

    def __init__(self, settings: ProviderSettings, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self._clock = clock
        self._source = Source(settings, clock)

    def begin(self, back: str, *, anew: bool = False) -> Begun:
        """Send a browser there; ``back`` is our address to which it comes back.

        ``anew`` asks the provider to let nobody in whom it only remembers. Raises
        ``ProviderAwayError``.
        """
        attempt = Attempt(new_secret(), new_secret(), new_secret(), anew)
        endpoints = self._source.known().endpoints
        address, _ = self._client(back).create_authorization_url(
            endpoints.authorization_endpoint,
            state=attempt.state,
            nonce=attempt.nonce,
            code_verifier=attempt.verifier,
            **({"prompt": "login", "max_age": "0"} if anew else {}),
        )
        return Begun(address, attempt)

    def check(self, attempt: Attempt, returned: Returned) -> None:
        """Refuse what does not belong to the attempt, before anybody is asked about it.

        Raises ``AttemptOverError`` and ``ProviderRefusedError``.
        """
        if not hmac.compare_digest(attempt.state.encode(), returned.state.encode()):
            raise AttemptOverError("The browser brings another state than it was given.")
        if returned.issuer and returned.issuer != self.settings.issuer:
            raise AttemptOverError("Another provider sent the browser back.")
        if returned.error or not returned.code:
            raise ProviderRefusedError("The provider let nobody in.")

    def finish(self, attempt: Attempt, code: str, back: str) -> Identity:
        """Who the browser is that came back with a code.

        Raises ``ProviderAwayError``, ``ProviderRefusedError`` and ``TokenRefusedError``.
        """
        known = self._source.known()
        text = self._fetch(known, attempt, code, back)
        now = self._clock()
        try:
            return read_token(text, known, self.settings, attempt, now)
        except UnknownKeyError:
            # Providers change their keys now and then; they are asked once whether this was one.
            anew = self._source.learn()
            return read_token(text, anew, self.settings, attempt, now)

    def _client(self, back: str, methods: tuple[str, ...] = ()) -> OAuth2Client:
        from authlib.oauth2.client import OAuth2Client

        posts = bool(methods) and "client_secret_basic" not in methods
        return OAuth2Client(
            _Line(self._source),
            self.settings.client_id,
            self.settings.client_secret,
            token_endpoint_auth_method="client_secret_post" if posts else "client_secret_basic",
            scope=_SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
        )

    def _fetch(self, known: Known, attempt: Attempt, code: str, back: str) -> str:
        """The ID token that the provider gives for a code."""
        from authlib.oauth2 import OAuth2Error

        endpoints = known.endpoints
        client = self._client(back, endpoints.token_endpoint_auth_methods_supported)
        try:
            given = client.fetch_token(
                endpoints.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=attempt.verifier,
                redirect_uri=back,
            )
        except OAuth2Error as error:
            raise ProviderRefusedError("The provider does not take the code.") from error
        except ValueError as error:
            raise ProviderAwayError("nonsense") from error
        token = given.get("id_token")
        if not isinstance(token, str):
            raise TokenRefusedError("missing")
        return token


class _Said(Struct, frozen=True):
    """An answer in the form in which Authlib reads one."""

    answer: Answer

    @property
    def status_code(self) -> int:
        return self.answer.status

    def json(self) -> Any:
        try:
            return msgspec.json.decode(self.answer.body)
        except (msgspec.DecodeError, RecursionError) as error:
            raise ValueError("The answer is no JSON.") from error

    def raise_for_status(self) -> None:
        if self.answer.status >= 400:
            raise ProviderAwayError(f"status {self.answer.status}")


class _Line:
    """What Authlib sends its forms through: our own way out, instead of a library of its own."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> Any:
        address, sent, form = auth.prepare("POST", url, dict(headers), urlencode(data))
        return _Said(self._source.ask(address, form, sent))
