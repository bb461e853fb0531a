"""Judges whole tables of answers: one row a system, from a file into a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from riskq.errors import AnswersError, Problem
from riskq.questionnaire import Questionnaire

if TYPE_CHECKING:
    import polars as pl

__all__ = ["JudgedTable", "judge_table"]


class JudgedTable(Struct, frozen=True):
    """How many rows were judged, and how many have a cell that could not be read.

    ``odd`` are columns that were carried along though they look like a question, with that one;
    ``unnamed`` is how many columns were left out since they have no name.
    """

    rows: int
    faulty: int
    odd: tuple[tuple[str, str], ...]
    unnamed: int


def judge_table(
    questionnaire: Questionnaire, source: Path, target: Path, on: date, *, whole: bool = False
) -> JudgedTable:
    """Judge every row of a file and write what comes out of it; ``whole`` adds duties and notices.

    Memory does not grow with the rows, but for XLSX. Raises ``AnswersError`` with what is wrong
    with a file, ``TooLargeError`` where the rules join too many questions, and ``OSError``.
    """
    # The data-frame library is large, and no page needs it.
    from riskq.services.judging import Wanted, judging
    from riskq.services.table_writing import write_table

    if target.exists() and target.samefile(source):
        mend = "Name another file: answers are not written again."
        raise AnswersError([Problem("same-file", str(target), "is the table to be read", mend)])

    rows, faulty = 0, 0
    with judging(questionnaire, source, Wanted(on, whole)) as table:

        def judged() -> Iterator[pl.DataFrame]:
            nonlocal rows, faulty
            for told in table.told():
                rows += told.height
                faulty += len(told.filter(told["faults"] != ""))
                yield told

        write_table(target, table.heads, judged(), table.quoting)
    return JudgedTable(rows, faulty, table.columns.odd, table.columns.unnamed)
