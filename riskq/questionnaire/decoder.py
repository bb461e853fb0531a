"""Turns a tree of nodes into the typed values of the model, noting everything that does not fit.

The model's classes are the format: this decoder reads their fields and types, so there is no
second description of a file that could disagree with them. It never stops at the first fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from riskq.errors import Problem, did_you_mean
from riskq.questionnaire.condition_reader import ConditionFault, read_condition
from riskq.questionnaire.conditions import Condition
from riskq.questionnaire.forms import ID_FORM, Form, Keyed, Low, WholeNumber, id_like
from riskq.questionnaire.measures import Period, number_mend, read_bound, read_period
from riskq.questionnaire.place import Placed
from riskq.questionnaire.reader import (
    COMMA,
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    is_after_comma,
)

__all__ = ["FAILED", "Decoder", "fields_of", "is_record", "keys_of", "split", "types_of"]


class Failed(Enum):
    """What a decoder gives for a node that does not fit; the reason is among its problems."""

    FAILED = "failed"


FAILED = Failed.FAILED

_Model = type[Struct]


@cache
def types_of(model: type) -> Mapping[str, Any]:
    """The types of a record's fields, annotations included."""
    return get_type_hints(model, include_extras=True)


@cache
def fields_of(model: type[Struct]) -> tuple[FieldInfo, ...]:
    """The fields of a record that stand in a file, each with the key that it has there."""
    return tuple(spec for spec in fields(model) if spec.name != "place")


@cache
def keys_of(model: type[Struct]) -> Mapping[str, str]:
    """The keys of a record in a file, each with the name of its field."""
    return {spec.encode_name: spec.name for spec in fields_of(model)}


def is_record(kind: object) -> TypeGuard[type[Struct]]:
    """Whether a type is that of records: a period is a value, and written as one."""
    return isinstance(kind, type) and issubclass(kind, Struct) and kind is not Period


