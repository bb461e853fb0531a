"""A helper process that is started once and stays warm, and the socket over which it is asked."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

__all__ = ["ROOT", "WarmProcess", "passed_on"]

ROOT = Path(__file__).resolve().parents[2]
"""The folder that helper processes import from."""

# The environment of the service may hold secrets; helpers get only what they need.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "RISKQ_LOG")


def passed_on() -> dict[str, str]:
    """What a helper process sees of the environment."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


class WarmProcess:
    """``python -m MODULE FD``, where FD is the other end of ``wire``."""

    def __init__(self, module: str) -> None:
        self.is_warm = False
        self.wire, theirs = socket.socketpair()
        # One hash seed gives one order of sets; one arena keeps threads from reserving memory.
        settled = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "1"}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**passed_on(), **settled, "LANG": "C.UTF-8"},
            )

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Kills the process."""
        self.wire.close()
        self.process.kill()
        self.process.wait()
