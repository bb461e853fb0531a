"""People with accounts, for tests of services and of pages."""

from __future__ import annotations

from riskq.services import Desk, Passwords, accounts
from riskq.store import User

__all__ = ["CHEAP", "EMAIL", "PASSWORD", "add_user"]

CHEAP = Passwords(rounds=1, kilobytes=8, lanes=1)
"""Passwords kept so cheaply that a test does not wait for them."""

EMAIL, PASSWORD = "aida@alatau.example", "seven green horses"


def add_user(desk: Desk, email: str = EMAIL, name: str = "Aida") -> User:
    """A user with a password, as an operator and the person would make one."""
    user = accounts.add_user(desk, email, name, "kk")
    accounts.set_password(desk, accounts.make_password_link(desk, email), PASSWORD)
    return user
