"""Files and names that are on the disk when a call returns."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["write_new", "write_through"]


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file for the service alone, and wait until it is on the disk."""
    number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(number, "wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def write_through(folder: Path) -> None:
    """Wait until the names in a folder are on the disk as well."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
