"""Compares two editions: in words, in logic, and in the conclusions of all their cases.

What both say the same of all answers is proved: it is one node in the diagrams that they share. Of
everything else answers are given that tell the two apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from riskq.checks.case_changes import CaseChange, case_changes
from riskq.checks.finding import Example
from riskq.checks.outcomes import Outcome, asking, outcomes
from riskq.checks.rewritten import Rewritten, alone, rewritten
from riskq.checks.texts import texts_of
from riskq.engine import Classes, Compiled, Diagrams, shared_frames, write_answer
from riskq.questionnaire import Case, Questionnaire

__all__ = ["Comparison", "LogicChange", "WordChange", "compare"]


@dataclass(frozen=True, slots=True)
class WordChange:
    """One text of one language, before and after; empty where there is none."""

    language: str
    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class LogicChange:
    """Something that is in one edition alone (``added``, ``removed``) or is not the same in both.

    ``changed``: with ``example``, and whatever else is answered, the older edition says ``old`` and
    the newer one ``new``.
    """

    what: str
    id: str
    change: str
    example: Example = field(default_factory=dict)
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in which two editions differ, and how many things were proved to be the same.

    ``rewritten`` is what they write differently beside the logic.
    """

    old: str
    new: str
    words: tuple[WordChange, ...]
    logic: tuple[LogicChange, ...]
    rewritten: tuple[Rewritten, ...]
    cases: tuple[CaseChange, ...]
    proved_same: int
    judged_cases: int


def compare(
    old: Questionnaire, new: Questionnaire, old_cases: Sequence[Case], new_cases: Sequence[Case]
) -> Comparison:
    """Compare two editions of a questionnaire, the older one first."""
    logic = _Logic(old, new)
    changes = tuple(logic.changes())
    cases = {case.id: case for case in (*old_cases, *new_cases)}
    return Comparison(
        old=f"{old.id}/{old.edition}",
        new=f"{new.id}/{new.edition}",
        words=tuple(_words(old, new)),
        logic=changes,
        rewritten=tuple(rewritten(old, new)),
        cases=tuple(case_changes(old, new, tuple(cases.values()))),
        proved_same=logic.same,
        judged_cases=len(cases),
    )


def _words(old: Questionnaire, new: Questionnaire) -> Iterator[WordChange]:
    for language in new.prose:
        before = texts_of(old.prose[language]) if language in old.prose else {}
        after = texts_of(new.prose[language])
        for path in dict.fromkeys((*after, *before)):
            one, other = before.get(path, ""), after.get(path, "")
            if one != other:
                yield WordChange(language, path, one, other)


class _Logic:
    """Two editions compiled into one store of diagrams."""

    def __init__(self, old: Questionnaire, new: Questionnaire) -> None:
        frames = shared_frames(old, new)
        self.old, self.new = old, new
        self.one, self.other = (
            Compiled(questionnaire, frame=frame)
            for questionnaire, frame in zip((old, new), frames, strict=True)
        )
        self.same = 0

    def changes(self) -> Iterator[LogicChange]:
        """What is in one edition alone, then what both have and say differently."""
        for thing in alone(self.old, self.new):
            yield LogicChange(thing.kind, ": ".join(thing.path), thing.change)
        before = dict((*outcomes(self.one), *asking(self.one)))
        after = dict((*outcomes(self.other), *asking(self.other)))
        yield from (LogicChange(*name, "removed") for name in before if name not in after)
        for name, node in after.items():
            if name not in before:
                yield LogicChange(*name, "added")
            elif before[name] == node:
                self.same += 1
            else:
                yield self.differing(name, before[name], node)

    def differing(self, name: Outcome, one: int, other: int) -> LogicChange:
        apart = _Apart(self.one.diagrams, self.one.classes, self.shared())
        found = apart.find(one, other) or _Apart(self.one.diagrams, self.one.classes, {}).find(
            one, other
        )
        steps, old, new = found or ([], None, None)
        example = dict(self.written(step) for step in steps)
        return LogicChange(*name, "changed", example, _told(old), _told(new))

    def shared(self) -> Mapping[int, tuple[int, ...]]:
        """The classes of answers that both editions accept, by variable."""
        found: dict[int, tuple[int, ...]] = {}
        for name, variable in self.other.position.items():
            if self.one.position.get(name) == variable:
                accepted = set(self.old.by_id[name].accepts) & set(self.new.by_id[name].accepts)
                classes = self.other.classes[variable]
                found[variable] = classes.within(accepted)
        return found

    def written(self, step: tuple[int, int]) -> tuple[str, str | list[str]]:
        classes = self.other.classes[step[0]]
        return classes.question.id, write_answer(classes.question, classes.samples[step[1]])


@dataclass
class _Apart:
    """Looks for answers with which two diagrams have different leaves."""

    diagrams: Diagrams
    classes: Sequence[Classes]
    allowed: Mapping[int, tuple[int, ...]]
    dead: set[tuple[int, int]] = field(default_factory=set)

    def find(self, one: int, other: int) -> tuple[list[tuple[int, int]], Hashable, Hashable] | None:
        """The answers, by variable and class, and the two values; ``None`` if there are none."""
        if one == other or (one, other) in self.dead:
            return None
        diagrams = self.diagrams
        if diagrams.is_leaf(one) and diagrams.is_leaf(other):
            return [], diagrams.value[one], diagrams.value[other]
        top = min(diagrams.variable[one], diagrams.variable[other])
        for choice in self.allowed.get(top, self.classes[top].all):
            rest = self.find(self.branch(one, top, choice), self.branch(other, top, choice))
            if rest is not None:
                steps = rest[0] if self.is_idle(one, other, top) else [(top, choice), *rest[0]]
                return steps, rest[1], rest[2]
        self.dead.add((one, other))
        return None

    def is_idle(self, one: int, other: int, variable: int) -> bool:
        """Whether neither diagram looks at the variable here."""
        return variable not in (self.diagrams.variable[one], self.diagrams.variable[other])

    def branch(self, node: int, variable: int, choice: int) -> int:
        diagrams = self.diagrams
        return diagrams.branches[node][choice] if diagrams.variable[node] == variable else node


def _told(value: Hashable) -> str:
    """A leaf in words: a truth, a level, a rule, a state, or nothing."""
    if isinstance(value, tuple):
        return "yes" if value[1] else "no"
    return "" if value is None else str(value)
