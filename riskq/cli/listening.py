"""The socket on which a service listens when systemd holds it, so that a restart refuses nobody.

What comes while one process has ended and the next is not ready yet waits in the socket, which
stays open (sd_listen_fds(3)). Whoever connects notices a short wait.
"""

from __future__ import annotations

import os
import socket
from collections.abc import MutableMapping

from granian._granian import SocketHolder
from granian.server import Server

__all__ = ["ServerOnSocket", "take_socket"]

_FIRST = 3
"""Where systemd puts the first socket that it hands over."""

_WAITING = 1024
"""How many connections may wait to be taken."""


def take_socket(environ: MutableMapping[str, str] = os.environ) -> int | None:
    """The descriptor of a socket that was handed to this very process; None if there is none.

    Processes that this one starts are told nothing of it.
    """
    given = [environ.pop(name, "") for name in ("LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES")]
    if given[:2] != [str(os.getpid()), "1"]:
        return None
    with socket.socket(fileno=os.dup(_FIRST)) as handed:
        if not handed.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return None
    os.set_inheritable(_FIRST, False)
    os.set_blocking(_FIRST, False)
    return _FIRST


class ServerOnSocket(Server):  # type: ignore[misc, valid-type] # Which one hangs on the interpreter.
    """The server, on a socket that is open already if one was ``handed`` over."""

    handed: int | None = None

    def _init_shared_socket(self) -> None:
        if self.handed is None:
            super()._init_shared_socket()
            return
        # All workers take from this one socket; nobody here closes it.
        self._ssp = self._sfd = self._sso = None
        self._shd = SocketHolder(self.handed, False, _WAITING)  # type: ignore[call-arg] # The stub has none.
