"""The answers of a row that are not counted, since their questions are not asked of it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from msgspec import Struct

from riskq.bulk.cells import SEPARATOR

__all__ = ["Asides"]


class Asides(Struct, frozen=True):
    """The questions of a table in their order, each with the expression that sets it aside."""

    questions: Sequence[tuple[str, pl.Expr]]

    def column(self, coded: pl.DataFrame) -> pl.Series:
        """The names of the questions by row; most rows have none, and are not looked at again."""
        flags = [is_aside.alias(name) for name, is_aside in self.questions]
        rows = coded.select(pl.any_horizontal(*flags)).to_series().arg_true()
        ids = pl.Series("set_aside", [0], pl.UInt32).new_from_index(0, coded.height)
        if rows.is_empty():
            return _named(ids, [""])
        found = coded[rows].select(flags)
        kinds = found.unique().with_row_index("kind", 1)
        names = [
            SEPARATOR.join(
                name for name, is_aside in zip(found.columns, row, strict=True) if is_aside
            )
            for row in kinds.drop("kind").iter_rows()
        ]
        each = found.join(kinds, on=found.columns, how="left", maintain_order="left")
        return _named(ids.scatter(rows, each["kind"]), ["", *names])


def _named(ids: pl.Series, names: Sequence[str]) -> pl.Series:
    return pl.Series("set_aside", names, pl.String).gather(ids)
