"""The slow and simple truth that the engine is held against.

Every completion of the answers is written out and judged with two values only, by following the
words of docs/format.md one by one. Nothing of the engine but the shape of its answers is used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Any, Generic, NamedTuple, TypeVar

from riskq.engine import Answer, Answers, Chosen, Counted, Dated, Truth, Unsure, Written
from riskq.questionnaire import (
    UNSURE,
    AllOf,
    Always,
    AnyOf,
    Beyond,
    Compares,
    Comparison,
    Condition,
    Duty,
    DutyState,
    FactHolds,
    Includes,
    Kind,
    Not,
    OlderThan,
    Question,
    Questionnaire,
    Requirement,
    Rule,
    Scale,
    ScaleAt,
    ScoreCompares,
    conditions_of,
    walk,
)

COMPARE: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.AT_LEAST: lambda left, right: left >= right,
    Comparison.AT_MOST: lambda left, right: left <= right,
    Comparison.ABOVE: lambda left, right: left > right,
    Comparison.BELOW: lambda left, right: left < right,
}


class Said(NamedTuple):
    """What is true of a question in a completion, and whether "I don't know" was said of it."""

    truth: Answer
    unsure: bool


def truths_of(questionnaire: Questionnaire, question: Question, on: date) -> tuple[Answer, ...]:
    """Answers of which no condition can tell another one apart from all of these."""
    if question.is_text:
        return (Written("words"),)
    if question.kind is Kind.MANY:
        return tuple(choices_of(question))
    options: list[Answer] = [Chosen((option,)) for option in question.option_ids]
    if question.kind is Kind.ONE:
        return tuple(options)
    bounds = list(bounds_of(questionnaire, question, on))
    if question.kind is Kind.NUMBER:
        return (*options, *(Counted(number) for number in numbers_around(question, bounds)))
    return (*options, *(Dated(day) for day in days_around(question, bounds, on)))


def choices_of(question: Question) -> Iterator[Chosen]:
    """Every set of options that may be chosen together."""
    free = [option.id for option in question.options if not option.exclusive]
    yield from (Chosen((option.id,)) for option in question.options if option.exclusive)
    for size in range(1, len(free) + 1):
        yield from (Chosen(chosen) for chosen in combinations(free, size))


def bounds_of(questionnaire: Questionnaire, question: Question, on: date) -> Iterator[Any]:
    """The numbers and days at which some condition on the question changes its mind."""
    for outer in conditions_of(questionnaire.sections, questionnaire.rulebook):
        for part in walk(outer):
            if isinstance(part, Compares) and part.question == question.id:
                yield part.bound
            if isinstance(part, OlderThan) and part.question == question.id:
                yield part.period.before(on)


def numbers_around(question: Question, bounds: list[Decimal]) -> list[Decimal]:
    """Each bound, and numbers a little below and above it, as far as they are accepted."""
    steps = (Decimal(-1), Decimal("-0.01"), Decimal(0), Decimal("0.01"), Decimal(1))
    found = {bound + step for bound in bounds for step in steps} | {Decimal(0)}
    span = question.range
    if span is None:
        return sorted(found)
    return sorted({n for n in found if span.min <= n <= span.max} | {span.min, span.max})


def days_around(question: Question, bounds: list[date], on: date) -> list[date]:
    """Each bound with the days before and after it, as far as they are accepted."""
    found = {bound + timedelta(days=step) for bound in bounds for step in (-1, 0, 1)} | {on}
    return sorted(day for day in found if question.future or day <= on)


def openings(
    questionnaire: Questionnaire, answers: Answers, on: date
) -> dict[str, tuple[Said, ...]]:
    """For each question, what may be said and true of it in a completion of the answers."""
    return {
        question.id: tuple(_openings(questionnaire, question, answers.get(question.id), on))
        for question in questionnaire.questions
    }


def _openings(
    questionnaire: Questionnaire, question: Question, answer: Answer | None, on: date
) -> Iterator[Said]:
    if answer is not None and not isinstance(answer, Unsure):
        yield Said(answer, unsure=False)
        return
    truths = truths_of(questionnaire, question, on)
    if answer is None:
        yield from (Said(truth, unsure=False) for truth in truths)
    if question.unsure:
        yield from (Said(truth, unsure=True) for truth in truths)


def count_completions(questionnaire: Questionnaire, answers: Answers, on: date) -> int:
    """How many completions the brute force would have to judge."""
    return prod(len(choices) for choices in openings(questionnaire, answers, on).values())


T = TypeVar("T")

Holds = Callable[["World"], bool]
"""Whether a condition holds in a completion."""


class Once(Generic[T]):
    """What is found of a condition, found once for each."""

    def __init__(self, find: Callable[[Condition], T]) -> None:
        self._find = find
        # By the object, which is kept beside, so that no other one comes to stand at its address.
        self._found: dict[int, tuple[T, Condition]] = {}

    def __call__(self, condition: Condition) -> T:
        """What was found of the condition."""
        known = self._found.get(id(condition))
        if known is None:
            known = self._found[id(condition)] = (self._find(condition), condition)
        return known[0]


class Reading:
    """What conditions mean: each is read once, for as many completions as it is asked of."""

    def __init__(self) -> None:
        self.of = Once(self._meaning)

    def _meaning(self, condition: Condition) -> Holds:
        match condition:
            case AllOf(parts=parts):
                every = [self.of(part) for part in parts]
                return lambda world: all(part(world) for part in every)
            case AnyOf(parts=parts):
                some = [self.of(part) for part in parts]
                return lambda world: any(part(world) for part in some)
            case Not(part=part):
                inner = self.of(part)
                return lambda world: not inner(world)
            case Includes() | Beyond() | Compares() | OlderThan():
                name, fits = condition.question, _fitting(condition)
                return lambda world: world.is_asked(name) and fits(world.said[name], world.on)
            case _:
                return _by_name(condition)


def _by_name(condition: Always | FactHolds | ScaleAt | ScoreCompares) -> Holds:
    """The meaning of what the rules call by a name."""
    match condition:
        case Always():
            return lambda _: True
        case FactHolds(fact=name):
            return lambda world: world.fact(name)
        case ScaleAt(scale=name, levels=levels):
            return lambda world: world.level(world.questionnaire.rulebook.scale(name)) in levels
        case ScoreCompares(score=name, comparison=comparison, bound=bound):
            compare = COMPARE[comparison]
            return lambda world: compare(world.score(name), bound)


def _fitting(atom: Includes | Beyond | Compares | OlderThan) -> Callable[[Said, date], bool]:
    """Whether what is said and true of the question fits the test."""
    match atom:
        case Includes(options=options):
            takes_doubt = UNSURE in options
            return lambda said, _: (takes_doubt and said.unsure) or _chooses(said, options)
        case Beyond(options=options):
            return lambda said, _: _goes_beyond(said, options)
        case OlderThan(period=period):
            return lambda said, on: (
                isinstance(said.truth, Dated) and (said.truth.day < period.before(on))
            )
        case Compares(comparison=comparison, bound=bound):
            compare = COMPARE[comparison]
            if isinstance(bound, date):
                return lambda said, _: (
                    isinstance(said.truth, Dated) and (compare(said.truth.day, bound))
                )
            return lambda said, _: (
                isinstance(said.truth, Counted) and (compare(said.truth.number, bound))
            )


def _chooses(said: Said, options: Collection[str]) -> bool:
    """Whether one of the options is chosen."""
    truth = said.truth
    return isinstance(truth, Chosen) and any(name in options for name in truth.options)


def _goes_beyond(said: Said, options: Collection[str]) -> bool:
    """Whether a number or a day is told, or anything but the options is chosen."""
    truth = said.truth
    if isinstance(truth, Chosen):
        return any(name not in options for name in truth.options)
    return isinstance(truth, Counted | Dated)


@dataclass
class World:
    """One completion: everything is said, and the truth behind every doubt is known."""

    questionnaire: Questionnaire
    said: Mapping[str, Said]
    on: date
    reading: Reading = field(default_factory=Reading)
    _asked: dict[str, bool] = field(default_factory=dict)
    _facts: dict[str, bool] = field(default_factory=dict)
    _rules: dict[str, Rule | None] = field(default_factory=dict)
    _scores: dict[str, Decimal] = field(default_factory=dict)

    def is_asked(self, name: str) -> bool:
        """Whether the question counts here."""
        if name not in self._asked:
            section, question = self.questionnaire.section_of[name], self.questionnaire.by_id[name]
            self._asked[name] = self.holds(section.ask_if) and self.holds(question.ask_if)
        return self._asked[name]

    def holds(self, condition: Condition) -> bool:
        """Whether the condition holds here."""
        return self.reading.of(condition)(self)

    def fact(self, name: str) -> bool:
        """Whether the fact holds here."""
        if name not in self._facts:
            self._facts[name] = self.holds(self.questionnaire.rulebook.fact(name).when)
        return self._facts[name]

    def score(self, name: str) -> Decimal:
        """The points of all options chosen in the questions that count."""
        if name not in self._scores:
            self._scores[name] = self._sum(name)
        return self._scores[name]

    def _sum(self, name: str) -> Decimal:
        total = Decimal(0)
        for question in self.questionnaire.questions:
            truth = self.said[question.id].truth
            chosen = truth.options if isinstance(truth, Chosen) else ()
            points = [
                o.points[name] for o in question.options if o.id in chosen if name in o.points
            ]
            if points and self.is_asked(question.id):
                total += sum(points)
        return total

    def rule(self, scale: Scale) -> Rule | None:
        """The first rule that holds."""
        if scale.id not in self._rules:
            held = (rule for rule in scale.rules if self.holds(rule.when))
            self._rules[scale.id] = next(held, None)
        return self._rules[scale.id]

    def level(self, scale: Scale) -> str | None:
        """The level that the first rule gives."""
        rule = self.rule(scale)
        return None if rule is None else rule.level

    def state(self, duty: Duty) -> DutyState:
        """The first state that holds."""
        held = (state for state, condition in duty.states.items() if self.holds(condition))
        return next(held, DutyState.UNKNOWN)


class BruteForce:
    """All completions of some answers, and what is true of all or some of them."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers, on: date) -> None:
        self.questionnaire = questionnaire
        self.choices = openings(questionnaire, answers, on)
        names = tuple(self.choices)
        reading = Reading()
        self.worlds = [
            World(questionnaire, dict(zip(names, said, strict=True)), on, reading)
            for said in product(*self.choices.values())
        ]

    def truth(self, condition: Condition) -> Truth:
        """Whether the condition holds in all completions, in none, or in some."""
        return _together([world.holds(condition) for world in self.worlds])

    def asked(self, name: str) -> Truth:
        """Whether the question is asked in all completions, in none, or in some."""
        return _together([world.is_asked(name) for world in self.worlds])

    def levels(self, scale: Scale) -> tuple[str, ...]:
        """The levels that some completion reaches, in their order."""
        found = {world.level(scale) for world in self.worlds}
        return tuple(level for level in scale.levels if level in found)

    def levels_if_applies(self, scale: Scale) -> tuple[str, ...]:
        """The levels of the completions in which the scale applies, in their order."""
        found = {world.level(scale) for world in self.worlds if world.holds(scale.applies_if)}
        return tuple(level for level in scale.levels if level in found)

    def met(self, item: Requirement) -> Truth:
        """Whether the requirement is met in the completions in which it is of interest."""
        return _together([w.holds(item.met) for w in self.worlds if w.holds(item.when)])

    def rules(self, scale: Scale) -> tuple[str, ...]:
        """The rules that decide in some completion, in their order."""
        found = {rule.id for world in self.worlds if (rule := world.rule(scale)) is not None}
        return tuple(rule.id for rule in scale.rules if rule.id in found)

    def state(self, duty: Duty) -> DutyState:
        """The state of the duty, where all completions in which it applies agree on it."""
        found = {world.state(duty) for world in self.worlds if world.holds(duty.when)}
        return found.pop() if len(found) == 1 else DutyState.UNKNOWN

    def decides(self, scale: Scale) -> tuple[str, ...]:
        """The questions in which alone two completions differ that differ in the level."""
        levels = [world.level(scale) for world in self.worlds]
        return tuple(name for name in self.choices if self._matters(name, levels))

    def _matters(self, name: str, levels: list[str | None]) -> bool:
        seen: dict[tuple[int, ...], str | None] = {}
        for position, level in zip(self._positions, levels, strict=True):
            rest = tuple(
                p for other, p in zip(self.choices, position, strict=True) if other != name
            )
            if seen.setdefault(rest, level) != level:
                return True
        return False

    @cached_property
    def _positions(self) -> list[tuple[int, ...]]:
        return list(product(*(range(len(choices)) for choices in self.choices.values())))


def _together(found: list[bool]) -> Truth:
    if all(found):
        return Truth.HOLDS
    return Truth.OPEN if any(found) else Truth.FAILS
