"""Reads backups: proves them, and puts them back into files or into a server's database."""

from __future__ import annotations

import hashlib
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import msgspec

from riskq.services.backups.moving import move_into
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
from riskq.store import copying, durable, open_bundles, open_store

__all__ = ["check_backup", "restore_backup"]

_FILE = re.compile(r"evidence/([a-z0-9]{12,64})", re.ASCII)
_LONGEST_LIST = 1 << 28


def check_backup(source: Path) -> Backup:
    """Read a whole backup as ``restore_backup`` does, and put nothing anywhere.

    Raises ``BackupError``, ``StoreUnavailable`` and ``OSError``.
    """
    with TemporaryDirectory(prefix="riskq-") as folder:
        return _unpack(source, Path(folder))


def restore_backup(source: Path, kept: Kept | KeptOnServer) -> Backup:
    """Put a backup where nothing is yet, all of it or nothing; the service must not be running.

    Raises ``BackupError``, ``StoreUnavailable`` and ``OSError``.
    """
    if isinstance(kept, KeptOnServer):
        with TemporaryDirectory(prefix="riskq-") as temporary:
            found = _unpack(source, Path(temporary))
            _bring_up_to_date(Path(temporary))
            move_into(_unpacked(Path(temporary)), kept.address)
        return found
    _refuse_what_is_there(kept)
    with folder_beside(kept.database) as folder:
        found = _unpack(source, folder)
        # The schema is brought up to date before anything is put in its place.
        _bring_up_to_date(folder)
        _refuse_what_is_there(kept)
        # The database comes last: without it nothing is there yet.
        targets = ((EVIDENCE, kept.evidence), (BUNDLES, kept.bundles), (DATABASE, kept.database))
        for name, target in targets:
            if (folder / name).exists():
                (folder / name).rename(target)
        durable.write_through(kept.database.absolute().parent)
    return found


def _bring_up_to_date(folder: Path) -> None:
    open_store(folder / DATABASE).close()
    if (folder / BUNDLES).exists():
        open_bundles(folder / BUNDLES).close()


def _unpacked(folder: Path) -> Kept:
    return Kept(folder / DATABASE, folder / BUNDLES, folder / EVIDENCE)


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
                if member.name == LIST:
                    told = _read_list(source, content.read(_LONGEST_LIST))
                else:
                    path = _place_of(source, folder, member.name)
                    found[member.name] = ""  # It is one of ours, even if it ends too early.
                    found[member.name] = _write(path, content)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(_broken(source) if found else _not_one(source)) from error
    if told is None or told.digests != found or DATABASE not in found:
        raise BackupError(_broken(source))
    for name in (DATABASE, BUNDLES):
        if name in found:
            copying.check_copy(folder / name)
    return told


def _read_list(source: Path, body: bytes) -> Backup:
    try:
        told = msgspec.json.decode(body, type=Backup)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackupError(_not_one(source)) from error
    if told.format != FORMAT:
        raise BackupError(f"{source}: a newer riskq made this backup. Install that release.")
    return told


def _broken(source: Path) -> str:
    return f"{source}: it is cut off or was changed. Take another backup, or fetch it anew."


def _not_one(source: Path) -> str:
    return f"{source}: this is no backup that riskq made."


def _place_of(source: Path, folder: Path, name: str) -> Path:
    """Where a part is written; no name but ours ever becomes part of a path."""
    if not _FILE.fullmatch(name) and name not in (DATABASE, BUNDLES):
        raise BackupError(_not_one(source))
    return folder / name


def _write(path: Path, content: IO[bytes]) -> str:
    """Write one part, and give its digest."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    digest = hashlib.sha256()
    durable.write_new(path, _pieces(content, digest))
    return digest.hexdigest()


def _pieces(content: IO[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    while piece := content.read(PIECE):
        digest.update(piece)
        yield piece
