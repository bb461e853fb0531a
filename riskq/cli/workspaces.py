"""The commands about workspaces: listing them, and deleting one with everything in it."""

from __future__ import annotations

import argparse

from msgspec import structs

from riskq.cli.desk import open_desk
from riskq.cli.terminal import FAULTY, Commands, complain, visible
from riskq.settings import read_settings

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    workspace = commands.add_parser("workspace", help="workspaces: list them, delete one")
    parts = workspace.add_subparsers(required=True, metavar="ACTION")
    listing = parts.add_parser("list", help="list all with their ids, members and assessments")
    listing.set_defaults(run=_list)
    remove = parts.add_parser("remove", help="delete one with everything in it, for good")
    remove.add_argument("workspace", metavar="ID", help='as "riskq workspace list" tells it')
    remove.add_argument("--dry-run", action="store_true", help="tell what goes; remove nothing")
    remove.set_defaults(run=_remove)


def _list(_: argparse.Namespace) -> int:
    """One line a workspace: id, name, and how many members and assessments it has."""
    from riskq.services import workspaces

    with open_desk(read_settings()) as desk:
        for one, told in workspaces.list_workspaces(desk):
            counts = f"members: {told.members}\tassessments: {told.assessments}"
            print(visible(f"{one.id}\t{one.name}\t{counts}"))
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    """Tell what goes with a workspace, and delete it unless that is all that is wanted."""
    from riskq.services import workspaces

    with open_desk(read_settings()) as desk:
        listed = {one.id: (one, told) for one, told in workspaces.list_workspaces(desk)}
        if arguments.workspace not in listed:
            complain(f'There is no workspace {arguments.workspace}. See "riskq workspace list".')
            return FAULTY
        found, told = listed[arguments.workspace]
        if not arguments.dry_run:
            workspaces.remove_by_operator(desk, found.id)
    print("Would be removed:" if arguments.dry_run else "Removed:")
    print(visible(f"  workspace: {found.name}"))
    for name, count in structs.asdict(told).items():
        print(f"  {name}: {count}")
    return 0
