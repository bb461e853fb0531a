"""The errors a caller can act on, and the one shape in which riskq tells what is wrong.

Every fault that a person can mend is a ``Problem``: where it is, what it is and how to mend it.
Problems are collected, so that all of them are told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from msgspec import Struct

__all__ = [
    "AnswersError",
    "Problem",
    "ProblemsError",
    "QuestionnaireError",
    "RiskqError",
    "TooLargeError",
    "UnknownQuestionnaireError",
    "ValuedProblem",
    "did_you_mean",
    "nearest",
]


class RiskqError(Exception):
    """The root of all errors that riskq raises on purpose."""


class Problem(Struct, frozen=True):
    """One fault: a stable ``code``, where it is, what it is, and how to mend it."""

    code: str
    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.mend}"


class ValuedProblem(Problem, frozen=True):
    """A problem with the ``values`` that its text speaks of, so that any language can tell it.

    Its ``code`` stands for one wording, and the values are always called the same.
    """

    values: Mapping[str, str | int] = {}


class ProblemsError(RiskqError):
    """Some input has faults; ``problems`` names all of them, in the order of the input."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class QuestionnaireError(ProblemsError):
    """The files of a questionnaire cannot be used as they stand."""


class AnswersError(ProblemsError):
    """Answers do not fit the questionnaire they are meant for."""


class UnknownQuestionnaireError(RiskqError):
    """There is no such questionnaire, or no such edition of it."""


class TooLargeError(RiskqError):
    """The rules of a questionnaire join too many questions for anything to be told of them."""


def did_you_mean(word: str, known: Iterable[str], *, what: str = "") -> str:
    """Say how to mend a word that is not among the known ones, naming the nearest one."""
    choices = sorted(set(known))
    near = nearest(word, choices)
    if near:
        return f'Did you mean "{near}"?'
    if not choices:
        return f"There is no {what or 'such thing'} to choose from here."
    shown = ", ".join(choices[:12]) + (", …" if len(choices) > 12 else "")
    return f"Write one of: {shown}."


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing."""
    return next(iter(get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)), "")
