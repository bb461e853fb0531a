"""The acts that questionnaires cite: the format of ``law/*.yml``.

A citation such as ``kz-ai/17.1.3`` names an act and a provision in it: article, paragraph,
sub-paragraph; ``part-2`` names an unnumbered part. Quotes are exact in the official languages;
any other language is an unofficial translation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Struct, field

from riskq.questionnaire.forms import Address, Id, Keyed, Provision, Text
from riskq.questionnaire.measures import TimeSpan
from riskq.questionnaire.place import Placed

__all__ = [
    "OFFICIAL_LANGUAGES",
    "Act",
    "ActReading",
    "Amendment",
    "Law",
    "LawFile",
    "Numbered",
    "Texts",
]

OFFICIAL_LANGUAGES = ("kk", "ru")
"""The languages in which the text of the law is official."""


class ActReading(StrEnum):
    """How the text of an act was read for the questionnaire."""

    FULL = "full"
    FIRST_EDITION = "first-edition"
    SECOND_HAND = "second-hand"
    DRAFT = "draft"
    TITLE_ONLY = "title-only"


class Numbered(StrEnum):
    """What an article's numbered units are called: paragraphs in laws, parts in some codes."""

    PARAGRAPHS = "paragraphs"
    PARTS = "parts"


class Texts(Struct, frozen=True):
    """One text in the three languages."""

    kk: Text
    ru: Text
    en: Text

    def __getitem__(self, language: str) -> str:
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]


class Addresses(Struct, frozen=True):
    """Where the official text stands, by language."""

    kk: Address
    ru: Address
    en: Address

    def __getitem__(self, language: str) -> str:
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]


class Amendment(Struct, frozen=True):
    """A later change of an act; ``confirmed`` tells whether its wording could be read."""

    start: date = field(name="from")
    by: Text
    confirmed: bool
    provisions: tuple[Provision, ...] = ()

    def touches(self, provision: str) -> bool:
        """Tell whether the provision, or something inside or around it, was or may be changed.

        Where it is not known what was changed, anything may be.
        """
        return not self.provisions or any(
            provision == changed
            or provision.startswith(changed + ".")
            or changed.startswith(provision + ".")
            for changed in self.provisions
        )


class Act(Placed, frozen=True):
    """A law or order: its titles, when it is in force, where it stands, and how it was read.

    ``listed`` are the articles that have sub-paragraphs alone, as a list of terms has.
    """

    id: Id
    title: Texts
    short: Texts
    in_force: TimeSpan
    read: ActReading
    numbered: Numbered = Numbered.PARAGRAPHS
    listed: tuple[Provision, ...] = ()
    number: str = ""
    date: date | None = None
    address: Addresses | None = None
    amended: tuple[Amendment, ...] = ()
    articles: Mapping[Provision, Texts] = field(default_factory=dict)
    quotes: Mapping[Provision, Texts] = field(default_factory=dict)


class LawFile(Struct, frozen=True):
    """One file of ``law/``."""

    acts: Annotated[tuple[Act, ...], Keyed()]


class Law(Struct, frozen=True):
    """All acts by their ids."""

    acts: Mapping[str, Act]

    def act(self, citation: str) -> Act:
        """The act that a citation names; raises ``KeyError`` when there is none."""
        return self.acts[citation.partition("/")[0]]

    def quote(self, citation: str) -> Texts | None:
        """The words of the cited provision, where they are quoted."""
        act, _, provision = citation.partition("/")
        return self.acts[act].quotes.get(provision)

    def is_unconfirmed(self, citation: str, day: date) -> bool:
        """Tell whether the wording in force on the day could not be read for the questionnaire."""
        act, _, provision = citation.partition("/")
        known = self.acts[act]
        if known.read not in (ActReading.FULL, ActReading.FIRST_EDITION):
            return True
        return any(
            change.start <= day and not change.confirmed and change.touches(provision)
            for change in known.amended
        )
