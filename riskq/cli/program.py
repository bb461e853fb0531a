"""The program: its commands together, and how each of them ends."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from riskq.cli.terminal import FAULTY, complain
from riskq.errors import RiskqError

__all__ = ["main"]

_BROKEN_OFF = 130
"""What shells say of a command that Ctrl-C ended."""

_HOMES = {
    "serve": "service",
    "worker": "working",
    "user": "users",
    "workspace": "workspaces",
    "audit": "audit",
    "backup": "backups",
    "restore": "backups",
    "migrate": "moving",
    "doctor": "doctor",
    "tidy": "tidying",
    "keys": "keys",
    "compile": "compiling",
    "assess": "answers",
    "report": "answers",
    "graph": "answers",
    "screen": "tables",
    "verify": "documents",
    "import": "documents",
    "form": "forms",
    "check": "editions",
    "diff": "editions",
}
"""The module of each command, in the order of the help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives 0 if all is well, 1 for findings, 2 for input that cannot be used."""
    given = sys.argv[1:] if argv is None else argv
    arguments = _parser(given[0] if given else "").parse_args(given)
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


def _parser(first: str) -> argparse.ArgumentParser:
    """All commands; or, if the first argument names one, that command without loading others."""
    parser = argparse.ArgumentParser(prog="riskq", description="What a law asks of an AI system.")
    parser.add_argument("--version", action=_Version, nargs=0, help="tell the version and end")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for home in [_HOMES[first]] if first in _HOMES else dict.fromkeys(_HOMES.values()):
        import_module(f"riskq.cli.{home}").add_to(commands)
    return parser


class _Version(argparse.Action):
    """Tells the version, which is looked up only when somebody asks: that takes a while."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"riskq {version('riskq')}")
        parser.exit()
