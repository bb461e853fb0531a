"""Why there is no seal."""

from riskq.errors import RiskqError

__all__ = ["SealError"]


class SealError(RiskqError):
    """A document cannot be sealed; the text says why, and how an operator mends it."""
