"""The command that serves the pages."""

from __future__ import annotations

import argparse
import ctypes
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
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from riskq.report import check_files
    from riskq.settings import read_settings

    # Faults are told once here, not by every worker. The database is made by a process that ends:
    # workers are forks of this one, and would carry what that takes for the rest of their lives.
    settings = read_settings()
    check_files(settings.seal)
    fork = get_context("fork")
    maker = fork.Process(target=_make_database, args=(settings.database,))
    maker.start()
    # Nobody waits for the key: the first report comes much later.
    fork.Process(target=_make_key, args=(settings.seal,)).start()
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


def _make_key(settings: SealSettings) -> None:
    """Have the key ready, or tell at once what is wrong with it."""
    from riskq.report import prepare_key

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
