"""Reads a file of answers, YAML or JSON, and tells everything that is wrong with it at once."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from riskq.engine import Answers, plain, read_answers
from riskq.errors import AnswersError, Problem
from riskq.questionnaire import MAX_BYTES, MapNode, Questionnaire, read_raw, read_start

__all__ = ["is_answers_name", "keys_once", "read_answers_body", "read_answers_file"]

Mapped = TypeVar("Mapped", MapNode, Mapping[str, object])

# Longer numbers cost time and break the readers of numbers; nobody answers with one.
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?")


def read_answers_file(questionnaire: Questionnaire, name: str, on: date) -> Answers:
    """Read answers from a .yml, .yaml or .json file, which may be a download or a case.

    Raises ``AnswersError`` with every fault, in YAML with its line, and ``OSError``.
    """
    if not is_answers_name(name):
        raise _no_answers_name(name)
    return read_answers_body(questionnaire, name, read_start(Path(name)), on)


def is_answers_name(name: str) -> bool:
    """Whether a file by this name may hold answers."""
    return name.endswith((".json", ".yml", ".yaml"))


def read_answers_body(questionnaire: Questionnaire, name: str, body: bytes, on: date) -> Answers:
    """Read answers from the content of a file; ``name`` tells its form, and messages call it so.

    Raises ``AnswersError`` with every fault, in YAML with its line.
    """
    if not is_answers_name(name):
        raise _no_answers_name(name)
    if name.endswith(".json"):
        return _from_json(questionnaire, name, body, on)
    return _from_yaml(questionnaire, name, body, on)


def _no_answers_name(name: str) -> AnswersError:
    mend = "Call it .yml, .yaml or .json."
    return _fault("file-name", name, "is neither YAML nor JSON", mend)


def _fault(code: str, where: str, what: str, mend: str) -> AnswersError:
    return AnswersError([Problem(code, where, what, mend)])


def _from_yaml(questionnaire: Questionnaire, name: str, body: bytes, on: date) -> Answers:
    read = read_raw(body, name)
    if read.problems:
        raise AnswersError(read.problems)
    if read.node is None:
        return {}
    if not isinstance(read.node, MapNode):
        raise _no_mapping(f"{name}:1")
    node = _inner(read.node, {key.text: value for key, value in read.node.entries})
    places = {key.text: key.place for key, _ in node.entries}
    raw = {key.text: plain(value) for key, value in node.entries}
    return read_answers(questionnaire, raw, on, lambda question: str(places[question]))


def _no_mapping(where: str) -> AnswersError:
    mend = "Write question ids with their answers, such as stage: pilot."
    return _fault("no-mapping", where, "the answers are not a mapping", mend)


def _from_json(questionnaire: Questionnaire, name: str, body: bytes, on: date) -> Answers:
    if len(body) > MAX_BYTES:
        raise _fault("too-big", name, f"has more than {MAX_BYTES} bytes", "Shorten it.")
    try:
        raw = json.loads(
            body,
            object_pairs_hook=keys_once,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}"
        raise _fault("no-json", where, error.msg, "Correct the JSON there.") from error
    except (_JsonFault, UnicodeDecodeError, RecursionError) as error:
        raise _fault("no-json", name, str(error), "Correct the JSON.") from error
    if not isinstance(raw, Mapping):
        raise _no_mapping(name)
    raw = _inner(raw, raw)
    return read_answers(questionnaire, raw, on, lambda question: f"{name}: {question[:60]}")


def _inner(whole: Mapped, keys: Mapping[str, object]) -> Mapped:
    """The answers in a download or a case, which stand there below a key of their own."""
    inner = keys.get("answers")
    return inner if isinstance(inner, type(whole)) else whole


class _JsonFault(ValueError):
    """Something that JSON readers let pass and that nobody means."""


def keys_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A mapping of JSON; raises ``ValueError`` where a key is there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        twice = [name[:60] for name, times in counted.items() if times > 1]
        raise _JsonFault(f"{', '.join(sorted(twice)[:12])}: given more than once")
    return found


def _number(text: str) -> Decimal:
    if _NUMBER.fullmatch(text) is None:
        raise _JsonFault(f"{text[:40]} is no number")
    return Decimal(text)
