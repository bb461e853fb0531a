"""The server of the pages: on a socket that outlives it, and with page processes that come back.

What comes while one service has ended and the next is not ready yet waits in the socket, which
systemd holds open (sd_listen_fds(3)). Whoever connects notices a short wait. A page process that
dies is replaced, however often.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import MutableMapping
from typing import Any

from granian._granian import SocketHolder
from granian.server import Server

log = logging.getLogger("riskq.web")

__all__ = ["NoAdvice", "PageServer", "take_socket"]

_FIRST = 3
"""Where systemd puts the first socket that it hands over."""

_WAITING = 1024
"""How many connections may wait to be taken."""

_SOON = 5.0
"""A page process that lives so many seconds has not died of its start."""

_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds until another one is started; twice as many, and more, each time that one dies soon."""


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


class NoAdvice(logging.Filter):
    """Leaves out what the server says of numbers of processes and threads.

    It counts cores; on one core, pages that wait for a report must not hold up others all the same.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is to be told."""
        return not str(record.msg).startswith(("Configuration allows", "Configured number"))


class PageServer(Server):  # type: ignore[misc, valid-type] # Which one hangs on the interpreter.
    """The server, on a socket that is open already if one was ``handed`` over."""

    handed: int | None = None
    pause: float = 0.0

    def _init_shared_socket(self) -> None:
        if self.handed is None:
            super()._init_shared_socket()
            return
        # All workers take from this one socket; nobody here closes it.
        self._ssp = self._sfd = self._sso = None
        self._shd = SocketHolder(self.handed, False, _WAITING)  # type: ignore[call-arg] # The stub has none.

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0.0
    ) -> None:
        """Start others in the place of some, after a pause where they died soon after their start.

        The library ends the whole service then, with those that are well.
        """
        died_soon = any(time.monotonic() - self._begun(idx) < _SOON for idx in workers)
        self.pause = min(_LONGEST_PAUSE, 2 * self.pause + _PAUSE) if died_soon else 0.0
        if self.pause and not delay:
            log.error("A page process died soon; another one comes in %.1f s.", self.pause)
            # Whoever ends the service meanwhile does not wait for it.
            self.main_loop_interrupt.wait(self.pause)
        if not self.interrupt_signal:
            super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self.respawned_wrks.clear()

    def _begun(self, idx: int) -> float:
        """When a page process was started."""
        return float(self.wrks[idx].birth)
