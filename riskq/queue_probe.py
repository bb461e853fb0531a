"""Whether the queue of jobs can be reached, without the queue's library.

Whoever asks whether a service is ready asks every few seconds, of page workers, which are not to
carry a library for that which few pages need.
"""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from riskq.settings import Settings
from riskq.store import StoreUnavailable, probe

__all__ = ["queue_trouble"]

_SECONDS = 2.0
_REDIS_PORT = 6379


def queue_trouble(settings: Settings) -> str:
    """Why the queue cannot be reached, in a word; "" if it can.

    The embedded queue is read and written for trial; of a Redis a connection is asked for. That in
    a shared database is reached as the database is.
    """
    try:
        if settings.queue:
            _connect(settings.queue)
        elif not settings.is_shared:
            probe(settings.queue_file)
    except StoreUnavailable as error:
        return error.reason
    except (OSError, ValueError):
        return "away"
    return ""


def _connect(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "unix":
        place = (parts.hostname or "localhost", parts.port or _REDIS_PORT)
        socket.create_connection(place, timeout=_SECONDS).close()
        return
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_SECONDS)
        connection.connect(parts.path)
