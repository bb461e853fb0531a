"""The questions on which open levels depend, for the rows that have any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from riskq.bulk.automata import Codes
from riskq.bulk.cells import NOT_ANSWERED, SEPARATOR
from riskq.engine import Compiled

__all__ = ["Deciding"]

_MOST_KEPT = 200_000
_NOTHING: frozenset[int] = frozenset()


class Deciding:
    """Asks the diagrams of levels once for each combination of answers that leaves one open.

    ``columns`` are those of the codes of the questions that the table has, by their variables.
    """

    def __init__(
        self, compiled: Compiled, codes: Codes, columns: Mapping[int, str], names: Sequence[str]
    ) -> None:
        self._compiled = compiled
        self._codes = codes
        self._columns = columns
        self._names = names
        every = {variable: classes.all for variable, classes in enumerate(compiled.classes)}
        self._support = {
            name: sorted(compiled.diagrams.depends_on(scale.level, every))
            for name, scale in compiled.scales.items()
        }
        self._sets: dict[frozenset[int], int] = {_NOTHING: 0}
        self._known: dict[tuple[str, tuple[int, ...]], int] = {}

    def column(self, coded: pl.DataFrame, is_open: Mapping[str, str]) -> pl.Series:
        """The questions by row; ``is_open`` names the column that tells whether a scale is open."""
        ids = pl.DataFrame([self._of_scale(coded, *pair) for pair in is_open.items()])
        keys = ids.unique()
        sets = list(self._sets)
        told = [self._told(_NOTHING.union(*(sets[i] for i in row))) for row in keys.iter_rows()]
        named = keys.with_columns(decides=pl.Series(told, dtype=pl.String))
        return ids.join(named, on=ids.columns, how="left", maintain_order="left")["decides"]

    def _told(self, variables: frozenset[int]) -> str:
        return SEPARATOR.join(self._names[variable] for variable in sorted(variables))

    def _of_scale(self, coded: pl.DataFrame, name: str, flag: str) -> pl.Series:
        """By row, the number of the set of questions on which the scale depends."""
        ids = pl.Series(name, [0], pl.UInt32).new_from_index(0, coded.height)
        rows = coded[flag].arg_true()
        if rows.is_empty():
            return ids
        given = [variable for variable in self._support[name] if variable in self._columns]
        if not given:
            return ids.scatter(rows, self._set_of(name, (), ()))
        opened = coded.select(self._columns[variable] for variable in given)[rows]
        keys = opened.unique()
        found = [self._set_of(name, given, row) for row in keys.iter_rows()]
        numbered = keys.with_columns(set=pl.Series(found, dtype=pl.UInt32))
        each = opened.join(numbered, on=opened.columns, how="left", maintain_order="left")
        return ids.scatter(rows, each["set"])

    def _set_of(self, name: str, given: Sequence[int], row: tuple[int, ...]) -> int:
        key = (name, row)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            allowed = {v: self._codes[v][NOT_ANSWERED] for v in self._support[name]}
            allowed |= {v: self._codes[v][code] for v, code in zip(given, row, strict=True)}
            variables = self._compiled.diagrams.depends_on(
                self._compiled.scales[name].level, allowed
            )
            found = self._known[key] = self._sets.setdefault(variables, len(self._sets))
        return found
