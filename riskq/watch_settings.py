"""What an operator sets to watch a service: how its log is written, and who may read it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from riskq.errors import Problem
from riskq.logs import FORMS, Form, form_of
from riskq.sign_in_settings import secret_of

__all__ = ["UNWATCHED", "WatchSettings", "watch_of"]

_TOKEN = "RISKQ_METRICS"  # noqa: S105 - The name of the setting, which holds one.
_LEAST_TOKEN = 16
_LOG = "RISKQ_LOG"


class WatchSettings(Struct, frozen=True):
    """How the service is watched.

    ``token`` opens its figures; "" where nobody may read them. ``log`` is the form of its log; None
    leaves that to whoever began the process.
    """

    token: str = ""
    log: Form | None = None

    def __repr__(self) -> str:
        """All but the token, which belongs into no log."""
        return f"WatchSettings(counts={bool(self.token)}, log={self.log!r})"


UNWATCHED = WatchSettings()


def watch_of(environ: Mapping[str, str]) -> tuple[WatchSettings, list[Problem]]:
    """How the environment wants the service watched, and everything that is wrong with that."""
    token, problems = secret_of(environ, _TOKEN)
    name = _TOKEN if environ.get(_TOKEN) else f"{_TOKEN}_FILE"
    is_empty = not token and bool(environ.get(name)) and not problems
    is_token = token.isascii() and token.isprintable() and " " not in token
    if is_empty or (token and not (is_token and len(token) >= _LEAST_TOKEN)):
        mend = f"Give at least {_LEAST_TOKEN} random letters and digits, or nothing at all."
        problems.append(Problem("setting", name, "it holds no token", mend))
    asked = environ.get(_LOG, "plain")
    if asked not in FORMS:
        mend = 'Write "plain", "json", or "none" for a log without requests.'
        problems.append(Problem("setting", _LOG, f'"{asked}" cannot be taken', mend))
    return (UNWATCHED if problems else WatchSettings(token, form_of(environ))), problems
