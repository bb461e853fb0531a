"""Signing in by an OpenID provider: there and back, and whom it knows (OpenID Connect Core 1.0)."""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.services.provider.errors import (
    AttemptOverError,
    ProviderAwayError,
    ProviderRefusedError,
    TokenRefusedError,
)

if TYPE_CHECKING:
    from riskq.services.provider.attempt import Attempt
    from riskq.services.provider.signing_in import Begun, Provider, Returned
else:
    # Whoever answers questions without an account needs none of these.
    __getattr__ = handing_out(
        __name__,
        {
            "attempt": ("Attempt",),
            "signing_in": (
                "Begun",
                "Provider",
                "Returned",
            ),
        },
    )

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
