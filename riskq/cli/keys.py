"""The commands about keys: what stands under which, and others in their places."""

from __future__ import annotations

import argparse

from riskq.cli.desk import open_desk
from riskq.cli.terminal import FOUND, Commands, complain
from riskq.settings import read_settings

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the commands to the program."""
    keys = commands.add_parser("keys", help="tell which keys encrypt what, or put others in place")
    keys.set_defaults(run=_list)
    told = keys.add_subparsers(metavar="ACTION")
    what = "encrypt the keys of workspaces under the newest master key"
    rotate = told.add_parser("rotate", help=what)
    rotate.add_argument("--workspaces", action="store_true", help="new keys of workspaces as well")
    rotate.add_argument("--dry-run", action="store_true", help="count; change nothing")
    rotate.set_defaults(run=_rotate)
    what = "encrypt what workspaces have held since before there were keys"
    encrypt = told.add_parser("encrypt", help=what)
    encrypt.add_argument("--dry-run", action="store_true", help="count; change nothing")
    encrypt.set_defaults(run=_encrypt)


def _list(arguments: argparse.Namespace) -> int:
    """Print how much stands under each key; 1 if a master key is missing."""
    from riskq.services import encryption

    del arguments
    with open_desk(read_settings()) as desk:
        counts = encryption.count_keys(desk.store, desk.keys)
        newest = desk.keys.newest.name
    print("Keys of workspaces, by the master key that they stand under:")
    for name, count in counts.masters.items():
        what = "newest" if name == newest else "missing" if name in counts.unknown else "old"
        print(f"  {name} ({what}): {count}")
    print("Assessments, by what opens them:")
    print(f"  their private link alone: {counts.private}")
    print(f"  the key of a workspace: {counts.held}")
    print(f"  nothing, since they are not encrypted: {counts.plain}")
    return FOUND if counts.unknown else 0


def _rotate(arguments: argparse.Namespace) -> int:
    """Put other keys in place, and print how many; 1 if some could not be read."""
    from riskq.services import encryption

    is_dry = arguments.dry_run
    with open_desk(read_settings()) as desk:
        told = encryption.rotate_master(desk.store, desk.keys, is_dry=is_dry)
        held = 0
        if arguments.workspaces and not told.lost:
            at = desk.clock()
            held = encryption.rotate_workspaces(desk.store, desk.keys, at, is_dry=is_dry)
    print("Would be encrypted anew:" if is_dry else "Encrypted anew:")
    print(f"  keys of workspaces, under the newest master key: {told.changed}")
    if arguments.workspaces:
        print(f"  keys of assessments, under new keys of their workspaces: {held}")
    if told.lost:
        mend = "Add them to the file that RISKQ_OLD_MASTER_KEYS_FILE names."
        complain(f"{told.lost} keys stand under master keys that are not here. {mend}")
    return FOUND if told.lost else 0


def _encrypt(arguments: argparse.Namespace) -> int:
    """Encrypt old assessments of workspaces, and print how many; private ones wait for a save."""
    from riskq.services import encrypt_held

    with open_desk(read_settings()) as desk:
        count = encrypt_held(desk, is_dry=arguments.dry_run)
    print("Would be encrypted:" if arguments.dry_run else "Encrypted:")
    print(f"  assessments of workspaces: {count}")
    return 0
