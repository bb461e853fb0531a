"""A process apart that judges one table that somebody uploaded, within limits, and ends.

Started as ``python -m riskq.services.table_process PARENT`` by ``tables_apart``. The data-frame
library is too large for the processes that answer pages, and a foreign file may make any library
use memory and time without end: here the kernel refuses more than a share of both, and nobody else
is in the process. It reads its order from standard input, works in a folder that is removed
afterwards, and writes its answer to standard output. What failed is told in the answer, without a
word of the table; standard error is not read, for libraries quote there.
"""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from traceback import format_tb

import msgspec

from riskq.errors import AnswersError, Problem, TooLargeError, ValuedProblem
from riskq.questionnaire import Questionnaire
from riskq.report import Limits, enclose_child, leave_network
from riskq.services.table_order import (
    WALL_SECONDS,
    Answer,
    JudgeOrder,
    Order,
    Refused,
    TableProblem,
    TemplateOrder,
    Written,
    fit_to_show,
)

__all__: list[str] = []

_LIMITS = Limits(
    cpu_seconds=WALL_SECONDS, memory=512 * 1024 * 1024, written=200_000_000, open_files=256
)
"""A table of the largest size needs some 5 seconds and 400 MB of addresses."""

_LONGEST_VALUE = 400
_NICENESS = 5
"""Pages go first."""


def main(parent: int) -> None:
    """Do what is ordered; end with the process ``parent``."""
    leave_network()
    enclose_child(parent, WALL_SECONDS, _LIMITS)
    os.nice(_NICENESS)
    length = int.from_bytes(sys.stdin.buffer.read(8), "big")
    order = msgspec.json.decode(sys.stdin.buffer.read(length), type=Order)
    # Questionnaires are graphs of values of many types, which no form of data but this one keeps.
    # They come from the parent by a pipe that nobody else can write to; a table never does.
    questionnaire = pickle.load(sys.stdin.buffer)  # noqa: S301 - Our own parent wrote it to a pipe.
    sys.stdout.buffer.write(msgspec.json.encode(_answer(order, questionnaire)))
    sys.stdout.buffer.flush()
    os._exit(0)


def _answer(order: Order, questionnaire: Questionnaire) -> Answer:
    try:
        if isinstance(order, TemplateOrder):
            return _template(order, questionnaire)
        return _judge(order, questionnaire)
    except AnswersError as error:
        return Refused(tuple(map(_told, error.problems)))
    except TooLargeError:
        return Refused((TableProblem("too-large-rules"),))
    # Where memory ends, polars raises what is no Exception; there is nothing to interrupt here.
    except BaseException as error:  # noqa: BLE001 - Whatever it is, the answer tells where it was.
        lines = "".join(format_tb(error.__traceback__))
        return Refused((TableProblem("too-heavy"),), f"{type(error).__name__}\n{lines}")


def _told(problem: Problem) -> TableProblem:
    """A problem without its text, which is in another language; names in it are foreign."""
    values = problem.values if isinstance(problem, ValuedProblem) else {}
    shown = {
        name: fit_to_show(value, _LONGEST_VALUE) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return TableProblem(problem.code, shown)


def _judge(order: JudgeOrder, questionnaire: Questionnaire) -> Answer:
    from riskq.services.fault_words import say_with
    from riskq.services.judging import Wanted, judging
    from riskq.services.table_tally import TableTally
    from riskq.services.table_writing import write_table

    wanted = Wanted(order.on, order.whole, say_with(order.words), order.most_rows)
    with judging(questionnaire, Path(order.source), wanted) as table:
        tally = TableTally(questionnaire, table)
        write_table(Path(order.target), table.heads, tally.rows_of(), table.quoting)
        return tally.summary()


def _template(order: TemplateOrder, questionnaire: Questionnaire) -> Answer:
    from riskq.services.table_template import write_template

    write_template(Path(order.target), questionnaire, order.language, order.words)
    return Written()


if __name__ == "__main__":
    main(int(sys.argv[1]))
