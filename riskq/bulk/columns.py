"""Columns: which of a table's are answers, which are carried along, and which results are added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from msgspec import Struct

from riskq.errors import AnswersError, Problem
from riskq.questionnaire import Questionnaire

__all__ = ["Columns", "read_columns", "result_names"]

_RESULTS = ("next", "decides", "set_aside", "faults")
"""The results beside those of the scales: the question to answer next, the questions on which an
open level depends, the answers that are not counted, and what could not be read."""

_OF_SCALE = ("applies", "because")
_WHOLE = ("duties", "notices")
_SHOWN = 60


class Columns(Struct, frozen=True):
    """The columns of a table: answers by question, what is carried along, and what looks odd.

    ``odd`` names carried columns that look like a question, each with the question it looks like.
    """

    questions: tuple[str, ...]
    carried: tuple[str, ...]
    odd: tuple[tuple[str, str], ...]


def result_names(questionnaire: Questionnaire, *, whole: bool) -> tuple[str, ...]:
    """The columns that are added; ``whole`` adds the duties and the notices."""
    scales = [scale.id for scale in questionnaire.rulebook.scales]
    of_scales = (name for scale in scales for name in (scale, *_parts(scale)))
    return (*of_scales, *_RESULTS[:2], *(_WHOLE if whole else ()), *_RESULTS[2:])


def _parts(scale: str) -> tuple[str, ...]:
    return tuple(f"{scale}.{part}" for part in _OF_SCALE)


def read_columns(questionnaire: Questionnaire, names: Sequence[str], where: str) -> Columns:
    """Tell the columns of a table apart by their names, which are question ids or anything else.

    ``where`` is what messages call the table. Raises ``AnswersError`` with every name that cannot
    be, and where no column is a question.
    """
    results = {*result_names(questionnaire, whole=True)}
    if any("\0" in name for name in names):
        what = "a column has a null character in its name"
        raise AnswersError([Problem("bad-column", where, what, "Delete it.")])
    problems = [
        Problem("duplicate-column", where, f'two columns are called "{name[:_SHOWN]}"', "Keep one.")
        for name, times in Counter(names).items()
        if times > 1
    ]
    problems += [
        Problem(
            "taken-column",
            where,
            f'a column is called "{name}" as a result will be',
            "Rename or delete it.",
        )
        for name in dict.fromkeys(names)
        if name in results
    ]
    questions = tuple(name for name in names if name in questionnaire.by_id)
    carried = tuple(name for name in names if name not in questionnaire.by_id)
    if not questions:
        first = ", ".join(list(questionnaire.by_id)[:3])
        mend = f"Call each column of answers by the id of its question, such as {first}."
        problems.append(Problem("no-question", where, "no column is a question", mend))
    if problems:
        raise AnswersError(problems)
    return Columns(questions, carried, tuple(_odd(questionnaire, carried)))


def _odd(questionnaire: Questionnaire, carried: Sequence[str]) -> list[tuple[str, str]]:
    found = []
    for name in carried:
        near = get_close_matches(name.strip().lower(), questionnaire.by_id, n=1, cutoff=0.8)
        if near:
            found.append((name, near[0]))
    return found
