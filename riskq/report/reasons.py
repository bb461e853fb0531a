"""Explanations in words: the readable tree from a rule down to the answers that decide it.

Lines state what was answered, so they read the same whether the condition holds or fails; what
follows from them is said by the heading above. The tree comes from ``Judge.explain`` and is never
found a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from riskq.engine import Explanation, Truth
from riskq.questionnaire import (
    AllOf,
    Always,
    AnyOf,
    Atom,
    Bound,
    Compares,
    Comparison,
    Condition,
    FactHolds,
    Includes,
    Kind,
    Not,
    OlderThan,
    Period,
    Reading,
    Rule,
    Scale,
    ScaleAt,
    ScoreCompares,
)
from riskq.report.level_views import Line, ReasonView
from riskq.report.subject import Subject

__all__ = ["bound_text", "explain", "first_leaf", "period_text", "reason_view"]


def reason_view(subject: Subject, scale: Scale, rule: Rule) -> ReasonView:
    """A rule of a scale with its words, its law and the answers behind it."""
    caution = subject.say("Cautious reading: the law leaves this case open; the stricter is taken.")
    return ReasonView(
        rule=rule.id,
        text=subject.prose.rules[rule.id].reason,
        level=subject.level(scale.id, rule.level),
        caution=caution if rule.reading is Reading.CAUTIOUS else "",
        cites=subject.cites(rule.cites),
        lines=explain(subject, rule.when),
    )


def explain(subject: Subject, condition: Condition) -> tuple[Line, ...]:
    """Why a condition holds, fails or is open, in lines; none for what always holds."""
    return _lines(subject, subject.judge.explain(condition))


def first_leaf(lines: Sequence[Line]) -> str:
    """The first line that rests on no other: the answer itself. Empty without lines."""
    if not lines:
        return ""
    return first_leaf(lines[0].parts) or lines[0].text


def _lines(subject: Subject, explanation: Explanation) -> tuple[Line, ...]:
    match explanation.condition:
        case AllOf() | AnyOf():
            return _joined(subject, explanation)
        case Not() | Always():
            return _inner(subject, explanation)
        case FactHolds(fact=fact):
            text = _fact(subject, fact, explanation.truth)
            return (Line(text, _inner(subject, explanation)),)
        case _:
            return (Line(_leaf(subject, explanation)),)


def _leaf(subject: Subject, explanation: Explanation) -> str:
    """A test of answers, or of a scale, as a sentence.

    A scale has reasons of its own beside these, which are not told here once more.
    """
    condition = explanation.condition
    if isinstance(condition, ScaleAt):
        return _scale(subject, condition.scale)
    if isinstance(condition, ScoreCompares):
        return _score(subject, condition)
    if isinstance(condition, Atom):
        return _answer(subject, condition, explanation.truth)
    raise TypeError(f"{type(condition).__name__} is told by its parts")


def _inner(subject: Subject, explanation: Explanation) -> tuple[Line, ...]:
    """The lines of the parts; none for what always holds."""
    return tuple(line for part in explanation.parts for line in _lines(subject, part))


def _joined(subject: Subject, explanation: Explanation) -> tuple[Line, ...]:
    """Facts that count together stand side by side; only alternatives need a word above them."""
    parts = _worth_telling(subject, explanation.parts)
    groups = [group for part in parts if (group := _lines(subject, part))]
    holds_by_any = explanation.truth is Truth.HOLDS and isinstance(explanation.condition, AnyOf)
    if not holds_by_any or len(groups) < 2:
        return tuple(dict.fromkeys(line for group in groups for line in group))
    together = subject.say("All of this together:")
    inner = [group[0] if len(group) == 1 else Line(together, group) for group in groups]
    return (Line(subject.say("Each of these is enough:"), tuple(dict.fromkeys(inner))),)


def _worth_telling(subject: Subject, parts: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    """Without what was never asked, as long as something else remains to be told."""
    asked = tuple(
        part
        for part in parts
        if not isinstance(part.condition, Atom) or subject.is_asked(part.condition.question)
    )
    return asked or parts


def _fact(subject: Subject, fact: str, truth: Truth) -> str:
    text = subject.prose.facts[fact]
    if truth is Truth.HOLDS:
        return f"{text}."
    if truth is Truth.FAILS:
        return subject.say("By the answers this does not hold: “%(fact)s”.", fact=text)
    return subject.say("Not known yet: “%(fact)s”.", fact=text)


def _scale(subject: Subject, scale: str) -> str:
    result = subject.conclusion.scale(scale)
    title = subject.prose.scales[scale].title
    levels = [subject.level(scale, level) for level in result.possible]
    if len(levels) == 1:
        return f"{title}: {levels[0]}."
    possible = subject.either(levels)
    return subject.say("%(scale)s: still open (%(levels)s).", scale=title, levels=possible)


def _score(subject: Subject, condition: ScoreCompares) -> str:
    return subject.say(
        "The sum of points “%(score)s” is held against a threshold: %(bound)s.",
        score=condition.score,
        bound=bound_text(subject, condition.comparison, condition.bound),
    )


def _answer(subject: Subject, atom: Atom, truth: Truth) -> str:
    ask = subject.ask(atom.question)
    if not subject.is_asked(atom.question):
        return subject.say("“%(ask)s” was not asked.", ask=ask)
    labels = subject.counted_text(atom.question)
    if not labels:
        return subject.say("“%(ask)s” has no answer yet.", ask=ask)
    if isinstance(atom, Compares | OlderThan):
        return subject.say(
            "The answer to “%(ask)s” is “%(labels)s”; the threshold is: %(bound)s.",
            ask=ask,
            labels=labels,
            bound=_threshold(subject, atom),
        )
    if isinstance(atom, Includes) and truth is Truth.FAILS and _is_many(subject, atom):
        wanted = subject.either(subject.option(atom.question, option) for option in atom.options)
        return subject.say(
            "The answer to “%(ask)s” is “%(labels)s”, without “%(wanted)s”.",
            ask=ask,
            labels=labels,
            wanted=wanted,
        )
    return subject.say("The answer to “%(ask)s” is “%(labels)s”.", ask=ask, labels=labels)


def _is_many(subject: Subject, atom: Includes) -> bool:
    return subject.questionnaire.by_id[atom.question].kind is Kind.MANY


def _threshold(subject: Subject, atom: Compares | OlderThan) -> str:
    if isinstance(atom, OlderThan):
        return period_text(subject, atom.period)
    return bound_text(subject, atom.comparison, atom.bound)


def bound_text(subject: Subject, comparison: Comparison, bound: Bound) -> str:
    """A number or a day with the words of its comparison."""
    shown = subject.day(bound) if isinstance(bound, date) else str(bound)
    texts = {
        Comparison.AT_LEAST: subject.say("%(bound)s or more", bound=shown),
        Comparison.AT_MOST: subject.say("%(bound)s or less", bound=shown),
        Comparison.ABOVE: subject.say("more than %(bound)s", bound=shown),
        Comparison.BELOW: subject.say("less than %(bound)s", bound=shown),
    }
    return texts[comparison]


def period_text(subject: Subject, period: Period) -> str:
    """A period in years, months and days."""
    years, months = divmod(period.months, 12)
    plural = subject.say.plural
    parts = (
        plural("%(num)s year", "%(num)s years", years) if years else "",
        plural("%(num)s month", "%(num)s months", months) if months else "",
        plural("%(num)s day", "%(num)s days", period.days) if period.days else "",
    )
    return " ".join(part for part in parts if part)
