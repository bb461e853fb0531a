"""The command that reads the history against its own hashes."""

from __future__ import annotations

import argparse
from pathlib import Path

from riskq.cli.desk import open_desk
from riskq.cli.terminal import FAULTY, FOUND, Commands, complain, visible
from riskq.settings import read_settings

__all__ = ["add_to"]

_FAULTS = {
    "missing": "an event is missing",
    "changed": "the event was changed",
    "detail": "what the event tells was changed",
    "head": "the book does not end where it says",
}
_KEEP = "Keep what the command prints in a file, and give that file the next time."


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    audit = commands.add_parser("audit", help="the history of what was changed, by whom")
    parts = audit.add_subparsers(required=True, metavar="ACTION")
    verify = parts.add_parser("verify", help="tell whether the history is as it was written")
    verify.add_argument(
        "--since",
        type=Path,
        metavar="FILE",
        help="what this command printed before: whether every book still goes on from there",
    )
    verify.set_defaults(run=_verify)


def _verify(arguments: argparse.Namespace) -> int:
    """Print each book with the number and hash of its last event; 1 if something is wrong."""
    from riskq.services import check_books

    before = {} if arguments.since is None else _read_heads(arguments.since)
    if before is None:
        complain(f"{arguments.since}: this is not what riskq audit verify prints. {_KEEP}")
        return FAULTY
    with open_desk(read_settings()) as desk:
        states = check_books(desk, before)
    for state in states:
        print(visible(f"{state.book}\t{state.events}\t{state.head}"))
    faults = [fault for state in states for fault in state.faults]
    for fault in faults:
        complain(f"{fault.book}: event {fault.number}: {_FAULTS[fault.what]}.")
    return FOUND if faults else 0


def _read_heads(path: Path) -> dict[str, tuple[int, str]] | None:
    heads = {}
    for line in path.read_text("utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) != 3 or not parts[1].isdigit():
            return None
        heads[parts[0]] = (int(parts[1]), parts[2])
    return heads
