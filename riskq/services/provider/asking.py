"""The only way out: one question to the provider, over one connection, within a few seconds.

The addresses are those that the provider itself names. They are followed over https alone, and
over plain HTTP only from this machine to itself; a redirect is no answer, and nobody asks by way of
a proxy that the environment names.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event
from urllib.parse import urlsplit

from msgspec import Struct

from riskq.services.cutting import cut_after
from riskq.services.provider.errors import ProviderAwayError
from riskq.sign_in_settings import is_loopback

__all__ = ["Answer", "ask", "check_address"]

_LARGEST = 256 * 1024
_LONGEST_ADDRESS = 2000


class Answer(Struct, frozen=True):
    """What the provider said: the status, and the body as it came."""

    status: int
    body: bytes


def check_address(address: str, issuer: str) -> None:
    """Refuse an address that is not to be asked; raises ``ProviderAwayError``."""
    is_plain = address.isascii() and address.isprintable() and " " not in address
    try:
        parts = urlsplit(address)
        _ = parts.port  # It is read here, since a wrong one is told only when it is asked for.
    except ValueError as error:
        raise ProviderAwayError("address") from error
    safe = parts.scheme == "https" or (
        parts.scheme == "http" and is_loopback(address) and issuer.startswith("http://")
    )
    is_whole = bool(parts.hostname) and "@" not in parts.netloc and not parts.fragment
    if not (is_plain and safe and is_whole and len(address) <= _LONGEST_ADDRESS):
        raise ProviderAwayError("address")


def ask(
    address: str,
    seconds: float,
    form: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask an address that was checked; with a ``form`` by POST. Raises ``ProviderAwayError``."""
    connection, is_cut = _connection(address, seconds), Event()
    try:
        connection.connect()
        with cut_after(connection.sock, seconds, is_cut):
            parts = urlsplit(address)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            sent = {"Accept": "application/json", **(headers or {})}
            connection.request("GET" if form is None else "POST", target, form, sent)
            response = connection.getresponse()
            body = response.read(_LARGEST + 1)
            response.close()
        if is_cut.is_set():
            raise TimeoutError
    except (OSError, HTTPException, ValueError) as error:
        raise ProviderAwayError(type(error).__name__) from error
    finally:
        connection.close()
    if len(body) > _LARGEST:
        raise ProviderAwayError("length")
    return Answer(response.status, body)


def _connection(address: str, seconds: float) -> HTTPConnection:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    return HTTPConnection(host, parts.port, timeout=seconds)
