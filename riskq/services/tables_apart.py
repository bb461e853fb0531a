"""Tables that somebody uploads are judged in a process apart; nothing of them stays.

What is written lies in a folder that is gone before the answer is, and is read through an open file
that has no name any more. A folder that a killed service left is removed at the next occasion.
"""

from __future__ import annotations

import logging
import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import BinaryIO

import msgspec
from msgspec import Struct

from riskq.errors import RiskqError
from riskq.questionnaire import Questionnaire
from riskq.report import ROOT, passed_on
from riskq.services.table_faults import FORMATS, MOST_TABLE_ROWS
from riskq.services.table_order import (
    WALL_SECONDS,
    Answer,
    JudgeOrder,
    Order,
    Refused,
    TableProblem,
    TableSummary,
    TemplateOrder,
)

__all__ = [
    "JudgedApart",
    "TableRefused",
    "TableWish",
    "judge_apart",
    "write_template_apart",
]

log = logging.getLogger(__name__)

_MARGIN_SECONDS = 5
_FOLDER = "riskq-table-"
_LEFT_OVER_SECONDS = 3600

# One thread and one arena: address space is what is limited, and each more reserves some.
_SPARING = {"POLARS_MAX_THREADS": "1", "MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8"}


class TableRefused(RiskqError):
    """A table cannot be judged; ``problems`` say why, by codes and values."""

    def __init__(self, problems: Iterable[TableProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))


class TableWish(Struct, frozen=True):
    """What somebody wants of a table: as of which day, with duties and notices or without.

    ``kind`` is the format of the table and ``result`` that of what comes out, such as ``.csv``;
    ``words`` are the texts for faults of cells.
    """

    kind: str
    result: str
    on: date
    whole: bool
    words: Mapping[str, str]


class JudgedApart(Struct, frozen=True):
    """What came out of a table, and the judged table: an open file that has no name any more."""

    summary: TableSummary
    file: BinaryIO
    size: int


def judge_apart(questionnaire: Questionnaire, body: bytes, wish: TableWish) -> JudgedApart:
    """Judge a table; raises ``TableRefused`` where that cannot be done within the limits.

    Whoever takes the result closes its file.
    """
    if wish.kind not in FORMATS:
        raise TableRefused([TableProblem("file-name")])
    _remove_left_over()
    with TemporaryDirectory(prefix=_FOLDER) as name:
        source, target = Path(name) / f"table{wish.kind}", Path(name) / f"judged{wish.result}"
        source.write_bytes(body)
        order = JudgeOrder(
            source=str(source),
            target=str(target),
            on=wish.on,
            whole=wish.whole,
            words=wish.words,
            most_rows=MOST_TABLE_ROWS,
        )
        answer = _done(order, questionnaire, name)
        if not isinstance(answer, TableSummary):
            raise TableRefused([TableProblem("too-heavy")])
        return JudgedApart(answer, target.open("rb"), target.stat().st_size)


def write_template_apart(
    questionnaire: Questionnaire, language: str, words: Mapping[str, str]
) -> bytes:
    """The blank table of a questionnaire as XLSX; raises ``TableRefused`` if it takes too long."""
    with TemporaryDirectory(prefix=_FOLDER) as name:
        target = Path(name) / "blank.xlsx"
        _done(TemplateOrder(str(target), language, words), questionnaire, name)
        return target.read_bytes()


def _done(order: Order, questionnaire: Questionnaire, folder: str) -> Answer:
    """What the process says to an order; raises ``TableRefused``."""
    told = msgspec.json.encode(order)
    graph = pickle.dumps(questionnaire, protocol=pickle.HIGHEST_PROTOCOL)
    environment = {**passed_on(), **_SPARING, "PYTHONPATH": str(ROOT), "TMPDIR": folder}
    heavy = TableRefused([TableProblem("too-heavy")])
    try:
        done = subprocess.run(
            [sys.executable, "-m", "riskq.services.table_process", str(os.getpid())],
            input=len(told).to_bytes(8, "big") + told + graph,
            capture_output=True,
            check=False,
            env=environment,
            timeout=WALL_SECONDS + _MARGIN_SECONDS,
        )
        # A process that its limits have ended has written nothing.
        answer: Answer = msgspec.json.decode(done.stdout, type=Answer)
    except (subprocess.TimeoutExpired, ValueError) as error:
        log.warning("A table took too much to judge (%s)", type(error).__name__)
        raise heavy from error
    if isinstance(answer, Refused):
        if answer.failed_at:
            log.warning("A table could not be judged: %s", answer.failed_at)
        raise TableRefused(answer.problems)
    return answer


def _remove_left_over() -> None:
    """Remove folders that a service left when it was killed, long after any could be in use."""
    for folder in Path(gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(OSError):
            if time.time() - folder.lstat().st_mtime > _LEFT_OVER_SECONDS:
                shutil.rmtree(folder)
