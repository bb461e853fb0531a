"""Reads the data of a document that somebody received; nothing in it is believed before that."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from riskq.brand import BrandError, read_brand
from riskq.i18n import LANGUAGES
from riskq.services.evidence import are_files
from riskq.services.issue import Issue
from riskq.services.json_form import FORMAT

__all__ = ["read_issue"]

_ORIGIN = re.compile(r"|https?://[A-Za-z0-9.\-\[\]:]{1,200}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST_WORD = 100


def read_issue(text: str) -> Issue:
    """The document of which this is the data; raises ``ValueError`` where it is none."""
    try:
        form = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(form, dict) or form.get("format") != FORMAT:
        raise ValueError("another form")
    for name, is_sound in _SOUND.items():
        if not is_sound(form.get(name)):
            raise ValueError(name)
    try:
        brand = read_brand(form.get("brand", {}))
    except BrandError as error:
        raise ValueError("brand") from error
    told = {name: form[name] for name in form if name not in _OF_THE_DOCUMENT}
    return Issue(
        told,
        number=form.get("number", ""),
        revision=form.get("revision"),
        origin=form.get("origin", ""),
        made_by=form.get("made_by", ""),
        brand=brand,
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refuse(text: str) -> object:
    raise ValueError(text)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_WORD


def _is_word_or_none(value: object) -> bool:
    return value is None or value == "" or _is_word(value)


def _is_day(value: object) -> bool:
    if not _is_word(value):
        return False
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_moment(value: object) -> bool:
    if value is None:
        return True
    if not _is_word(value):
        return False
    try:
        return datetime.fromisoformat(str(value)).tzinfo is not None
    except ValueError:
        return False


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


_OF_THE_DOCUMENT = ("number", "revision", "origin", "made_by", "brand")
_SOUND: dict[str, Callable[[object], bool]] = {
    "number": _is_word_or_none,
    "revision": lambda value: value is None or (type(value) is int and 1 <= value < 1_000_000),
    "origin": lambda value: value is None or bool(_ORIGIN.fullmatch(str(value))),
    "made_by": _is_word_or_none,
    "questionnaire": _is_word,
    "edition": _is_day,
    "digest": lambda value: isinstance(value, str) and bool(_DIGEST.fullmatch(value)),
    "language": lambda value: value in LANGUAGES,
    "on": _is_day,
    "created_at": _is_moment,
    "submitted_at": _is_moment,
    "answers": _is_mapping,
    "conclusion": _is_mapping,
    "evidence": are_files,
}
"""What each key must hold; keys that are not named here may hold anything."""
