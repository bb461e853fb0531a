"""What nobody ever comes to: questions, facts, duties, notices, fines and states.

Each is proved over all combinations of answers, which the decision diagrams hold at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskq.checks.finding import Finding, found
from riskq.checks.space import Space
from riskq.engine import FALSE, TRUE
from riskq.questionnaire import (
    ALWAYS,
    AllOf,
    Atom,
    Condition,
    Duty,
    FactHolds,
    Place,
    Requirement,
    Section,
    walk,
    write_condition,
)

__all__ = ["contradiction", "unreached"]


def unreached(space: Space) -> Iterator[Finding]:
    """Everything that no answers lead to."""
    yield from _sections(space)
    yield from _facts(space)
    yield from _scales(space)
    for duty in space.questionnaire.rulebook.duties:
        yield from _duty(space, duty)
    yield from _others(space)


def contradiction(space: Space, condition: Condition) -> str:
    """Why a condition that never holds cannot: the few parts that exclude one another."""
    parts = list(condition.parts) if isinstance(condition, AllOf) else [condition]
    for part in tuple(parts):
        others = [other for other in parts if other is not part]
        if others and space.all_of(map(space.condition, others)) == FALSE:
            parts = others
    written = [write_condition(part) for part in parts]
    told = f"{', '.join(written[:-1])} and {written[-1]} never hold together"
    if len(written) == 1:
        told = f"{written[0]} never holds"
    paths = ", ".join(_paths(space, parts))
    twin = space.all_asked
    is_by_path = twin.all_of(map(twin.condition, parts)) != FALSE
    return f"{told} ({paths})" if paths and is_by_path else told


def _paths(space: Space, parts: Sequence[Condition]) -> Iterator[str]:
    """When the questions that conditions look at are asked, where that is not always."""
    questionnaire = space.questionnaire
    for name in dict.fromkeys(test.question for part in parts for test in _tests(space, part)):
        gates = (questionnaire.section_of[name].ask_if, questionnaire.by_id[name].ask_if)
        told = " and ".join(write_condition(gate) for gate in gates if gate != ALWAYS)
        if told:
            yield f'"{name}" is asked only if {told}'


def _tests(space: Space, condition: Condition) -> Iterator[Atom]:
    """The tests of answers in a condition and in the facts that it names."""
    for part in walk(condition):
        if isinstance(part, FactHolds):
            yield from _tests(space, space.questionnaire.rulebook.fact(part.fact).when)
        elif isinstance(part, Atom):
            yield part


def _sections(space: Space) -> Iterator[Finding]:
    for section in space.questionnaire.sections:
        gate = space.condition(section.ask_if)
        if gate == FALSE:
            what = f'the section "{section.id}" is never asked'
            yield _contradictory(space, section.ask_if, section.place, what)
        else:
            yield from _questions(space, section, gate)


def _questions(space: Space, section: Section, gate: int) -> Iterator[Finding]:
    for question in section.questions:
        own = space.condition(question.ask_if)
        if own == FALSE:
            what = f'"{question.id}" is never asked'
            yield _contradictory(space, question.ask_if, question.place, what)
        elif space.diagrams.both(gate, own) == FALSE:
            what = f'"{question.id}" is never asked: where its own ask_if holds, its section'
            what += f' "{section.id}" is not asked'
            mend = "Move it to another section, or mend one of the two."
            yield found("question-never-asked", question.place, what, mend, space.example(own))


def _contradictory(space: Space, condition: Condition, place: Place, what: str) -> Finding:
    why = contradiction(space, condition)
    mend = "Mend its ask_if, or delete it."
    return found("contradictory-ask-if", _line(condition, place), f"{what}: {why}", mend)


def _line(condition: Condition, place: Place) -> Place:
    """The condition's own line, where it was written."""
    return condition.place if condition.place.line else place


def _facts(space: Space) -> Iterator[Finding]:
    seen: dict[int, str] = {}
    for fact in space.questionnaire.rulebook.facts:
        node = space.condition(fact.when)
        if node == FALSE:
            what = f'the fact "{fact.id}" never holds: {contradiction(space, fact.when)}'
            yield found("fact-never-holds", fact.place, what, "Mend its condition, or delete it.")
        elif node == TRUE:
            what = f'the fact "{fact.id}" holds with all answers'
            yield found("fact-always-holds", fact.place, what, "Mend it, or write always instead.")
        elif node in seen:
            what = f'the fact "{fact.id}" holds exactly where "{seen[node]}" holds'
            yield found("equal-facts", fact.place, what, f'Use "{seen[node]}" for both.')
        seen.setdefault(node, fact.id)


def _scales(space: Space) -> Iterator[Finding]:
    for scale in space.questionnaire.rulebook.scales:
        if space.condition(scale.applies_if) == FALSE:
            why = contradiction(space, scale.applies_if)
            what = f'the scale "{scale.id}" never applies: {why}'
            yield found("scale-never-applies", scale.place, what, "Mend applies_if.")


def _duty(space: Space, duty: Duty) -> Iterator[Finding]:
    applies = space.condition(duty.when)
    if applies == FALSE:
        yield _never(
            space,
            "duty-never-applies",
            f'the duty "{duty.id}" never applies',
            duty.when,
            duty.place,
        )
        return
    before = FALSE
    for state, condition in duty.states.items():
        own = space.diagrams.both(applies, space.condition(condition))
        if space.without(own, before) == FALSE:
            never = "its condition never holds while the duty applies"
            why = never if own == FALSE else "wherever its condition holds, one before it does"
            what = f'the duty "{duty.id}" is never in the state "{state.value}": {why}'
            mend = "Mend its condition or those before it, or delete it."
            yield found("state-never-reached", duty.place, what, mend, space.example(own))
        before = space.diagrams.either(before, own)


def _others(space: Space) -> Iterator[Finding]:
    book = space.questionnaire.rulebook
    for notice in book.notices:
        if space.condition(notice.when) == FALSE:
            told = f'the notice "{notice.id}" is never shown'
            yield _never(space, "notice-never-shown", told, notice.when, notice.place)
    for fine in book.fines:
        if space.condition(fine.when) == FALSE:
            told = f'the fine "{fine.id}" is never shown'
            yield _never(space, "fine-never-shown", told, fine.when, fine.place)
    for requirement in book.requirements:
        yield from _requirement(space, requirement)


def _requirement(space: Space, requirement: Requirement) -> Iterator[Finding]:
    told = f'the requirement "{requirement.id}"'
    applies, met = space.condition(requirement.when), space.condition(requirement.met)
    if applies == FALSE:
        code, what = "requirement-never-shown", f"{told} is never shown"
        yield _never(space, code, what, requirement.when, requirement.place)
    elif space.diagrams.both(applies, met) == FALSE:
        what = f"{told} is never met where it is shown"
        example = space.example(applies)
        yield found("requirement-never-met", requirement.place, what, "Mend met or when.", example)


def _never(space: Space, code: str, told: str, condition: Condition, place: Place) -> Finding:
    what = f"{told}: {contradiction(space, condition)}"
    return found(code, place, what, "Mend its condition, or delete it.")
