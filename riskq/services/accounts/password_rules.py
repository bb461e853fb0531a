"""Which passwords can be taken: long ones that are not among those that everybody tries first.

Rules about kinds of letters make no password better (NIST SP 800-63B, 5.1.1.2).
"""

from __future__ import annotations

from riskq.services.accounts.errors import WeakPasswordError
from riskq.services.passwords import MOST_PASSWORD

__all__ = ["LEAST_PASSWORD", "judge_password"]

LEAST_PASSWORD = 12
"""How many characters a password has at least."""

_FEW_LETTERS = 5
_KNOWN = (
    *("password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "123456", "abcdef", "iloveyou"),
    *("welcome", "letmein", "admin", "йцукен", "пароль", "құпиясөз", "қазақстан", "казахстан"),
    *("kazakhstan", "almaty", "astana", "алматы", "астана", "riskq", "111111", "000000"),
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "йцукенгшщзхъ")


def judge_password(password: str, *personal: str) -> None:
    """Refuse a password that would be guessed; ``personal`` are the user's name and e-mail.

    Raises ``WeakPasswordError``.
    """
    if len(password) < LEAST_PASSWORD:
        raise WeakPasswordError("short")
    if len(password) > MOST_PASSWORD:
        raise WeakPasswordError("long")
    plain = password.lower()
    for words in personal:
        for word in words.lower().replace("@", " ").split():
            if len(word) > 3 and len(plain.replace(word, "")) < LEAST_PASSWORD // 2:
                raise WeakPasswordError("personal")
    if len(set(plain)) < _FEW_LETTERS or len(_without_known(plain)) < LEAST_PASSWORD // 3:
        raise WeakPasswordError("known")


def _without_known(plain: str) -> str:
    """What is left of a password without the words and rows of keys that everybody tries."""
    for word in _KNOWN:
        plain = plain.replace(word, "")
    for row in _ROWS:
        for length in range(len(row), 3, -1):
            for start in range(len(row) - length + 1):
                plain = plain.replace(row[start : start + length], "")
    return plain
