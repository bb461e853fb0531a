"""Cases: answers with the conclusion they must give, and where that is known from.

The format of ``cases/*.yml``. Cases are judged by ``riskq check`` and shown to the public.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct, field

from riskq.questionnaire.forms import Address, Id
from riskq.questionnaire.law import Texts
from riskq.questionnaire.place import Placed
from riskq.questionnaire.reader import Node

__all__ = [
    "Case",
    "DutyExpectation",
    "Expectation",
    "OneOrMore",
    "Presence",
    "Relevance",
    "RequirementExpectation",
    "Source",
    "SourceKind",
]


class SourceKind(StrEnum):
    """Where a case's result comes from: the law's words, a public source, or an opinion."""

    LAW = "law"
    PUBLIC = "public"
    OPINION = "opinion"


class Presence(StrEnum):
    """Whether a notice or a fine must be there, or whether the answers must leave that open."""

    PRESENT = "present"
    ABSENT = "absent"
    OPEN = "open"


class DutyExpectation(StrEnum):
    """The state a duty must have, or that it must not apply."""

    DONE = "done"
    PARTLY = "partly"
    MISSING = "missing"
    UNKNOWN = "unknown"
    ABSENT = "absent"


class RequirementExpectation(StrEnum):
    """Whether a requirement must be met, or must not be of interest."""

    MET = "met"
    MISSING = "missing"
    OPEN = "open"
    ABSENT = "absent"


class Relevance(StrEnum):
    """Whether a scale's level must mean anything, or whether a duty must apply."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class OneOrMore(Struct, frozen=True):
    """One id, or a list of ids."""

    ONE_OR_LIST: ClassVar[str] = "ids"
    ids: tuple[Id, ...]


class Source(Struct, frozen=True):
    """Where the facts or the classification of a case come from."""

    kind: SourceKind
    text: Texts
    url: Address | None = None


class Expectation(Struct, frozen=True):
    """What the answers must lead to; only what is named is compared.

    An open scale names all levels that are still possible. ``next`` is ``nothing`` when every
    question asked has an answer.
    """

    scales: Mapping[Id, OneOrMore] = field(default_factory=dict)
    because: Mapping[Id, OneOrMore] = field(default_factory=dict)
    applies: Mapping[Id, Relevance] = field(default_factory=dict)
    duties: Mapping[Id, DutyExpectation] = field(default_factory=dict)
    obliges: Mapping[Id, Relevance] = field(default_factory=dict)
    notices: Mapping[Id, Presence] = field(default_factory=dict)
    requirements: Mapping[Id, RequirementExpectation] = field(default_factory=dict)
    fines: Mapping[Id, Presence] = field(default_factory=dict)
    next: Id | None = None
    set_aside: tuple[Id, ...] | None = None
    decides: tuple[Id, ...] | None = None


class Case(Placed, frozen=True):
    """Answers with the conclusion they must give. ``answers`` is as written in the file."""

    id: Id
    title: Texts
    source: Source
    on: date
    answers: Node
    expect: Expectation
