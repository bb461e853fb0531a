"""Signing in by an OpenID provider: there and back, and whom it knows (OpenID Connect Core 1.0)."""

from riskq.services.provider.attempt import Attempt
from riskq.services.provider.errors import (
    AttemptOverError,
    ProviderAwayError,
    ProviderRefusedError,
    TokenRefusedError,
)
from riskq.services.provider.signing_in import Begun, Provider, Returned

__all__ = [
    "Attempt",
    "AttemptOverError",
    "Begun",
    "Provider",
    "ProviderAwayError",
    "ProviderRefusedError",
    "Returned",
    "TokenRefusedError",
]
