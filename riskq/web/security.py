"""The headers of every answer, and which host names are ours.

Nothing inline and nothing from other hosts is allowed in a page, so that no text that somebody
typed could ever run there. Links carry the configured origin, never a name that a request gave.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, request

from riskq.report import MAX_FILE
from riskq.services import MOST_TABLE_BYTES, evidence
from riskq.serving import BODY_FAULT
from riskq.settings import MOST_REPORTS, Settings
from riskq.web.sessions import KeptSessions
from riskq.web.watched import WatchedFlask

__all__ = [
    "DOWNLOAD_POLICY",
    "LARGEST_BODY",
    "MAX_BODY",
    "install_security",
    "is_from_elsewhere",
    "most_of_file",
]

MAX_BODY = 256 * 1024
"""The largest request in bytes: whoever pasted ten times as much as an answer may have, with six
bytes for each letter, is told so and gets it back."""

_BESIDE_FILES = 64 * 1024
"""The largest form that could hold a file, in bytes, without the files that the page takes."""

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " object-src 'none'"
)
DOWNLOAD_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""The policy of a file that somebody attached: should a browser show it, nothing in it runs."""

_SENT = (
    ("Content-Security-Policy", _POLICY),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
"""The headers of an answer that has none such of its own."""

_TAKE_MANY_FILES = "bundles.take"
_TAKE_LISTS = frozenset({"inviting.look", "inviting.add", "reports.take"})
_LARGEST_LIST = 3_000_000
_LARGEST_LOGO = 2_000_000
_TAKE_FILES = {
    "received.verify": MAX_FILE,
    "received.take": MAX_FILE,
    "reports.verify": MAX_FILE,
    "branding.save": _LARGEST_LOGO,
    "branding.preview": _LARGEST_LOGO,
    "evidence.attach": evidence.MOST_BYTES,
    "tables.judge": MOST_TABLE_BYTES,
    _TAKE_MANY_FILES: MAX_FILE,
}
"""The pages that take files, and how large these may be."""

LARGEST_BODY = max(_LARGEST_LIST, *_TAKE_FILES.values()) + _BESIDE_FILES
"""The largest request that any page takes, in bytes."""

_OTHER_PARTS = 10
_TWO_YEARS = "max-age=63072000; includeSubDomains"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_ANY_HOST = frozenset({"/healthz", "/metrics", "/readyz"})


def install_security(app: WatchedFlask, settings: Settings) -> None:
    """Set limits and cookie flags, check each request's host, complete each answer's headers."""
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        MAX_FORM_PARTS=100,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=settings.cookie_name,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        # No page sends a Referer, so that none could be compared; the token is what counts.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = KeptSessions()
    app.headers_sent = _SENT
    if settings.is_https:
        app.headers_sent += (("Strict-Transport-Security", _TWO_YEARS),)
    ours = urlsplit(settings.origin).netloc.lower()

    app.before_request(refuse_unread)

    @app.before_request
    def refuse_other_hosts() -> None:
        """A probe may ask by an address; every page is asked for by a name that is ours."""
        if not is_our_host(request.host, ours) and request.path not in _ANY_HOST:
            abort(400, "host")

    app.before_request(let_files_pass)


def refuse_unread() -> None:
    """What the server did not read to its end is not taken for all that was sent."""
    status = request.environ.get(BODY_FAULT)
    if status is not None:
        abort(status)


def let_files_pass() -> None:
    """Few pages take files, and only they read so much."""
    endpoint = request.endpoint or ""
    if endpoint == _TAKE_MANY_FILES:
        request.max_form_parts = MOST_REPORTS + _OTHER_PARTS
    if endpoint in _TAKE_LISTS:
        request.max_content_length = request.max_form_memory_size = _LARGEST_LIST
    if endpoint in _TAKE_FILES:
        request.max_content_length = _TAKE_FILES[endpoint] + _BESIDE_FILES
        # The parser counts the pieces in which it reads a file as well, of 64 kB each.
        request.max_form_memory_size = 4 * _BESIDE_FILES
    elif request.mimetype == "multipart/form-data" and endpoint not in _TAKE_LISTS:
        request.max_content_length = _BESIDE_FILES


def most_of_file() -> int:
    """How many bytes of files the page takes that is asked for; 0 for most pages."""
    return _TAKE_FILES.get(request.endpoint or "", 0)


def is_our_host(host: str, ours: str) -> bool:
    """Whether a Host header names this service: the origin's host, or this machine's own names."""
    if ours:
        return host.lower() == ours
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name in _LOOPBACK


def is_from_elsewhere() -> bool:
    """Whether the browser says that another site's page made it send this request."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
