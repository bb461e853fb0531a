"""The command that removes what is kept no longer, or tells what that is."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from riskq.cli.desk import open_desk
from riskq.cli.terminal import Commands
from riskq.clock import now
from riskq.settings import Settings, read_settings

if TYPE_CHECKING:
    from riskq.services import Expired

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    tidy = commands.add_parser("tidy", help="remove what is kept no longer, as the service does")
    tidy.add_argument("--dry-run", action="store_true", help="tell what that is; remove nothing")
    tidy.set_defaults(run=_tidy)


def _tidy(arguments: argparse.Namespace) -> int:
    """Remove what has expired, and print how much that was; or print what would be."""
    from riskq.services import count_expired, remove_expired

    settings = read_settings()
    with open_desk(settings) as desk:
        found = count_expired(desk) if arguments.dry_run else remove_expired(desk)
    bundles = _bundles(settings, is_dry=arguments.dry_run)
    print("Would be removed:" if arguments.dry_run else "Removed:")
    for what, number in (*_numbers(found), ("bundles of reports", bundles)):
        print(f"  {what}: {number}")
    return 0


def _numbers(found: Expired) -> tuple[tuple[str, int], ...]:
    return (
        ("assessments without a change for longer than RISKQ_KEEP_DAYS", found.assessments),
        ("files of assessments that are gone", found.files),
        ("answers kept for programs", found.answers),
    )


def _bundles(settings: Settings, *, is_dry: bool) -> int:
    from riskq.store import open_bundles

    store = open_bundles(settings.bundles)
    try:
        return store.count_expired(now()) if is_dry else store.purge(now())
    finally:
        store.close()
