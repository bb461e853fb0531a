"""Languages: the words of the interface, and how days and amounts are written in them.

The source language of the interface is English; Kazakh and Russian come from gettext catalogues
in ``locale/``, one domain a part of the program (``web``, ``report``). This module knows no
request: whoever calls it says which language is wanted.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from msgspec import Struct

__all__ = [
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "LOCALE_FOLDER",
    "Words",
    "best_language",
    "words",
    "write_amount",
    "write_day",
    "write_number",
    "write_size",
]

LANGUAGES = ("kk", "ru", "en")
"""The languages of every questionnaire, page and report, the state language first."""

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Each language's name in itself."""

LOCALE_FOLDER = Path(__file__).parent / "locale"

_MONTHS = {
    "kk": [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_DAY = {
    "kk": "{year} жылғы {day} {month}",
    "ru": "{day} {month} {year} года",
    "en": "{day} {month} {year}",
}
_NO_BREAK_SPACE = "\u00a0"
_BYTES = {"kk": "байт", "ru": "байт", "en": "bytes"}
_UNITS = {"kk": ("КБ", "МБ"), "ru": ("КБ", "МБ"), "en": ("KB", "MB")}
_CURRENCY = {"kk": "теңге", "ru": "тенге", "en": "tenge"}


class Words(Struct, frozen=True):
    """The words of one part of the interface in one language."""

    language: str
    domain: str
    catalogue: gettext.NullTranslations

    def __call__(self, message: str, **values: object) -> str:
        """Give a message in the language, with ``%(name)s`` replaced by the values."""
        text = self.catalogue.gettext(message)
        return text % values if values else text

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """Give the form of a message that belongs to a number, which is known as ``%(num)s``."""
        return self.catalogue.ngettext(one, many, number) % {"num": number, **values}


@cache
def words(language: str, domain: str) -> Words:
    """The words of a domain in a language; English where a catalogue lacks a message."""
    catalogue = gettext.translation(domain, LOCALE_FOLDER, [language], fallback=True)
    return Words(language, domain, catalogue)


def best_language(accepted: Sequence[tuple[str, float]]) -> str:
    """Choose from what a person's browser accepts: pairs of language tag and weight, best first.

    Without any that we have it is the state language.
    """
    for tag, weight in accepted:
        primary = tag.partition("-")[0].lower()
        if weight > 0 and primary in LANGUAGES:
            return primary
    return LANGUAGES[0]


def write_day(day: date, language: str) -> str:
    """Write a day in full, in the official form of the language.

    >>> write_day(date(2026, 11, 3), "kk")
    '2026 жылғы 3 қараша'
    """
    month = _MONTHS[language][day.month - 1]
    return _DAY[language].format(year=day.year, month=month, day=day.day)


def write_amount(amount: Decimal, language: str) -> str:
    r"""Write a whole amount of tenge with its groups of three, unbreakable.

    >>> write_amount(Decimal(64875), "en")
    '64,875\xa0tenge'
    """
    return f"{write_number(amount, language)}{_NO_BREAK_SPACE}{_CURRENCY[language]}"


def write_number(number: Decimal | int, language: str) -> str:
    r"""Write a whole number with its groups of three, unbreakable.

    >>> write_number(20000, "en")
    '20,000'
    """
    return f"{number:,.0f}".replace(",", "," if language == "en" else _NO_BREAK_SPACE)


def write_size(size: int, language: str) -> str:
    r"""Write how many bytes a file has as people are used to read it, unbreakable.

    >>> write_size(1_258_291, "ru")
    '1,2\xa0МБ'
    """
    if size < 1024:
        return f"{size}{_NO_BREAK_SPACE}{_BYTES[language]}"
    kilo, mega = _UNITS[language]
    if size < 1024 * 1024 - 512:
        return f"{size / 1024:.0f}{_NO_BREAK_SPACE}{kilo}"
    point = "." if language == "en" else ","
    return f"{size / 1024**2:.1f}".replace(".", point) + f"{_NO_BREAK_SPACE}{mega}"
