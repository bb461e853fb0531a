"""What two editions write differently beside the conditions: kinds, ranges, citations, amounts.

The walk follows the fields of the model's own classes, so that no field can be forgotten: one is
either compared here or among the exempt, of which each has its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import FieldInfo

from riskq.questionnaire import Period, Questionnaire, fields_of, write_period

__all__ = ["EXEMPT", "Alone", "Rewritten", "alone", "rewritten", "write_value"]

EXEMPT = {
    "id": "a thing under another id is another thing",
    "place": "lines of a file say nothing",
    "edition": "stands at the head of a comparison",
    "digest": "is made of everything else",
    "prose": "words are compared as words",
    "law": "acts are shared by all editions",
    "ask_if": "the diagrams compare when each question is asked",
    "applies_if": "the diagrams compare where each scale applies",
    "when": "the diagrams compare what holds when",
    "met": "the diagrams compare when each requirement is met",
    "states": "the diagrams compare the states of each duty",
    "level": "the diagrams compare the levels of each scale",
    "facts": "the diagrams compare what is made of them",
    "rulebook": "is looked at as a thing of its own",
}
"""The fields that are not compared here, and why."""

_BY_DIAGRAMS = frozenset({"scale", "duty", "notice", "requirement", "fine", "question"})
"""The things of which the diagrams tell whether they are in one edition alone."""


class Rewritten(Struct, frozen=True):
    """A field of a thing that both editions have, with what each of them writes there.

    ``kind`` is the sort of thing (``duty``, ``option``), ``path`` its id after those of what it
    belongs to. ``key`` is the entry where the field is a mapping; ``order of`` before the name of
    a field tells that the things in it stand in another order.
    """

    kind: str
    path: tuple[str, ...]
    field: str
    key: str
    old: object
    new: object

    @property
    def what(self) -> str:
        """Which field of which sort of thing."""
        return f"{self.field} of {self.kind}"

    @property
    def id(self) -> str:
        """The thing, and the entry where there are several; empty of a whole questionnaire."""
        return ": ".join(part for part in (*self.path, self.key) if part)


class Alone(Struct, frozen=True):
    """A thing that one edition alone has (``added`` or ``removed``)."""

    kind: str
    path: tuple[str, ...]
    change: str


class _Thing(Struct, frozen=True):
    """A record of the model, and what it belongs to."""

    kind: str
    path: tuple[str, ...]
    owner: tuple[str, tuple[str, ...]]
    record: Any


_Things = Mapping[tuple[str, tuple[str, ...]], _Thing]


def alone(old: Questionnaire, new: Questionnaire) -> Iterator[Alone]:
    """What is in one edition alone of that which no diagram tells of: options, rules, limits."""
    before, after = _things(old), _things(new)
    for change, there, other in (("removed", before, after), ("added", after, before)):
        for key, thing in there.items():
            # What belongs to something new is not new once more.
            if key not in other and thing.owner in other and thing.kind not in _BY_DIAGRAMS:
                yield Alone(thing.kind, thing.path, change)


def rewritten(old: Questionnaire, new: Questionnaire) -> Iterator[Rewritten]:
    """Every field that is not exempt and differs in a thing that both editions have."""
    before, after = _things(old), _things(new)
    for key, thing in after.items():
        was = before.get(key)
        if was is not None:
            if was.owner != thing.owner:
                sides = (was.owner[1][-1], thing.owner[1][-1])
                yield Rewritten(thing.kind, thing.path, thing.owner[0], "", *sides)
            for spec in _fields(thing.record):
                if spec.name not in EXEMPT:
                    yield from _field(was, thing, spec)


def write_value(value: object) -> str:
    """A value of the model as a file writes it; several stand one after the other."""
    if isinstance(value, tuple):
        return ", ".join(map(_nested, value))
    return _nested(value)


def _things(questionnaire: Questionnaire) -> _Things:
    """Every record of a questionnaire that has an id or stands alone, by its kind and path."""
    root = _Thing("questionnaire", (), ("", ()), questionnaire)
    rules = _Thing("rules", (), ("questionnaire", ()), questionnaire.rulebook)
    found = (root, *_within(root), rules, *_within(rules))
    return {(thing.kind, thing.path): thing for thing in found}


def _within(owner: _Thing) -> Iterator[_Thing]:
    for spec in _fields(owner.record):
        for record in _records(owner, spec):
            kind, name = _kind(record), getattr(record, "id", "")
            path = ((*owner.path, name) if kind == "option" else (name,)) if name else ()
            thing = _Thing(kind, path, (owner.kind, owner.path), record)
            yield thing
            yield from _within(thing)


def _records(owner: _Thing, spec: FieldInfo) -> tuple[Any, ...]:
    """The things that a field holds; none where it holds values, or is exempt."""
    if spec.name in EXEMPT:
        return ()
    held = getattr(owner.record, spec.name)
    items = held if isinstance(held, tuple) else (held,)
    return tuple(item for item in items if isinstance(item, Struct) and hasattr(item, "place"))


def _fields(record: Struct) -> tuple[FieldInfo, ...]:
    return fields_of(type(record))


def _kind(record: object) -> str:
    return type(record).__name__.lower()


def _field(was: _Thing, thing: _Thing, spec: FieldInfo) -> Iterator[Rewritten]:
    """A field of a thing in both editions: its value, its entries, or the order of its things."""
    one, other = getattr(was.record, spec.name), getattr(thing.record, spec.name)
    things = (_records(was, spec), _records(thing, spec))
    if any(things):
        yield from _order(thing, spec, things)
    elif isinstance(other, Mapping):
        for key in dict.fromkeys((*other, *one)):
            sides = (one.get(key), other.get(key))
            if sides[0] != sides[1]:
                yield Rewritten(thing.kind, thing.path, spec.encode_name, str(key), *sides)
    elif one != other:
        yield Rewritten(thing.kind, thing.path, spec.encode_name, "", one, other)


def _order(
    thing: _Thing, spec: FieldInfo, things: tuple[Sequence[Any], Sequence[Any]]
) -> Iterator[Rewritten]:
    """Things of both editions in another order, told from the first to the last that moved."""
    names = [[getattr(item, "id", "") for item in side] for side in things]
    one, other = ([n for n in side if n in names[0] and n in names[1]] for side in names)
    apart = [i for i, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if apart:
        part = slice(apart[0], apart[-1] + 1)
        told = (tuple(one[part]), tuple(other[part]))
        yield Rewritten(thing.kind, thing.path, f"order of {spec.encode_name}", "", *told)


def _nested(value: object) -> str:
    """A value inside another one, in one line of YAML."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_nested, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_nested(item)}' for key, item in value.items())}}}"
    if isinstance(value, Struct) and not isinstance(value, Period):
        there = [(spec.encode_name, getattr(value, spec.name)) for spec in _fields(value)]
        return _nested({key: item for key, item in there if item is not None})
    return _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Period():
            return write_period(value)
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
