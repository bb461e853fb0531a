"""A table while it is judged: its rows as they are read, each batch beside what is told of it.

Whoever writes the results, or counts them, takes them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl
from msgspec import Struct

from riskq.bulk import Columns, Say, TableJudge, read_columns, say_plainly
from riskq.questionnaire import Questionnaire
from riskq.services.table_faults import table_fault
from riskq.services.table_files import open_table

__all__ = ["Judging", "Wanted", "judging"]

Batches = Iterator[pl.DataFrame]
Look = Callable[[pl.DataFrame, pl.DataFrame], None]


class Wanted(Struct, frozen=True):
    """What is to be told of a table: as of which day, with duties and notices or without.

    ``say`` words what is wrong with cells. A table with more than ``most_rows`` is refused, unless
    that is 0.
    """

    on: date
    whole: bool = False
    say: Say = say_plainly
    most_rows: int = 0


class Judging(Struct, frozen=True):
    """The columns of a table, its judge, and its rows as they are read."""

    columns: Columns
    judge: TableJudge
    batches: Batches

    def told(self, look: Look | None = None) -> Batches:
        """What is told of the rows, batch by batch; ``look`` sees each batch beside it."""
        for batch in self.batches:
            told = self.judge.judge(batch)
            if look:
                look(batch, told)
            # The texts are the most of a table: they are gone before the results are written.
            del batch
            yield told

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the columns that come out."""
        return (*self.columns.carried.values(), *self.judge.results)

    @property
    def foreign(self) -> tuple[str, ...]:
        """The columns that come out and whose cells somebody else wrote, as batches call them."""
        return tuple(self.columns.carried)

    @property
    def quoting(self) -> tuple[str, ...]:
        """The columns in which something stands that somebody else wrote: those, and the faults."""
        return (*self.foreign, "faults")


@contextmanager
def judging(questionnaire: Questionnaire, source: Path, wanted: Wanted) -> Iterator[Judging]:
    """Judge a file while its batches are taken.

    Raises ``AnswersError`` with what is wrong with the file, then or later, ``TooLargeError`` where
    the rules join too many questions, and ``OSError``.
    """
    with open_table(source) as (names, batches):
        columns = read_columns(questionnaire, names, source.name)
        judge = TableJudge(questionnaire, columns, wanted.on, whole=wanted.whole, say=wanted.say)
        allowed = _allowed(batches, wanted.most_rows, source.name)
        yield Judging(columns, judge, _ahead(allowed))


def _allowed(batches: Batches, most: int, name: str) -> Batches:
    """The batches, as long as their rows are not too many."""
    rows = 0
    for batch in batches:
        rows += batch.height
        if most and rows > most:
            what, mend = f"has more than {most:,} rows", "Divide it."
            raise table_fault("too-many-rows", name, what, mend, most=most)
        yield batch


def _ahead(batches: Batches) -> Batches:
    """The batches, each read while the one before it is judged and written."""
    with ThreadPoolExecutor(1) as reader:
        following = reader.submit(next, batches, None)
        while (batch := following.result()) is not None:
            following = reader.submit(next, batches, None)
            handed = [batch]
            # Whoever takes a batch decides how long it is kept.
            del batch
            yield handed.pop()
