"""What can be wrong with a bundle: there is none here, or none can be made of what was sent."""

from __future__ import annotations

from riskq.errors import RiskqError

__all__ = ["BundleFilesError", "NoBundleError"]


class NoBundleError(RiskqError):
    """There is no bundle behind this link: mistyped, deleted, or expired and removed."""


class BundleFilesError(RiskqError):
    """Nothing can be made of what was sent; ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"The files cannot be used: {code}.")
