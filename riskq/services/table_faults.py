"""What a table may be, and what is told of a file that is none."""

from __future__ import annotations

from riskq.errors import AnswersError, ValuedProblem

__all__ = ["FORMATS", "MOST_TABLE_BYTES", "MOST_TABLE_ROWS", "no_table_name", "table_fault"]

FORMATS = (".csv", ".xlsx", ".jsonl", ".parquet")
"""How the names of tables end."""

MOST_TABLE_BYTES = 5_000_000
MOST_TABLE_ROWS = 20_000
"""What a table that somebody sends may hold."""


def table_fault(code: str, where: str, what: str, mend: str, **values: str | int) -> AnswersError:
    """One fault of a table, to be raised, with the values that its text speaks of."""
    return AnswersError([ValuedProblem(code, where, what, mend, values)])


def no_table_name(name: str) -> AnswersError:
    """The fault of a file whose name tells no format that is known."""
    mend = f"Call it {', '.join(FORMATS)}."
    return table_fault("file-name", name, "is no table by its name", mend)
