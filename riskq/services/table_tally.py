"""Counts what comes out of a table while it goes by, and keeps its beginning to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import polars as pl

from riskq.bulk import SEPARATOR, CellFault
from riskq.questionnaire import Questionnaire, Scale
from riskq.services.csv_table import ROW
from riskq.services.judging import Judging
from riskq.services.table_order import (
    ScaleTally,
    ShownFault,
    ShownRow,
    ShownScale,
    TableSummary,
    fit_to_show,
)

__all__ = ["TableTally"]

_SHOWN_ROWS = 50
_SHOWN_FAULTS = 50
_SHOWN_NAMES = 30
_SHOWN_CELLS = 2
"""By so many of the columns that are carried along a row is known to people."""

_YES, _NO = "yes", "no"


class TableTally:
    """Sums up one table; ``rows_of`` must be taken to its end before ``summary`` is."""

    def __init__(self, questionnaire: Questionnaire, table: Judging) -> None:
        self._table = table
        self._scales = questionnaire.rulebook.scales
        self._rows, self._faulty, self._unread = 0, 0, 0
        self._ends: dict[str, Counter[tuple[str, str]]] = {s.id: Counter() for s in self._scales}
        self._told: dict[str, Counter[str]] = {"duties": Counter(), "notices": Counter()}
        self._first: list[ShownRow] = []
        self._faults: list[ShownFault] = []

    def rows_of(self) -> Iterator[pl.DataFrame]:
        """What is told of the table, batch by batch, as it is counted."""
        return self._table.told(self._count)

    def _count(self, batch: pl.DataFrame, told: pl.DataFrame) -> None:
        if batch.is_empty():
            return
        self._rows += told.height
        self._faulty += told.filter(told["faults"] != "").height
        for name, ends in self._ends.items():
            for levels, applies, count in told.group_by(name, f"{name}.applies").len().iter_rows():
                ends[levels, applies] += count
        for name, counted in self._told.items():
            if name in told.columns:
                # Rows with the same answers have the same things: to part them all takes memory.
                for things, count in told[name].value_counts().iter_rows():
                    counted.update(dict.fromkeys(things.split(SEPARATOR), count))
        self._keep_rows(batch, told)
        self._keep_faults(batch)

    def _keep_rows(self, batch: pl.DataFrame, told: pl.DataFrame) -> None:
        known_by = self._table.foreign[:_SHOWN_CELLS]
        wanted = _SHOWN_ROWS - len(self._first)
        for number, row in zip(batch[ROW].head(wanted), told.head(wanted).to_dicts(), strict=True):
            cells = tuple(fit_to_show(row[column] or "") for column in known_by)
            scales = tuple(_scale(row, scale.id) for scale in self._scales)
            self._first.append(ShownRow(number, cells, scales))

    def _keep_faults(self, batch: pl.DataFrame) -> None:
        wanted = _SHOWN_FAULTS - len(self._faults)
        count, found = self._table.judge.faults(batch, wanted)
        self._unread += count
        self._faults += [_shown(fault, batch) for fault in found]

    def summary(self) -> TableSummary:
        """What was counted and kept."""
        columns = self._table.columns
        carried = [fit_to_show(name) for name in columns.carried.values()]
        return TableSummary(
            rows=self._rows,
            faulty=self._faulty,
            unread=self._unread,
            asked=len(columns.questions),
            carried=tuple(carried[:_SHOWN_NAMES]),
            others=len(carried),
            odd=tuple((fit_to_show(name), near) for name, near in columns.odd[:_SHOWN_NAMES]),
            unnamed=columns.unnamed,
            scales=tuple(_tally(scale, self._ends[scale.id]) for scale in self._scales),
            duties=_by_state(self._told["duties"]),
            notices=_by_state(self._told["notices"]),
            first=tuple(self._first),
            faults=tuple(self._faults),
        )


def _scale(row: dict[str, str], name: str) -> ShownScale:
    levels = tuple(level for level in row[name].split(SEPARATOR) if level)
    return ShownScale(levels, row[f"{name}.applies"])


def _shown(fault: CellFault, batch: pl.DataFrame) -> ShownFault:
    return ShownFault(batch[ROW][fault.place], fault.question, fault.fault)


def _tally(scale: Scale, ends: Counter[tuple[str, str]]) -> ScaleTally:
    """A row counts for a level where the scale surely applies and one level alone is left."""
    levels = {level: ends[level, _YES] for level in scale.levels}
    outside = sum(count for (_, applies), count in ends.items() if applies == _NO)
    left = ends.total() - outside - sum(levels.values())
    return ScaleTally(scale.id, levels, left, outside)


def _by_state(counted: Counter[str]) -> dict[str, dict[str, int]]:
    """Rows by the id of a thing and by its state, which is ``holds`` where none is told."""
    found: dict[str, dict[str, int]] = {}
    for text, count in counted.items():
        name, _, state = text.partition(":")
        if name:
            found.setdefault(name, {})[state or "holds"] = count
    return found
