"""The shape of a finding, which everything in this package gives, and how grave each one is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from riskq.errors import Problem

__all__ = ["WARNINGS", "Example", "Finding", "Severity", "found", "from_problem"]

Example = Mapping[str, str | list[str]]
"""Answers by the ids of their questions, as a file of answers holds them."""

WARNINGS = frozenset(
    {
        "always-holds",
        "answer-never-matters",
        "changes-untold",
        "differing-numbers",
        "duty-without-case",
        "equal-facts",
        "fact-always-holds",
        "level-without-case",
        "notice-without-case",
        "option-shadowed",
        "option-without-case",
        "option-without-effect",
        "part-without-effect",
        "rule-without-case",
        "text-lacking",
        "unread-file",
        "untranslated",
        "unused-fact",
        "unused-score",
    }
)
"""The codes that want a second look. Every other one makes an edition unfit to be published."""


class Severity(StrEnum):
    """An error makes an edition unfit to be published; a warning wants a second look."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Struct, frozen=True):
    """Something wrong with a questionnaire: a stable code, where, what, and how to mend it.

    ``example`` are answers that show it, where answers can: with them, and whatever else is
    answered, the fault is there.
    """

    code: str
    where: str
    what: str
    mend: str
    example: Example = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    def __str__(self) -> str:
        shown = f" For example with {write_example(self.example)}." if self.example else ""
        return f"{self.where}: {self.severity.value}: {self.what}.{shown} {self.mend} [{self.code}]"


def found(
    code: str, where: object, what: str, mend: str, example: Example | None = None
) -> Finding:
    """A finding at a place."""
    return Finding(code, str(where), what, mend, example or {})


def from_problem(problem: Problem) -> Finding:
    """A problem of the files, as a finding."""
    return found(problem.code, problem.where, problem.what, problem.mend)


def write_example(example: Example) -> str:
    """The answers in one line of YAML."""
    told = (
        f"{name}: [{', '.join(answer)}]" if isinstance(answer, list) else f"{name}: {answer}"
        for name, answer in example.items()
    )
    return f"{{{', '.join(told)}}}"
