"""Questions whose answers can never matter to anything, and questions said not to that do."""

from __future__ import annotations

from collections.abc import Iterator

from riskq.checks.finding import Finding, found
from riskq.checks.outcomes import asking, outcomes
from riskq.checks.space import Space
from riskq.questionnaire import Questionnaire

__all__ = ["idle_questions"]


def idle_questions(space: Space) -> Iterator[Finding]:
    """A finding for each question that is asked for nothing, or is not for the record alone.

    To decide whether another question is asked is to decide something.
    """
    questionnaire = space.questionnaire
    everything = (*outcomes(space.compiled), *asking(space.compiled))
    seen = frozenset().union(*map(space.sees, {node for _, node in everything}))
    named = _named(questionnaire)
    for question in questionnaire.questions:
        matters = space.compiled.position[question.id] in seen or question.id in named
        if question.record and matters:
            what = f'"{question.id}" is marked record: true, and something depends on it'
            yield found("record-matters", question.place, what, "Delete record: true.")
        elif not (matters or question.record or question.is_text):
            what = f'no answer to "{question.id}" can ever matter to anything'
            mend = (
                "Delete it, use it in a rule, or write record: true if it is kept for the record."
            )
            yield found("answer-never-matters", question.place, what, mend)


def _named(questionnaire: Questionnaire) -> set[str]:
    """The questions that something other than a condition looks at."""
    book = questionnaire.rulebook
    named = {fine.by for fine in book.fines}
    named |= {duty.due.after for duty in book.duties if duty.due}
    named |= {single.question for single in (book.documents, book.bodies) if single}
    return named
