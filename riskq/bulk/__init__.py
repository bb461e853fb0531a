"""Whole tables of answers: one row a system, one column a question.

The diagrams that judge one set of answers are turned into look-up tables, and these into column
expressions of the data-frame library, once for a table. There is no second set of rules that could
say something else: a property test holds each row against ``engine``.
"""

from riskq.bulk.cells import SEPARATOR, Raw, Say, say_plainly
from riskq.bulk.coding import CellFault
from riskq.bulk.columns import Columns, read_columns, result_names
from riskq.bulk.table import TableJudge

__all__ = [
    "SEPARATOR",
    "CellFault",
    "Columns",
    "Raw",
    "Say",
    "TableJudge",
    "read_columns",
    "result_names",
    "say_plainly",
]
