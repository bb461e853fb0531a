"""What is told of a file that is no table."""

from __future__ import annotations

from riskq.errors import AnswersError, Problem

__all__ = ["FORMATS", "no_table_name", "table_fault"]

FORMATS = (".csv", ".xlsx", ".jsonl", ".parquet")
"""How the names of tables end."""


def table_fault(where: str, what: str, mend: str, *, code: str = "bad-table") -> AnswersError:
    """One fault of a table, to be raised."""
    return AnswersError([Problem(code, where, what, mend)])


def no_table_name(name: str) -> AnswersError:
    """The fault of a file whose name tells no format that is known."""
    mend = f"Call it {', '.join(FORMATS)}."
    return table_fault(name, "is no table by its name", mend, code="file-name")
