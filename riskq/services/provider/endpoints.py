"""What a provider tells of itself: where it is asked for what, and its keys (OpenID Discovery 1.0).

Both are kept for an hour. Whoever signs in while the provider is away is told so at once for some
seconds after somebody has waited for it in vain, so that it never holds up all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from riskq.services.provider.asking import Answer, ask, check_address
from riskq.services.provider.errors import ProviderAwayError
from riskq.sign_in_settings import ProviderSettings

__all__ = ["Endpoints", "Known", "Source"]

T = TypeVar("T")

_KEPT = timedelta(hours=1)
_QUIET = timedelta(seconds=10)


class Endpoints(Struct, frozen=True):
    """The addresses that a provider names; the fields are called as the specification does."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Known(Struct, frozen=True):
    """What was learnt of a provider, and when."""

    endpoints: Endpoints
    keys: tuple[Mapping[str, Any], ...]
    at: datetime


class _KeySet(Struct, frozen=True):
    keys: tuple[dict[str, Any], ...]


class Source:
    """Asks a provider, and keeps what it tells of itself; many threads may use it at once."""

    def __init__(self, settings: ProviderSettings, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self._clock = clock
        self._known: Known | None = None
        self._quiet_until: datetime | None = None

    def known(self) -> Known:
        """The provider's addresses and keys; raises ``ProviderAwayError``."""
        known = self._known
        if known is not None and self._clock() - known.at < _KEPT:
            return known
        return self.learn()

    def learn(self) -> Known:
        """Ask for addresses and keys anew: the keys may have changed since."""
        issuer = self.settings.issuer
        address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        endpoints = _decode(self.ask(address), Endpoints)
        if endpoints.issuer != issuer:
            raise ProviderAwayError("issuer")
        check_address(endpoints.authorization_endpoint, issuer)
        keys = _decode(self.ask(endpoints.jwks_uri), _KeySet).keys
        known = Known(endpoints, keys, self._clock())
        self._known = known
        return known

    def ask(
        self, address: str, form: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask one address of the provider; raises ``ProviderAwayError``."""
        check_address(address, self.settings.issuer)
        until = self._quiet_until
        if until is not None and self._clock() < until:
            raise ProviderAwayError("quiet")
        try:
            return ask(address, self.settings.seconds, form, headers)
        except ProviderAwayError:
            self._quiet_until = self._clock() + _QUIET
            raise


def _decode(answer: Answer, kind: type[T]) -> T:
    if answer.status != 200:
        raise ProviderAwayError(f"status {answer.status}")
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ProviderAwayError("nonsense") from error
