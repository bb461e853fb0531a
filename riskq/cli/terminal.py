"""What all commands share: arguments that mean the same everywhere, and how a terminal is told."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any, Protocol

from riskq.errors import ProblemsError
from riskq.logs import visible

__all__ = ["FAULTY", "FOUND", "Commands", "complain", "print_form", "read_day", "visible"]

FAULTY, FOUND = 2, 1
"""The exit codes for input that cannot be used, and for findings."""


class Commands(Protocol):
    """Where a command puts its parser."""

    def add_parser(self, name: str, **kwargs: Any) -> argparse.ArgumentParser:
        """Make a parser for a command."""


def complain(fault: object) -> None:
    """Tell a fault in one line, whatever it quotes; an error with several has a line for each."""
    for one in fault.problems if isinstance(fault, ProblemsError) else (fault,):
        print(visible(str(one)).replace("\n", "\\u000a"), file=sys.stderr)


def print_form(form: object) -> None:
    """Print a form as JSON."""
    print(visible(json.dumps(form, ensure_ascii=False, indent=2)))


def read_day(text: str) -> date:
    """Read a day of an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day such as 2026-08-25') from None
