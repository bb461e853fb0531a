"""The commands that make backups, prove them, and put them back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from riskq.cli.terminal import FOUND, Commands, complain, visible
from riskq.clock import local_time, now
from riskq.settings import Settings, read_settings

if TYPE_CHECKING:
    from riskq.services import backups

__all__ = ["add_to", "kept_by"]


def add_to(commands: Commands) -> None:
    """Add the commands to the program."""
    backup = commands.add_parser(
        "backup", help="everything that people gave the service, in one file; it may be running"
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file")
    backup.set_defaults(run=_back_up)
    restore = commands.add_parser("restore", help="put a backup where no database is yet")
    restore.add_argument("file", type=Path, metavar="FILE", help="what riskq backup wrote")
    restore.add_argument(
        "--check", action="store_true", help="read all of it and tell; put it nowhere"
    )
    restore.set_defaults(run=_restore)


def kept_by(settings: Settings) -> backups.Kept | backups.KeptOnServer:
    """Where the service of these settings keeps what people gave it."""
    from riskq.services import backups

    if settings.is_shared:
        return backups.KeptOnServer(settings.database)
    return backups.Kept(settings.database_file, Path(settings.bundles), Path(settings.evidence))


def _back_up(arguments: argparse.Namespace) -> int:
    """Make a backup; 1 if attached files are lost."""
    from riskq.services import backups

    settings = read_settings()
    made = backups.back_up(kept_by(settings), arguments.file, now())
    _tell(made)
    print("The service's keys are not in it. Keep a copy of them elsewhere:")
    print(visible(f"  {settings.seal.folder}, RISKQ_SECRET_KEY or the file secret-key,"))
    print("  RISKQ_MASTER_KEY or the file master-key")
    return FOUND if made.lost else 0


def _restore(arguments: argparse.Namespace) -> int:
    """Prove a backup, and put it back unless it is only to be proved."""
    from riskq.services import backups

    if arguments.check:
        found = backups.check_backup(arguments.file)
    else:
        found = backups.restore_backup(arguments.file, kept_by(read_settings()))
    _tell(found)
    return FOUND if found.lost else 0


def _tell(backup: backups.Backup) -> None:
    made = local_time(backup.made_at)
    print(f"Made {made:%Y-%m-%d %H:%M:%S} (UTC+5). Whole, and each part as it was packed.")
    for table, number in backup.rows.items():
        print(f"  {table}: {number}")
    for name in backup.lost:
        complain(f"evidence {name}: its content was lost before this backup was made.")
