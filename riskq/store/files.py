"""Files that people attached, beside the database: put whole or not at all, under names of ours.

What a file is and whose is told by its row. A row is written after its file and removed before it,
so that a crash leaves a file without a row at worst, which whoever tidies finds by its age.
Behind the same few methods the files may lie in a database that several machines share.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from riskq.store.durable import write_new, write_through
from riskq.store.errors import NoSuchFile
from riskq.store.faults import unavailable

__all__ = ["FILE_NAME", "SPARE", "FileStore", "Folder", "NoFiles"]

FILE_NAME = re.compile(r"[a-z0-9]{12,64}", re.ASCII)
"""How a file may be called, wherever files lie."""

_UNFINISHED = ".part"
SPARE = 200_000_000
"""What is left free on the disk: answers must find room when files no longer do."""


class FileStore(Protocol):
    """Keeps files by random names of lower-case letters and digits.

    Any thread and any number of processes may call it. Every method may raise ``StoreUnavailable``.
    """

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep a new file; it is on the disk, whole, when this returns, and else not there."""
        ...

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading; raises ``NoSuchFile``."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens if there is none."""
        ...

    def list(self, older_than: timedelta) -> Iterator[str]:
        """The names of all files that were put longer ago, unfinished ones among them."""
        ...


class NoFiles:
    """Where no files are kept: nothing can be put."""

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Refuse to keep a file."""
        del name, pieces
        raise unavailable(Path("files"), "closed")

    def open(self, name: str) -> BinaryIO:
        """Find no file."""
        raise NoSuchFile(name)

    def remove(self, name: str) -> None:
        """Remove nothing."""

    def list(self, older_than: timedelta) -> Iterator[str]:
        """No names."""
        del older_than
        return iter(())


class Folder:
    """``FileStore`` in one folder that nobody else on the machine may enter.

    It is made with the first file. ``spare``: how many bytes of the disk files leave free.
    """

    def __init__(self, folder: Path, spare: int) -> None:
        self._folder = folder
        self._spare = spare

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file under another name, and give it its own once it is on the disk."""
        path = self._path(name)
        unfinished = path.with_name(name + _UNFINISHED)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._leave_room()
            try:
                write_new(unfinished, pieces)
                unfinished.rename(path)
                write_through(self._folder)
            except BaseException:
                _forget(unfinished)
                _forget(path)
                raise
        except OSError as error:
            raise unavailable(self._folder, error) from error

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""
        try:
            return self._path(name).open("rb")
        except FileNotFoundError as error:
            raise NoSuchFile(name) from error
        except OSError as error:
            raise unavailable(self._folder, error) from error

    def remove(self, name: str) -> None:
        """Remove a file, or what is left of one."""
        stem = name.removesuffix(_UNFINISHED)
        path = self._path(stem)
        try:
            path.with_name(name).unlink(missing_ok=True)
        except OSError as error:
            raise unavailable(self._folder, error) from error

    def list(self, older_than: timedelta) -> Iterator[str]:
        """The names of files whose last byte was written longer ago."""
        latest = time.time() - older_than.total_seconds()
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    is_ours = FILE_NAME.fullmatch(entry.name.removesuffix(_UNFINISHED))
                    # Others may remove a file while this looks at it.
                    with suppress(FileNotFoundError):
                        if is_ours and entry.stat(follow_symlinks=False).st_mtime < latest:
                            yield entry.name
        except FileNotFoundError:
            return
        except OSError as error:
            raise unavailable(self._folder, error) from error

    def _path(self, name: str) -> Path:
        """The path of a file; no name but one of ours ever becomes part of a path."""
        if not FILE_NAME.fullmatch(name):
            raise NoSuchFile(name)
        return self._folder / name

    def _leave_room(self) -> None:
        state = os.statvfs(self._folder)
        if state.f_bavail * state.f_frsize < self._spare:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
