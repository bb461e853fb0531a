"""The commands about people with accounts: the operator's part, on the machine itself."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from riskq.cli import persons
from riskq.cli.desk import open_desk
from riskq.cli.terminal import FAULTY, Commands, complain, visible
from riskq.i18n import LANGUAGES
from riskq.settings import Settings, read_settings

if TYPE_CHECKING:
    from riskq.services import Desk

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    user = commands.add_parser("user", help="people with accounts: add one, list them, remove one")
    parts = user.add_subparsers(required=True, metavar="ACTION")
    add = parts.add_parser("add", help="add a person, and print a link that sets the password")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", default="", help="how colleagues see the person")
    add.add_argument("--workspace", metavar="NAME", help="found a workspace that the person owns")
    add.add_argument("--lang", choices=LANGUAGES, default="kk", help="of the link (%(default)s)")
    add.set_defaults(run=_add)
    link = parts.add_parser("link", help="print a new link that sets a person's password")
    link.add_argument("email", metavar="EMAIL")
    link.add_argument("--lang", choices=LANGUAGES, default="kk", help="of the link (%(default)s)")
    link.add_argument(
        "--send", action="store_true", help="send it to the person by e-mail instead of printing it"
    )
    link.set_defaults(run=_link)
    factor = parts.add_parser("no-second-factor", help="let a person who lost it do without")
    factor.add_argument("email", metavar="EMAIL")
    factor.set_defaults(run=_remove_factor)
    provider = parts.add_parser(
        "forget-provider", help="let a person be bound anew by whoever has the e-mail address next"
    )
    provider.add_argument("email", metavar="EMAIL")
    provider.set_defaults(run=_forget_provider)
    persons.add_to(parts)
    parts.add_parser("list", help="list everybody").set_defaults(run=_list)


def _add(arguments: argparse.Namespace) -> int:
    """Add a person unless there is one of this address, and found the workspace that is wanted."""
    from riskq.services import accounts, workspaces

    if not accounts.is_email(arguments.email):
        complain(f'"{arguments.email}" is no e-mail address. Write one such as name@example.kz.')
        return FAULTY
    if arguments.workspace is not None and not arguments.workspace.strip():
        complain("The workspace needs a name.")
        return FAULTY
    settings = read_settings()
    with open_desk(settings) as desk:
        user = desk.store.read(lambda unit: accounts.find_user(unit, arguments.email))
        is_new = user is None
        if user is None:
            user = accounts.add_user(desk, arguments.email, arguments.name, arguments.lang)
        elif not arguments.workspace:
            complain(f"{user.email} has an account already. Give --workspace to found one.")
            return FAULTY
        if arguments.workspace:
            workspaces.found(desk, user, arguments.workspace)
        if is_new:
            _print_link(settings, accounts.make_password_link(desk, user.email), arguments.lang)
    return 0


def _link(arguments: argparse.Namespace) -> int:
    from riskq.services import accounts

    settings = read_settings()
    if arguments.send and settings.mail is None:
        complain("No mail server is set. Set RISKQ_SMTP and RISKQ_MAIL_FROM, or print the link.")
        return FAULTY
    with open_desk(settings) as desk:
        secret = accounts.make_password_link(desk, arguments.email)
        if arguments.send:
            _send_link(settings, desk, arguments.email, secret, arguments.lang)
        else:
            _print_link(settings, secret, arguments.lang)
    return 0


def _send_link(settings: Settings, desk: Desk, email: str, secret: str, language: str) -> None:
    """Put the letter with the link into the outbox, and tell a worker."""
    from riskq.jobs import Jobs
    from riskq.services import accounts, letters
    from riskq.web import password_letter

    user = desk.store.read(lambda unit: accounts.find_user(unit, email))
    if user is not None:
        letter = password_letter(user.email, _address(settings, secret, language), language)
        new = letters.NewLetter(f"user:{user.id}", user.id, "password", user.email, letter)
        letters.queue_letters(desk, settings.secret_key, [new], "operator")
        Jobs(settings).announce_letters()
        print(visible(f"The link goes to {user.email} as soon as a worker runs."))


def _print_link(settings: Settings, secret: str, language: str) -> None:
    print(_address(settings, secret, language))


def _address(settings: Settings, secret: str, language: str) -> str:
    origin = settings.origin or "http://127.0.0.1:8000"
    return f"{origin}/{language}/password/{secret}"


def _remove_factor(arguments: argparse.Namespace) -> int:
    from riskq.services import accounts

    with open_desk(read_settings()) as desk:
        user = desk.store.read(lambda unit: accounts.find_user(unit, arguments.email))
        if user is None:
            complain(f"There is no user {arguments.email}.")
            return FAULTY
        accounts.remove_factor(desk, user.id, "operator")
    return 0


def _forget_provider(arguments: argparse.Namespace) -> int:
    from riskq.services import accounts

    with open_desk(read_settings()) as desk:
        user = desk.store.read(lambda unit: accounts.find_user(unit, arguments.email))
        if user is None or not accounts.forget_identities(desk, user.id, "operator"):
            complain(f"No provider knows a user {arguments.email}.")
            return FAULTY
    return 0


def _list(_: argparse.Namespace) -> int:
    """One line a person: e-mail, name, and the workspaces with the role in each."""
    from riskq.services import accounts, workspaces

    with open_desk(read_settings()) as desk:
        for user in accounts.list_users(desk):
            seats = workspaces.seats_of(desk, user)
            places = ", ".join(f"{seat.workspace.name} ({seat.role.value})" for seat in seats)
            print(visible(f"{user.email}\t{user.name}\t{places}"))
    return 0
