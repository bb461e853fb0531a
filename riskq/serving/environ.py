"""What a WSGI application is told of a request (PEP 3333), from what ASGI tells of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

__all__ = ["environ_of"]

_FOR_ALL = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}
_WITHOUT_PREFIX = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})


def environ_of(scope: dict[str, Any]) -> dict[str, Any]:
    """The request without its body. Bytes are told as PEP 3333 does it: a sign for each."""
    path = unquote_to_bytes(scope["raw_path"]).decode("latin-1")
    host, port = scope["server"]
    return {
        **_FOR_ALL,
        **_headers(scope["headers"]),
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": path,
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
    }


def _headers(sent: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers by their names in WSGI.

    Names with a low line are left out: they would be taken for those with a hyphen, which the proxy
    wrote.
    """
    told: dict[str, str] = {}
    for name, value in sent:
        key = _key_of(name)
        if not key:
            continue
        text = value.decode("latin-1")
        if key in told:
            text = f"{told[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        told[key] = text
    return told


@lru_cache(maxsize=256)
def _key_of(name: bytes) -> str:
    """The name of a header in WSGI; "" for one that is left out. Few different ones are sent."""
    if b"_" in name:
        return ""
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in _WITHOUT_PREFIX else f"HTTP_{key}"
