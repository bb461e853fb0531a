"""What can go wrong in a screening."""

from __future__ import annotations

from riskq.errors import RiskqError

__all__ = ["LinkOverError", "NoScreeningError", "NoVendorError", "NotSubmittedError"]


class NoScreeningError(RiskqError):
    """The workspace has no such screening."""


class NoVendorError(RiskqError):
    """The screening has no such vendor."""


class LinkOverError(RiskqError):
    """The invitation's link has expired, was replaced or withdrawn, or never was one."""


class NotSubmittedError(RiskqError):
    """There is nothing to decide about: the vendor has not submitted, or answers again."""
