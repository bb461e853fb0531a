"""A table whose columns are the fields of a record, so that neither is described twice.

Times are kept as whole milliseconds since 1970, days as ISO texts, truths as 0 and 1, everything
else as it is.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from riskq.store.faults import DamagedRowError
from riskq.store.rows import to_milliseconds, to_time
from riskq.store.unit import Row, Unit

__all__ = ["Table"]

R = TypeVar("R", bound=Struct)

_READ: dict[type, Callable[[Any], Any]] = {
    datetime: to_time,
    date: date.fromisoformat,
    bool: bool,
}


class Table(Generic[R]):
    """The rows of a table as records of one kind.

    ``where`` and the names of columns are SQL that the program wrote, never a text that somebody
    gave; values go by ``?``.
    """

    def __init__(self, name: str, record: type[R]) -> None:
        self._record = record
        hints = get_type_hints(record)
        self._columns = record.__struct_fields__
        self._readers = [_READ.get(_kind_of(hints[column])) for column in self._columns]
        self._name = name
        self._all = ", ".join(f"{name}.{column}" for column in self._columns)
        marks = ", ".join("?" * len(self._columns))
        names = ", ".join(self._columns)
        self._insert = f"insert into {name} ({names}) values ({marks})"  # noqa: S608 - The names are those of our records.

    def add(self, unit: Unit, record: R) -> None:
        """Write a new row; raises ``Taken``."""
        values = [write_value(getattr(record, column)) for column in self._columns]
        unit.run(self._insert, values)

    def find(self, unit: Unit, where: str, *values: object) -> tuple[R, ...]:
        """Read the rows of which ``where`` holds; it may order and limit them, and join others."""
        sql = f"select {self._all} from {self._name} {where}"  # noqa: S608 - No caller gives foreign text, as the class says.
        return tuple(map(self._read, unit.rows(sql, [write_value(value) for value in values])))

    def one(self, unit: Unit, where: str, *values: object) -> R | None:
        """Read the first row of which ``where`` holds; None if there is none."""
        found = self.find(unit, f"{where} limit 1", *values)
        return found[0] if found else None

    def change(self, unit: Unit, columns: dict[str, object], where: str, *values: object) -> int:
        """Give columns of some rows other values; how many rows that were."""
        names = ", ".join(f"{column} = ?" for column in columns)
        given = [write_value(value) for value in (*columns.values(), *values)]
        return unit.run(f"update {self._name} set {names} {where}", given)  # noqa: S608 - As above.

    def remove(self, unit: Unit, where: str, *values: object) -> int:
        """Delete some rows; how many those were."""
        sql = f"delete from {self._name} {where}"  # noqa: S608 - As above.
        return unit.run(sql, [write_value(value) for value in values])

    def count(self, unit: Unit, where: str, *values: object) -> int:
        """How many rows ``where`` holds of."""
        sql = f"select count(*) from {self._name} {where}"  # noqa: S608 - As above.
        return int(unit.rows(sql, [write_value(value) for value in values])[0][0])

    def _read(self, row: Row) -> R:
        try:
            values: Sequence[object] = [
                value if read is None or value is None else read(value)
                for read, value in zip(self._readers, row, strict=True)
            ]
            return self._record(*values)
        except (TypeError, ValueError, OverflowError) as error:
            raise DamagedRowError(f"a row makes no record: {error}") from error


def write_value(value: object) -> object:
    """A value of a record as the database keeps it; raises ``ValueError`` as ``rows`` does."""
    if isinstance(value, datetime):
        return to_milliseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return value


def _kind_of(hint: Any) -> type:
    """The type of a field that may be None, without the None."""
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (each for each in get_args(hint) if each is not type(None))
    return hint if isinstance(hint, type) else object
