"""Holds the three languages of an edition beside one another: is one of them not translated?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations, takewhile
from operator import eq

from msgspec import Struct

from riskq.checks.finding import Finding, found
from riskq.questionnaire import NOWHERE, Place, Prose

__all__ = ["texts_of", "unlike_texts"]

_Path = tuple[str, ...]
"""The keys that lead to a text."""

_LETTERS_OF_A_NAME = 12
"""Shorter equal texts may be names, which are the same in every language."""

_PLACEHOLDER = re.compile(r"\{[^{}\s]*\}")
_NUMBER = re.compile(r"[0-9]+")


class _Words(Struct, frozen=True):
    """One text of one language, and the line of the item it belongs to."""

    language: str
    text: str
    place: Place


def unlike_texts(proses: Mapping[str, Prose]) -> Iterator[Finding]:
    """Texts that are equal in two languages, differ in their placeholders or numbers, or lack."""
    kept = {
        language: dict(_texts((), prose, language, NOWHERE)) for language, prose in proses.items()
    }
    for path in dict.fromkeys(path for texts in kept.values() for path in texts):
        if path != ("language",):
            there = [texts[path] for texts in kept.values() if path in texts]
            yield from _compare(".".join(path), there)
            yield from _lacking(path, kept, there[0].language)


def texts_of(prose: Prose) -> Mapping[str, str]:
    """Every text of a language, by the keys that lead to it, joined by dots."""
    found = _texts((), prose, prose.language, NOWHERE)
    return {".".join(path): words.text for path, words in found if path != ("language",)}


def _texts(
    path: _Path, value: object, language: str, place: Place
) -> Iterator[tuple[_Path, _Words]]:
    """Every text inside a value, by the keys that lead to it."""
    if isinstance(value, str):
        if value.strip():
            yield path, _Words(language, value, place)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts((*path, str(key)), item, language, place)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from _texts((*path, str(number)), item, language, place)
    elif isinstance(value, Struct):
        own = getattr(value, "place", place)
        for name in value.__struct_fields__:
            if name != "place":
                yield from _texts((*path, name), getattr(value, name), language, own)


def _compare(path: str, there: list[_Words]) -> Iterator[Finding]:
    for one, other in combinations(there, 2):
        if one.text == other.text and _is_prose(one.text):
            what = f'"{path}" is the same text in {one.language} and {other.language}'
            yield found("untranslated", other.place, what, "Translate it.")
    for code, pattern, what in (
        ("differing-placeholders", _PLACEHOLDER, "placeholders"),
        ("differing-numbers", _NUMBER, "numbers"),
    ):
        yield from _differ(code, pattern, what, path, there)


def _lacking(
    path: _Path, kept: Mapping[str, Mapping[_Path, _Words]], having: str
) -> Iterator[Finding]:
    """The languages that lack a text which another one has."""
    if "options" in path and path[-1] == "label":
        return  # A label of its own in one language; the others have the one that questions share.
    for language, texts in kept.items():
        if path not in texts:
            near = max(texts, key=lambda other: _shared(path, other))
            what = f'"{".".join(path)}" is there in {having}, and lacks in {language}'
            yield found("text-lacking", texts[near].place, what, "Write it in both, or in none.")


def _shared(path: _Path, other: _Path) -> int:
    """How many keys two texts have in common: those with most stand next to each other."""
    return sum(takewhile(bool, map(eq, path, other)))


def _differ(
    code: str, pattern: re.Pattern[str], what: str, path: str, there: list[_Words]
) -> Iterator[Finding]:
    """The first language whose text holds something else than that of the language before it."""
    held = [set(pattern.findall(words.text)) for words in there]
    for index in range(1, len(there)):
        if held[index] != held[0]:
            first, other = there[0], there[index]
            told = f'"{path}" has other {what} in {other.language} than in {first.language}: '
            told += f"{_list(held[index])} and {_list(held[0])}"
            yield found(code, other.place, told, "Mend the language that is wrong.")
            return


def _list(held: set[str]) -> str:
    return ", ".join(sorted(held)) or "none"


def _is_prose(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) >= _LETTERS_OF_A_NAME
