"""The shape of a finding, which everything in this package gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from riskq.errors import Problem

__all__ = ["Finding", "Severity", "error", "from_problem", "warning"]


class Severity(StrEnum):
    """An error makes an edition unfit to be published; a warning wants a second look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a questionnaire: a stable code, where, what, and how to mend it."""

    code: str
    severity: Severity
    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.severity.value}: {self.what}. {self.mend}"


def error(code: str, where: object, what: str, mend: str) -> Finding:
    """A finding that makes the edition unfit to be published."""
    return Finding(code, Severity.ERROR, str(where), what, mend)


def warning(code: str, where: object, what: str, mend: str) -> Finding:
    """A finding that wants a second look."""
    return Finding(code, Severity.WARNING, str(where), what, mend)


def from_problem(problem: Problem) -> Finding:
    """A problem of the files, as a finding."""
    return error(problem.code, problem.where, problem.what, problem.mend)
