"""The texts of a brand: one line each, without signs that nobody sees."""

from __future__ import annotations

import unicodedata

from riskq.brand.value import refuse

__all__ = ["read_footer", "read_name"]

_LONGEST_NAME = 80
_LONGEST_FOOTER = 160
# Controls, signs that turn the direction of writing, halves of signs, and ends of lines.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def read_name(text: str, where: str) -> str:
    """The name as it is; raises ``BrandError``."""
    return _read_line(text, where, _LONGEST_NAME)


def read_footer(text: str, where: str) -> str:
    """The line as it is; raises ``BrandError``."""
    return _read_line(text, where, _LONGEST_FOOTER)


def _read_line(text: str, where: str, longest: int) -> str:
    if len(text) > longest:
        what = f"the text has {len(text)} characters"
        raise refuse(where, what, f"Write at most {longest}.")
    unseen = next((sign for sign in text if unicodedata.category(sign) in _UNSEEN), "")
    if unseen:
        what = f"the text holds the sign U+{ord(unseen):04X}, which nobody sees"
        raise refuse(where, what, "Write one line of letters, digits and blanks.")
    if text != text.strip():
        raise refuse(where, "the text begins or ends with a blank", "Leave the blank out.")
    return text
