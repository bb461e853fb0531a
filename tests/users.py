"""People with accounts, for tests of services and of pages."""

from __future__ import annotations

from riskq.services import Desk, accounts
from riskq.store import User

__all__ = ["EMAIL", "PASSWORD", "add_user"]

EMAIL, PASSWORD = "aida@alatau.example", "seven green horses"


def add_user(desk: Desk, email: str = EMAIL, name: str = "Aida") -> User:
    """A user with a password, as an operator and the person would make one."""
    user = accounts.add_user(desk, email, name, "kk")
    accounts.set_password(desk, accounts.make_password_link(desk, email), PASSWORD)
    return user
