"""The fence around the processes that typeset: what the kernel refuses them.

Guaranteed wherever Linux runs: a child has at most ``CPU_SECONDS`` of processor time, ends after
``WALL_SECONDS``, or ``PATIENT_SECONDS`` where nobody waits (a timer whose signal kills, set before
the document is read), has at most ``MEMORY_BYTES`` of address space, writes no file, opens few
files, never gains a privilege, and dies with the process that made it. A report needs a
second or two and 50 MB of memory of its own. Processes with other work have ``Limits`` of their
own.

Best effort: an empty network, in which not even loopback exists. The kernel or a container may
forbid it; then a warning is logged, and the fetcher, which cannot open a connection, is what keeps
documents off the network. Not attempted: hiding files. The child can read what its user can.
On other systems than Linux the limits hold as far as the system knows them.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

from msgspec import Struct

CPU_SECONDS = 12
"""What stops a document that keeps the processor busy, which is what hostile ones do.

Long reports took more than five on slow processors whose cores were shared.
"""

WALL_SECONDS = 30
"""What stops a process that hangs; a busy machine, where pages come first, needs this long."""

PATIENT_SECONDS = 90
"""The same where nobody waits, and everybody else's work goes first."""

MEMORY_BYTES = 512 * 1024 * 1024
OPEN_FILES = 64


class Limits(Struct, frozen=True):
    """What a process may use.

    Memory is bytes of address space, ``written`` those of each file that it writes.
    """

    cpu_seconds: int = CPU_SECONDS
    memory: int = MEMORY_BYTES
    written: int = 0
    open_files: int = OPEN_FILES


TYPESETTING = Limits()
"""What a document may use."""

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def leave_network() -> bool:
    """Moves this process, and so its children, into an empty network; says whether it worked.

    Must be called while the process has a single thread.
    """
    if sys.platform != "linux":
        return False
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    return any(unshare(flags) == 0 for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET))


def refuse_privileges() -> None:
    """From here on no program that this process starts has more rights than it has."""
    _control(_PR_SET_NO_NEW_PRIVS, 1)


def die_with(parent: int, by: signal.Signals) -> None:
    """Let this process, a child of ``parent``, get a signal when that one is gone."""
    _control(_PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        os._exit(1)  # The parent was gone before it could be watched.


def enclose_child(parent: int, seconds: float = WALL_SECONDS, limits: Limits = TYPESETTING) -> None:
    """Puts the limits on this process, a child of ``parent``; raises OSError if one is refused.

    It ends after ``seconds`` at the latest.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    die_with(parent, signal.SIGKILL)
    refuse_privileges()
    keep_within(limits)


def keep_within(limits: Limits) -> None:
    """Lowers what this process, and each one that it starts, may use."""
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_FSIZE, limits.written)
    _limit(resource.RLIMIT_NOFILE, limits.open_files)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(which: int, value: int) -> None:
    """Lowers a limit, never beyond what the system allows already."""
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def _control(option: int, value: int) -> None:
    """Calls prctl, where there is one."""
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        if library.prctl(option, value, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
