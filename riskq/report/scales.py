"""Scales as a reader sees them: where the answers put each, why, and what else was weighed."""

from __future__ import annotations

from riskq.engine import ScaleResult, Truth
from riskq.questionnaire import Always, Scale
from riskq.report.drawing import Drawing, Mark, draw_scale
from riskq.report.level_views import LevelView, Line, ReasonView, RuledOut, ScaleState, ScaleView
from riskq.report.reasons import explain, reason_view
from riskq.report.subject import Subject

__all__ = ["class_scale", "scale_views"]


def scale_views(subject: Subject) -> tuple[ScaleView, ...]:
    """Every scale: the class first, then the headline, then the others in the rulebook's order."""
    views = [_scale_view(subject, scale) for scale in subject.questionnaire.rulebook.scales]
    first = class_scale(subject)
    return tuple(sorted(views, key=lambda view: (view.id != first, not view.is_headline)))


def class_scale(subject: Subject) -> str:
    """The scale of the class, by which documents are required; without one, the headline."""
    book = subject.questionnaire.rulebook
    return book.documents.scale if book.documents else book.headline.id


def _scale_view(subject: Subject, scale: Scale) -> ScaleView:
    result = subject.conclusion.scale(scale.id)
    text = subject.prose.scales[scale.id]
    state = _state(result)
    levels = _levels(subject, scale, result)
    settled = next((level for level in levels if level.id == result.level), None)
    state_text = _state_text(subject, state, levels)
    is_outside = state is ScaleState.OUTSIDE
    return ScaleView(
        id=scale.id,
        title=text.title,
        about=text.about,
        levels=levels,
        level=settled if state is ScaleState.SETTLED else None,
        applies=result.applies,
        state=state,
        state_text=state_text,
        note=_note(subject, result),
        reasons=() if is_outside else _reasons(subject, scale, result),
        ruled_out=() if is_outside else _ruled_out(subject, scale, result),
        decides=() if is_outside else subject.asks(result.decides),
        drawing=_drawing(subject, f"{text.title}: {state_text}", levels, state),
        is_headline=scale is subject.questionnaire.rulebook.headline,
    )


def _state(result: ScaleResult) -> ScaleState:
    if result.applies is Truth.FAILS:
        return ScaleState.OUTSIDE
    is_settled = result.applies is Truth.HOLDS and result.level is not None
    return ScaleState.SETTLED if is_settled else ScaleState.OPEN


def _levels(subject: Subject, scale: Scale, result: ScaleResult) -> tuple[LevelView, ...]:
    texts = subject.prose.scales[scale.id].levels
    return tuple(
        LevelView(level, texts[level].label, texts[level].meaning, level in result.if_applies)
        for level in scale.levels
    )


def _state_text(subject: Subject, state: ScaleState, levels: tuple[LevelView, ...]) -> str:
    possible = [level.label for level in levels if level.is_possible]
    if state is ScaleState.SETTLED:
        return possible[0]
    if state is ScaleState.OPEN:
        if len(possible) == len(levels):
            return subject.say("still open")
        if len(possible) == 1:
            return subject.say("%(level)s, if the law applies", level=possible[0])
        return subject.say("still open (%(levels)s)", levels=subject.either(possible))
    return subject.say("not assessed")


def _note(subject: Subject, result: ScaleResult) -> str:
    if result.applies is Truth.HOLDS:
        return ""
    if result.applies is Truth.FAILS:
        return subject.say("Not assessed: the system is outside the reach of the law.")
    return subject.say("This counts only if the law applies to the system, which is still open.")


def _drawing(
    subject: Subject, title: str, levels: tuple[LevelView, ...], state: ScaleState
) -> Drawing:
    found = Mark.HERE if state is ScaleState.SETTLED else Mark.POSSIBLE
    labels = [level.label for level in levels]
    marks = [found if level.is_possible else Mark.EMPTY for level in levels]
    in_order = subject.say("The levels in order: %(levels)s.", levels=", ".join(labels))
    is_faint = state is ScaleState.OUTSIDE
    return draw_scale(f"{title}. {in_order}", labels, marks, is_faint=is_faint)


def _reasons(subject: Subject, scale: Scale, result: ScaleResult) -> tuple[ReasonView, ...]:
    rules = [scale.rule(name) for name in result.because]
    return tuple(reason_view(subject, scale, r) for r in rules if r.level in result.if_applies)


def _ruled_out(subject: Subject, scale: Scale, result: ScaleResult) -> tuple[RuledOut, ...]:
    """For a level that follows because nothing else does: what was weighed and ruled out.

    Graver levels are told; where there are none, every level that came before.
    """
    deciding = scale.rule(result.because[0])
    if _state(result) is not ScaleState.SETTLED or not isinstance(deciding.when, Always):
        return ()
    before = scale.rules[: scale.rules.index(deciding)]
    earlier = tuple(rule for rule in before if rule.level != deciding.level)
    rank = scale.levels.index
    graver = tuple(rule for rule in earlier if rank(rule.level) > rank(deciding.level))
    found: dict[tuple[Line, ...], list[str]] = {}
    for level in dict.fromkeys(rule.level for rule in graver or earlier):
        lines = (explain(subject, rule.when) for rule in earlier if rule.level == level)
        told = tuple(dict.fromkeys(line for group in lines for line in group))
        found.setdefault(told, []).append(subject.level(scale.id, level))
    return tuple(RuledOut(subject.either(levels), lines) for lines, levels in found.items())
