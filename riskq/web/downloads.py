"""The header that lets a browser save a file under its name, whatever letters that has."""

from __future__ import annotations

from urllib.parse import quote

__all__ = ["attachment"]

_PLAIN = frozenset(" !#$&+-.^_`|~()[]{},=@")
"""The signs besides letters and digits that every browser reads alike between quotes."""


def attachment(name: str) -> str:
    """The value of Content-Disposition (RFC 6266), with a name in ASCII for old programs."""
    plain = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in _PLAIN) else "_" for sign in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
