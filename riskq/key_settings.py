"""What an operator sets about keys: the service's own secret, and the master keys of its data.

A machine of one's own needs none of it: what is missing is made at the first start, and kept in the
instance folder. Whoever loses a master key loses what workspaces keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from riskq.errors import Problem
from riskq.instance import own_secret
from riskq.sign_in_settings import is_on_production, secret_of

__all__ = ["keys_of"]

_LEAST_SECRET, _LEAST_SIGNS = 32, 12

_SECRET = "RISKQ_SECRET_KEY"  # noqa: S105 - The name of a setting.
_MASTER, _OLD = "RISKQ_MASTER_KEY", "RISKQ_OLD_MASTER_KEYS_FILE"

Keys = tuple[str, tuple[str, ...]]


def keys_of(environ: Mapping[str, str], *, makes: bool) -> tuple[Keys, list[Problem]]:
    """The service's own secret and its master keys, and everything that is wrong with them.

    What is not set is made, if it ``makes`` something and nothing is wrong.
    """
    secret, problems = _secret_key(environ)
    masters, more = _master_keys(environ)
    problems += more
    if problems or not makes:
        return (secret, masters), problems
    return (
        secret or own_secret("secret-key"),
        masters if masters and masters[0] else (own_secret("master-key"), *masters[1:]),
    ), []


def _secret_key(environ: Mapping[str, str]) -> tuple[str, list[Problem]]:
    secret, problems = secret_of(environ, _SECRET)
    if not environ.get(_SECRET) and not environ.get(f"{_SECRET}_FILE"):
        return "", problems
    name = _SECRET if environ.get(_SECRET) else f"{_SECRET}_FILE"
    if not problems:
        problems += _faults_of(name, secret, environ)
    return secret, problems


def _faults_of(name: str, secret: str, environ: Mapping[str, str]) -> list[Problem]:
    if len(secret) < _LEAST_SECRET:
        return [_too_short(name, secret)]
    if is_on_production(environ) and len(set(secret)) < _LEAST_SIGNS:
        mend = "Give random characters; openssl rand -base64 48 prints some."
        what = "the secret is made of few different characters"
        return [Problem("setting", name, what, mend)]
    return []


def _master_keys(environ: Mapping[str, str]) -> tuple[tuple[str, ...], list[Problem]]:
    """The master keys, the newest first, which is "" where none is set; and what is wrong."""
    newest, problems = secret_of(environ, _MASTER)
    is_set = bool(environ.get(_MASTER) or environ.get(f"{_MASTER}_FILE"))
    if not is_set and is_on_production(environ):
        mend = "Give a random text of 32 characters or more, or a file that holds it."
        problems.append(Problem("setting", _MASTER, "production needs a master key", mend))
    old, more = _old_keys(environ)
    problems += more
    if is_set and not problems:
        problems += _faults_of(_MASTER, newest, environ)
    problems += [_too_short(_OLD, one) for one in old if len(one) < _LEAST_SECRET]
    return (newest, *old), problems


def _old_keys(environ: Mapping[str, str]) -> tuple[tuple[str, ...], list[Problem]]:
    """Master keys that were the newest once, one a line."""
    path = environ.get(_OLD, "")
    if not path:
        return (), []
    try:
        lines = Path(path).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        mend = "Name a text file that the service may read, with one key on each line."
        return (), [Problem("setting", _OLD, f"{path} cannot be read ({error})", mend)]
    return tuple(line.strip() for line in lines if line.strip()), []


def _too_short(name: str, text: str) -> Problem:
    mend = f"Give at least {_LEAST_SECRET} random characters."
    return Problem("setting", name, f"the secret has {len(text)} characters", mend)
