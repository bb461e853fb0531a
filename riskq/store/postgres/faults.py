"""Which reason an error of PostgreSQL gives, in words that say how to mend it."""

from __future__ import annotations

import psycopg

from riskq.store.errors import Reason, StoreUnavailable
from riskq.store.faults import DamagedRowError

__all__ = ["FAULTS", "Fault", "is_cut_off", "unavailable", "unsettled"]

Fault = psycopg.Error | DamagedRowError | UnicodeDecodeError
FAULTS = (psycopg.Error, DamagedRowError, UnicodeDecodeError)
"""What the driver raises when the database cannot do its work, or holds what cannot be."""

_REASONS: dict[str, Reason] = {
    "25006": "read-only",  # A standby, or a database set to read alone.
    "42501": "read-only",  # The user may not.
    "53100": "full",
    "53200": "full",
    "53300": "locked",  # Too many connections.
    "55P03": "locked",
    "57014": "locked",  # It took too long.
    "40001": "locked",
    "40P01": "locked",
    "XX001": "corrupt",
    "XX002": "corrupt",
}
_TEXTS: dict[Reason, str] = {
    "full": "the server has no room left. Free space on its disk, or give it more memory",
    "read-only": "it may only be read. Give the user the right to write, or name the first server",
    "locked": "the server was asked too much at once. Try again, or allow it more connections",
    "corrupt": "its content is damaged, or is not riskq's. Restore it from a backup",
    "io": "the server cannot be reached. See whether it runs, and the address and password hold",
    "closed": "it was closed. Open it again",
    "newer": "a newer riskq wrote it. Install that release, or restore a backup",
}


def unavailable(place: str, cause: Reason | Fault) -> StoreUnavailable:
    """Tell where, what and how to mend; the server's own words, without values, in brackets."""
    if isinstance(cause, str):
        return StoreUnavailable(cause, f"{place}: {_TEXTS[cause]}.")
    reason = _reason_of(cause)
    return StoreUnavailable(reason, f"{place}: {_TEXTS[reason]} ({_words_of(cause)}).")


def unsettled(place: str) -> StoreUnavailable:
    """The server fell silent in the middle of a commit."""
    return StoreUnavailable(
        "io",
        f"{place}: the server does not answer. Whether the change was saved is open;"
        " read again before you repeat it.",
    )


def is_cut_off(error: BaseException) -> bool:
    """Whether the connection is gone, so that another one may do."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    state = error.sqlstate or ""
    # Without a state the driver itself found nobody at the other end.
    return not state or state.startswith(("08", "57P"))


def _reason_of(cause: Fault) -> Reason:
    if not isinstance(cause, psycopg.Error):
        return "corrupt"
    state = cause.sqlstate or ""
    if state in _REASONS:
        return _REASONS[state]
    # The statements are fixed: a table or a column that is not there was taken away by others.
    return "corrupt" if state.startswith("42") else "io"


def _words_of(cause: Fault) -> str:
    """The first line alone: the lines that follow may quote a row."""
    if isinstance(cause, psycopg.Error) and cause.diag.message_primary:
        return cause.diag.message_primary
    return str(cause).partition("\n")[0]
