"""Where the parts of a condition stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from riskq.questionnaire import Condition, Not, parts_of

__all__ = ["Occurrence", "occurrences"]


class Occurrence(Struct, frozen=True):
    """A part of a condition, and where it stands; not ``positive`` in an odd number of nots."""

    part: Condition
    path: tuple[int, ...] = ()
    positive: bool = True

    def inner(self) -> Iterator[Occurrence]:
        """The parts that this one is directly made of."""
        positive = self.positive is not isinstance(self.part, Not)
        for index, part in enumerate(parts_of(self.part)):
            yield Occurrence(part, (*self.path, index), positive)


def occurrences(condition: Condition) -> Iterator[Occurrence]:
    """The condition and everything it is made of, outermost first."""
    waiting = [Occurrence(condition)]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += reversed(tuple(here.inner()))
