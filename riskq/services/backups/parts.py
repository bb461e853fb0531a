"""What a backup is made of: two databases, files, and a list of all with their digests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from msgspec import Struct

from riskq.errors import RiskqError

__all__ = [
    "BUNDLES",
    "DATABASE",
    "EVIDENCE",
    "FORMAT",
    "LIST",
    "PIECE",
    "Backup",
    "BackupError",
    "Kept",
    "KeptOnServer",
    "folder_beside",
]

FORMAT = "riskq backup 1"
DATABASE, BUNDLES, LIST = "riskq.db", "riskq-bundles.db", "backup.json"
EVIDENCE = "evidence"
PIECE = 1 << 20
"""How many bytes are read or written at once."""


class BackupError(RiskqError):
    """A backup cannot be made, read or put back; the text says what is wrong and how to mend it."""


class Kept(Struct, frozen=True):
    """Where a service keeps what people gave it: two databases, and the folder of their files."""

    database: Path
    bundles: Path
    evidence: Path

    @property
    def for_rows(self) -> Path:
        """Where the store is."""
        return self.database

    @property
    def for_files(self) -> Path:
        """Where the attached files are."""
        return self.evidence


class KeptOnServer(Struct, frozen=True):
    """The database of a server in which a service keeps all of it."""

    address: str

    @property
    def for_rows(self) -> str:
        """Where the store is."""
        return self.address

    @property
    def for_files(self) -> str:
        """Where the attached files are."""
        return self.address


class Backup(Struct, frozen=True):
    """What a backup holds: SHA-256 by the names in it, rows by table, lost files.

    A file is ``lost`` when its row is there and its content is not, or is another.
    """

    format: str
    made_at: datetime
    digests: dict[str, str]
    rows: dict[str, int]
    lost: list[str]


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk that nobody else may enter; it is removed at the end."""
    folder = Path(mkdtemp(prefix=".riskq-", dir=path.absolute().parent))
    try:
        yield folder
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)
