"""A questionnaire compiled into decision diagrams, ready to be asked about any answers.

One variable a question, in the order in which they are asked. The diagrams already hold that a
question which is not asked counts for nothing: every test of an answer is joined with "and it is
asked". What holds of them holds of all combinations of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock
from typing import cast
from weakref import WeakKeyDictionary

from msgspec import Struct

from riskq.engine.conclusion import ScaleResult, Truth
from riskq.engine.diagrams import FALSE, TRUE, Diagrams
from riskq.engine.frames import Frame, frame_of
from riskq.engine.sight import Sight
from riskq.errors import TooLargeError
from riskq.questionnaire import (
    AllOf,
    Always,
    AnyOf,
    Atom,
    Beyond,
    Compares,
    Condition,
    Duty,
    DutyState,
    FactHolds,
    Includes,
    Not,
    OlderThan,
    Questionnaire,
    Scale,
    ScaleAt,
    ScoreCompares,
    conditions_of,
)

__all__ = ["Compiled", "CompiledScale", "Outcome", "compile_questionnaire", "naming"]

_COMPILED: WeakKeyDictionary[Questionnaire, Compiled] = WeakKeyDictionary()
_LOCK = Lock()

MOST_SUMS = 200_000
"""So many sums of points are told apart and no more."""


class Outcome(Struct, frozen=True):
    """What it means for a scale that some of its rules decide, in one completion or another.

    ``possible`` are their levels and ``because`` their ids. Where the level is settled, ``later``
    are the rules after them that give the same level, each with the diagram of its condition;
    where there is none of these either, ``results`` are ready for a scale whose relevance is known.
    """

    possible: tuple[str, ...]
    because: tuple[str, ...]
    later: tuple[tuple[str, int], ...]
    results: Mapping[Truth, ScaleResult]


@dataclass(frozen=True, slots=True)
class CompiledScale:
    """A scale's diagrams: the deciding rule, the level, and each rule's own condition.

    Leaves of ``rule`` hold the position of the first rule that holds (``None`` where none does);
    leaves of ``level`` hold the position of the level.
    """

    scale: Scale
    rule: int
    level: int
    conditions: tuple[int, ...]
    _outcomes: dict[int, Outcome] = field(default_factory=dict, compare=False, repr=False)

    def outcome(self, bits: int, diagrams: Diagrams) -> Outcome:
        """What follows when exactly the leaves of these bits can be reached."""
        found = self._outcomes.get(bits)
        if found is None:
            values = diagrams.values(bits)
            deciding = sorted(value for value in values if isinstance(value, int))
            found = self._outcomes[bits] = self._outcome(deciding)
        return found

    def _outcome(self, deciding: list[int]) -> Outcome:
        rules = self.scale.rules
        levels = {rules[i].level for i in deciding}
        after = range(deciding[-1] + 1, len(rules)) if len(levels) == 1 else range(0)
        possible = tuple(level for level in self.scale.levels if level in levels)
        because = tuple(rules[i].id for i in deciding)
        later = tuple(
            (rules[i].id, self.conditions[i])
            for i in after
            if rules[i].level in levels and self.conditions[i] != TRUE
        )
        is_ready = len(levels) == 1 and not later
        results = {
            applies: ScaleResult(self.scale.id, possible, because, applies, if_applies, ())
            for applies, if_applies in ((Truth.HOLDS, possible), (Truth.FAILS, ()))
            if is_ready
        }
        return Outcome(possible, because, later, results)


class Compiled:
    """The diagrams of one questionnaire.

    ``position`` gives the variable of each question id, ``classes`` the classes of answers of each
    variable, ``asked`` the diagram that holds where the variable's question is asked,
    ``applies`` the relevance of each scale, ``relevant`` its level where it applies (``None`` where
    it does not), ``met`` whether each requirement is met (``None`` where it is of no interest), and
    ``duty_states`` the state of each duty (``None``
    where the duty does not apply). All diagrams are made at once, so that threads only read them.
    With ``all_asked`` the conditions on asking are left aside, and the frame may be another than
    the questionnaire's own, which is of use to proofs alone.
    """

    def __init__(
        self, questionnaire: Questionnaire, *, frame: Frame | None = None, all_asked: bool = False
    ) -> None:
        frame = frame or frame_of(questionnaire)
        self.rulebook = questionnaire.rulebook
        self.diagrams = frame.diagrams
        self.sight = Sight(self.diagrams)
        self.position = frame.position
        self.classes = frame.classes
        self._score_names = frame.scores
        self._conditions: dict[Condition, int] = {}
        self._scales: dict[str, CompiledScale] = {}
        self.asked = [FALSE] * len(self.classes)
        for section in questionnaire.sections:
            for question in section.questions:
                gate = TRUE if all_asked else self.condition(section.ask_if)
                own = TRUE if all_asked else self.condition(question.ask_if)
                self.asked[self.position[question.id]] = self.diagrams.both(gate, own)
        for condition in conditions_of(questionnaire.sections, self.rulebook):
            self.condition(condition)
        self.scales = {scale.id: self._scale(scale.id) for scale in self.rulebook.scales}
        self.applies = {s.id: self.condition(s.applies_if) for s in self.rulebook.scales}
        nothing, choose = self.diagrams.leaf(None), self.diagrams.choose
        self.relevant = {
            n: choose(self.applies[n], s.level, nothing) for n, s in self.scales.items()
        }
        self.met = {
            item.id: choose(self.condition(item.when), self.condition(item.met), nothing)
            for item in self.rulebook.requirements
        }
        self.duty_states = {duty.id: self._duty_state(duty) for duty in self.rulebook.duties}

    def condition(self, condition: Condition) -> int:
        """The diagram that holds where the condition holds of the counted answers."""
        node = self._conditions.get(condition)
        if node is None:
            node = self._conditions[condition] = self._compile(condition)
        return node

    def _compile(self, condition: Condition) -> int:
        diagrams = self.diagrams
        match condition:
            case Always():
                node = TRUE
            case Includes() | Beyond() | Compares() | OlderThan():
                node = self._atom(condition)
            case Not(part=part):
                node = diagrams.negation(self.condition(part))
            case AllOf(parts=parts):
                node = self._fold(diagrams.both, parts, TRUE)
            case AnyOf(parts=parts):
                node = self._fold(diagrams.either, parts, FALSE)
            case FactHolds(fact=name):
                node = self.condition(self.rulebook.fact(name).when)
            case ScaleAt(scale=name, levels=levels):
                node = self._scale_at(name, levels)
            case _:
                node = self._score_compares(condition)
        return node

    def _fold(
        self, join: Callable[[int, int], int], parts: tuple[Condition, ...], start: int
    ) -> int:
        # Conditions stand in one another: each function in between would make that deeper.
        for part in reversed(parts):
            start = join(self.condition(part), start)
        return start

    def _atom(self, atom: Atom) -> int:
        variable = self.position[atom.question]
        node = self.diagrams.node(variable, self.classes[variable].branches(atom, TRUE, FALSE))
        return self.diagrams.both(self.asked[variable], node)

    def _scale_at(self, name: str, levels: tuple[str, ...]) -> int:
        compiled = self._scale(name)
        wanted = {compiled.scale.levels.index(level) for level in levels}
        value = self.diagrams.value
        return self.diagrams.change(
            ("scale-at", *sorted(wanted)),
            compiled.level,
            lambda leaf: TRUE if value[leaf] in wanted else FALSE,
        )

    def _score_compares(self, test: ScoreCompares) -> int:
        value = self.diagrams.value
        return self.diagrams.change(
            ("score", test.score, test.comparison, test.bound),
            self.score(test.score),
            lambda leaf: (
                TRUE if test.comparison.holds(cast("Decimal", value[leaf]), test.bound) else FALSE
            ),
        )

    def score(self, name: str) -> int:
        """The diagram whose leaves hold the sum of the points of all counted answers."""
        diagrams, called = self.diagrams, self._score_names[name]
        counted = [
            (variable, points)
            for variable, classes in enumerate(self.classes)
            if any(points := classes.points(called))
        ]
        # By the sum of all points before it, what each question and those after it bring it to.
        sums = list(self._sums([points for _, points in counted]))
        total = {value: diagrams.leaf(value) for value in sums[-1]}
        for (variable, points), before in zip(reversed(counted), sums[-2::-1], strict=True):
            asked, after, total = self.asked[variable], total, {}
            for value in before:
                own = diagrams.select(variable, tuple(after[value + more] for more in points))
                total[value] = diagrams.choose(asked, own, after[value])
        return total[Decimal(0)]

    def _sums(self, points: Iterable[tuple[Decimal, ...]]) -> Iterator[set[Decimal]]:
        """The sums that there may be before each question that brings points, and after all."""
        reached = {Decimal(0)}
        yield reached
        for own in points:
            reached = reached | {value + more for value in reached for more in own}
            if len(reached) > MOST_SUMS:
                told = f"points add up to more than {MOST_SUMS:,} different sums"
                raise TooLargeError(f"its {told}. Give points that are round numbers.")
            yield reached

    def _scale(self, name: str) -> CompiledScale:
        if name not in self._scales:
            self._scales[name] = self._compile_scale(self.rulebook.scale(name))
        return self._scales[name]

    def _compile_scale(self, scale: Scale) -> CompiledScale:
        diagrams = self.diagrams
        conditions = tuple(self.condition(rule.when) for rule in scale.rules)
        node = diagrams.leaf(None)
        for index in reversed(range(len(conditions))):
            node = diagrams.choose(conditions[index], diagrams.leaf(index), node)
        name = ("level", *(scale.levels.index(rule.level) for rule in scale.rules))
        level = diagrams.change(name, node, lambda leaf: self._level(scale, leaf))
        return CompiledScale(scale, node, level, conditions)

    def _level(self, scale: Scale, leaf: int) -> int:
        rule = cast("int | None", self.diagrams.value[leaf])
        found = None if rule is None else scale.levels.index(scale.rules[rule].level)
        return self.diagrams.leaf(found)

    def _duty_state(self, duty: Duty) -> int:
        diagrams = self.diagrams
        node = diagrams.leaf(DutyState.UNKNOWN)
        for state, condition in reversed(tuple(duty.states.items())):
            node = diagrams.choose(self.condition(condition), diagrams.leaf(state), node)
        # Where the duty does not apply it has no state: what is open is its state if it applies.
        return diagrams.choose(self.condition(duty.when), node, diagrams.leaf(None))


def compile_questionnaire(questionnaire: Questionnaire) -> Compiled:
    """The diagrams of a questionnaire, made once for each questionnaire that was loaded."""
    found = _COMPILED.get(questionnaire)
    if found is None:
        with _LOCK:
            found = _COMPILED.get(questionnaire)
            if found is None:
                with naming(questionnaire):
                    found = _COMPILED[questionnaire] = Compiled(questionnaire)
    return found


@contextmanager
def naming(questionnaire: Questionnaire) -> Iterator[None]:
    """Name the questionnaire when it is too large for what is done here."""
    try:
        yield
    except TooLargeError as fault:
        raise TooLargeError(f"{questionnaire.id}/{questionnaire.edition}: {fault}") from None
