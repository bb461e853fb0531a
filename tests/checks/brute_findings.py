"""The slow and simple truth that the prover is held against.

Every combination of answers is written out, and each finding is looked for by its words in
docs/findings.md. A finding is known by its code and the names that its message must tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import combinations
from operator import and_, or_

from msgspec.structs import replace

from riskq.engine import Answer, Chosen, Counted
from riskq.questionnaire import (
    ALWAYS,
    AllOf,
    AnyOf,
    Beyond,
    Condition,
    Duty,
    FactHolds,
    Includes,
    Kind,
    Named,
    Not,
    Question,
    Questionnaire,
    Scale,
    ScoreCompares,
    named_conditions,
    parts_of,
    write_condition,
)
from tests.engine.brute_force import BruteForce, Once, Said, World, truths_of

__all__ = ["BruteFindings", "Known"]

Known = tuple[str, ...]
"""A code, and the names that tell which of several things it is about."""

NEVER: Condition = Not(ALWAYS)


class AllAskedWorld(World):
    """A combination of answers in which every question counts as asked."""

    def is_asked(self, name: str) -> bool:
        """Every question is."""
        return name in self.said


class Table:
    """Where conditions hold, of many worlds at once: a bit for each world."""

    def __init__(self, worlds: list[World]) -> None:
        self.worlds = worlds
        self.everywhere = (1 << len(worlds)) - 1
        self.where = Once(self._where)

    def _where(self, condition: Condition) -> int:
        match condition:
            case AllOf(parts=parts):
                return reduce(and_, map(self.where, parts), self.everywhere)
            case AnyOf(parts=parts):
                return reduce(or_, map(self.where, parts), 0)
            case Not(part=part):
                return self.everywhere & ~self.where(part)
            case _:
                holds = self.worlds[0].reading.of(condition)
                return sum(1 << n for n, world in enumerate(self.worlds) if holds(world))

    def differ(self, one: Condition, other: Condition) -> int:
        """Where one of the two holds and the other does not."""
        return self.where(one) ^ self.where(other)


@dataclass(frozen=True)
class BruteFindings:
    """All findings about the rules of a small questionnaire, as of a day."""

    questionnaire: Questionnaire
    on: date

    @cached_property
    def worlds(self) -> list[World]:
        """Every combination of answers."""
        return BruteForce(self.questionnaire, {}, self.on).worlds

    @cached_property
    def world_of(self) -> dict[tuple[Said, ...], World]:
        """Each of them by what is said in it, in the order of the questions."""
        return {tuple(world.said.values()): world for world in self.worlds}

    @cached_property
    def table(self) -> Table:
        """Where conditions hold in them."""
        return Table(self.worlds)

    @cached_property
    def all_asked(self) -> Table:
        """The same of the same combinations, every question being asked."""
        return Table([AllAskedWorld(w.questionnaire, w.said, w.on, w.reading) for w in self.worlds])

    def where(self, condition: Condition) -> int:
        """Where the condition holds."""
        return self.table.where(condition)

    def known(self) -> set[Known]:
        """Every finding there is."""
        return {
            *self.asking(),
            *self.facts(),
            *self.needless(),
            *self.scales(),
            *self.duties(),
            *self.others(),
            *self.parts(),
            *self.falling(),
            *self.idle(),
        }

    def asking(self) -> Iterator[Known]:
        for section in self.questionnaire.sections:
            if not self.where(section.ask_if):
                yield "contradictory-ask-if", section.id
                continue
            for question in section.questions:
                if not self.where(question.ask_if):
                    yield "contradictory-ask-if", question.id
                elif not any(world.is_asked(question.id) for world in self.worlds):
                    yield "question-never-asked", question.id

    def facts(self) -> Iterator[Known]:
        seen: dict[int, str] = {}
        for fact in self.questionnaire.rulebook.facts:
            where = self.where(fact.when)
            if not where:
                yield "fact-never-holds", fact.id
            elif where == self.table.everywhere:
                yield "fact-always-holds", fact.id
            elif where in seen:
                yield "equal-facts", fact.id, seen[where]
            seen.setdefault(where, fact.id)

    def needless(self) -> Iterator[Known]:
        sections, book = self.questionnaire.sections, self.questionnaire.rulebook
        every = list(named_conditions(sections, book))
        parts = [part for named in every for part in _all_parts(named.condition)]
        facts = {part.fact for part in parts if isinstance(part, FactHolds)}
        scores = {part.score for part in parts if isinstance(part, ScoreCompares)}
        yield from (("unused-fact", fact.id) for fact in book.facts if fact.id not in facts)
        yield from (("unused-score", score) for score in book.scores if score not in scores)
        for named in every:
            sort = named.what.split()[0]
            if sort not in ("fact", "rule", "state", "met") and named.condition != ALWAYS:
                tables = (self.table, self.all_asked)
                if all(table.where(named.condition) == table.everywhere for table in tables):
                    yield "always-holds", named.title

    def scales(self) -> Iterator[Known]:
        for scale in self.questionnaire.rulebook.scales:
            if not self.where(scale.applies_if):
                yield "scale-never-applies", scale.id
            deciding = [world.rule(scale) for world in self.worlds]
            if None in deciding:
                yield "no-level", scale.id
            ids = {rule.id for rule in deciding if rule is not None}
            applying = [world for world in self.worlds if world.holds(scale.applies_if)]
            # Of a scale that never applies that alone is told.
            shown = {r.id for w in applying or self.worlds if (r := w.rule(scale)) is not None}
            yield from self.rules(scale, ids, shown)
            for level in set(scale.levels) - {r.level for r in scale.rules if r.id in shown}:
                yield "level-never-reached", level, scale.id

    def rules(self, scale: Scale, deciding: set[str], shown: set[str]) -> Iterator[Known]:
        where = [self.where(rule.when) for rule in scale.rules]
        for index, rule in enumerate(scale.rules):
            if rule.id in deciding - shown:
                yield "rule-never-shown", rule.id
            elif rule.id in deciding:
                yield from self.shadowed_options(scale, index)
            elif not where[index]:
                yield "rule-never-holds", rule.id
            elif where[index] in where[:index]:
                first = scale.rules[where.index(where[index])]
                yield "equal-rules", rule.id, first.id
            else:
                yield "rule-shadowed", rule.id

    def shadowed_options(self, scale: Scale, index: int) -> Iterator[Known]:
        rule, before = scale.rules[index], scale.rules[:index]
        free = self.where(Not(AnyOf(tuple(earlier.when for earlier in before))))
        for test, wrap in positive_tests(rule.when, lambda part: part, positive=True):
            for option in test.options:
                rest = wrap(replace(test, options=tuple(o for o in test.options if o != option)))
                differ = self.table.differ(rule.when, rest)
                if differ and not differ & free:
                    yield "option-shadowed", rule.id, option, test.question

    def duties(self) -> Iterator[Known]:
        for duty in self.questionnaire.rulebook.duties:
            applying = [world for world in self.worlds if world.holds(duty.when)]
            if not applying:
                yield "duty-never-applies", duty.id
                continue
            for state in duty.states:
                if not any(self.is_in(world, duty, state) for world in applying):
                    yield "state-never-reached", duty.id, state.value

    def is_in(self, world: World, duty: Duty, state: str) -> bool:
        held = (own for own, condition in duty.states.items() if world.holds(condition))
        return next(held, None) == state

    def others(self) -> Iterator[Known]:
        book = self.questionnaire.rulebook
        for notice in book.notices:
            if not self.where(notice.when):
                yield "notice-never-shown", notice.id
        for fine in book.fines:
            if not self.where(fine.when):
                yield "fine-never-shown", fine.id
        for item in book.requirements:
            if not self.where(item.when):
                yield "requirement-never-shown", item.id
            elif not self.where(AllOf((item.when, item.met))):
                yield "requirement-never-met", item.id

    def parts(self) -> Iterator[Known]:
        sections, book = self.questionnaire.sections, self.questionnaire.rulebook
        for named in named_conditions(sections, book):
            if self.where(named.condition) not in (0, self.table.everywhere):
                yield from self.below(named, named.condition, lambda part: part, positive=True)

    def below(
        self,
        named: Named,
        part: Condition,
        wrap: Callable[[Condition], Condition],
        *,
        positive: bool,
    ) -> Iterator[Known]:
        if isinstance(part, Includes) or (isinstance(part, Beyond) and len(part.options) > 1):
            yield from self.options(named, part, wrap, positive=positive)
        for index, inner in enumerate(parts_of(part)):
            around = _around(part, index, wrap)
            told = (named.title, write_condition(inner))
            if not self.where(inner):
                yield "part-never-holds", *told
            elif all(is_idle(named, around, table) for table in (self.table, self.all_asked)):
                yield "part-without-effect", *told
            else:
                inside = positive is not isinstance(part, Not)
                yield from self.below(named, inner, around, positive=inside)

    def options(
        self,
        named: Named,
        test: Includes | Beyond,
        wrap: Callable[[Condition], Condition],
        *,
        positive: bool,
    ) -> Iterator[Known]:
        for option in test.options:
            shorter = replace(test, options=tuple(o for o in test.options if o != option))
            changed = wrap(shorter)
            if self.table.differ(named.condition, changed):
                continue
            chosen = Includes(test.question, (option,))
            counting = named.condition if positive else Not(named.condition)
            if isinstance(test, Includes) and not self.where(chosen) & self.where(counting):
                yield "option-never-with-rule", named.title, option, test.question
            elif not self.all_asked.differ(named.condition, changed):
                yield "option-without-effect", named.title, option, test.question

    def falling(self) -> Iterator[Known]:
        for scale in self.questionnaire.rulebook.scales:
            for name, order in scale.monotone.items():
                question = self.questionnaire.by_id[name]
                pairs = list(self.pairs(question, order))
                if any(self.falls(scale, name, *pair) for pair in pairs):
                    yield "monotone-violated", scale.id, name

    def pairs(self, question: Question, order: tuple[str, ...]) -> Iterator[tuple[Answer, Answer]]:
        """Answers of which the second is graver."""
        truths = truths_of(self.questionnaire, question, self.on)
        if question.kind is Kind.ONE:
            yield from combinations([Chosen((option,)) for option in order], 2)
        elif question.kind is Kind.NUMBER:
            numbers = [truth for truth in truths if isinstance(truth, Counted)]
            yield from combinations(numbers if order[0] == "less" else reversed(numbers), 2)
        else:
            sets = [truth for truth in truths if isinstance(truth, Chosen)]
            yield from ((a, b) for a in sets for b in sets if _is_graver(question, order, a, b))

    def falls(self, scale: Scale, name: str, lighter: Answer, graver: Answer) -> bool:
        for world in self.worlds:
            if world.said[name] == Said(lighter, unsure=False):
                said = {**world.said, name: Said(graver, unsure=False)}
                other = self.world_of[tuple(said.values())]
                before, after = world.level(scale), other.level(scale)
                if not (world.holds(scale.applies_if) and other.holds(scale.applies_if)):
                    continue
                if before and after and scale.levels.index(after) < scale.levels.index(before):
                    return True
        return False

    def idle(self) -> Iterator[Known]:
        for question in self.questionnaire.questions:
            named = {fine.by for fine in self.questionnaire.rulebook.fines}
            matters = question.id in named or self.matters(question.id)
            if question.record and matters:
                yield "record-matters", question.id
            elif not (question.is_text or question.record or matters):
                yield "answer-never-matters", question.id

    def matters(self, name: str) -> bool:
        """Whether combinations that differ in this answer alone ever differ in what is told."""
        told: dict[tuple[object, ...], object] = {}
        for world in self.worlds:
            others = tuple(said for key, said in world.said.items() if key != name)
            here = self.told(world)
            if told.setdefault(others, here) != here:
                return True
        return False

    def told(self, world: World) -> object:
        book = world.questionnaire.rulebook
        return (
            [world.rule(scale) for scale in book.scales],
            [world.holds(scale.applies_if) for scale in book.scales],
            [world.state(duty) if world.holds(duty.when) else None for duty in book.duties],
            [world.holds(item.when) and world.holds(item.met) for item in book.requirements],
            [world.holds(requirement.when) for requirement in book.requirements],
            [world.holds(notice.when) for notice in book.notices],
            [world.holds(fine.when) for fine in book.fines],
            [world.is_asked(question.id) for question in world.questionnaire.questions],
        )


def _all_parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in parts_of(condition):
        yield from _all_parts(part)


def positive_tests(
    part: Condition, wrap: Callable[[Condition], Condition], *, positive: bool
) -> Iterator[tuple[Includes, Callable[[Condition], Condition]]]:
    """The tests of options in an even number of nots, each with what puts another in its place."""
    if isinstance(part, Includes) and positive:
        yield part, wrap
    for index, inner in enumerate(parts_of(part)):
        inside = positive is not isinstance(part, Not)
        yield from positive_tests(inner, _around(part, index, wrap), positive=inside)


def is_idle(named: Named, wrap: Callable[[Condition], Condition], table: Table) -> bool:
    """Whether it is the same everywhere whatever stands in the place of the part."""
    return not all(table.differ(named.condition, wrap(constant)) for constant in (ALWAYS, NEVER))


def _around(
    part: Condition, index: int, wrap: Callable[[Condition], Condition]
) -> Callable[[Condition], Condition]:
    """Puts something in the place of one of the parts."""
    if isinstance(part, Not):
        return lambda inner: wrap(Not(inner))
    if not isinstance(part, AllOf | AnyOf):
        raise TypeError("Only all, any and not have parts.")
    before, after, kind = part.parts[:index], part.parts[index + 1 :], type(part)
    return lambda inner: wrap(kind((*before, inner, *after)))


def _is_graver(question: Question, order: tuple[str, ...], one: Chosen, other: Chosen) -> bool:
    """Whether the second set of options is graver: by one option more, or by its place."""
    alone = {option.id for option in question.options if option.exclusive}
    first, second = set(one.options), set(other.options)
    if len(first) == len(second) == 1:
        return _is_before(order, *first, *second)
    if second & alone:
        (lone,) = second
        return all(_is_before(order, option, lone) for option in first)
    added = second - first
    return not first & alone and first < second and len(added) == 1 and added <= set(order)


def _is_before(order: tuple[str, ...], one: str, other: str) -> bool:
    return one in order and other in order and order.index(one) < order.index(other)
