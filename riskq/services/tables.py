"""Judges whole tables of answers: one row a system, from a file into a file."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
    from riskq.bulk import TableJudge, read_columns
    from riskq.services.table_files import open_table
    from riskq.services.table_writing import write_table

    if target.exists() and target.samefile(source):
        mend = "Name another file: answers are not written again."
        raise AnswersError([Problem("same-file", str(target), "is the table to be read", mend)])

    rows, faulty = 0, 0
    with open_table(source) as (names, batches):
        columns = read_columns(questionnaire, names, source.name)
        judge = TableJudge(questionnaire, columns, on, whole=whole)

        def judged() -> Iterator[pl.DataFrame]:
            nonlocal rows, faulty
            for batch in _ahead(batches):
                told = judge.judge(batch)
                rows += told.height
                faulty += len(told.filter(told["faults"] != ""))
                yield told

        heads = (*columns.carried.values(), *judge.results)
        write_table(target, heads, judged(), tuple(columns.carried))
    return JudgedTable(rows, faulty, columns.odd, columns.unnamed)


def _ahead(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The batches, each read while the one before it is judged and written."""
    with ThreadPoolExecutor(1) as reader:
        following = reader.submit(next, batches, None)
        while (batch := following.result()) is not None:
            following = reader.submit(next, batches, None)
            yield batch
