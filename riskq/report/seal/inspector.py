"""Has files from outside looked into, each in a process of its own with limits."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

from riskq.report.fence import WALL_SECONDS
from riskq.report.seal.facts import Inspection
from riskq.report.seal.files import trusted_certificates
from riskq.report.warm import ROOT, passed_on
from riskq.settings import SealSettings

__all__ = ["MAX_FILE", "Inspector"]

MAX_FILE = 20_000_000
"""Bytes of the largest file that is looked into; a report has about 150,000."""

_MOST_SEEN = 4_000_000
_MARGIN_SECONDS = 5.0


class Inspector:
    """Looks into files; one object serves all threads of a process.

    ``also`` are files of certificates that are trusted beside those of the settings. At most
    ``at_once`` files are looked into at the same time; others wait for their turn.
    """

    def __init__(
        self, settings: SealSettings, *, also: Sequence[Path] = (), at_once: int = 2
    ) -> None:
        self._settings = settings
        self._also = also
        self._turn = threading.BoundedSemaphore(at_once)

    def inspect(self, pdf: bytes) -> Inspection:
        """What is seen of a file. Whatever the file is, this ends in bounded time and memory."""
        if len(pdf) > MAX_FILE:
            return Inspection("too-large")
        trusted = trusted_certificates(self._settings, self._also)
        certificates = json.dumps(trusted).encode()
        told = b"".join(len(part).to_bytes(8, "big") + part for part in (certificates, pdf))
        with self._turn:
            return _look(told)


def _look(told: bytes) -> Inspection:
    command = [sys.executable, "-m", "riskq.report.seal.inspection"]
    environment = {**passed_on(), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command,
            input=told,
            capture_output=True,
            check=False,
            env=environment,
            timeout=WALL_SECONDS + _MARGIN_SECONDS,
        )
        # A process that its limits have ended has written nothing.
        return msgspec.json.decode(done.stdout[:_MOST_SEEN], type=Inspection)
    except (subprocess.TimeoutExpired, ValueError):
        return Inspection("too-heavy")
