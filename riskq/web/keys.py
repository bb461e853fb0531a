"""The secrets of private links that a browser came with, as its session cookie remembers them.

The cookie is signed. No address but a private link itself carries a secret.
"""

from __future__ import annotations

from typing import cast

from flask import session
from msgspec import Struct

__all__ = ["Keys"]


class Keys(Struct, frozen=True):
    """The secrets of one kind of thing, by its ids: the last ``most``, the last used at the end."""

    name: str
    most: int

    def secret_of(self, thing: str) -> str | None:
        """The secret that this browser came with, if it did."""
        return self._kept().get(thing)

    def remember(self, thing: str, secret: str) -> None:
        """Let this browser open the thing from now on; the oldest is forgotten first."""
        self.forget(thing)
        self._keep({**self._kept(), thing: secret})

    def forget(self, thing: str) -> None:
        """Let this browser no longer open the thing."""
        self._keep({name: key for name, key in self._kept().items() if name != thing})

    def _kept(self) -> dict[str, str]:
        return dict(cast("list[tuple[str, str]]", session.get(self.name, [])))

    def _keep(self, keys: dict[str, str]) -> None:
        # A list of pairs keeps its order in the cookie; a mapping is sorted there.
        session[self.name] = [[name, secret] for name, secret in keys.items()][-self.most :]
        session.permanent = True
