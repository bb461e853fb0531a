"""The program: its commands together, and how each of them ends."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from riskq.cli import (
    answers,
    audit,
    backups,
    compiling,
    doctor,
    documents,
    editions,
    forms,
    keys,
    moving,
    service,
    tables,
    tidying,
    users,
    working,
    workspaces,
)
from riskq.cli.terminal import FAULTY, complain
from riskq.errors import RiskqError

__all__ = ["main"]

_BROKEN_OFF = 130
"""What shells say of a command that Ctrl-C ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives 0 if all is well, 1 for findings, 2 for input that cannot be used."""
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A letter that a terminal lacks is written by its number; no result is held back.
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(arguments.run(arguments))
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing more can be told there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _BROKEN_OFF
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}" if error.filename else error)
    except RiskqError as error:
        complain(error)
    return FAULTY


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="riskq", description="What a law asks of an AI system.")
    parser.add_argument("--version", action=_Version, nargs=0, help="tell the version and end")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    running = (service, working, users, workspaces, audit, backups, moving, doctor, tidying, keys)
    once = (compiling,)
    for part in (*running, *once, answers, tables, documents, forms, editions):
        part.add_to(commands)
    return parser


class _Version(argparse.Action):
    """Tells the version, which is looked up only when somebody asks: that takes a while."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"riskq {version('riskq')}")
        parser.exit()
