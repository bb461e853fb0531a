"""Two editions compared, in words: what the checks find, told by the report.

What is compared is only loaded when somebody asks, since most processes never need it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from riskq.questionnaire import Questionnaire
from riskq.report import (
    CaseFact,
    ComparisonFacts,
    ComparisonView,
    FieldFact,
    LogicFact,
    ResultFact,
    WordFact,
    compose_comparison,
)
from riskq.services.desk import Desk
from riskq.services.proofs import compared

if TYPE_CHECKING:
    from riskq.checks import Comparison, LogicChange

__all__ = ["comparison_of", "in_words"]


def comparison_of(
    desk: Desk, name: str, old: date | str, new: date | str, language: str
) -> ComparisonView:
    """Two editions beside one another; raises ``UnknownQuestionnaireError``."""
    before, after = (desk.catalogue.load(name, day) for day in (old, new))
    return in_words(before, after, compared(desk, name, old, new), language)


def in_words(
    old: Questionnaire, new: Questionnaire, found: Comparison, language: str
) -> ComparisonView:
    """What was found of two editions, in the words of both."""
    return compose_comparison(old, new, _facts(found, language), language)


def _facts(found: Comparison, language: str) -> ComparisonFacts:
    return ComparisonFacts(
        logic=tuple(map(_logic, found.logic)),
        fields=tuple(
            FieldFact(c.kind, c.path, c.field, c.key, c.old, c.new) for c in found.rewritten
        ),
        cases=tuple(
            CaseFact(
                case.titles[language],
                tuple(ResultFact(r.what, r.id, r.old, r.new) for r in case.results),
            )
            for case in found.cases
        ),
        words=tuple(WordFact(w.path, w.old, w.new) for w in found.words if w.language == language),
        proved_same=found.proved_same,
        judged_cases=found.judged_cases,
    )


def _logic(change: LogicChange) -> LogicFact:
    return LogicFact(
        change.what,
        # An id has no colon: one stands after the id of what a thing belongs to.
        tuple(change.id.split(": ")) if change.id else (),
        change.change,
        change.example,
        change.old,
        change.new,
        (change.not_taken_by_old, change.not_taken_by_new),
    )
