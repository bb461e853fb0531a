"""Makes PDFs for many threads, in processes of their own that may be killed at any time.

A page worker imports this module and never the typesetting library. The renderer keeps one warm
process (``riskq.report.press``), which forks a fenced child for each job. Whatever a document does
to its child, the worker waits a bounded time and gets a PDF or a reason.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Self

from riskq.report.fence import CPU_SECONDS, PATIENT_SECONDS, WALL_SECONDS
from riskq.report.job import (
    Kind,
    RenderError,
    RenderJob,
    decode_refusal,
    encode_job,
    receive_frame,
    send_frame,
)
from riskq.report.warm import WarmProcess

COLD_SECONDS = 20.0  # For the first child of a new process, on a busy machine.
WARM_SECONDS = 5.0  # For every other child; it starts in milliseconds unless the process hangs.
MARGIN_SECONDS = 1.0  # For a killed child to be gone, after its own time is up.
ATTEMPTS = 2


class _Press(WarmProcess):
    """The warm process that typesets; it forks a child for each job, and kills it as it ends."""

    def __init__(self, seconds: int) -> None:
        super().__init__("riskq.report.press")
        self.seconds = seconds

    @property
    def start_seconds(self) -> float:
        """How long a child may take to begin."""
        return max(WARM_SECONDS if self.is_warm else COLD_SECONDS, self.seconds / 3)

    def open_wire(self) -> socket.socket:
        """A socket to a child that will do one job; raises OSError when the process is gone."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.wire, [bytes([self.seconds])], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours


class Renderer:
    """Turns jobs into PDFs; one object serves all threads of a process.

    At most ``children`` documents are made at once, and ``queue`` more calls wait, each at most
    ``patience`` seconds. ``in_background`` says that nobody waits for a document, and the processor
    may be wanted for something else. Make it after a server has forked its workers: each worker
    needs its own.
    """

    def __init__(
        self,
        *,
        children: int = 2,
        queue: int = 16,
        patience: float = 30.0,
        in_background: bool = False,
    ) -> None:
        self._seconds = PATIENT_SECONDS if in_background else WALL_SECONDS
        self._lock = threading.Lock()
        self._press: _Press | None = None
        self._is_closed = False
        self._patience = patience
        self._admitted = threading.BoundedSemaphore(children + queue)
        self._working = threading.BoundedSemaphore(children)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Starts the warm process, which gets ready in the background; may be called again."""
        with contextlib.suppress(RenderError):
            self._get_press()

    def close(self) -> None:
        """Ends the warm process and all children; calls that still wait get a refusal."""
        with self._lock:
            self._is_closed = True
            press, self._press = self._press, None
        if press is not None:
            press.stop()

    def render(self, job: RenderJob) -> bytes:
        """The PDF of the job; raises RenderError with a reason when there is none.

        Blocks on input and output only. A process that dies or hangs is replaced and the job is
        tried once more; a job that uses up its own time is not.
        """
        if not self._admitted.acquire(blocking=False):
            raise RenderError("busy", "Too many reports are being made. Try again in a minute.")
        try:
            if not self._working.acquire(timeout=self._patience):
                raise RenderError("busy", "Reports take long just now. Try again in a minute.")
            try:
                return self._attempt(encode_job(job))
            finally:
                self._working.release()
        finally:
            self._admitted.release()

    def _attempt(self, data: bytes) -> bytes:
        """The PDF, from the first or the second try."""
        for _ in range(ATTEMPTS):
            press = self._get_press()
            try:
                return _print_once(press, data)
            except TimeoutError:
                self._discard(press)  # It hangs, or its child does and dies with it.
            except (EOFError, OSError):
                pass  # It died, or its child did; a dead press is replaced at the next try.
        text = "The process that makes reports died twice at this document. Its log may say why."
        raise RenderError("crashed", text)

    def _get_press(self) -> _Press:
        """The warm process, started anew if it is gone."""
        with self._lock:
            if self._is_closed:
                raise RenderError("crashed", "The renderer is closed. Make a new one.")
            if self._press is not None and not self._press.is_alive():
                self._press.stop()
                self._press = None
            if self._press is None:
                self._press = _Press(self._seconds)
            return self._press

    def _discard(self, press: _Press) -> None:
        """Stops a process that hangs, unless another thread has done so."""
        with self._lock:
            if self._press is press:
                self._press = None
                press.stop()


def _print_once(press: _Press, data: bytes) -> bytes:
    """One try; raises EOFError or OSError when the process fails, RenderError for a reason."""
    with press.open_wire() as wire:
        wire.settimeout(press.start_seconds)
        receive_frame(wire)
        press.is_warm = True
        begun = time.monotonic()
        wire.settimeout(press.seconds + MARGIN_SECONDS)
        try:
            send_frame(wire, Kind.JOB, data)
            kind, payload = receive_frame(wire)
        except (EOFError, ConnectionError):
            # Who was killed before it could use up its time has crashed.
            if time.monotonic() - begun < CPU_SECONDS - MARGIN_SECONDS:
                raise
            text = f"The document was not ready after {CPU_SECONDS} seconds of work. Shorten it."
            raise RenderError("too-long", text) from None
    if kind is Kind.REFUSED:
        raise decode_refusal(payload)
    return payload
