"""The words of the pages: complete in each language, and compiled as they are written."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from riskq.i18n import LOCALE_FOLDER

WEB = LOCALE_FOLDER.parent / "web"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true"}}
PLACEHOLDER = re.compile(r"%\([a-z]+\)s")


def used_messages() -> set[str]:
    """Every message in the modules and templates of the pages."""
    found = extract_from_dir(WEB, METHODS, OPTIONS, keywords={"_": None})
    return {str(message) for _, _, message, _, _ in found}


def path_of(language: str, suffix: str) -> Path:
    return LOCALE_FOLDER / language / "LC_MESSAGES" / f"web.{suffix}"


def catalogue_of(language: str) -> Catalog:
    with path_of(language, "po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    translated = {str(item.id) for item in catalogue_of(language) if item.id and item.string}
    assert translated == used_messages()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_translations_keep_the_places_for_values(language: str) -> None:
    for item in catalogue_of(language):
        places = [sorted(PLACEHOLDER.findall(str(text))) for text in (item.id, item.string)]
        assert places[0] == places[1], item.id


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue_of(language))
    assert made.getvalue() == path_of(language, "mo").read_bytes()
