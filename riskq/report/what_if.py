"""What each level hangs on, in words that never advise to answer otherwise than truly."""

from __future__ import annotations

from collections.abc import Mapping

from riskq.engine import Answer, Change, Chosen, WhatIf
from riskq.questionnaire import Kind
from riskq.report.level_views import ChangedAnswer, ChangeView, HangsView
from riskq.report.scales import class_scale
from riskq.report.subject import Subject

__all__ = ["hangs_views"]

MOST_PAIRS = 6


def hangs_views(subject: Subject) -> tuple[HangsView, ...]:
    """What each scale hangs on: the class first, then the headline, then the others."""
    scales = subject.questionnaire.rulebook.scales
    first = class_scale(subject)
    ordered = sorted(scales, key=lambda scale: (scale.id != first, not scale.headline))
    views = (_hangs(subject, scale.id) for scale in ordered)
    return tuple(view for view in views if view.changes or view.ask_first)


def _hangs(subject: Subject, scale: str) -> HangsView:
    what_if = WhatIf(subject.judge, scale)
    # Where the scale would not apply any more, the scale that says so tells of it.
    changes = [change for change in what_if.changes() if change.possible]
    pairs = [change for change in changes if len(change.answers) > 1]
    shown = [change for change in changes if change not in pairs[MOST_PAIRS:]]
    level = what_if.result.level
    return HangsView(
        scale=scale,
        title=subject.prose.scales[scale].title,
        level=subject.level(scale, level) if what_if.is_settled and level else "",
        changes=tuple(_change(subject, scale, change) for change in shown),
        ask_first=subject.asks(what_if.order()),
    )


def _change(subject: Subject, scale: str, change: Change) -> ChangeView:
    levels = [subject.level(scale, level) for level in change.possible]
    either = subject.either(levels)
    settled = subject.say("The conclusion would be “%(level)s” if:", level=either)
    opened = subject.say("The conclusion would stay open (%(levels)s) if:", levels=either)
    by_id = subject.questionnaire.by_id
    return ChangeView(
        then=settled if len(levels) == 1 else opened,
        answers=_answers(subject, change.answers),
        is_design=all(by_id[name].design for name in change.answers),
    )


def _answers(subject: Subject, answers: Mapping[str, Answer]) -> tuple[ChangedAnswer, ...]:
    return tuple(
        ChangedAnswer(
            id=name,
            ask=subject.ask(name),
            was=subject.counted_text(name),
            would=", ".join(subject.labels(name, answer)),
            is_example=_is_example(subject, name, answer),
        )
        for name, answer in answers.items()
    )


def _is_example(subject: Subject, name: str, answer: Answer) -> bool:
    """Whether the answer stands for others like it: it is a set of options, a number or a date."""
    question = subject.questionnaire.by_id[name]
    alone = {option.id for option in question.options if option.exclusive}
    is_alone = isinstance(answer, Chosen) and alone.issuperset(answer.options)
    return question.kind is not Kind.ONE and not is_alone
