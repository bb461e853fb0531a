"""Cells that no spreadsheet takes for a formula, whoever wrote them.

A cell begins as one does with ``=``, ``+``, ``-`` or ``@``, wide ones too, which some spreadsheets
read alike, and after blanks, which some leave out. Where commas part decimals, as in Kazakh and
Russian settings, spreadsheets part the cells of a CSV file by semicolons, and heed no quotes inside
of a line: a part counts as a cell there, and what stands in quotes at its beginning loses them.
"""

from __future__ import annotations

import re

__all__ = ["PARTS", "PART_THAT_RUNS", "SUSPECT", "THAT_RUNS", "harmless"]

_SIGN = "[=+\\-@＝＋－＠]"
_BEFORE = '[\\s"\0\ufeff]*'

PART_THAT_RUNS = f"([;\\t\\r\\n]{_BEFORE})({_SIGN})"
"""What parts cells or lines, with what else may stand before a sign; and the sign."""

THAT_RUNS = f"^(?:{_BEFORE}{_SIGN}|[\\t\\r\\n\0])"
"""How a cell begins that runs, or that begins with what a reader may leave out."""

PARTS = "[;\\t\\r\\n]"
SUSPECT = "[=+\\-@＝＋－＠\\t\\r\\n\0]"
"""What is in every cell that needs a change, and in few others. All of them are the same patterns
to Python and to the data-frame library."""

_PART_THAT_RUNS, _THAT_RUNS = re.compile(PART_THAT_RUNS), re.compile(THAT_RUNS)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before what would run."""
    text = _PART_THAT_RUNS.sub(r"\1'\2", text)
    return f"'{text}" if _THAT_RUNS.match(text) else text
