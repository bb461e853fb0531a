"""Columns: which of a table's are answers, which are carried along, and which results are added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from riskq.errors import AnswersError, ValuedProblem
from riskq.questionnaire import Questionnaire

__all__ = ["Columns", "read_columns", "result_names"]

_RESULTS = ("next", "decides", "set_aside", "faults")
"""The results beside those of the scales: the question to answer next, the questions on which an
open level depends, the answers that are not counted, and what could not be read."""

_OF_SCALE = ("applies", "because")
_WHOLE = ("duties", "notices")
_SHOWN = 60
_MOST = 2_000
"""So many columns a table may have."""


class Columns(Struct, frozen=True):
    """The columns of a table by their numbers, from 0, as texts.

    Names are foreign: they may be anything, also what the library takes for a pattern, and stand
    in no expression. ``questions`` gives the number of each question's column, ``carried`` those of
    the others with their names. ``odd`` names carried columns that look like a question, each with
    the question it looks like; ``unnamed`` is how many have no name and are left out.
    """

    questions: Mapping[str, str]
    carried: Mapping[str, str]
    odd: tuple[tuple[str, str], ...]
    unnamed: int


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
    cleaned = [name.strip() for name in names]
    numbers = {name: str(number) for number, name in enumerate(cleaned) if name}
    questions = {name: at for name, at in numbers.items() if name in questionnaire.by_id}
    problems = list(_problems(questionnaire, cleaned, where))
    if not questions and not problems:
        problems.append(_no_question(questionnaire, list(numbers), where))
    if problems:
        raise AnswersError(problems)
    carried = {at: name for name, at in numbers.items() if name not in questionnaire.by_id}
    odd = tuple(_odd(questionnaire, carried.values()))
    return Columns(questions, carried, odd, cleaned.count(""))


def _no_question(questionnaire: Questionnaire, names: Sequence[str], where: str) -> ValuedProblem:
    shown = ", ".join(name[:_SHOWN] for name in names[:5])
    what = f"no column is a question; the first line has: {shown or 'nothing'}"
    first = ", ".join(list(questionnaire.by_id)[:3])
    mend = f"Call each column of answers by the id of its question, such as {first}."
    return _problem("no-question", where, what, mend, names=shown, first=first)


def _problems(
    questionnaire: Questionnaire, names: Sequence[str], where: str
) -> Iterator[ValuedProblem]:
    results = {*result_names(questionnaire, whole=True)}
    if len(names) > _MOST:
        told = f"there are {len(names)} columns"
        yield _problem("too-many", where, told, "Leave most out.", columns=len(names), most=_MOST)
    for name, times in Counter(name for name in names if name).items():
        shown = name[:_SHOWN]
        if times > 1:
            told = f'{times} columns are called "{shown}"'
            yield _problem("duplicate-column", where, told, "Keep one.", name=shown, times=times)
        if name in results:
            told = f'a column is called "{shown}" as a result will be'
            yield _problem("taken-column", where, told, "Rename or delete it.", name=shown)
        meant = name.lower()
        if name not in questionnaire.by_id and meant in questionnaire.by_id:
            told = f'the column "{shown}" is called as a question but for its capitals'
            mend = f'Call it "{meant}".'
            yield _problem("unknown-question", where, told, mend, name=shown, meant=meant)


def _problem(code: str, where: str, what: str, mend: str, **values: str | int) -> ValuedProblem:
    return ValuedProblem(code, where, what, mend, values)


def _odd(questionnaire: Questionnaire, carried: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in carried:
        near = get_close_matches(name.lower(), questionnaire.by_id, n=1, cutoff=0.8)
        if near:
            yield name, near[0]
