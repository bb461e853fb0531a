"""The command that serves the pages."""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from multiprocessing import get_context
from pathlib import Path

from riskq.cli.terminal import FAULTY, Commands, complain
from riskq.errors import RiskqError
from riskq.settings import SealSettings

__all__ = ["add_to"]

_ARENA_MAX = -8
"""The name of the setting in malloc.h."""


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    serve = commands.add_parser("serve", help="run the service")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    serve.add_argument("--workers", type=int, default=1, help="processes (%(default)s)")
    serve.add_argument("--threads", type=int, default=2, help="threads a process (%(default)s)")
    serve.set_defaults(run=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    # The database is made by a process that ends: workers are forks of this one, and would carry
    # what that takes for the rest of their lives. Meanwhile this one imports what they share.
    import riskq.store  # noqa: F401  # For the one who makes it too.
    from riskq.settings import read_settings

    settings = read_settings()
    fork = get_context("fork")
    maker = fork.Process(target=_make_database, args=(settings.database,))
    maker.start()
    from riskq.report import check_files

    # Faults are told once here, not by every worker.
    check_files(settings.seal)
    key = fork.Process(target=_leave_key_to_another, args=(settings.seal,))
    key.start()
    key.join()
    import riskq.web.app  # noqa: F401
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    maker.join()
    if maker.exitcode:
        return FAULTY
    _share_one_pool()
    print(f"riskq: {settings.origin or f'http://{arguments.host}:{arguments.port}'}/", flush=True)
    Server(
        "riskq.web:create_app",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=arguments.threads,
        factory=True,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
    return 0


def _share_one_pool() -> None:
    """Let all threads of the workers share a pool of memory: each of its own would keep its rest.

    The setting of the environment is read before Python starts. Only glibc has such pools.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_ARENA_MAX, 1)


def _leave_key_to_another(settings: SealSettings) -> None:
    """Have the key made by a process that nobody waits for: the first report comes much later."""
    if os.fork() == 0:
        try:
            _make_key(settings)
        finally:
            os._exit(0)


def _make_key(settings: SealSettings) -> None:
    """Have the key ready, or tell at once what is wrong with it."""
    from riskq.report import prepare_key

    os.nice(19)  # The first page comes first.
    try:
        prepare_key(settings)
    except RiskqError as error:
        complain(error)


def _make_database(path: Path) -> None:
    from riskq.store import open_store

    try:
        open_store(path).close()
    except RiskqError as error:
        complain(error)
        sys.exit(FAULTY)
