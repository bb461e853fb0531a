"""What is written for nothing: facts and scores that are not used, conditions that always hold."""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.finding import Finding, found
from riskq.checks.space import Space
from riskq.engine import TRUE
from riskq.questionnaire import (
    ALWAYS,
    FactHolds,
    Named,
    Questionnaire,
    ScoreCompares,
    conditions_of,
    named_conditions,
    walk,
)

__all__ = ["needless"]

_TOLD_OTHERWISE = ("fact", "rule", "state", "met")
"""Facts have a finding of their own; the last rule or state may well hold with all answers."""


def needless(space: Space) -> Iterator[Finding]:
    """Facts and scores that nothing uses, and conditions that hold with all answers."""
    yield from _unused(space.questionnaire)
    for named in named_conditions(space.questionnaire.sections, space.questionnaire.rulebook):
        if not named.what.startswith(_TOLD_OTHERWISE) and _always_holds(space, named):
            place = named.condition.place if named.condition.place.line else named.place
            mend = "Write always, or leave it out where that may be left out; or mend it."
            yield found("always-holds", place, f"{named.title} holds with all answers", mend)


def _always_holds(space: Space, named: Named) -> bool:
    """Whether a condition holds with all answers, whatever is asked, and does not say so."""
    condition = named.condition
    if condition == ALWAYS or space.condition(condition) != TRUE:
        return False
    return space.all_asked.condition(condition) == TRUE


def _unused(questionnaire: Questionnaire) -> Iterator[Finding]:
    book = questionnaire.rulebook
    conditions = conditions_of(questionnaire.sections, book)
    parts = [part for outer in conditions for part in walk(outer)]
    facts = {part.fact for part in parts if isinstance(part, FactHolds)}
    scores = {part.score for part in parts if isinstance(part, ScoreCompares)}
    for fact in book.facts:
        if fact.id not in facts:
            what = f'the fact "{fact.id}" is named in no condition'
            yield found("unused-fact", fact.place, what, "Use it, or delete it.")
    for score in book.scores:
        if score not in scores:
            what = f'the score "{score}" is compared in no condition'
            place = book.scales[0].place
            yield found("unused-score", place, what, "Use it, or delete it under scores.")
