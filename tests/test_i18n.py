"""The words of the interface are complete, and days and amounts have the form of the language."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from babel.messages.mofile import write_mo

from riskq.i18n import best_language, words, write_amount, write_day, write_number, write_size
from tests.catalogues import DOMAINS, TRANSLATED, catalogue_of, forms, messages_of, path_of, used_in

PLACEHOLDER = re.compile(r"%\([a-z]+\)s")

each_catalogue = [
    pytest.param(domain, language, id=f"{domain}-{language}")
    for domain in DOMAINS
    for language in TRANSLATED
]


@pytest.mark.parametrize(("domain", "language"), each_catalogue)
def test_every_message_is_translated_and_none_is_left_over(domain: str, language: str) -> None:
    items = messages_of(domain, language)
    assert {forms(item.id) for item in items if all(forms(item.string))} == used_in(domain)


@pytest.mark.parametrize(("domain", "language"), each_catalogue)
def test_translations_keep_the_places_for_values(domain: str, language: str) -> None:
    for item in messages_of(domain, language):
        wanted = sorted(PLACEHOLDER.findall(forms(item.id)[0]))
        for text in forms(item.string):
            assert sorted(PLACEHOLDER.findall(text)) == wanted, item.id


@pytest.mark.parametrize(("domain", "language"), each_catalogue)
def test_what_is_compiled_is_what_is_written(domain: str, language: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue_of(domain, language))
    assert made.getvalue() == path_of(domain, language, "mo").read_bytes()


def test_a_message_without_a_catalogue_stays_english() -> None:
    assert words("en", "web")("Write a number.") == "Write a number."


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("kk", "2026 жылғы 3 қараша"),
        ("ru", "3 ноября 2026 года"),
        ("en", "3 November 2026"),
    ],
)
def test_days_have_the_official_form_of_the_language(language: str, written: str) -> None:
    assert write_day(date(2026, 11, 3), language) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("kk", "64\u00a0875\u00a0теңге"),
        ("ru", "64\u00a0875\u00a0тенге"),
        ("en", "64,875\u00a0tenge"),
    ],
)
def test_amounts_never_break_over_two_lines(language: str, written: str) -> None:
    assert write_amount(Decimal(64875), language) == written


@pytest.mark.parametrize(
    ("language", "written"), [("kk", "20\u00a0000"), ("ru", "20\u00a0000"), ("en", "20,000")]
)
def test_numbers_have_groups_of_three(language: str, written: str) -> None:
    assert write_number(20_000, language) == written
    assert write_number(7, language) == "7"


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ([("ru-KZ", 1.0), ("en", 0.5)], "ru"),
        ([("de", 1.0), ("en-GB", 0.5)], "en"),
        ([("en", 0.0), ("de", 1.0)], "kk"),
        ([], "kk"),
    ],
)
def test_the_best_known_language_is_chosen_or_the_state_language(
    accepted: list[tuple[str, float]], chosen: str
) -> None:
    assert best_language(accepted) == chosen


@pytest.mark.parametrize(
    ("size", "kk", "en"),
    [
        (233, "233 байт", "233 bytes"),
        (1024, "1 КБ", "1 KB"),
        (5_400, "5 КБ", "5 KB"),
        (1_048_575, "1,0 МБ", "1.0 MB"),
        (10 * 1024 * 1024, "10,0 МБ", "10.0 MB"),
    ],
)
def test_sizes_are_written_as_people_read_them(size: int, kk: str, en: str) -> None:
    assert write_size(size, "kk").replace("\u00a0", " ") == kk
    assert write_size(size, "ru").replace("\u00a0", " ") == kk
    assert write_size(size, "en").replace("\u00a0", " ") == en
