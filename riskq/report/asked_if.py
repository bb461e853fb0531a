"""Conditions in words, before anybody has answered: when a question is asked.

``reasons`` tells why a condition came out as it did; here there are no answers yet. Questions are
named by whoever asks, as a map does by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from riskq.questionnaire import (
    AllOf,
    Always,
    AnyOf,
    Atom,
    Beyond,
    Compares,
    Condition,
    FactHolds,
    Includes,
    Not,
    OlderThan,
    ScaleAt,
    ScoreCompares,
)
from riskq.report.reasons import bound_text, period_text
from riskq.report.subject import Subject

__all__ = ["condition_text"]

Name = Callable[[str], str]
"""What a question is called, by its id."""


def condition_text(subject: Subject, condition: Condition, name: Name) -> str:
    """A condition in words; empty for what always holds."""
    match condition:
        case Always():
            return ""
        case AllOf(parts=parts):
            told = _all_of(subject, [_inner(subject, part, name) for part in parts])
        case AnyOf(parts=parts):
            told = subject.either(_inner(subject, part, name) for part in parts)
        case Not(part=Includes(question=question, options=options)):
            labels = _labels(subject, question, options)
            told = subject.say("%(ask)s: not %(labels)s", ask=name(question), labels=labels)
        case Not(part=part):
            inner = condition_text(subject, part, name) or subject.say("always")
            told = subject.say("it does not hold that: %(condition)s", condition=inner)
        case FactHolds() | ScaleAt() | ScoreCompares():
            told = _about_named(subject, condition)
        case _:
            told = _about_answer(subject, condition, name)
    return told


def _about_named(subject: Subject, condition: FactHolds | ScaleAt | ScoreCompares) -> str:
    match condition:
        case FactHolds(fact=fact):
            return subject.say("“%(text)s”", text=subject.prose.facts[fact])
        case ScaleAt(scale=scale, levels=levels):
            title = subject.prose.scales[scale].title
            return f"{title}: {subject.either(subject.level(scale, one) for one in levels)}"
        case ScoreCompares(score=score, comparison=comparison, bound=bound):
            shown = bound_text(subject, comparison, bound)
            return subject.say("points “%(score)s”: %(bound)s", score=score, bound=shown)
        case _:
            assert_never(condition)


def _inner(subject: Subject, part: Condition, name: Name) -> str:
    """A part among others: in brackets where its own parts would run into theirs."""
    told = condition_text(subject, part, name) or subject.say("always")
    return f"({told})" if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else told


def _all_of(subject: Subject, texts: list[str]) -> str:
    *others, last = texts
    if not others:
        return last
    return subject.say("%(some)s and %(last)s", some=", ".join(others), last=last)


def _about_answer(subject: Subject, atom: Atom, name: Name) -> str:
    ask = name(atom.question)
    match atom:
        case Includes(options=options):
            return f"{ask}: {_labels(subject, atom.question, options)}"
        case Beyond(options=options):
            labels = _labels(subject, atom.question, options)
            return subject.say("%(ask)s: anything but %(labels)s", ask=ask, labels=labels)
        case Compares(comparison=comparison, bound=bound):
            return f"{ask}: {bound_text(subject, comparison, bound)}"
        case OlderThan(period=period):
            shown = period_text(subject, period)
            return subject.say("%(ask)s: more than %(period)s ago", ask=ask, period=shown)
        case _:
            assert_never(atom)


def _labels(subject: Subject, question: str, options: Iterable[str]) -> str:
    labels = (subject.option(question, option) for option in options)
    return subject.either(subject.say("“%(text)s”", text=label) for label in labels)
