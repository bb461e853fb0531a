"""What can go wrong when somebody signs in or looks after an account."""

from __future__ import annotations

from datetime import datetime

from riskq.errors import RiskqError

__all__ = [
    "LinkUsedError",
    "LockedError",
    "NoAccountError",
    "NoUserError",
    "OtherSubjectError",
    "UnverifiedEmailError",
    "UserExistsError",
    "WeakPasswordError",
    "WrongCodeError",
    "WrongPasswordError",
]


class WrongPasswordError(RiskqError):
    """E-mail and password do not belong together; which of them is wrong is not said."""


class WrongCodeError(RiskqError):
    """The one-time code is wrong, too old, or was used already."""


class LockedError(RiskqError):
    """Too many attempts failed; ``until`` no other is looked at."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"Too many attempts. Try again after {until:%Y-%m-%d %H:%M} UTC.")


class WeakPasswordError(RiskqError):
    """The password would be guessed; ``reason`` is "short", "long", "known" or "personal"."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The password cannot be taken ({reason}).")


class LinkUsedError(RiskqError):
    """The link was used already, has expired, or never was one."""


class UserExistsError(RiskqError):
    """There is a user with this e-mail address already."""


class NoUserError(RiskqError):
    """There is no such user."""


class UnverifiedEmailError(RiskqError):
    """A provider knows the person, and has not verified the e-mail address."""


class NoAccountError(RiskqError):
    """A provider knows the person, and nobody here has that verified e-mail address."""


class OtherSubjectError(RiskqError):
    """The e-mail address is that of a user whom the provider knows as somebody else."""
