"""Which database an address means. An operator writes the address; nobody else chooses."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from riskq.database_settings import is_server
from riskq.store.bundle_protocol import BundleStore
from riskq.store.bundles import UnitBundles
from riskq.store.connections import Place, Schema
from riskq.store.files import SPARE, FileStore, Folder
from riskq.store.own_file import OwnFile
from riskq.store.protocol import Store
from riskq.store.sqlite import BUNDLE_STEPS, SqliteStore

if TYPE_CHECKING:
    from riskq.store.postgres import Database

__all__ = ["facts_of", "open_bundles", "open_database_at", "open_files", "open_store"]

_SQLITE = "sqlite:///"
_MOST_BUNDLE_BYTES = 4_000_000_000
"""What the file of bundles may grow to: some 30,000 reports."""


def facts_of(address: str) -> dict[str, str]:
    """Host, user, name and the like of a shared database, as other libraries want them."""
    from psycopg.conninfo import conninfo_to_dict

    return {name: str(value) for name, value in conninfo_to_dict(address).items()}


def open_store(
    address: str | Path, *, patience: float = 5.0, max_bytes: int | None = None
) -> Store:
    """Open the store at a path, or at ``sqlite:///…`` or ``postgresql://user@host/name``.

    A file that is missing is made, its folder is not, nor is a database on a server; an older
    schema is brought up to date. ``patience``: for how many seconds to wait for others before
    "locked" is told. ``max_bytes``: the size at which a file counts as full.
    Raises ``StoreUnavailable``, or ``ValueError`` for an address that means no store.
    """
    if is_server(str(address)):
        from riskq.store.postgres import PostgresStore

        return PostgresStore(open_database_at(address, patience))
    path = Path(str(address).removeprefix(_SQLITE))
    if "://" in str(path) or ":/" in str(path) or str(address) in {"", ":memory:", _SQLITE}:
        raise ValueError(
            f'"{address}" is no address of a store.'
            f' Write the path of a file, "{_SQLITE}" and the path, or postgresql://user@host/name.'
        )
    return SqliteStore(Place(path.absolute(), patience, max_bytes))


def open_bundles(address: str | Path, *, patience: float = 5.0) -> BundleStore:
    """Open the bundles in a file, which is made if it is missing, or in a shared database.

    Raises ``StoreUnavailable``.
    """
    if is_server(str(address)):
        from riskq.store.postgres import PostgresUnits, Share

        return UnitBundles(PostgresUnits(open_database_at(address, patience), Share.BUNDLES))
    place = Place(Path(address).absolute(), patience, _MOST_BUNDLE_BYTES)
    return UnitBundles(OwnFile(place, Schema("riskq-bundles", BUNDLE_STEPS, _migrate_bundles)))


def open_files(address: str | Path, *, spare: int = SPARE, patience: float = 5.0) -> FileStore:
    """Files in a folder, which is made with the first of them, or in a shared database.

    ``spare``: how many bytes of the disk a folder's files leave free.
    """
    if is_server(str(address)):
        from riskq.store.postgres import PostgresFiles

        return PostgresFiles(open_database_at(address, patience))
    return Folder(Path(address).absolute(), spare)


def open_database_at(address: str | Path, patience: float = 5.0) -> Database:
    """A shared database itself, its schema up to date; raises ``StoreUnavailable``."""
    from riskq.store.postgres import open_database

    return open_database(str(address), patience)


def _migrate_bundles(connection: Connection) -> None:
    from riskq.store.bundle_migrations import migrate

    migrate(connection)
