"""Nothing that two editions write differently goes untold, whatever field of the model it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

from riskq.checks import Comparison, compare, comparison_text
from riskq.checks.rewritten import EXEMPT
from riskq.questionnaire import Condition, Not, Period, Place, Questionnaire
from riskq.questionnaire.decoder import split, types_of
from riskq.questionnaire.model import QuestionsFile
from riskq.questionnaire.rulebook import Fact, Rulebook
from tests.builders import Folder, make_folder

MORE_RULES = """\
scores: [weight, spare]
requirements:
  - {id: known, met: {reviewed: {any-but: [never]}}, when: {harms: people}, cites: [act/1]}
fines:
  - id: late
    when: {harms: property}
    cites: [act/2]
    by: in-scope
    unit: unit
    first: {yes: 5}
    repeat: {yes: 9}
units:
  unit:
    - {from: 2025-01-01, until: 2025-12-31, tenge: 90, cites: [act/2]}
    - {from: 2026-01-01, tenge: 100, cites: [act/2]}
documents: {question: harms, scale: risk, levels: {high: [people, property]}, cites: [act/1]}
bodies: {question: harms, options: {people: [ministry], property: [court]}, cites: [act/1]}
limits: [{id: gap, cites: [act/1]}, {id: doubt, cites: [act/2]}]
notices:
  - {id: heavy, when: {score: {weight: {at-least: 2}}}, cites: [act/1]}
"""
MORE_SCALES = """\
  size:
    levels: [small]
    rules:
      - {id: small, level: small, cites: [act/1], when: always}
duties:
"""
MORE_TEXTS = """\
requirements: {known: {title: Known}}
fines: {late: {title: Late, text: Pay.}}
bodies: {ministry: Ministry, court: Court}
limits: {gap: {title: Gap, text: A gap.}, doubt: {title: Doubt, text: A doubt.}}
notices:
  heavy: {title: Heavy, text: It is heavy.}
"""
MORE_WORDS = """\
scales:
  size: {title: Size, levels: {small: {label: Small}}}
"""
UNTOLD = {
    (QuestionsFile, "questionnaire"): "stands at the head of a comparison",
    (QuestionsFile, "edition"): "stands at the head of a comparison",
    (Fact, "id"): "is a name alone, and the words tell of it",
    (Rulebook, "facts"): "the words tell of a fact that is in one edition alone",
}
"""The fields that need not be told, and why."""
Edit = tuple[type, str, Any]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    """A questionnaire that uses every key of the format."""
    return full_folder(tmp_path_factory.mktemp("full")).load()


def full_folder(root: Path) -> Folder:
    """The files of a questionnaire that uses every key of the format."""
    folder = make_folder(root)
    folder.change("rules.yml", "notices:\n", MORE_RULES)
    folder.change("rules.yml", "duties:\n", MORE_SCALES)
    folder.change("rules.yml", "due: {after: reviewed, every: 1 year}", LATE)
    folder.change("rules.yml", "    headline: true\n", GRAVER)
    folder.change("rules.yml", "in_force: {from: 2026-05-01}", LASTING)
    folder.change("questions.yml", "property, {id: none,", WEIGHED)
    for language in ("kk", "ru", "en"):
        folder.change(f"text/{language}.yml", "notices:\n", MORE_TEXTS)
        folder.change(f"text/{language}.yml", "scales:\n", MORE_WORDS)
        folder.change(f"text/{language}.yml", "rules:\n", "rules:\n  small: {reason: It is.}\n")
    return folder


LATE = "due: {after: reviewed, every: 1 year}\n    fine: late"
LASTING = "in_force: {from: 2026-05-01, until: 2030-12-31}"
GRAVER = "    headline: true\n    monotone: {users: [less, more]}\n"
WEIGHED = "{id: property, points: {weight: 3}}, {id: none,"


def models(root: type[Struct]) -> Iterator[type[Struct]]:
    """A class of the format, and those of everything inside it."""
    yield root
    for kind in types_of(root).values():
        for part in parts_of_type(kind):
            if issubclass(part, Struct) and part not in (Period, Place):
                yield from models(part)


def parts_of_type(kind: Any) -> Iterator[type]:
    """The classes that a type speaks of; a condition is one of its own."""
    plain, _ = split(kind)
    if isinstance(plain, type):
        yield plain
    elif plain is not Condition:
        for part in get_args(plain):
            yield from parts_of_type(part)


def edits(value: Any) -> Iterator[Edit]:
    """A value with one field changed somewhere inside: the class, the field, the changed value."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            for model, name, new in edits(item):
                yield model, name, (*value[:index], new, *value[index + 1 :])
    elif isinstance(value, Mapping):
        for key, item in value.items():
            for model, name, new in edits(item):
                yield model, name, {**value, key: new}
    elif isinstance(value, Struct) and not isinstance(value, Condition | Place | Period):
        yield from edits_of_record(value)


