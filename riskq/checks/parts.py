"""Parts of conditions, and options in them, that change nothing wherever they are.

A part is without effect if the whole condition says the same with the part held to be always, or
never, true. An option is without effect in a test if the condition says the same without it. What
is idle only because of the path is left alone: a rule may repeat what asking a question implies.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from riskq.checks.finding import Finding, found
from riskq.checks.occurrences import Occurrence
from riskq.checks.space import Space
from riskq.engine import FALSE, TRUE
from riskq.questionnaire import (
    Beyond,
    Condition,
    Includes,
    Named,
    named_conditions,
    write_condition,
)

__all__ = ["without_effect"]

_Test = Includes | Beyond


def without_effect(space: Space) -> Iterator[Finding]:
    """Every part, and every option in a test, that could as well not be there."""
    sections, book = space.questionnaire.sections, space.questionnaire.rulebook
    for named in named_conditions(sections, book):
        if space.condition(named.condition) not in (TRUE, FALSE):
            yield from _Search(space, named).below(Occurrence(named.condition))


class _Search(Struct, frozen=True):
    """Looks through one condition, which holds with some answers and fails with others."""

    space: Space
    named: Named

    def below(self, here: Occurrence) -> Iterator[Finding]:
        """What is without effect inside a part that has some; of nested parts the outermost."""
        if isinstance(here.part, _Test):
            yield from self.options(here, here.part)
        for inner in here.inner():
            if self.space.condition(inner.part) == FALSE:
                told = f"{self.told(inner)} never holds"
                place = self.place(inner.part)
                yield found("part-never-holds", place, told, "Mend the part, or delete it.")
            elif self.is_idle(self.space, inner) and self.is_idle(self.space.all_asked, inner):
                told, mend = (
                    f"{self.told(inner)} changes nothing",
                    "Delete it, or mend what is around it.",
                )
                yield found("part-without-effect", self.place(inner.part), told, mend)
            else:
                yield from self.below(inner)

    def is_idle(self, space: Space, here: Occurrence) -> bool:
        """Whether the condition says the same when the part is held to be constant."""
        whole = self.named.condition
        same = (space.with_part(whole, here.path, node) for node in (TRUE, FALSE))
        return space.condition(whole) in same

    def told(self, here: Occurrence) -> str:
        return f"in {self.named.title} the part {write_condition(here.part)}"

    def place(self, part: Condition) -> object:
        return part.place if part.place.line else self.named.place

    def options(self, here: Occurrence, test: _Test) -> Iterator[Finding]:
        if isinstance(test, Beyond) and len(test.options) == 1:
            return  # There is no way to write it without the option.
        for option in test.options:
            shorter = replace(test, options=tuple(o for o in test.options if o != option))
            if self.says_the_same(self.space, here.path, test, shorter):
                yield from self.idle_option(here, test, shorter, option)

    def says_the_same(self, space: Space, path: tuple[int, ...], own: _Test, other: _Test) -> bool:
        """Whether the condition says the same with another test in the place of its own."""
        whole = self.named.condition
        return space.with_test(whole, path, own, other) == space.condition(whole)

    def idle_option(
        self, here: Occurrence, test: _Test, shorter: _Test, option: str
    ) -> Iterator[Finding]:
        space, question, place = self.space, test.question, self.place(test)
        chosen = space.chosen(question, option)
        whole = space.condition(self.named.condition)
        holds = whole if here.positive else space.diagrams.negation(whole)
        told = f'in {self.named.title} the option "{option}" of "{question}"'
        if isinstance(test, Includes) and space.diagrams.both(chosen, holds) == FALSE:
            what = f"{told} can never be chosen where it would count"
            mend = "Delete the option here, or mend the parts around it."
            yield found("option-never-with-rule", place, what, mend, space.example(chosen))
        elif self.says_the_same(space.all_asked, here.path, test, shorter):
            mend = "Delete the option here."
            yield found("option-without-effect", place, f"{told} changes nothing", mend)
