"""Which reason an error of SQLite gives, in words that say how to mend it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from riskq.store.errors import Reason, StoreUnavailable

__all__ = ["is_busy", "unavailable"]

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
_TEXTS: dict[Reason, str] = {
    "full": "there is no room left. Free space on the disk, or raise the limit",
    "read-only": "it may only be read. Make the file and its folder writable for the service",
    "locked": "another process holds it for too long. End that process, or try again",
    "corrupt": "its content is damaged. Restore it from a backup",
    "io": "the disk fails, or the file or its folder is missing. Look at the system's log",
    "closed": "it was closed. Open it again",
    "newer": "a newer riskq wrote it. Install that release, or restore a backup",
}


def unavailable(path: Path, cause: Reason | sqlite3.Error | OSError) -> StoreUnavailable:
    """Tell where, what and how to mend; the database's own words stand in brackets."""
    if isinstance(cause, str):
        return StoreUnavailable(cause, f"{path}: {_TEXTS[cause]}.")
    reason = _reason_of(cause)
    return StoreUnavailable(reason, f"{path}: {_TEXTS[reason]} ({cause}).")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection holds the lock that was asked for."""
    return _code(error) == sqlite3.SQLITE_BUSY


def _reason_of(cause: sqlite3.Error | OSError) -> Reason:
    if isinstance(cause, OSError):
        return "read-only" if isinstance(cause, PermissionError) else "io"
    return _REASONS.get(_code(cause), "io")


def _code(error: sqlite3.Error) -> int:
    """The primary code: the last eight bits; the rest of an extended code is detail."""
    # Errors that the Python module itself raises carry no code.
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE)) & 0xFF