def edits_of_record(record: Any) -> Iterator[Edit]:
    """A record with one of its fields changed, or something inside one."""
    for spec in fields(record):
        own = getattr(record, spec.name)
        for other in others(own):
            yield type(record), spec.name, replace(record, **{spec.name: other})
        for model, name, new in edits(own):
            yield model, name, replace(record, **{spec.name: new})


def others(value: Any) -> tuple[Any, ...]:
    """Other values of the same type."""
    if isinstance(value, Condition):
        return (Not(value),)
    if isinstance(value, Enum):
        return tuple(member for member in type(value) if member is not value)
    if isinstance(value, Mapping):
        return tuple({k: v for k, v in value.items() if k != key} for key in value)
    return plain_others(value)


def plain_others(value: Any) -> tuple[Any, ...]:
    """Other values of a list, a plain value, or a record that may be left out."""
    found: tuple[Any, ...] = ()
    match value:
        case bool():
            found = (not value,)
        case str():
            found = (f"{value}-x", "low", "high")
        case int() | Decimal():
            found = (value + 1,)
        case date():
            found = (value + timedelta(days=1),)
        case Period():
            found = (replace(value, days=value.days + 1),)
        case tuple():
            found = (value[:-1], value[1:], value[::-1])
        case _ if isinstance(value, Struct) and not isinstance(value, Place):
            found = (None,)
        case _:
            pass
    return found


def edited(full: Questionnaire) -> Iterator[tuple[type, str, Questionnaire]]:
    """The questionnaire with each of its fields changed once, wherever it stands."""
    yield QuestionsFile, "minutes", replace(full, minutes=full.minutes + 1)
    yield QuestionsFile, "sections", replace(full, sections=full.sections[::-1])
    for model, name, sections in edits(full.sections):
        yield model, name, replace(full, sections=sections)
    for model, name, book in edits(full.rulebook):
        yield model, name, replace(full, rulebook=book)


def parts(questionnaire: Questionnaire) -> tuple[object, ...]:
    """What can be compared of a questionnaire."""
    return questionnaire.minutes, questionnaire.sections, questionnaire.rulebook


def test_a_change_of_any_field_of_the_model_is_told(full: Questionnaire) -> None:
    models_ = {*models(QuestionsFile), *models(Rulebook)}
    wanted = {(model, spec.name) for model in models_ for spec in fields(model)}
    wanted = {pair for pair in wanted if pair[1] != "place"} - UNTOLD.keys()
    told, silent = set(), []
    for model, name, changed in edited(full):
        try:
            found = compare(full, changed, [], [])
        except (KeyError, ValueError):
            continue  # The change leaves a name without a thing; the loader would refuse it.
        if found.logic or found.rewritten:
            told.add((model, name))
        elif (model, name) in wanted and parts(changed) != parts(full):
            silent.append((model.__name__, name))
    assert sorted((model.__name__, name) for model, name in wanted - told) == []
    assert [pair for pair in silent if pair[1] not in EXEMPT] == []


