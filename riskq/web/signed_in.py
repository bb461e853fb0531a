"""Who is signed in in this browser, as its session cookie and the store say together.

The cookie carries the secret of a session, and when it was last used; the store says whether the
session still stands. A GET writes nothing to the store: only the cookie moves.
"""

from __future__ import annotations

from datetime import timedelta

from flask import g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from riskq.services import accounts
from riskq.web.form_tokens import FormTokens
from riskq.web.state import state

__all__ = [
    "NotSignedInError",
    "browser_name",
    "has_session",
    "keep_session",
    "lead_to_sign_in",
    "leave_session",
    "safe_next",
    "signed_in",
    "who_is_here",
]

_WHO = "who"
_IDLE = timedelta(hours=12)
_FRESH = timedelta(minutes=5)
_LONGEST_ADDRESS = 500

_PROGRAMS = (
    *(("YaBrowser", "Yandex"), ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung")),
    *(("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
_SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "macOS"), ("Linux", "Linux")),
)


class NotSignedInError(Exception):
    """The page is for people who are signed in, and nobody is here."""


def has_session() -> bool:
    """Whether the browser says that somebody is signed in, which the store was not asked about."""
    return _WHO in session


def keep_session(secret: str) -> None:
    """Let this browser be signed in from now on; what it said of somebody before is forgotten."""
    # A token that was made for a stranger does not go on for somebody who is signed in.
    FormTokens.renew()
    session[_WHO] = [secret, int(state().desk.clock().timestamp())]
    session.permanent = True


def leave_session() -> None:
    """Let this browser forget who was signed in."""
    session.pop(_WHO, None)
    g.pop("who", None)


def who_is_here() -> accounts.SignedIn | None:
    """Who is signed in; the store is asked once a request."""
    if "who" not in g:
        g.who = _find()
    found: accounts.SignedIn | None = g.who
    return found


def _find() -> accounts.SignedIn | None:
    kept = session.get(_WHO)
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    secret, used = str(kept[0]), int(kept[1])
    now = int(state().desk.clock().timestamp())
    found = None
    # A cookie from the future comes from before a clock was set back: it might be any age.
    if -_FRESH.total_seconds() <= now - used < _IDLE.total_seconds():
        found = accounts.who(state().desk, secret)
    if found is None:
        leave_session()
    elif now - used > _FRESH.total_seconds():
        session[_WHO] = [secret, now]
    return found


def signed_in() -> accounts.SignedIn:
    """Who is signed in; raises ``NotSignedInError``, which leads to the sign-in page."""
    found = who_is_here()
    if found is None:
        raise NotSignedInError
    return found


def lead_to_sign_in(_: NotSignedInError) -> Response:
    """Lead to the sign-in page and from there back, unless a form was sent, which is lost."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.enter", next=back), 303)


def safe_next(address: str) -> str:
    """An address of ours to go on to, or "": nobody is led elsewhere by a link of ours."""
    # What begins with one slash names no host; a parser of addresses fails at some that do.
    if not address.startswith("/") or address.startswith("//") or len(address) > _LONGEST_ADDRESS:
        return ""
    return address if address.isprintable() and "\\" not in address else ""


def browser_name() -> str:
    """What the browser calls itself, as people call it; for the list of one's sessions."""
    told = request.headers.get("User-Agent", "")
    program = next((name for mark, name in _PROGRAMS if mark in told), "")
    system = next((name for mark, name in _SYSTEMS if mark in told), "")
    return " · ".join(part for part in (program, system) if part)
