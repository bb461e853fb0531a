"""What no case exercises: levels, rules, duties, notices, and options that count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskq.checks.cases import JudgedCase
from riskq.checks.finding import Finding, found
from riskq.engine import Chosen, Truth
from riskq.questionnaire import Atom, Place, Questionnaire, conditions_of, walk

__all__ = ["uncovered"]

Thing = tuple[str, str]
"""What sort of thing it is, and its name."""


_CODES = {
    "level": "level-without-case",
    "rule": "rule-without-case",
    "duty": "duty-without-case",
    "notice": "notice-without-case",
    "option": "option-without-case",
}


def uncovered(questionnaire: Questionnaire, judged: Sequence[JudgedCase]) -> Iterator[Finding]:
    """A warning for each thing that no case shows at work."""
    shown = {thing for case in judged for thing in _shown(case)}
    for (what, name), place in _to_show(questionnaire):
        if (what, name) not in shown:
            told = f'no case shows the {what} "{name}"'
            yield found(_CODES[what], place, told, "Write a case with its source.")


def _shown(judged: JudgedCase) -> Iterator[Thing]:
    conclusion = judged.conclusion
    for scale in conclusion.scales:
        if scale.level is not None:
            yield "level", f"{scale.id}: {scale.level}"
            yield from (("rule", rule) for rule in scale.because)
    yield from (("duty", duty.id) for duty in conclusion.duties if duty.applies is Truth.HOLDS)
    yield from (("notice", item.id) for item in conclusion.notices if item.holds is Truth.HOLDS)
    for name, answer in conclusion.journey.counted.items():
        if isinstance(answer, Chosen):
            yield from (("option", f"{name}: {option}") for option in answer.options)


def _to_show(questionnaire: Questionnaire) -> Iterator[tuple[Thing, Place]]:
    book, tested = questionnaire.rulebook, _tested(questionnaire)
    for scale in book.scales:
        yield from ((("level", f"{scale.id}: {level}"), scale.place) for level in scale.levels)
        yield from ((("rule", rule.id), rule.place) for rule in scale.rules)
    yield from ((("duty", duty.id), duty.place) for duty in book.duties)
    yield from ((("notice", notice.id), notice.place) for notice in book.notices)
    for question in questionnaire.questions:
        if question.id in tested:
            for option in question.options:
                yield ("option", f"{question.id}: {option.id}"), option.place


def _tested(questionnaire: Questionnaire) -> set[str]:
    """The questions whose options count for something: in conditions, by points, or by name."""
    book = questionnaire.rulebook
    conditions = conditions_of(questionnaire.sections, book)
    tested = {
        part.question for outer in conditions for part in walk(outer) if isinstance(part, Atom)
    }
    tested |= {fine.by for fine in book.fines}
    tested |= {single.question for single in (book.documents, book.bodies) if single}
    scored = (
        q.id for q in questionnaire.questions if any(any(o.points.values()) for o in q.options)
    )
    return tested.union(scored)
