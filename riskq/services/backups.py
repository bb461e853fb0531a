"""Backups: everything that people gave the service, in one file that can be proved and put back.

A backup is a tar file: the two databases as they were at one moment each, the attached files, and
at its end a list of all with their digests. Whatever is cut off or changed is thereby noticed. The
service goes on meanwhile, and its keys are not in it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import IO

import msgspec
from msgspec import Struct

from riskq.errors import RiskqError
from riskq.store import copying, durable, open_bundles, open_store

__all__ = ["Backup", "BackupError", "Kept", "back_up", "check_backup", "restore_backup"]

_FORMAT = "riskq backup 1"
_DATABASE, _BUNDLES, _LIST = "riskq.db", "riskq-bundles.db", "backup.json"
_FILE = re.compile(r"evidence/([a-z0-9]{12,64})", re.ASCII)
_EVIDENCE, _PACKED = "evidence", "packed"
_PIECE = 1 << 20
_LONGEST_LIST = 1 << 28
_COUNTED = ("assessments", "revisions", "workspaces", "evidence")


class BackupError(RiskqError):
    """A backup cannot be made, read or put back; the text says what is wrong and how to mend it."""


class Kept(Struct, frozen=True):
    """Where a service keeps what people gave it: two databases, and the folder of their files."""

    database: Path
    bundles: Path
    evidence: Path


class Backup(Struct, frozen=True):
    """What a backup holds: SHA-256 by the names in it, rows by table, lost files.

    A file is ``lost`` when its row is there and its content is not, or is another.
    """

    format: str
    made_at: datetime
    digests: dict[str, str]
    rows: dict[str, int]
    lost: list[str]


def back_up(kept: Kept, target: Path, at: datetime) -> Backup:
    """Write a backup to a new file, whole or not at all; the service may be running.

    Raises ``BackupError``, ``StoreUnavailable`` and ``OSError``.
    """
    if target.exists():
        raise BackupError(f"{target}: this file exists. Choose another name.")
    if not kept.database.exists():
        raise BackupError(f"{kept.database}: there is no database. Look at RISKQ_DATABASE.")
    with _folder_beside(target) as folder:
        # Rows are copied before files: a file is on the disk before its row is.
        for source, name in ((kept.database, _DATABASE), (kept.bundles, _BUNDLES)):
            if source.exists():
                copying.copy_database(source, folder / name)
                copying.check_copy(folder / name)
        made = _pack(kept, folder, at)
        (folder / _PACKED).rename(target)
        durable.write_through(target.absolute().parent)
    return made


def _pack(kept: Kept, folder: Path, at: datetime) -> Backup:
    digests: dict[str, str] = {}
    missing: list[str] = []
    number = os.open(folder / _PACKED, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(number, "wb") as file:
        with tarfile.open(fileobj=file, mode="w|") as packed:
            for name in (_DATABASE, _BUNDLES):
                if (folder / name).exists():
                    with (folder / name).open("rb") as content:
                        digests[name] = _add(packed, name, content, at)
            for row, digest in _files_in(folder / _DATABASE):
                if _add_file(packed, kept.evidence / row, digest, at):
                    digests[f"{_EVIDENCE}/{row}"] = digest
                else:
                    missing.append(row)
            rows = {table: copying.count_rows(folder / _DATABASE, table) for table in _COUNTED}
            made = Backup(_FORMAT, at, digests, rows, _lost(kept.database, missing))
            _add(packed, _LIST, io.BytesIO(msgspec.json.encode(made)), at)
        file.flush()
        os.fsync(file.fileno())
    return made


def _lost(database: Path, missing: Sequence[str]) -> list[str]:
    """Those of the files without their content that were not removed meanwhile."""
    still = {row for row, _ in _files_in(database)} if missing else set()
    return [row for row in missing if row in still]


def _files_in(database: Path) -> Iterator[tuple[str, str]]:
    """The files that the copy of a database knows, each with its digest."""
    store = open_store(database)
    try:
        yield from store.read(lambda unit: unit.rows("select id, sha256 from evidence order by id"))
    finally:
        store.close()


def _add_file(packed: tarfile.TarFile, path: Path, digest: str, at: datetime) -> bool:
    """Add a file if it is there and what its row says."""
    try:
        with path.open("rb") as content:
            if _digest_of(content) != digest:
                return False
            content.seek(0)
            _add(packed, f"{_EVIDENCE}/{path.name}", content, at)
    except FileNotFoundError:
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
    for piece in iter(partial(content.read, _PIECE), b""):
        digest.update(piece)
    return digest.hexdigest()


def check_backup(source: Path) -> Backup:
    """Read a whole backup as ``restore_backup`` does, and put nothing anywhere.

    Raises ``BackupError``, ``StoreUnavailable`` and ``OSError``.
    """
    with TemporaryDirectory(prefix="riskq-") as folder:
        return _unpack(source, Path(folder))


def restore_backup(source: Path, kept: Kept) -> Backup:
    """Put a backup where nothing is yet, all of it or nothing; the service must not be running.

    Raises ``BackupError``, ``StoreUnavailable`` and ``OSError``.
    """
    _refuse_what_is_there(kept)
    with _folder_beside(kept.database) as folder:
        found = _unpack(source, folder)
        # The schema is brought up to date before anything is put in its place.
        open_store(folder / _DATABASE).close()
        if (folder / _BUNDLES).exists():
            open_bundles(folder / _BUNDLES).close()
        _refuse_what_is_there(kept)
        # The database comes last: without it nothing is there yet.
        for name, target in (
            (_EVIDENCE, kept.evidence),
            (_BUNDLES, kept.bundles),
            (_DATABASE, kept.database),
        ):
            if (folder / name).exists():
                (folder / name).rename(target)
        durable.write_through(kept.database.absolute().parent)
    return found


def _refuse_what_is_there(kept: Kept) -> None:
    for path in (kept.database, kept.bundles, kept.evidence):
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise BackupError(f"{path}: something is there already. Move it away first.")


def _unpack(source: Path, folder: Path) -> Backup:
    """Write what a backup holds into a folder, and hold it to its list."""
    found: dict[str, str] = {}
    told: Backup | None = None
    try:
        with tarfile.open(source, mode="r|") as packed:
            for member in packed:
                is_plain = member.isreg() and not member.issparse()
                content = packed.extractfile(member) if is_plain else None
                if told is not None or content is None or member.name in found:
                    raise BackupError(_not_one(source))
                if member.name == _LIST:
                    told = _read_list(source, content.read(_LONGEST_LIST))
                else:
                    path = _place_of(source, folder, member.name)
                    found[member.name] = ""  # It is one of ours, even if it ends too early.
                    found[member.name] = _write(path, content)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(_broken(source) if found else _not_one(source)) from error
    if told is None or told.digests != found or _DATABASE not in found:
        raise BackupError(_broken(source))
    for name in (_DATABASE, _BUNDLES):
        if name in found:
            copying.check_copy(folder / name)
    return told


def _read_list(source: Path, body: bytes) -> Backup:
    try:
        told = msgspec.json.decode(body, type=Backup)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackupError(_not_one(source)) from error
    if told.format != _FORMAT:
        raise BackupError(f"{source}: a newer riskq made this backup. Install that release.")
    return told


def _broken(source: Path) -> str:
    return f"{source}: it is cut off or was changed. Take another backup, or fetch it anew."


def _not_one(source: Path) -> str:
    return f"{source}: this is no backup that riskq made."


def _place_of(source: Path, folder: Path, name: str) -> Path:
    """Where a part is written; no name but ours ever becomes part of a path."""
    if not _FILE.fullmatch(name) and name not in (_DATABASE, _BUNDLES):
        raise BackupError(_not_one(source))
    return folder / name


def _write(path: Path, content: IO[bytes]) -> str:
    """Write one part, and give its digest."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    digest = hashlib.sha256()
    durable.write_new(path, _pieces(content, digest))
    return digest.hexdigest()


def _pieces(content: IO[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    while piece := content.read(_PIECE):
        digest.update(piece)
        yield piece


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk that nobody else may enter; it is removed at the end."""
    folder = Path(mkdtemp(prefix=".riskq-", dir=path.absolute().parent))
    try:
        yield folder
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)
