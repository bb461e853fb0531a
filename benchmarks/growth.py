"""How the time of ``riskq check`` grows with the number of questions.

    .venv/bin/python -m benchmarks.growth

Made questionnaires in the manner of the AI law's: sections of ten questions, each asked only if an
earlier answer calls for it; a scale that looks at all of them, and one a section; a duty for every
third question, a warning for every fifth. Two more look at every question at once: one by a score,
one by a long "any". The published editions are checked in the same run.
"""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from riskq.checks import check_edition, check_rules
from riskq.checks.space import Space
from riskq.questionnaire import (
    ALWAYS,
    AllOf,
    AnyOf,
    Catalogue,
    Comparison,
    Condition,
    Duty,
    DutyState,
    Fact,
    FactHolds,
    Includes,
    Kind,
    Law,
    Not,
    Notice,
    Option,
    Question,
    Questionnaire,
    Rule,
    Rulebook,
    Scale,
    ScaleAt,
    ScoreCompares,
    Section,
    TimeSpan,
)

SIZES = (30, 60, 120, 200, 300)
A_SECTION = 10


def made(size: int, seed: int = 1) -> Questionnaire:
    """A questionnaire of so many questions; the same size always gives the same."""
    rng = Random(seed)
    sections = tuple(_section(rng, index) for index in range(size // A_SECTION))
    questions = [question for section in sections for question in section.questions]
    facts = tuple(Fact(f"grave-{s.id}", _any_yes(s.questions[:6])) for s in sections)
    scales = {section.id: _section_scale(section) for section in sections}
    overall = Scale(
        "overall",
        ("light", "medium", "grave"),
        (
            Rule("many", "grave", AnyOf(tuple(_pairs(facts))), ("act",)),
            Rule("one", "medium", AnyOf(tuple(FactHolds(fact.id) for fact in facts)), ("act",)),
            Rule("none", "light", ALWAYS, ("act",)),
        ),
    )
    book = Rulebook(
        in_force=TimeSpan(date(2026, 1, 1)),
        acts=("act",),
        scales=(*scales.values(), overall),
        facts=facts,
        duties=tuple(_duty(rng, question) for question in questions[::3]),
        notices=tuple(
            Notice(f"notice-{q.id}", AllOf((Includes(q.id, ("yes",)), _grave())), ("act",))
            for q in questions[::5]
        ),
    )
    return Questionnaire("made", date(2026, 1, 1), 10, "", sections, book, {}, Law({}))


def scored(size: int) -> Questionnaire:
    """A questionnaire with one scale by the sum of up to three points for each "yes"."""
    points = [{"impact": Decimal(index % 3 + 1)} for index in range(size)]
    questions = tuple(
        Question(f"q{index}", Kind.ONE, (Option("yes", points=own), Option("no")))
        for index, own in enumerate(points)
    )
    when = ScoreCompares("impact", Comparison.AT_LEAST, Decimal(size))
    return _simple(questions, when, ("impact",))


def listed(size: int) -> Questionnaire:
    """A questionnaire with one scale by whether any of so many answers is "yes"."""
    options = (Option("yes"), Option("no"))
    questions = tuple(Question(f"q{index}", Kind.ONE, options) for index in range(size))
    return _simple(questions, _any_yes(questions))


def _simple(
    questions: tuple[Question, ...], when: Condition, scores: tuple[str, ...] = ()
) -> Questionnaire:
    rules = (Rule("some", "grave", when, ("act",)), Rule("none", "light", ALWAYS, ("act",)))
    book = Rulebook(
        in_force=TimeSpan(date(2026, 1, 1)),
        acts=("act",),
        scores=scores,
        scales=(Scale("overall", ("light", "grave"), rules),),
    )
    sections = (Section("all", questions),)
    return Questionnaire("made", date(2026, 1, 1), 10, "", sections, book, {}, Law({}))


def _section(rng: Random, index: int) -> Section:
    asked = []
    for place in range(A_SECTION):
        name = f"q{index}-{place}"
        gate: Condition = ALWAYS
        if place and rng.random() < 0.4:
            gate = Includes(f"q{index}-{rng.randrange(place)}", ("yes",))
        options = (Option("yes"), Option("no"))
        asked.append(Question(name, Kind.ONE, options, unsure=True, ask_if=gate))
    gate = Includes(f"q{rng.randrange(index)}-0", ("yes",)) if index else ALWAYS
    return Section(f"s{index}", tuple(asked), gate)


def _any_yes(questions: tuple[Question, ...]) -> Condition:
    return AnyOf(tuple(Includes(question.id, ("yes",)) for question in questions))


def _pairs(facts: tuple[Fact, ...]) -> list[Condition]:
    """Two neighbouring sections that are both grave."""
    if len(facts) == 1:
        return [FactHolds(facts[0].id)]
    return [AllOf((FactHolds(a.id), FactHolds(b.id))) for a, b in pairwise(facts)]


def _section_scale(section: Section) -> Scale:
    first, *rest = section.questions
    return Scale(
        f"scale-{section.id}",
        ("none", "some"),
        (
            Rule(f"some-{section.id}", "some", _any_yes(tuple(rest)), ("act",)),
            Rule(f"none-{section.id}", "none", ALWAYS, ("act",)),
        ),
        applies_if=Not(Includes(first.id, ("no",))),
    )


def _grave() -> Condition:
    return ScaleAt("overall", ("grave",))


def _duty(rng: Random, question: Question) -> Duty:
    states = {
        DutyState.DONE: Includes(question.id, ("yes",)),
        DutyState.MISSING: Includes(question.id, ("no",)),
    }
    when = ScaleAt("overall", ("medium", "grave")) if rng.random() < 0.5 else ALWAYS
    return Duty(f"duty-{question.id}", when, ("act",), ("owner",), states)


def timed(questionnaire: Questionnaire) -> tuple[float, int, int]:
    """Seconds of a proof, the nodes of the diagrams, and the findings."""
    begun = time.perf_counter()
    findings = check_rules(questionnaire)
    seconds = time.perf_counter() - begun
    return seconds, len(Space(questionnaire).diagrams.variable), len(findings)


def main() -> None:
    """Print the table of docs/performance.md."""
    print("questions        combinations  nodes     seconds   of 30 questions")
    first = 0.0
    rows = [(size, "      ", made(size)) for size in SIZES]
    rows += [(SIZES[-1], "score ", scored(SIZES[-1])), (SIZES[-1], "any   ", listed(SIZES[-1]))]
    for size, name, questionnaire in rows:
        seconds, nodes, _ = timed(questionnaire)
        first = first or seconds
        count = f"{Space(questionnaire).count():12.0e}"
        print(f"{size:9} {name} {count}  {nodes:8,}  {seconds:8.2f}  {seconds / first:8.1f} x")
    catalogue = Catalogue()
    for name in catalogue.names():
        for day in catalogue.editions(name):
            begun = time.perf_counter()
            checked = check_edition(catalogue.edition(name, day))
            seconds = time.perf_counter() - begun
            print(f"{checked.name}: files, proof and {checked.cases} cases {seconds:.2f} s")


if __name__ == "__main__":
    main()
