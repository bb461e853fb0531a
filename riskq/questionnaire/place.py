"""Where things are written, which is told in messages and is no part of what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter

from msgspec import Struct

__all__ = ["NOWHERE", "Place", "Placed"]


class Place(Struct, frozen=True):
    """A line of a file; lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Place("", 0)
"""The place of what was not read from a file."""


class Placed(Struct, frozen=True, eq=False, kw_only=True):
    """What stands somewhere in a file; wherever it stands, it is equal to what says the same."""

    place: Place = NOWHERE

    def __eq__(self, other: object) -> bool:
        """Tell whether the other one says the same."""
        kind = type(self)
        if type(other) is not kind:
            return NotImplemented
        if self is other:
            return True
        said = _said(kind)
        return bool(said(self) == said(other))

    def __ne__(self, other: object) -> bool:
        """Tell whether the other one says something else; that of records knows no ``__eq__``."""
        return not self == other

    def __hash__(self) -> int:
        return hash(_said(type(self))(self))


@cache
def _said(kind: type[Placed]) -> Callable[[Placed], object]:
    """What takes everything out of such a record but its place."""
    names = [name for name in kind.__struct_fields__ if name != "place"]
    return attrgetter(*names) if names else lambda _: kind
