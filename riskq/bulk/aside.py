"""The answers of a row that are not counted, since their questions are not asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl
from msgspec import Struct

from riskq.bulk.cells import SEPARATOR

__all__ = ["Asides"]

_PART = 60
"""So many questions are told apart in one whole number of 64 bits."""


class Asides(Struct, frozen=True):
    """The questions of a table in their order, each with the column expression that tells so."""

    questions: Sequence[tuple[str, pl.Expr]]

    def expressions(self) -> Iterator[pl.Expr]:
        """Columns of whole numbers, each with a bit for every question."""
        for number, part in enumerate(self._parts()):
            bits = (is_aside.cast(pl.UInt64) * (1 << i) for i, (_, is_aside) in enumerate(part))
            yield pl.sum_horizontal(*bits).alias(_column(number))

    def column(self, judged: pl.DataFrame) -> pl.Series:
        """The names of the questions, from the columns that ``expressions`` made."""
        parts = []
        for number, part in enumerate(self._parts()):
            bits = judged[_column(number)]
            there = bits.unique().to_list()
            told = [SEPARATOR.join(n for i, (n, _) in enumerate(part) if b >> i & 1) for b in there]
            named = [text or None for text in told]
            parts.append(bits.replace_strict(there, named, return_dtype=pl.String))
        joined = pl.concat_str(pl.all(), separator=SEPARATOR, ignore_nulls=True)
        return pl.DataFrame(parts).select(set_aside=joined)["set_aside"]

    def _parts(self) -> list[Sequence[tuple[str, pl.Expr]]]:
        return [self.questions[i : i + _PART] for i in range(0, len(self.questions), _PART)]


def _column(number: int) -> str:
    return f"\0aside {number}"
