"""What an operator sets about the database: a file of this machine, or a server for several."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from riskq.errors import Problem
from riskq.sign_in_settings import secret_of

__all__ = ["database_of", "is_server", "problems_of_sharing"]

_ADDRESS, _PASSWORD, _PATH = "RISKQ_DATABASE_URL", "RISKQ_DATABASE_PASSWORD", "RISKQ_DATABASE"
_SERVER = ("postgresql://", "postgres://")
_FILE = "sqlite:///"
_SEALS = ("RISKQ_SEAL_KEY", "RISKQ_SEAL_PKCS12", "RISKQ_SEAL_FOLDER")
_SECRETS = ("RISKQ_SECRET_KEY", "RISKQ_MASTER_KEY")


def is_server(address: str) -> bool:
    """Whether an address means a database that several machines work with."""
    return address.startswith(_SERVER)


def database_of(environ: Mapping[str, str]) -> tuple[str, list[Problem]]:
    """The address or path that the environment sets, "" if none, and everything wrong with it."""
    path, address = environ.get(_PATH, ""), environ.get(_ADDRESS, "").strip()
    password, problems = secret_of(environ, _PASSWORD)
    if path and address:
        problems.append(_refuse(_ADDRESS, "a file is named as well", f"Set it or {_PATH}."))
    address = address or path
    if not is_server(address):
        if address and "://" in address and not address.startswith(_FILE):
            mend = "Write postgresql://user@host/name, or sqlite:/// and the path of a file."
            problems.append(_refuse(_ADDRESS, "it is no address of a database", mend))
        if password:
            mend = f"Name a server in {_ADDRESS}, or leave the password out."
            problems.append(_refuse(_PASSWORD, "a file takes no password", mend))
        return address, problems
    try:
        return _with_password(address, password), problems
    except ValueError:
        mend = "Write postgresql://user@host:5432/name."
        problems.append(_refuse(_ADDRESS, "it is no address of a database", mend))
        return "", problems


def _with_password(address: str, password: str) -> str:
    """The address with the password in it; raises ``ValueError`` if it is none, or has one."""
    parts = urlsplit(address)
    _ = parts.port  # It is read here, since a wrong one is told only when it is asked for.
    if len(parts.path) < 2:
        raise ValueError("no name of a database")
    if not password:
        return address
    user, _, host = parts.netloc.rpartition("@")
    if not user or ":" in user:
        raise ValueError("no user, or two passwords")
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))


def problems_of_sharing(environ: Mapping[str, str]) -> list[Problem]:
    """What machines that share a database must share beside it, and is not set."""
    problems = []
    for name in _SECRETS:
        if not environ.get(name) and not environ.get(f"{name}_FILE"):
            mend = "Give all machines that share the database the same, or a file that holds it."
            problems.append(_refuse(name, "a shared database needs a secret of its own", mend))
    if not any(environ.get(name) for name in _SEALS):
        mend = "Give all machines that share the database the same key and certificate."
        problems.append(_refuse(_SEALS[0], "a shared database needs a key of its own", mend))
    return problems


def _refuse(name: str, what: str, mend: str) -> Problem:
    return Problem("setting", name, what, mend)
