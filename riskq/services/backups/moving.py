"""Moves what a service keeps from files of one machine into the database of a server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from riskq.services.backups.parts import PIECE, BackupError, Kept, KeptOnServer
from riskq.store import moving as of_store
from riskq.store import open_bundles, open_files, open_store

__all__ = ["migrate", "move_into"]


def migrate(kept: Kept | KeptOnServer, address: str) -> dict[str, int]:
    """Copy everything into an empty database, counted and compared; nothing is taken away.

    The service must not be running. Raises ``BackupError``, and the store's ``NotEmptyError`` and
    ``StoreUnavailable``; no row is there then.
    """
    if isinstance(kept, KeptOnServer):
        raise BackupError("The database is a server's already. Use backup and restore instead.")
    if not kept.database.exists():
        raise BackupError(f"{kept.database}: there is no database. Look at RISKQ_DATABASE.")
    open_store(kept.database).close()
    if kept.bundles.exists():
        open_bundles(kept.bundles).close()
    return move_into(kept, address)


def move_into(kept: Kept, address: str) -> dict[str, int]:
    """Copy files of today's schema into an empty database; rows by table, and the files.

    The content of attached files goes before their rows: what is left of a move that failed is
    found by whoever tidies, and does not hinder another.
    """
    of_store.refuse_unless_empty(address)
    number = _copy_files(kept, address)
    bundles = kept.bundles if kept.bundles.exists() else None
    told = of_store.move_in(kept.database, bundles, address)
    return {**told, "files": number}


def _copy_files(kept: Kept, address: str) -> int:
    store, source = open_store(kept.database), open_files(kept.evidence)
    target = open_files(address)
    try:
        known = store.read(lambda unit: unit.rows("select id, sha256 from evidence order by id"))
    finally:
        store.close()
    there = set(source.list(of_store.EVER))
    number = 0
    for name, digest in known:
        # One that is lost already stays lost, and is told by "riskq doctor".
        if name in there:
            target.remove(name)
            with source.open(name) as content:
                target.put(name, _pieces(content))
            _refuse_another(target.open(name), name, digest)
            number += 1
    return number


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    return iter(partial(content.read, PIECE), b"")


def _refuse_another(content: BinaryIO, name: str, digest: str) -> None:
    found = hashlib.sha256()
    with content:
        for piece in _pieces(content):
            found.update(piece)
    if found.hexdigest() != digest:
        what = f"evidence {name}: what arrived is not what its row tells"
        raise BackupError(f"{what}. See which files are lost by riskq backup, and move again.")