@cache
def split(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Part a type into its plain type and the marks that annotate it; ``X | None`` gives ``X``."""
    marks: tuple[Any, ...] = ()
    if get_origin(kind) is Annotated:
        kind, *rest = get_args(kind)
        marks = tuple(rest)
    if get_origin(kind) in (Union, UnionType) and kind is not Condition and kind is not Node:
        known = [part for part in get_args(kind) if part is not type(None)]
        if len(known) == 1:
            inner, more = split(known[0])
            return inner, (*more, *marks)
    return kind, marks


class _Wanted(Struct, frozen=True):
    kind: Any
    marks: tuple[Any, ...]

    def mark(self, kind: type) -> Any:
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)


class Decoder:
    """Decodes nodes; ``problems`` grows with everything that does not fit."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def decode(self, kind: Any, node: Node) -> Any:
        """Give the node as a value of the type, or ``FAILED``."""
        wanted = _Wanted(*split(kind))
        if wanted.kind is Node:
            return node
        if wanted.kind is Condition:
            return self._condition(node)
        if is_record(wanted.kind):
            return self._record(wanted.kind, node)
        if get_origin(wanted.kind) is tuple:
            return self._tuple(wanted, node)
        if get_origin(wanted.kind) is not None and get_origin(wanted.kind) is not Literal:
            return self._mapping(wanted, node)
        return self._scalar(wanted, node)

    def note(self, code: str, node: Node, what: str, mend: str) -> Failed:
        """Keep a problem with a node; returns ``FAILED`` so that callers can pass it on."""
        self.problems.append(Problem(code, str(node.place), what, mend))
        return FAILED

    def _condition(self, node: Node) -> Any:
        try:
            return read_condition(node)
        except ConditionFault as fault:
            self.problems.append(fault.problem)
            return FAILED

    def _record(self, model: _Model, node: Node, given: Mapping[str, Any] | None = None) -> Any:
        whole = getattr(model, "WHOLE", None)
        brief = getattr(model, "BRIEF", None)
        if whole is not None:
            value = self.decode(types_of(model)[whole], node)
            return self._build(model, node, {**(given or {}), whole: value})
        if listed := getattr(model, "ONE_OR_LIST", None):
            items = node if isinstance(node, ListNode) else ListNode((node,), node.place)
            return self._build(model, node, {listed: self.decode(types_of(model)[listed], items)})
        if brief is not None and isinstance(node, ScalarNode):
            return self._build(model, node, {brief: self.decode(types_of(model)[brief], node)})
        names = {key: name for key, name in keys_of(model).items() if name not in (given or {})}
        if not isinstance(node, MapNode):
            mend = f"Write the keys: {', '.join(names)}."
            return self.note("wrong-kind", node, "a mapping is wanted here", mend)
        return self._build(model, node, {**self._entries(model, names, node), **(given or {})})

    def _entries(self, model: _Model, names: Mapping[str, str], node: MapNode) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.entries:
            name = names.get(key.text)
            if name is None:
                mend = COMMA if is_after_comma(node, key) else did_you_mean(key.text, names)
                self.note("unknown-key", key, f'"{key.text}" is not a key here', mend)
            else:
                values[name] = self.decode(types_of(model)[name], value)
        return values

    def _build(self, model: _Model, node: Node, values: Mapping[str, Any]) -> Any:
        failed = any(value is FAILED for value in values.values())
        for spec in fields_of(model):
            if spec.required and spec.name not in values:
                failed = True
                told = f'the key "{spec.encode_name}" is missing'
                self.note("missing-key", node, told, "Add it.")
        if failed:
            return FAILED
        place = {"place": node.place} if issubclass(model, Placed) else {}
        return model(**{**place, **values})

    def _tuple(self, wanted: _Wanted, node: Node) -> Any:
        item = get_args(wanted.kind)[0]
        keyed = wanted.mark(Keyed)
        if keyed is not None:
            return self._keyed(wanted, keyed, node)
        if not isinstance(node, ListNode):
            return self.note(
                "wrong-kind", node, "a list is wanted here", "Write [a, b], or one item a line."
            )
        if self._lacks(wanted, len(node.items)):
            return self._too_few(wanted, node)
        values = tuple(self.decode(item, part) for part in node.items)
        return FAILED if FAILED in values else values

    def _lacks(self, wanted: _Wanted, count: int) -> bool:
        low = wanted.mark(Low)
        return low is not None and count < low.items

    def _too_few(self, wanted: _Wanted, node: Node) -> Failed:
        least = wanted.mark(Low).items
        return self.note("too-few", node, f"at least {least} must stand here", "Add one.")

    def _keyed(self, wanted: _Wanted, keyed: Keyed, node: Node) -> Any:
        item = get_args(wanted.kind)[0]
        if not isinstance(node, MapNode):
            return self.note(
                "wrong-kind", node, "a mapping is wanted here", "Write id: ..., one an entry."
            )
        if self._lacks(wanted, len(node.entries)):
            return self._too_few(wanted, node)
        values = []
        for key, value in node.entries:
            name = self.decode(types_of(item)[keyed.field], key)
            values.append(self._record(item, value, {keyed.field: name}))
        return FAILED if FAILED in values else tuple(values)

    def _mapping(self, wanted: _Wanted, node: Node) -> Any:
        key_kind, value_kind = get_args(wanted.kind)
        if not isinstance(node, MapNode):
            return self.note(
                "wrong-kind", node, "a mapping is wanted here", "Write id: ..., one an entry."
            )
        pairs = [
            (self.decode(key_kind, key), self.decode(value_kind, value))
            for key, value in node.entries
        ]
        if any(FAILED in pair for pair in pairs):
            return FAILED
        return dict(pairs)

    def _scalar(self, wanted: _Wanted, node: Node) -> Any:
        if not isinstance(node, ScalarNode):
            return self.note(
                "wrong-kind", node, "one value is wanted here", "Write a single value."
            )
        if isinstance(wanted.kind, type) and issubclass(wanted.kind, Enum):
            return self._choice(wanted.kind, node)
        if wanted.kind is str:
            return self._text(wanted, node)
        if wanted.kind is bool:
            if node.text in ("true", "false"):
                return node.text == "true"
            return self.note(
                "wrong-kind",
                node,
                f'"{node.text}" is neither true nor false',
                "Write true or false.",
            )
        return self._quantity(wanted, node)

    def _choice(self, kind: type[Enum], node: ScalarNode) -> Any:
        try:
            return kind(node.text)
        except ValueError:
            known = [str(member.value) for member in kind]
            mend = did_you_mean(node.text, known)
            self.note("unknown-value", node, f'"{node.text}" is not known here', mend)
            # What was probably meant stands in, so that the other faults are told as well.
            meant = get_close_matches(node.text, known, n=1)
            return kind(meant[0]) if meant else FAILED

    def _text(self, wanted: _Wanted, node: ScalarNode) -> Any:
        form = wanted.mark(Form)
        if form is not None and not form.fits(node.text):
            what = (
                f'"{node.text[:60]}" is not a valid {form.name}'
                if node.text
                else f"the {form.name} is empty"
            )
            meant = id_like(node.text) if form is ID_FORM else None
            hint = f'{form.hint[:-1]}, such as "{meant}".' if meant else form.hint
            self.note("bad-form", node, what, hint)
            # As above, what was probably meant stands in: a bad id is not to be spread.
            return meant or node.text
        return node.text

    def _quantity(self, wanted: _Wanted, node: ScalarNode) -> Any:
        if wanted.kind is Period:
            period = read_period(node.text)
            mend = "Write 1 year, 6 months or 90 days."
            return period or self.note("wrong-kind", node, f'"{node.text}" is not a period', mend)
        value = read_bound(node.text)
        if wanted.kind is date:
            if isinstance(value, date):
                return value
            return self.note(
                "wrong-kind",
                node,
                f'"{node.text}" is not a date',
                "Write a date such as 2026-08-25.",
            )
        if not isinstance(value, Decimal):
            return self.note(
                "wrong-kind", node, f'"{node.text}" is not a number', number_mend(node.text)
            )
        return self._whole(wanted, value, node) if wanted.kind is int else value

    def _whole(self, wanted: _Wanted, value: Decimal, node: ScalarNode) -> Any:
        span = wanted.mark(WholeNumber)
        if value != value.to_integral_value() or (span and not span.min <= value <= span.max):
            limits = f" from {span.min} to {span.max}" if span else ""
            return self.note(
                "out-of-range",
                node,
                f'"{node.text}" does not fit',
                f"Write a whole number{limits}.",
            )
        return int(value)