class Pair(Struct, frozen=True):
    """An edition and a copy of it with one thing changed."""

    folder: Folder
    root: Path

    def compare(self, *changes: tuple[str, str, str]) -> Comparison:
        """Compare the edition with a copy in which pieces of files are replaced."""
        other = full_folder(self.root / "other")
        for change in changes:
            other.change(*change)
        return compare(self.folder.load(), other.load(), [], [])

    def lines(self, *changes: tuple[str, str, str]) -> list[str]:
        """What is told beside the logic."""
        text = comparison_text(self.compare(*changes), "en")
        return [line.strip() for line in text.partition("Beside the logic\n")[2].splitlines()]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(full_folder(tmp_path / "one"), tmp_path)


SHOWN: dict[str, tuple[tuple[str, str, str], str]] = {
    "papers": (
        ("rules.yml", "{high: [people, property]}, cites", "{high: [people]}, cites"),
        "levels of documents high: people, property → people",
    ),
    "units": (
        ("rules.yml", "tenge: 100", "tenge: 900.50"),
        ("units of rules unit: {from: 2025-01-01, tenge: 90, cites: [act/2], until: 2025-12-31}, "
        "{from: 2026-01-01, tenge: 100, cites: [act/2]} → {from: 2025-01-01, tenge: 90, "
        "cites: [act/2], until: 2025-12-31}, {from: 2026-01-01, tenge: 900.50, cites: [act/2]}"),
    ),
    "due": (
        ("rules.yml", "every: 1 year", "every: 6 months"),
        "due of duty review: {after: reviewed, every: 1 year} → {after: reviewed, every: 6 months}",
    ),
    "grave": (
        ("rules.yml", "{id: heavy, ", "{id: heavy, grave: true, "),
        "grave of notice heavy: no → yes",
    ),
    "kind": (
        ("questions.yml", "id: name, kind: text", "id: name, kind: long-text"),
        "kind of question name: text → long-text",
    ),
    "exclusive": (
        ("questions.yml", "{id: none, exclusive: true}", "none"),
        "exclusive of option harms: none: yes → no",
    ),
    "graver": (
        ("rules.yml", "    monotone: {users: [less, more]}\n", ""),
        "monotone of scale risk: users: less, more → –",
    ),
    "order": (
        ("rules.yml", "[{id: gap, cites: [act/1]}, {id: doubt, cites: [act/2]}]",
         "[{id: doubt, cites: [act/2]}, {id: gap, cites: [act/1]}]"),
        "order of limits of rules: gap, doubt → doubt, gap",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_values_are_told_as_files_write_them(pair: Pair, name: str) -> None:
    change, line = SHOWN[name]
    assert line in pair.lines(change)


def test_a_question_of_another_section_is_told(full: Questionnaire) -> None:
    first, second = full.sections
    moved = (*first.questions, second.questions[-1])
    sections = (
        replace(first, questions=moved),
        replace(second, questions=second.questions[:-1]),
    )
    found = compare(full, replace(full, sections=sections), [], [])
    assert [(c.what, c.id, c.old, c.new) for c in found.rewritten] == [
        ("section of question", "reviewed", "harm", "system")
    ]


def drop(name: str) -> Callable[[Questionnaire], Questionnaire]:
    """Takes a part of the rules away."""
    part: dict[str, Any] = {name: None}
    return lambda full: replace(full, rulebook=replace(full.rulebook, **part))


@pytest.mark.parametrize("name", ["documents", "bodies"])
def test_what_one_edition_alone_has_is_told(full: Questionnaire, name: str) -> None:
    without = drop(name)(full)
    assert [(c.what, c.change) for c in compare(full, without, [], []).logic] == [(name, "removed")]
    assert [(c.what, c.change) for c in compare(without, full, [], []).logic] == [(name, "added")]


def test_another_headline_is_told(full: Questionnaire) -> None:
    scope, risk, size = full.rulebook.scales
    scales = (replace(scope, headline=True), replace(risk, headline=False), size)
    book = replace(full.rulebook, scales=scales)
    found = compare(full, replace(full, rulebook=book), [], [])
    assert [(c.what, c.id, c.new) for c in found.rewritten] == [
        ("headline of scale", "scope", True),
        ("headline of scale", "risk", False),
    ]
