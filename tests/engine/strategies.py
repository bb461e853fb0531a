"""Random small questionnaires of every form that the format has, and random answers to them.

They are drawn from a plain ``Random``, since drawing every choice from hypothesis would cost far
more than judging. A failing example names the seed, which draws the same questionnaire again.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from riskq.engine import Answer, Answers, Unsure
from riskq.questionnaire import (
    AllOf,
    Always,
    AnyOf,
    Beyond,
    Compares,
    Comparison,
    Condition,
    Duty,
    DutyState,
    Fact,
    FactHolds,
    Fine,
    Includes,
    Kind,
    Law,
    Not,
    Notice,
    OlderThan,
    Option,
    Period,
    Question,
    Questionnaire,
    Range,
    Requirement,
    Rule,
    Rulebook,
    Scale,
    ScaleAt,
    ScoreCompares,
    Section,
    TimeSpan,
)
from tests.engine.brute_force import openings, truths_of

__all__ = ["ON", "SEEDS", "draw_answers", "draw_questionnaire"]

ON = date(2026, 3, 31)
SEEDS = st.integers(0, 2**48)

_COMPARISONS = list(Comparison)
_KINDS = [Kind.ONE] * 3 + [Kind.MANY] * 2 + [Kind.NUMBER, Kind.DATE, Kind.TEXT]
_DAYS = [date(2025, 12, 31), date(2026, 3, 30), ON, date(2026, 4, 1)]
_PERIODS = {
    "months": [Period(1, 0), Period(2, 0), Period(12, 0)],
    "days": [Period(0, 28), Period(0, 29), Period(0, 365)],
}
_POINTS = [Decimal(points) for points in (0, 0, 1, 2, -1)]


class Drawn(Struct, frozen=True):
    """What exists so far: the questions, and each fact and scale with how many of them it sees.

    ``dates`` tells by what a date is tested: by days, by months or by periods of days.
    """

    questions: tuple[Question, ...]
    dates: dict[str, str]
    scores: tuple[str, ...]
    facts: tuple[tuple[Fact, int], ...] = ()
    scales: tuple[tuple[Scale, int], ...] = ()


def draw_questionnaire(random: Random) -> Questionnaire:
    """A questionnaire of two to six questions whose conditions keep the order of the format."""
    drawn = _questions(random)
    for index in range(random.randint(1, 4)):
        drawn = (_scale if random.random() < 0.6 else _fact)(random, drawn, index)
    if not drawn.scales:
        drawn = _scale(random, drawn, 9)
    return Questionnaire(
        id="drawn",
        edition=date(2026, 1, 1),
        minutes=1,
        digest="",
        sections=_sections(random, drawn),
        rulebook=_rulebook(random, drawn),
        prose={},
        law=Law({}),
    )


def draw_answers(random: Random, questionnaire: Questionnaire, completions: int) -> Answers:
    """Answers to some of the questions, on the path or off it, doubts among them.

    At most so many completions are left open, so that all of them can be looked at.
    """
    answers: dict[str, Answer] = {}
    left = completions
    for question in questionnaire.questions:
        truths = truths_of(questionnaire, question, ON)
        wish = random.choice(["answer", "leave", "doubt" if question.unsure else "answer"])
        if wish == "doubt":
            answers[question.id] = Unsure()
        ways = len(openings(questionnaire, answers, ON)[question.id])
        if wish == "answer" or ways > left:
            answers[question.id] = random.choice(truths)
        else:
            left //= ways
    return answers


def _questions(random: Random) -> Drawn:
    scores = random.choice([(), (), ("s",), ("s", "t")])
    asked = tuple(_question(random, f"q{i}", scores) for i in range(random.randint(2, 6)))
    dates = {q.id: random.choice(["bounds", *_PERIODS]) for q in asked if q.kind is Kind.DATE}
    return Drawn(asked, dates, scores)


def _question(random: Random, name: str, scores: tuple[str, ...]) -> Question:
    kind = random.choice(_KINDS)
    span = Range(Decimal(-1), Decimal(3)) if random.random() < 0.5 else None
    return Question(
        id=name,
        kind=kind,
        options=_options(random, kind, scores),
        unsure=kind is not Kind.TEXT and random.random() < 0.5,
        range=span if kind is Kind.NUMBER else None,
        future=kind is Kind.DATE and random.random() < 0.5,
    )


def _options(random: Random, kind: Kind, scores: tuple[str, ...]) -> tuple[Option, ...]:
    least = 2 if kind in (Kind.ONE, Kind.MANY) else 0
    most = {Kind.ONE: 3, Kind.MANY: 3, Kind.TEXT: 0}.get(kind, 1)
    found = []
    for letter in "abc"[: random.randint(least, most)]:
        points = {score: random.choice(_POINTS) for score in scores if random.random() < 0.6}
        found.append(Option(letter, kind is Kind.MANY and random.random() < 0.3, points))
    return tuple(found)


def _condition(random: Random, drawn: Drawn, upto: int, depth: int = 2) -> Condition:
    """A condition that sees none but the first ``upto`` questions."""
    if depth and random.random() < 0.5:
        size = random.randint(1, 3)
        parts = tuple(_condition(random, drawn, upto, depth - 1) for _ in range(size))
        if size == 1:
            return Not(parts[0])
        return AllOf(parts) if random.random() < 0.5 else AnyOf(parts)
    forms = [question for question in drawn.questions[:upto] if not question.is_text]
    if random.random() < 0.3 or not forms:
        return _named(random, drawn, upto)
    return _test(random, drawn, random.choice(forms))


def _named(random: Random, drawn: Drawn, upto: int) -> Condition:
    """A condition that looks at a fact, a scale or a score; always, where there is none."""
    found: list[Condition] = [FactHolds(fact.id) for fact, sees in drawn.facts if sees <= upto]
    for scale, sees in drawn.scales:
        if sees <= upto:
            found.append(ScaleAt(scale.id, _some(random, scale.levels)))
    scored = [i for i, q in enumerate(drawn.questions, 1) if any(o.points for o in q.options)]
    if drawn.scores and (not scored or scored[-1] <= upto):
        bound = Decimal(random.randint(-1, 4))
        score = random.choice(drawn.scores)
        found.append(ScoreCompares(score, random.choice(_COMPARISONS), bound))
    return random.choice(found) if found else Always()


def _test(random: Random, drawn: Drawn, question: Question) -> Condition:
    roll = random.random()
    if question.kind is Kind.NUMBER and (roll < 0.6 or not question.accepts):
        bound = Decimal(random.randint(-2, 4))
        return Compares(question.id, random.choice(_COMPARISONS), bound)
    if question.kind is Kind.DATE and (roll < 0.6 or not question.accepts):
        by = drawn.dates[question.id]
        if by == "bounds":
            return Compares(question.id, random.choice(_COMPARISONS), random.choice(_DAYS))
        return OlderThan(question.id, random.choice(_PERIODS[by]))
    if question.option_ids and roll > 0.8:
        return Beyond(question.id, _some(random, question.option_ids))
    return Includes(question.id, _some(random, question.accepts))


def _some(random: Random, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(random.sample(names, random.randint(1, min(2, len(names)))))


def _fact(random: Random, drawn: Drawn, index: int) -> Drawn:
    upto = random.randint(1, len(drawn.questions))
    fact = Fact(f"fact{index}", _condition(random, drawn, upto))
    return replace(drawn, facts=(*drawn.facts, (fact, upto)))


def _scale(random: Random, drawn: Drawn, index: int) -> Drawn:
    upto = random.randint(1, len(drawn.questions))
    levels = ("low", "mid", "top")[: random.randint(2, 3)]
    conditions = [_condition(random, drawn, upto) for _ in range(random.randint(1, 3))]
    if random.random() < 0.8:
        conditions.append(Always())
    rules = (
        Rule(f"rule{index}-{i}", random.choice(levels), when, ())
        for i, when in enumerate(conditions)
    )
    applies = _condition(random, drawn, len(drawn.questions))
    scale = Scale(f"scale{index}", levels, tuple(rules), applies)
    return replace(drawn, scales=(*drawn.scales, (scale, upto)))


def _sections(random: Random, drawn: Drawn) -> tuple[Section, ...]:
    """The questions with conditions on asking, parted into sections that have some too."""
    asked: list[Question] = []
    for index, question in enumerate(drawn.questions):
        gate = _condition(random, drawn, index, 1) if random.random() < 0.5 else Always()
        asked.append(replace(question, ask_if=gate))
    cut = random.randint(1, len(asked))
    first = Section("first", tuple(asked[:cut]))
    if cut == len(asked):
        return (first,)
    gate = _condition(random, drawn, cut, 1) if random.random() < 0.5 else Always()
    return (first, Section("second", tuple(asked[cut:]), gate))


def _rulebook(random: Random, drawn: Drawn) -> Rulebook:
    def draw() -> Condition:
        return _condition(random, drawn, len(drawn.questions))

    states = {state: draw() for state in random.sample(list(DutyState), random.randint(0, 3))}
    return Rulebook(
        in_force=TimeSpan(date(2026, 1, 1)),
        acts=(),
        scales=tuple(scale for scale, _ in drawn.scales),
        facts=tuple(fact for fact, _ in drawn.facts),
        scores=drawn.scores,
        duties=(Duty("duty", draw(), (), ("owner",), states),),
        notices=(Notice("notice", draw(), ()),),
        requirements=(Requirement("requirement", draw(), draw(), ()),),
        fines=(Fine("fine", draw(), (), "q0", "unit", {}, {}),),
    )
