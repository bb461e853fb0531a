"""The address of a PostgreSQL database, and how it is told without its password."""

from __future__ import annotations

from urllib.parse import urlsplit

__all__ = ["without_password"]


def without_password(address: str) -> str:
    """The address as it may stand in a message: host, port and database alone."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
