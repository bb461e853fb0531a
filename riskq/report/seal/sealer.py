"""Seals documents for many threads, in a process of its own that holds the key."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Self

from msgspec.structs import asdict

from riskq.report.job import MAX_PDF, Kind, receive_frame, send_frame
from riskq.report.seal.errors import SealError
from riskq.report.warm import WarmProcess
from riskq.settings import SealSettings

__all__ = ["Sealer", "prepare_key"]

COLD_SECONDS = 20.0  # For the libraries and the key, on a busy machine.
SEAL_SECONDS = 15.0  # For one document, an answer of the time-stamp authority included.
ATTEMPTS = 2


def prepare_key(settings: SealSettings) -> None:
    """Make the key if there is none, read it, and keep its certificate; raises ``SealError``.

    Call it in a process that ends: it loads the library that knows keys, and holds the key.
    """
    from riskq.report.seal.identity import prepare_identity

    prepare_identity(settings)


class Sealer:
    """Puts the service's seal on documents; one object serves all threads of a process.

    Make it after a server has forked its workers: each worker needs its own.
    """

    def __init__(self, settings: SealSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._process: WarmProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the process, which gets ready in the background; may be called again."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the process; it is started again when it is wanted."""
        with self._lock:
            self._discard()

    def seal(self, pdf: bytes, about: str) -> bytes:
        """The document with the seal; ``about`` is what readers of PDFs call the seal's field.

        Raises ``SealError``. A process that dies or hangs is replaced, and tried once more.
        """
        with self._lock:
            for _ in range(ATTEMPTS):
                try:
                    return self._seal(self._running(), pdf, about)
                except (EOFError, OSError):
                    self._discard()
        raise SealError("The process that seals died twice. Its log may say why.")

    def _seal(self, process: WarmProcess, pdf: bytes, about: str) -> bytes:
        if not process.is_warm:
            process.wire.settimeout(COLD_SECONDS)
            kind, payload = receive_frame(process.wire)
            if kind is Kind.REFUSED:
                self._discard()
                raise SealError(payload.decode())
            process.is_warm = True
        process.wire.settimeout(SEAL_SECONDS)
        send_frame(process.wire, Kind.JOB, about.encode())
        send_frame(process.wire, Kind.PDF, pdf)
        kind, payload = receive_frame(process.wire, MAX_PDF)
        if kind is Kind.REFUSED:
            raise SealError(payload.decode())
        return payload

    def _running(self) -> WarmProcess:
        if self._process is not None and not self._process.is_alive():
            self._discard()
        if self._process is None:
            self._process = WarmProcess("riskq.report.seal.process")
            told = {
                name: str(value.resolve()) if isinstance(value, Path) else value
                for name, value in asdict(self._settings).items()
            }
            send_frame(self._process.wire, Kind.JOB, json.dumps(told).encode())
        return self._process

    def _discard(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None
