"""The commands about one person's data: handing out what is stored, and deleting the account."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from riskq.cli.desk import open_desk
from riskq.cli.terminal import FAULTY, Commands, complain, visible
from riskq.settings import read_settings

if TYPE_CHECKING:
    from riskq.services import Desk, persons
    from riskq.store import User

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the commands to those about people."""
    export = commands.add_parser("export", help="print everything that is stored of a person")
    export.add_argument("email", metavar="EMAIL")
    export.set_defaults(run=_export)
    remove = commands.add_parser("remove", help="delete a person's account; their work stays")
    remove.add_argument("email", metavar="EMAIL")
    remove.add_argument("--dry-run", action="store_true", help="tell what goes; remove nothing")
    remove.add_argument(
        "--owner-instead",
        metavar="EMAIL",
        help="a member who becomes administrator where the person is the only one",
    )
    remove.set_defaults(run=_remove)


def _find(desk: Desk, email: str) -> User | None:
    from riskq.services import accounts

    user = desk.store.read(lambda unit: accounts.find_user(unit, email))
    if user is None:
        complain(f"There is no user {email}.")
    return user


def _export(arguments: argparse.Namespace) -> int:
    """Print what the person could download as well."""
    from riskq.services import persons

    with open_desk(read_settings()) as desk:
        user = _find(desk, arguments.email)
        if user is None:
            return FAULTY
        print(visible(persons.export_of(desk, user)))
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    """Tell what goes with an account, and delete it unless that is all that is wanted."""
    from riskq.services import persons

    instead = arguments.owner_instead
    with open_desk(read_settings()) as desk:
        user = _find(desk, arguments.email)
        heir = None if instead is None else _find(desk, instead)
        if user is None or (instead is not None and heir is None):
            return FAULTY
        told = persons.plan_departure(desk, user, heir)
        if told.left_alone:
            complain(persons.OnlyOwnerError(told.left_alone))
            complain("Name a member of it who is to own it: --owner-instead EMAIL.")
            for one in told.left_alone:
                complain(f"Or delete “{one.name}” with all in it: riskq workspace remove {one.id}")
            return FAULTY
        if not arguments.dry_run:
            persons.remove_account(desk, user, "operator", heir)
    _print_departure(user, told, heir, is_trial=arguments.dry_run)
    return 0


def _print_departure(
    user: User, told: persons.Departure, heir: User | None, *, is_trial: bool
) -> None:
    lines = [
        f"account: {user.email}",
        *(f"member of: {place.name} ({role.value})" for place, role in told.places),
        *(f"token: {token.name} ({token.workspace})" for token in told.tokens),
        f"sessions: {told.sessions}",
        f"ways in by a provider: {told.identities}",
        f"calendars: {told.calendars}",
        f"open invitations for the address: {told.invitations}",
    ]
    print("Would be removed:" if is_trial else "Removed:")
    for line in lines:
        print(visible(f"  {line}"))
    if heir is not None and told.owned_alone:
        print("Would own instead:" if is_trial else "Owns instead:")
        for place in told.owned_alone:
            print(visible(f"  {heir.email}: {place.name}"))
