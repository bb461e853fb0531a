"""The words of the interface as they are used, translated and compiled."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from riskq.i18n import LOCALE_FOLDER

__all__ = ["DOMAINS", "TRANSLATED", "catalogue_of", "forms", "messages_of", "path_of", "used_in"]

DOMAINS = ("web", "report")
"""The parts of the program that have words; each has a catalogue of its own."""

TRANSLATED = ("kk", "ru")
"""The languages with catalogues; English is the language of the source."""

_METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.svg", "jinja2")]
_OPTIONS = {"**.html": {"trimmed": "true"}}
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "say": None, "plural": (1, 2)}


def forms(text: object) -> tuple[str, ...]:
    """The forms of a message: one, or one for each kind of number."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text),)


@cache
def used_in(domain: str) -> set[tuple[str, ...]]:
    """Every message in the modules and templates of a part."""
    folder = LOCALE_FOLDER.parent / domain
    found = extract_from_dir(folder, _METHODS, _OPTIONS, keywords=_KEYWORDS)
    return {forms(message) for _, _, message, _, _ in found}


def path_of(domain: str, language: str, suffix: str) -> Path:
    """The file of a catalogue: "po" as it is written, "mo" as it is compiled."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / f"{domain}.{suffix}"


@cache
def catalogue_of(domain: str, language: str) -> Catalog:
    """A catalogue as it is written."""
    with path_of(domain, language, "po").open("rb") as file:
        return read_po(file)


def messages_of(domain: str, language: str) -> Iterator[Message]:
    """The messages of a catalogue, without its head."""
    return (item for item in catalogue_of(domain, language) if item.id)
