"""Judges answers: the one function that every page, report and table of riskq is read off.

The questionnaire's diagrams are asked what the answers leave possible. With everything known that
is a walk to one leaf; with open answers it is the exact set of leaves that some completion
reaches. A completion gives every unanswered question an answer, and puts a truth behind every "I
don't know", which itself stays said.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from functools import cached_property

from riskq.engine.answers import Answer, Answers
from riskq.engine.compiled import Compiled, compile_questionnaire
from riskq.engine.conclusion import (
    Conclusion,
    DutyResult,
    Explanation,
    FineResult,
    Journey,
    NoticeResult,
    RequirementResult,
    ScaleResult,
    Truth,
)
from riskq.engine.diagrams import FALSE, TRUE
from riskq.questionnaire import (
    AllOf,
    AnyOf,
    Condition,
    Duty,
    DutyState,
    FactHolds,
    Not,
    Questionnaire,
    Requirement,
    Rule,
    ScaleAt,
)

__all__ = ["Judge", "assess"]


def assess(questionnaire: Questionnaire, answers: Answers, on: date) -> Conclusion:
    """Judge answers as of a day: the journey and the whole conclusion, with reasons.

    The day counts for periods only, such as "reviewed within the last year".
    """
    return Judge(questionnaire, answers, on).conclusion


_SETTLED: dict[Hashable, Truth] = {("truth", True): Truth.HOLDS, ("truth", False): Truth.FAILS}
"""What the leaves of truth hold."""


class _Allowed(dict[int, tuple[int, ...]]):
    """The classes that each variable may still take, found when a diagram first asks for them."""

    __slots__ = ("_answers", "_classes", "_on")

    def __init__(self, compiled: Compiled, answers: Answers, on: date) -> None:
        self._classes = compiled.classes
        self._answers = answers
        self._on = on

    def __missing__(self, variable: int) -> tuple[int, ...]:
        classes = self._classes[variable]
        answer = self._answers.get(classes.question.id)
        found = self[variable] = classes.allowed(answer, self._on)
        return found


class Judge:
    """Answers to one questionnaire on one day; each result is found when it is asked for."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers, on: date) -> None:
        self.questionnaire = questionnaire
        self.answers = answers
        self.on = on
        self._compiled = compile_questionnaire(questionnaire)
        self._allowed = _Allowed(self._compiled, answers, on)
        self._memo: dict[int, int] = {}

    def with_answer(self, question: str, answer: Answer) -> Judge:
        """What judges these answers with one more, or another; what it cannot change is kept."""
        after = Judge(self.questionnaire, {**self.answers, question: answer}, self.on)
        variable = self._compiled.position[question]
        looks_at = self._compiled.sight.looks_at
        # Copied first, in one step each: other threads may be finding out more at this moment.
        memo, allowed = dict(self._memo), dict(self._allowed)
        after._memo.update({n: bits for n, bits in memo.items() if not looks_at(n, variable)})
        allowed.pop(variable, None)
        after._allowed.update(allowed)
        return after

    @property
    def compiled(self) -> Compiled:
        """The diagrams that are asked."""
        return self._compiled

    def allowed(self, variables: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """The classes that the answers leave to each of the variables."""
        return {variable: self._allowed[variable] for variable in variables}

    def _bits(self, node: int) -> int:
        found = self._memo.get(node)
        if found is None:
            found = self._compiled.diagrams.leaves(node, self._allowed, self._memo)
            self._memo[node] = found
        return found

    def _truth(self, node: int) -> Truth:
        if node == TRUE:
            return Truth.HOLDS
        if node == FALSE:
            return Truth.FAILS
        bits = self._bits(node)
        diagrams = self._compiled.diagrams
        if bits == diagrams.bit[TRUE]:
            return Truth.HOLDS
        return Truth.FAILS if bits == diagrams.bit[FALSE] else Truth.OPEN

    def truth(self, condition: Condition) -> Truth:
        """Whether a condition of the questionnaire holds, fails or is open."""
        return self._truth(self._compiled.condition(condition))

    def is_asked(self, question: str) -> Truth:
        """Whether a question is asked; open where that depends on what is not known yet."""
        return self._truth(self._compiled.asked[self._compiled.position[question]])

    @cached_property
    def journey(self) -> Journey:
        """The questions asked, the next one, and which answers count."""
        names = self._compiled.position
        never = self._compiled.diagrams.bit[FALSE]
        nodes = zip(names, self._compiled.asked, strict=True)
        asked = [name for name, node in nodes if self._bits(node) != never]
        on_path = set(asked)
        counted = {name: self.answers[name] for name in asked if name in self.answers}
        aside = {n: self.answers[n] for n in names if n in self.answers and n not in on_path}
        following = next((name for name in asked if name not in self.answers), None)
        return Journey(tuple(asked), following, counted, aside)

    def levels(self, name: str) -> tuple[Truth, tuple[str, ...]]:
        """Whether a scale applies, and its levels if it does: what is soonest found of a scale."""
        applies = self._truth(self._compiled.applies[name])
        if applies is Truth.OPEN:
            return applies, self._relevant(name)
        compiled = self._compiled.scales[name]
        outcome = compiled.outcome(self._bits(compiled.rule), self._compiled.diagrams)
        return applies, outcome.possible

    def scale(self, name: str) -> ScaleResult:
        """One scale: its possible levels, the rules behind them, and what would settle it."""
        compiled = self._compiled.scales[name]
        outcome = compiled.outcome(self._bits(compiled.rule), self._compiled.diagrams)
        applies = self._truth(self._compiled.applies[name])
        if outcome.results and applies is not Truth.OPEN:
            return outcome.results[applies]
        later = (rule for rule, node in outcome.later if self._truth(node) is Truth.HOLDS)
        because = (*outcome.because, *later)
        decides = self._decides(compiled.level) if len(outcome.possible) > 1 else ()
        relevant = self._relevant(name)
        return ScaleResult(name, outcome.possible, because, applies, relevant, decides)

    def _relevant(self, name: str) -> tuple[str, ...]:
        """The levels that completions reach in which the scale applies."""
        values = self._compiled.diagrams.values(self._bits(self._compiled.relevant[name]))
        reached = {value for value in values if isinstance(value, int)}
        levels = self.questionnaire.rulebook.scale(name).levels
        return tuple(level for i, level in enumerate(levels) if i in reached)

    def _decides(self, node: int) -> tuple[str, ...]:
        questions = self.questionnaire.questions
        found = self._compiled.diagrams.depends_on(node, self._allowed)
        return tuple(questions[variable].id for variable in sorted(found))

    def duty(self, duty: Duty) -> DutyResult:
        """Whether a duty applies, and the state that the answers show."""
        applies = self.truth(duty.when)
        if applies is Truth.FAILS:
            return DutyResult(duty.id, applies, DutyState.UNKNOWN)
        states = self._compiled.diagrams.values(self._bits(self._compiled.duty_states[duty.id]))
        known = [state for state in states if isinstance(state, DutyState)]
        return DutyResult(duty.id, applies, known[0] if len(known) == 1 else DutyState.UNKNOWN)

    def requirement(self, item: Requirement) -> RequirementResult:
        """Whether a requirement is of interest, and whether it is met where it is."""
        values = self._compiled.diagrams.values(self._bits(self._compiled.met[item.id]))
        reached = {value for value in values if value is not None}
        met = _SETTLED.get(next(iter(reached))) if len(reached) == 1 else None
        return RequirementResult(item.id, self.truth(item.when), met or Truth.OPEN)

    @cached_property
    def conclusion(self) -> Conclusion:
        """Everything that the answers come to."""
        book = self.questionnaire.rulebook
        scales = tuple(self.scale(scale.id) for scale in book.scales)
        duties = (self.duty(duty) for duty in book.duties)
        notices = (NoticeResult(item.id, self.truth(item.when)) for item in book.notices)
        fines = (FineResult(fine.id, self.truth(fine.when)) for fine in book.fines)
        needed = map(self.requirement, book.requirements)
        deciding = {name for scale in scales for name in scale.decides}
        return Conclusion(
            journey=self.journey,
            scales=scales,
            duties=tuple(duty for duty in duties if duty.applies is not Truth.FAILS),
            notices=tuple(item for item in notices if item.holds is not Truth.FAILS),
            requirements=tuple(item for item in needed if item.applies is not Truth.FAILS),
            fines=tuple(fine for fine in fines if fine.applies is not Truth.FAILS),
            decides=tuple(q.id for q in self.questionnaire.questions if q.id in deciding),
        )

    def explain(self, condition: Condition) -> Explanation:
        """Why a condition stands as it stands, down to the answers."""
        truth = self.truth(condition)
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                telling = self._telling(condition, truth, parts)
                return Explanation(condition, truth, tuple(self.explain(part) for part in telling))
            case Not(part=part):
                return Explanation(condition, truth, (self.explain(part),))
            case FactHolds(fact=name):
                when = self.questionnaire.rulebook.fact(name).when
                return Explanation(condition, truth, (self.explain(when),))
            case ScaleAt(scale=name):
                weighed = self._weighed(name)
                return Explanation(condition, truth, tuple(self.explain(r.when) for r in weighed))
            case _:
                return Explanation(condition, truth)

    def _weighed(self, name: str) -> tuple[Rule, ...]:
        """The rules of a scale that put it where it is: the last that may decide, and all before.

        The first rule that holds decides, so that what fails before it is part of the reason.
        """
        compiled = self._compiled.scales[name]
        rules = compiled.scale.rules
        deciding = compiled.outcome(self._bits(compiled.rule), self._compiled.diagrams).because
        names = [rule.id for rule in rules]
        return rules[: names.index(deciding[-1]) + 1] if deciding else rules

    def _telling(
        self, condition: AllOf | AnyOf, truth: Truth, parts: tuple[Condition, ...]
    ) -> tuple[Condition, ...]:
        """The parts that make a condition what it is; all of them where no single one does."""
        silent = Truth.HOLDS if isinstance(condition, AllOf) else Truth.FAILS
        if truth is silent:
            return parts
        found = tuple(part for part in parts if self.truth(part) is truth)
        return found or tuple(part for part in parts if self.truth(part) is not silent)
