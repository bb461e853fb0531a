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

__all__ = ["LEAST_SECRET", "master_keys_of"]

LEAST_SECRET = 32
"""How many characters a secret has at least."""

_MASTER, _OLD = "RISKQ_MASTER_KEY", "RISKQ_OLD_MASTER_KEYS_FILE"


def master_keys_of(
    environ: Mapping[str, str], *, makes: bool
) -> tuple[tuple[str, ...], list[Problem]]:
    """The master keys, the newest first, and everything that is wrong with them.

    The newest is made where none is set, if it ``makes`` one.
    """
    newest, problems = secret_of(environ, _MASTER)
    is_set = bool(environ.get(_MASTER) or environ.get(f"{_MASTER}_FILE"))
    if not is_set and is_on_production(environ):
        mend = "Give a random text of 32 characters or more, or a file that holds it."
        problems.append(Problem("setting", _MASTER, "production needs a master key", mend))
    old, more = _old_keys(environ)
    problems += more
    if is_set and not problems and len(newest) < LEAST_SECRET:
        problems.append(_too_short(_MASTER, newest))
    problems += [_too_short(_OLD, one) for one in old if len(one) < LEAST_SECRET]
    if problems:
        return (), problems
    if not newest and makes:
        newest = own_secret("master-key")
    return (newest, *old), []


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
    mend = f"Give at least {LEAST_SECRET} random characters."
    return Problem("setting", name, f"the secret has {len(text)} characters", mend)
