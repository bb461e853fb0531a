"""Compares two editions: in words, in logic, and in the conclusions of all their cases.

What both say the same of all answers is proved: it is one node in the diagrams that they share. Of
everything else answers are given that tell the two apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from msgspec import Struct, field

from riskq.checks.case_changes import CaseChange, case_changes
from riskq.checks.finding import Example
from riskq.checks.outcomes import Outcome, asking, outcomes
from riskq.checks.rewritten import Rewritten, alone, rewritten
from riskq.checks.telling import Apart
from riskq.checks.texts import texts_of
from riskq.engine import Compiled, shared_frames
from riskq.questionnaire import Case, Questionnaire

__all__ = ["Comparison", "LogicChange", "WordChange", "compare"]


class WordChange(Struct, frozen=True):
    """One text of one language, before and after; empty where there is none."""

    language: str
    path: str
    old: str
    new: str


class LogicChange(Struct, frozen=True):
    """Something that is in one edition alone (``added``, ``removed``) or is not the same in both.

    ``changed``: with ``example``, and whatever else is answered, the older edition says ``old`` and
    the newer one ``new``. An edition says nothing of answers that it does not take; their questions
    are ``not_taken_by_old`` and ``not_taken_by_new``.
    """

    what: str
    id: str
    change: str
    example: Example = field(default_factory=dict)
    old: str = ""
    new: str = ""
    not_taken_by_old: tuple[str, ...] = ()
    not_taken_by_new: tuple[str, ...] = ()


class Comparison(Struct, frozen=True):
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
        self.apart = Apart(old, new, self.one, self.other)
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
        found = self.apart.telling(one, other)
        sides = (_told(found.old), _told(found.new))
        not_taken = (found.not_by_old, found.not_by_new)
        return LogicChange(*name, "changed", found.example, *sides, *not_taken)


def _told(value: Hashable) -> str:
    """A leaf in words: a truth, a level, a rule, a state, or nothing."""
    if isinstance(value, tuple):
        return "yes" if value[1] else "no"
    return "" if value is None else str(value)
