"""What a foreign document tells of files: nothing of it is believed before it was looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping

from riskq.services.evidence.attaching import MOST_BYTES
from riskq.services.evidence.file_names import MOST_NAME

__all__ = ["are_files"]

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MOST_TOLD = 2_000
_LONGEST_WORD = 100


def are_files(value: object) -> bool:
    """Whether a value tells of files as we do; None where a document tells of none."""
    if value is None:
        return True
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_TOLD:
        return False
    return all(map(_is_file, value))


def _is_file(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    size, digest = value.get("bytes"), value.get("sha256")
    return (
        _is_text(value.get("question"), _LONGEST_WORD)
        and _is_text(value.get("name"), MOST_NAME)
        and _is_text(value.get("type"), _LONGEST_WORD)
        and type(size) is int
        and 0 < size <= MOST_BYTES
        and isinstance(digest, str)
        and _DIGEST.fullmatch(digest) is not None
    )


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest
