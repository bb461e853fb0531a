"""What an operator sets about mail: the server that takes it, and the address it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import getaddresses
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct

from riskq.errors import Problem
from riskq.sign_in_settings import is_loopback, secret_of

__all__ = ["MailSettings", "mail_of"]

_SMTP, _FROM = "RISKQ_SMTP", "RISKQ_MAIL_FROM"
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class MailSettings(Struct, frozen=True):
    """A mail server, how it is spoken to, and who writes.

    ``kind`` is "smtp" (plain), "smtp+tls" (plain at first, then encrypted: STARTTLS) or "smtps".
    ``user`` is "" where the server asks nobody who writes. ``seconds`` is how long one answer of
    the server may take.
    """

    kind: str
    host: str
    port: int
    user: str
    password: str
    sender_name: str
    sender: str
    seconds: float = 20.0

    def __repr__(self) -> str:
        """All but the password, which belongs into no log."""
        return f"MailSettings({self.kind!r}, {self.host!r}, {self.port!r}, {self.sender!r})"


def mail_of(environ: Mapping[str, str]) -> tuple[MailSettings | None, list[Problem]]:
    """The mail server that the environment sets, if any, and everything that is wrong with it."""
    address, written = (environ.get(name, "").strip() for name in (_SMTP, _FROM))
    if not address and not written:
        return None, []
    secret, problems = secret_of(environ, "RISKQ_SMTP_PASSWORD")
    for name, value in ((_SMTP, address), (_FROM, written)):
        if not value:
            problems.append(_refuse(name, "is missing", "Set both, or neither of them"))
    named = getaddresses([written])
    name, sender = named[0] if len(named) == 1 else ("", "")
    if written and not _can_send(written, name, sender):
        mend = "Write an address such as riskq@example.kz, or Name <riskq@example.kz>"
        problems.append(_refuse(_FROM, "is no address to send from", mend))
    parts = _parts(address)
    if address and parts is None:
        mend = "Write smtps://user@mail.example.kz, smtp+tls://… or smtp://…, without a path"
        problems.append(_refuse(_SMTP, "is no address of a mail server", mend))
    if parts is None or problems:
        return None, problems
    password = secret or unquote(parts.password or "")
    if password and parts.scheme == "smtp" and not is_loopback(address):
        mend = "Write smtp+tls:// or smtps://, so that nobody on the way reads it"
        return None, [_refuse(_SMTP, "would send the password in the clear", mend)]
    where = (parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme])
    return MailSettings(*where, unquote(parts.username or ""), password, name, sender), []


def _can_send(written: str, name: str, sender: str) -> bool:
    local, _, domain = sender.rpartition("@")
    is_plain = written.isprintable() and sender.isascii() and not set(sender) & set(' <>",;:')
    return bool(local and domain) and is_plain and len(name) <= 80


def _parts(address: str) -> SplitResult | None:
    """The parts of an address of a mail server; None if it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # It is read here, since a wrong one is told only when it is asked for.
    except ValueError:
        return None
    is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment
    return parts if parts.scheme in _PORTS and parts.hostname and is_bare else None


def _refuse(name: str, what: str, mend: str) -> Problem:
    return Problem("setting", name, what, f"{mend}.")
