"""The first page in words: the verdict, and the three reasons that tell most."""

from __future__ import annotations

from collections.abc import Sequence

from riskq.engine import Truth
from riskq.questionnaire import ScaleAt, walk
from riskq.report.duty_views import NoticeView
from riskq.report.level_views import ReasonView, ScaleState, ScaleView, TopReason, VerdictView
from riskq.report.reasons import first_leaf
from riskq.report.scales import class_scale
from riskq.report.subject import Subject

__all__ = ["top_reasons", "verdict_view"]

TOP_REASONS = 3


def verdict_view(
    subject: Subject, scales: Sequence[ScaleView], notices: Sequence[NoticeView]
) -> VerdictView:
    """The answer to the main question; never that a system is on a list."""
    headline = next(scale for scale in scales if scale.is_headline)
    graded = next(scale for scale in scales if scale.id == class_scale(subject))
    is_open = headline.level is None
    return VerdictView(
        scale=headline.id,
        is_open=is_open,
        text=_open_text(subject, headline) if is_open else _settled_text(subject, headline),
        class_text="" if graded is headline else f"{graded.title}: {graded.state_text}",
        warnings=tuple(item.title for item in notices if item.is_grave and not item.is_open),
        open_warnings=tuple(item.title for item in notices if item.is_grave and item.is_open),
        levels=tuple(level for level in headline.levels if level.is_possible),
        decides=headline.decides,
    )


def _open_text(subject: Subject, headline: ScaleView) -> str:
    return subject.say(
        "%(scale)s: these answers do not tell yet what the conclusion is. What is still possible, "
        "and which questions decide it, is said below.",
        scale=headline.title,
    )


def _settled_text(subject: Subject, headline: ScaleView) -> str:
    """The words of the rule that decides; of the level, where it is open which rule does."""
    rule = headline.reasons[0].rule
    scale = subject.questionnaire.rulebook.scale(headline.id)
    if subject.judge.truth(scale.rule(rule).when) is Truth.HOLDS:
        return subject.prose.rules[rule].verdict
    return headline.level.meaning if headline.level else ""


def top_reasons(subject: Subject, scales: Sequence[ScaleView]) -> tuple[TopReason, ...]:
    """The reasons for the class and the headline, then those of the gravest other levels.

    An open headline is left out: the verdict itself says what decides it.
    """
    first = class_scale(subject)
    gates = _gates(subject)

    def order(scale: ScaleView) -> tuple[bool, bool, bool, float]:
        is_gate = scale.id in gates
        return (scale.id != first, not scale.is_headline, is_gate, -_gravity(scale))

    told = [scale for scale in scales if not (scale.is_headline and scale.level is None)]
    telling = [scale for scale in sorted(told, key=order) if scale.reasons]
    return tuple(_top_reason(subject, scale) for scale in telling[:TOP_REASONS])


def _gates(subject: Subject) -> frozenset[str]:
    """The scales that only say whether the others mean anything."""
    return frozenset(
        part.scale
        for scale in subject.questionnaire.rulebook.scales
        for part in walk(scale.applies_if)
        if isinstance(part, ScaleAt)
    )


def _gravity(scale: ScaleView) -> float:
    """How far up its scale the gravest level is that is still possible, from 0 to 1."""
    possible = [index for index, level in enumerate(scale.levels) if level.is_possible]
    return max(possible, default=0) / max(len(scale.levels) - 1, 1)


def _top_reason(subject: Subject, scale: ScaleView) -> TopReason:
    reason = scale.reasons[0]
    is_open = scale.state is ScaleState.OPEN and bool(scale.decides)
    return TopReason(
        scale=scale.title,
        level=scale.state_text,
        text=_open_reason(subject, scale) if is_open else reason.text,
        line="" if is_open or scale.is_headline else _evidence(scale, reason),
        cites=reason.cites,
    )


def _open_reason(subject: Subject, scale: ScaleView) -> str:
    """A whole sentence: what follows it is a place in the law, not one more number."""
    first, count = scale.decides[0].ask, len(scale.decides)
    text = subject.say.plural(
        "Decided by the answer to: %(asks)s",
        "Decided by the answers to: %(asks)s",
        count,
        asks=first,
    )
    if count > 1:
        more = subject.say.plural("and %(num)s more", "and %(num)s more", count - 1)
        return f"{text}; {more}."
    return text if text.endswith(("?", ".", "!")) else f"{text}."


def _evidence(scale: ScaleView, reason: ReasonView) -> str:
    """The one answer behind the reason, where a single answer tells it."""
    if reason.lines:
        return first_leaf(reason.lines)
    told = scale.ruled_out
    return first_leaf(told[0].lines) if len(told) == 1 and len(told[0].lines) == 1 else ""
