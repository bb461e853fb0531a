"""What is told to a process that judges a table apart, and what it tells back.

Both sides know these values; neither the page nor this module knows the data-frame library.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

__all__ = [
    "WALL_SECONDS",
    "Answer",
    "JudgeOrder",
    "Order",
    "Refused",
    "ScaleTally",
    "ShownFault",
    "ShownRow",
    "ShownScale",
    "TableProblem",
    "TableSummary",
    "TemplateOrder",
    "Written",
    "fit_to_show",
]

WALL_SECONDS = 30
"""So long a table may take to be judged."""

_LONGEST_SHOWN = 60


class JudgeOrder(Struct, frozen=True, tag="judge"):
    """Judge the table in one file, write what comes out of it to another, and sum it up.

    ``words`` say what is wrong with cells: one text a code of ``fault_words``.
    """

    source: str
    target: str
    on: date
    whole: bool
    words: Mapping[str, str]
    most_rows: int


class TemplateOrder(Struct, frozen=True, tag="template"):
    """Write the blank table of the questionnaire, explained in a language.

    ``words`` are what the second sheet says beside the questions, by the names of
    ``table_template``.
    """

    target: str
    language: str
    words: Mapping[str, str]


Order = JudgeOrder | TemplateOrder


class ScaleTally(Struct, frozen=True):
    """How many rows stand at each level of a scale, are open, or are outside of its reach."""

    id: str
    levels: Mapping[str, int]
    open: int
    outside: int


class ShownScale(Struct, frozen=True):
    """Where a row stands on a scale: the levels still possible, and ``yes``, ``no`` or ``open``."""

    levels: tuple[str, ...]
    applies: str


class ShownRow(Struct, frozen=True):
    """A row with its number, the cells by which people know it, and its scales."""

    number: int
    cells: tuple[str, ...]
    scales: tuple[ShownScale, ...]


class ShownFault(Struct, frozen=True):
    """A cell that could not be read: its row, its column, and what to do, in words."""

    row: int
    column: str
    text: str


class TableSummary(Struct, frozen=True, tag="summary"):
    """What came out of a table, as much of it as a page shows.

    ``faulty`` rows have ``unread`` cells; ``asked`` columns are questions; ``carried`` are the
    names of the first of the others, and ``others`` says how many there are. ``duties`` and
    ``notices`` count rows by id and state, where they were asked for.
    """

    rows: int
    faulty: int
    unread: int
    asked: int
    carried: tuple[str, ...]
    others: int
    odd: tuple[tuple[str, str], ...]
    unnamed: int
    scales: tuple[ScaleTally, ...]
    duties: Mapping[str, Mapping[str, int]]
    notices: Mapping[str, Mapping[str, int]]
    first: tuple[ShownRow, ...]
    faults: tuple[ShownFault, ...]


class TableProblem(Struct, frozen=True):
    """What is wrong with a table as a whole: a code, and the values that a text speaks of."""

    code: str
    values: Mapping[str, str | int] = {}


class Refused(Struct, frozen=True, tag="refused"):
    """The table cannot be judged, for these reasons.

    ``failed_at`` is for the log: the kind of an error that nobody foresaw and the lines of the
    program that led there. It quotes no table.
    """

    problems: tuple[TableProblem, ...]
    failed_at: str = ""


class Written(Struct, frozen=True, tag="written"):
    """The blank table was written."""


Answer = TableSummary | Refused | Written


def fit_to_show(text: str, longest: int = _LONGEST_SHOWN) -> str:
    """A foreign text for a page: its beginning, without what shows nothing or turns letters."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * longest])
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else f"{shown[:longest]}…"
