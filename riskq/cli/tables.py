"""The command that judges whole tables of answers."""

from __future__ import annotations

import argparse
import errno
import os
from pathlib import Path

from riskq.cli.answers import add_day, used_edition
from riskq.cli.terminal import FOUND, Commands, complain
from riskq.clock import today

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    screen = commands.add_parser("screen", help="judge a table of answers, a row a system")
    screen.add_argument("questionnaire", help="such as kz-ai-law")
    meant = "a .csv, .xlsx, .jsonl or .parquet file: a column for each question, named by its id"
    screen.add_argument("table", help=meant)
    add_day(screen)
    screen.add_argument("-o", "--output", metavar="FILE", required=True, help="the table to write")
    screen.add_argument("--whole", action="store_true", help="tell the duties and notices too")
    screen.set_defaults(run=_screen)


def _screen(arguments: argparse.Namespace) -> int:
    from riskq.questionnaire import Catalogue
    from riskq.services import judge_table

    on = arguments.on or today()
    source, target = Path(arguments.table), Path(arguments.output)
    if not target.parent.is_dir():
        # Told before the work is done.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target))
    questionnaire = used_edition(Catalogue(), arguments, on)
    judged = judge_table(questionnaire, source, target, on, whole=arguments.whole)
    for name, near in judged.odd:
        complain(f'{source.name}: the column "{name}" is no question. Did you mean "{near}"?')
    if judged.unnamed:
        complain(f"{source.name}: columns without a name are left out: {judged.unnamed}.")
    complain(f"{judged.rows:,} rows judged, {judged.faulty:,} with faults; see {target}.")
    return FOUND if judged.faulty else 0
