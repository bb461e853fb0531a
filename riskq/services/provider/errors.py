"""Why somebody cannot be signed in by a provider; no error holds anything that it sent."""

from __future__ import annotations

from riskq.errors import RiskqError

__all__ = [
    "AttemptOverError",
    "ProviderAwayError",
    "ProviderRefusedError",
    "TokenRefusedError",
]


class ProviderAwayError(RiskqError):
    """The provider does not answer, or not as a provider does; ``reason`` is a word for the log."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The provider cannot be asked ({reason}).")


class ProviderRefusedError(RiskqError):
    """The provider let nobody in: the person broke off, or may not use this service."""


class TokenRefusedError(RiskqError):
    """What the provider sent proves nobody; ``reason`` is a word for the log."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The token is not taken ({reason}).")


class AttemptOverError(RiskqError):
    """Nobody of this browser is expected back from the provider, or not any more."""
