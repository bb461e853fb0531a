"""What a file is called, for people to read: never part of a path, and with no signs that steer."""

from __future__ import annotations

import unicodedata

__all__ = ["MOST_NAME", "ending_of", "shown_name"]

MOST_NAME = 120
"""How many characters of a name are kept."""

_LOOKED_AT = 500
"""How many characters at the beginning and at the end of a name are looked at."""

_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, marks that turn the direction of writing or cannot be seen, and what is no character.
With them "fdp.exe" could be shown as "exe.pdf"."""


def shown_name(given: str) -> str:
    """The last part of a name in one line, cut to ``MOST_NAME`` characters before its ending."""
    last = given.replace("\\", "/").rpartition("/")[2]
    if len(last) > 2 * _LOOKED_AT:
        # To write it one way takes a time that grows with the square of its marks.
        last = last[:_LOOKED_AT] + last[-_LOOKED_AT:]
    text = unicodedata.normalize("NFC", last)
    plain = "".join(sign for sign in text if unicodedata.category(sign) not in _STEERING)
    name = " ".join(plain.split())
    ending = ending_of(name)
    if not name[: len(name) - len(ending)].strip(". "):
        name = f"file{ending}"
    if len(name) <= MOST_NAME:
        return name
    return name[: MOST_NAME - len(ending)].rstrip() + name[len(name) - len(ending) :]


def ending_of(name: str) -> str:
    """The ending of a name with its dot, in small letters: ".pdf"; "" without a short one."""
    _, dot, ending = name.rpartition(".")
    is_ending = dot and ending.isascii() and ending.isalnum() and len(ending) <= 5
    return f".{ending.lower()}" if is_ending else ""
