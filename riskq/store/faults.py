"""Which reason an error of SQLite gives, in words that say how to mend it."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from riskq.store.errors import Reason, StoreUnavailable, Taken

__all__ = ["FAULTS", "DamagedRowError", "Fault", "is_busy", "nothing_taken", "unavailable"]


class DamagedRowError(sqlite3.DatabaseError):
    """A row holds what no write put there, and the database has not noticed."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@contextmanager
def nothing_taken() -> Iterator[None]:
    """What is written inside meets no key that is taken, unless the file is damaged."""
    try:
        yield
    except Taken as error:
        raise DamagedRowError("a row is there that nothing wrote") from error


Fault = sqlite3.Error | UnicodeDecodeError
FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What the database raises when it cannot do its work. It quotes a damaged schema in its messages,
which then are not UTF-8, and Python raises that instead."""

_REASONS: dict[int, Reason] = {
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
    sqlite3.SQLITE_ERROR: "corrupt",  # The statements are fixed, so the schema must be broken.
    sqlite3.SQLITE_FULL: "full",
}
_SYSTEM_REASONS: dict[int, Reason] = {
    errno.EACCES: "read-only",
    errno.EPERM: "read-only",
    errno.EROFS: "read-only",
    errno.EDQUOT: "full",
    errno.ENOSPC: "full",
}
_TEXTS: dict[Reason, str] = {
    "full": "there is no room left. Free space on the disk, or raise the limit",
    "read-only": "it may only be read. Make the file and its folder writable for the service",
    "locked": "another process holds it for too long. End that process, or try again",
    "corrupt": "its content is damaged. Restore it from a backup",
    "io": "the disk fails, or the file or its folder is missing. Look at the system's log",
    "closed": "it was closed. Open it again",
    "newer": "a newer riskq wrote it. Install that release, or restore a backup",
}


def unavailable(path: Path, cause: Reason | Fault | OSError) -> StoreUnavailable:
    """Tell where, what and how to mend; the database's own name for it stands in brackets."""
    if isinstance(cause, str):
        return StoreUnavailable(cause, f"{path}: {_TEXTS[cause]}.")
    reason = _reason_of(cause)
    # SQLite cannot open a file whose log it may not make beside it, and does not say why.
    if reason == "io" and path.exists() and not os.access(path.parent, os.W_OK):
        reason = "read-only"
    return StoreUnavailable(reason, f"{path}: {_TEXTS[reason]} ({_name_of(cause)}).")


def _name_of(cause: Fault | OSError) -> str:
    """The name of an error, never its words: they quote texts that are damaged, answers too."""
    if isinstance(cause, OSError):
        return errno.errorcode.get(cause.errno or 0, type(cause).__name__)
    return str(getattr(cause, "sqlite_errorname", type(cause).__name__))


def is_busy(error: Fault) -> bool:
    """Whether another connection holds the lock that was asked for."""
    return isinstance(error, sqlite3.Error) and _code(error) == sqlite3.SQLITE_BUSY


def _reason_of(cause: Fault | OSError) -> Reason:
    if isinstance(cause, UnicodeDecodeError):
        return "corrupt"
    if isinstance(cause, OSError):
        return _SYSTEM_REASONS.get(cause.errno or 0, "io")
    return _REASONS.get(_code(cause), "io")


def _code(error: sqlite3.Error) -> int:
    """The primary code: the last eight bits; the rest of an extended code is detail."""
    # Python's own errors carry no code. It raises this class when a text is not UTF-8.
    own = sqlite3.SQLITE_CORRUPT if isinstance(error, sqlite3.OperationalError) else 0
    return int(getattr(error, "sqlite_errorcode", own)) & 0xFF
