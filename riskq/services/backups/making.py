"""Backups: everything that people gave the service, in one file that can be proved and put back.

A backup is a tar file: the two databases as they were at one moment each, the attached files, and
at its end a list of all with their digests. Whatever is cut off or changed is thereby noticed. The
service goes on meanwhile, and its keys are not in it. What a server's database holds is packed in
the same two files, so that a backup can be put back into either kind.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

import msgspec

from riskq.services.backups.parts import (
    BUNDLES,
    DATABASE,
    EVIDENCE,
    FORMAT,
    LIST,
    PIECE,
    Backup,
    BackupError,
    Kept,
    KeptOnServer,
    folder_beside,
)
from riskq.store import (
    FileStore,
    NoSuchFile,
    copying,
    durable,
    moving,
    open_files,
    open_store,
)

__all__ = ["back_up"]

_PACKED = "packed"
_COUNTED = ("assessments", "revisions", "workspaces", "evidence")


def back_up(kept: Kept | KeptOnServer, target: Path, at: datetime) -> Backup:
    """Write a backup to a new file, whole or not at all; the service may be running.

    Raises ``BackupError``, ``StoreUnavailable`` and ``OSError``.
    """
    if target.exists():
        raise BackupError(f"{target}: this file exists. Choose another name.")
    if isinstance(kept, Kept) and not kept.database.exists():
        raise BackupError(f"{kept.database}: there is no database. Look at RISKQ_DATABASE.")
    with folder_beside(target) as folder:
        # Rows are copied before files: a file is on the disk before its row is.
        _copy_databases(kept, folder)
        made = _pack(kept, folder, at)
        (folder / _PACKED).rename(target)
        durable.write_through(target.absolute().parent)
    return made


def _copy_databases(kept: Kept | KeptOnServer, folder: Path) -> None:
    if isinstance(kept, KeptOnServer):
        moving.move_out(kept.address, folder / DATABASE, folder / BUNDLES)
    else:
        for source, name in ((kept.database, DATABASE), (kept.bundles, BUNDLES)):
            if source.exists():
                copying.copy_database(source, folder / name)
    for name in (DATABASE, BUNDLES):
        if (folder / name).exists():
            copying.check_copy(folder / name)


def _pack(kept: Kept | KeptOnServer, folder: Path, at: datetime) -> Backup:
    files = open_files(kept.for_files)
    digests: dict[str, str] = {}
    missing: list[str] = []
    number = os.open(folder / _PACKED, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(number, "wb") as file:
        with tarfile.open(fileobj=file, mode="w|") as packed:
            for name in (DATABASE, BUNDLES):
                if (folder / name).exists():
                    with (folder / name).open("rb") as content:
                        digests[name] = _add(packed, name, content, at)
            for row, digest in _files_in(folder / DATABASE):
                if _add_file(packed, files, (row, digest), at):
                    digests[f"{EVIDENCE}/{row}"] = digest
                else:
                    missing.append(row)
            rows = {table: copying.count_rows(folder / DATABASE, table) for table in _COUNTED}
            made = Backup(
                FORMAT,
                at,
                digests,
                rows,
                _lost(kept.for_rows, missing),
            )
            _add(packed, LIST, io.BytesIO(msgspec.json.encode(made)), at)
        file.flush()
        os.fsync(file.fileno())
    return made


def _lost(database: str | Path, missing: Sequence[str]) -> list[str]:
    """Those of the files without their content that were not removed meanwhile."""
    still = {row for row, _ in _files_in(database)} if missing else set()
    return [row for row in missing if row in still]


def _files_in(database: str | Path) -> Iterator[tuple[str, str]]:
    """The files that the copy of a database knows, each with its digest."""
    store = open_store(database)
    try:
        yield from store.read(lambda unit: unit.rows("select id, sha256 from evidence order by id"))
    finally:
        store.close()


def _add_file(
    packed: tarfile.TarFile, files: FileStore, told: tuple[str, str], at: datetime
) -> bool:
    """Add a file by its name if it is there and has the digest that its row tells."""
    name, digest = told
    try:
        with files.open(name) as content:
            if _digest_of(content) != digest:
                return False
            content.seek(0)
            _add(packed, f"{EVIDENCE}/{name}", content, at)
    except NoSuchFile:
        return False
    return True


def _add(packed: tarfile.TarFile, name: str, content: IO[bytes], at: datetime) -> str:
    told = tarfile.TarInfo(name)
    told.size = content.seek(0, 2)
    told.mode, told.mtime = 0o600, int(at.timestamp())
    content.seek(0)
    packed.addfile(told, content)
    content.seek(0)
    return _digest_of(content)


def _digest_of(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in iter(partial(content.read, PIECE), b""):
        digest.update(piece)
    return digest.hexdigest()
