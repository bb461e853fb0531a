"""Tags: short words that people type in one line, brought into one form.

Two tags are the same whatever their case and blanks, so that both find the same assessments.
"""

from __future__ import annotations

import re
import unicodedata

from riskq.services.workspaces.errors import TagsError

__all__ = ["LONGEST_TAG", "MOST_TAGS", "read_tags"]

MOST_TAGS = 12
"""How many tags an assessment has at most."""

LONGEST_TAG = 30
"""How many characters a tag has at most."""

_LOOKED_AT = 500
_APART = re.compile(r"[,;\n]")


def read_tags(text: str) -> tuple[str, ...]:
    """The tags of a line that parts them by commas, in the order of their letters.

    Raises ``TagsError``.
    """
    found = sorted({tag for part in _APART.split(text) if (tag := _plain(part))})
    for tag in found:
        if len(tag) > LONGEST_TAG:
            raise TagsError("long", tag)
        if not tag.isprintable():
            raise TagsError("sign", tag)
    if len(found) > MOST_TAGS:
        raise TagsError("many", "")
    return tuple(found)


def _plain(part: str) -> str:
    """One tag without case, without a leading number sign, and with single blanks."""
    # To write it one way takes a time that grows with the square of its marks.
    plain = unicodedata.normalize("NFC", part[:_LOOKED_AT].casefold())
    return " ".join(plain.split()).lstrip("# ")
