"""What an operator sets about signing in: the provider by which an organisation knows its people.

The settings belong together, so that a provider is set as a whole or not at all. ``secret_of`` is
here for everything that has a secret which may stand in a file instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct, field

from riskq.errors import Problem

__all__ = ["ProviderSettings", "is_loopback", "is_on_production", "provider_of", "secret_of"]

_PREFIX = "RISKQ_OIDC_"
_LONGEST_NAME = 60
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ProviderSettings(Struct, frozen=True):
    """An OpenID provider: its address, what it knows us by, and what the button to it says.

    ``seconds`` is how long an answer of the provider may take.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    seconds: float = field(default=5.0)

    def __repr__(self) -> str:
        """All but the secret, which belongs into no log."""
        return f"ProviderSettings({self.issuer!r}, {self.client_id!r})"


def is_on_production(environ: Mapping[str, str]) -> bool:
    """Whether values that would be wrong on the Internet are to be refused."""
    return environ.get("RISKQ_PRODUCTION", "") not in ("", "0", "no")


def is_loopback(address: str) -> bool:
    """Whether an address is one of this very machine."""
    return urlsplit(address).hostname in _LOOPBACK


def provider_of(environ: Mapping[str, str]) -> tuple[ProviderSettings | None, list[Problem]]:
    """The provider that the environment sets, if any, and everything that is wrong with it."""
    issuer, client_id, name = (
        environ.get(_PREFIX + part, "").strip() for part in ("ISSUER", "CLIENT_ID", "NAME")
    )
    secret, problems = secret_of(environ, f"{_PREFIX}CLIENT_SECRET")
    if not (issuer or client_id or name or secret or problems):
        return None, []
    given = {"ISSUER": issuer, "CLIENT_ID": client_id, "NAME": name}
    for part in [part for part, value in given.items() if not value]:
        problems.append(_refuse(part, "is missing", "Set all of a provider, or nothing of it"))
    if not secret and not problems:
        mend = "Give the secret that the provider gave, or a file that holds it"
        problems.append(_refuse("CLIENT_SECRET", "is missing", mend))
    problems += _faults_of_texts(issuer, {"CLIENT_ID": client_id, "CLIENT_SECRET": secret}, name)
    if issuer and not _is_issuer(issuer, environ):
        mend = "Write the https address that the provider calls itself, without ? and #"
        problems.append(_refuse("ISSUER", f'"{issuer}" is no issuer', mend))
    return (None if problems else ProviderSettings(issuer, client_id, secret, name)), problems


def _faults_of_texts(issuer: str, marks: Mapping[str, str], name: str) -> list[Problem]:
    problems = [
        _refuse(part, "has letters that no such text has", "Copy it from the provider once more")
        for part, value in {**marks, "ISSUER": issuer}.items()
        if not value.isascii() or not value.isprintable()
    ]
    if len(name) > _LONGEST_NAME or not name.isprintable():
        mend = f"Write one line of at most {_LONGEST_NAME} characters"
        problems.append(_refuse("NAME", "is no name for a button", mend))
    return problems


def _refuse(part: str, what: str, mend: str) -> Problem:
    return Problem("setting", _PREFIX + part, what, f"{mend}.")


def _is_issuer(issuer: str, environ: Mapping[str, str]) -> bool:
    """Whether this can be the address of a provider; plain HTTP only on this very machine."""
    try:
        parts = urlsplit(issuer)
        _ = parts.port  # It is read here, since a wrong one is told only when it is asked for.
    except ValueError:
        return False
    plain = parts.scheme == "http" and is_loopback(issuer) and not is_on_production(environ)
    is_whole = bool(parts.hostname) and "@" not in parts.netloc and " " not in issuer
    return (parts.scheme == "https" or plain) and is_whole and not ("?" in issuer or "#" in issuer)


def secret_of(environ: Mapping[str, str], name: str) -> tuple[str, list[Problem]]:
    """A secret from the variable, or from the file that ``…_FILE`` names, and what is wrong."""
    secret, path = environ.get(name, ""), environ.get(f"{name}_FILE", "")
    if secret or not path:
        return secret, []
    try:
        return Path(path).read_text("utf-8").strip(), []
    except (OSError, UnicodeDecodeError) as error:
        mend = "Name a text file that the service may read."
        return "", [Problem("setting", f"{name}_FILE", f"{path} cannot be read ({error})", mend)]
