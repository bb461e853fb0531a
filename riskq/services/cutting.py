"""Lines to other machines, cut after a while whatever the other side does."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from threading import Event, Timer

__all__ = ["cut_after"]


@contextlib.contextmanager
def cut_after(line: socket.socket, seconds: float, is_cut: Event) -> Iterator[None]:
    """Cut a line whose other side takes too long in all, however often it sends a little.

    What was cut off may look like an answer that ended: ``is_cut`` tells them apart.
    """

    def cut() -> None:
        is_cut.set()
        with contextlib.suppress(OSError):
            # The encrypted one's own method would wait for the other side.
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
