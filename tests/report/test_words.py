"""The words of the report: complete in each language, and compiled as they are written."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from riskq.i18n import LOCALE_FOLDER
from riskq.report import TEMPLATES
from tests.ai_law import cases
from tests.report.reports import report_of, texts_of

METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.svg", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true"}}
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "say": None, "plural": (1, 2)}
PLACEHOLDER = re.compile(r"%\([a-z]+\)s")


def forms(text: object) -> tuple[str, ...]:
    """The forms of a message: one, or one for each kind of number."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text),)


def used_messages() -> set[tuple[str, ...]]:
    """Every message in the modules and templates of the report."""
    found = extract_from_dir(TEMPLATES.parent, METHODS, OPTIONS, keywords=KEYWORDS)
    return {forms(message) for _, _, message, _, _ in found}


def path_of(language: str, suffix: str) -> Path:
    return LOCALE_FOLDER / language / "LC_MESSAGES" / f"report.{suffix}"


def catalogue_of(language: str) -> Catalog:
    with path_of(language, "po").open("rb") as file:
        return read_po(file)


def messages_of(language: str) -> Iterator[Message]:
    return (item for item in catalogue_of(language) if item.id)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    translated = {forms(item.id) for item in messages_of(language) if all(forms(item.string))}
    assert translated == used_messages()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_translations_keep_the_places_for_values(language: str) -> None:
    for item in messages_of(language):
        wanted = sorted(PLACEHOLDER.findall(forms(item.id)[0]))
        for text in forms(item.string):
            assert sorted(PLACEHOLDER.findall(text)) == wanted, item.id


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue_of(language))
    assert made.getvalue() == path_of(language, "mo").read_bytes()


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("case", cases())
def test_no_english_message_is_left_in_a_report(case: str, language: str) -> None:
    english = {text for message in used_messages() for text in message if " " in text}
    said = set(texts_of(report_of(case, language)))
    assert said & english == set()


@pytest.mark.parametrize("case", cases())
def test_no_russian_word_of_the_interface_is_in_a_kazakh_report(case: str) -> None:
    russian = {text for item in messages_of("ru") for text in forms(item.string)}
    kazakh = {text for item in messages_of("kk") for text in forms(item.string)}
    said = set(texts_of(report_of(case, "kk")))
    assert said & (russian - kazakh) == set()
