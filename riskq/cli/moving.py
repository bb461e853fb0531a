"""The command that moves a service from its file into the database of a server."""

from __future__ import annotations

import argparse

from riskq.cli.backups import kept_by
from riskq.cli.terminal import FAULTY, Commands, complain
from riskq.database_settings import is_server
from riskq.settings import read_settings

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    migrate = commands.add_parser(
        "migrate", help="copy everything into an empty PostgreSQL database, and compare it"
    )
    migrate.add_argument(
        "--to", required=True, metavar="ADDRESS", help="such as postgresql://riskq@host/riskq"
    )
    migrate.set_defaults(run=_migrate)


def _migrate(arguments: argparse.Namespace) -> int:
    """Copy, compare, and print how much that was; nothing is taken away."""
    from riskq.services import backups

    if not is_server(arguments.to):
        complain("--to: it is no address of a server. Write postgresql://user@host/name.")
        return FAULTY
    told = backups.migrate(kept_by(read_settings()), arguments.to)
    print("Moved, and compared row by row:")
    for what, number in told.items():
        print(f"  {what}: {number}")
    print(
        "Set RISKQ_DATABASE_URL to this address instead of RISKQ_DATABASE, and start the service."
    )
    return 0
