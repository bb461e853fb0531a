"""The command that serves the pages."""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import sys
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING

from riskq.cli.terminal import FAULTY, Commands, complain
from riskq.cli.working import keep_worker
from riskq.clock import today
from riskq.errors import RiskqError
from riskq.logs import set_up_log
from riskq.settings import SealSettings, Settings

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from riskq.serving import Gateway

__all__ = ["add_to"]

_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""The names of the settings in malloc.h."""

_TIME_ZONES = "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo"
"""Where Python looks for time zones unless it was built otherwise."""

SERVER_MEMORY = "_RJEM_MALLOC_CONF"
"""By what the allocator in the server's compiled part, jemalloc, is told how much it may keep."""


_LINES = {"class": "riskq.logs.LineHandler", "filters": ["advice"]}
_OUR_LINES = {
    "filters": {"advice": {"()": "riskq.serving.page_server.NoAdvice"}},
    "handlers": {"console": _LINES, "access": _LINES},
}
"""By what the server's own log is written: as lines of ours, without the words of errors."""


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    serve = commands.add_parser("serve", help="run the service")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    serve.add_argument("--workers", type=int, default=1, help="processes (%(default)s)")
    serve.add_argument(
        "--threads",
        type=_one_or_more,
        help="requests that a process answers at once (2; 4 with a shared database)",
    )
    serve.add_argument(
        "--no-worker", action="store_true", help='run no worker; "riskq worker" is one'
    )
    serve.set_defaults(run=_serve)


def _one_or_more(text: str) -> int:
    """A number of threads; raises ``ArgumentTypeError`` for one by which nobody would work."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 on')
    return int(text)


def _serve(arguments: argparse.Namespace) -> int:
    from riskq.settings import read_settings

    settings = read_settings()
    if settings.watch.log is not None:
        set_up_log(settings.watch.log)
    if not _get_ready(settings):
        return FAULTY
    _share_one_pool()
    _let_the_server_keep_nothing()
    # Python would read all settings that it was built with to find these, and keep them.
    os.environ.setdefault("PYTHONTZPATH", _TIME_ZONES)
    if not arguments.no_worker:
        keep_worker(settings)
    print(f"riskq: {settings.origin or f'http://{arguments.host}:{arguments.port}'}/", flush=True)
    _serve_pages(arguments, arguments.threads or (4 if settings.is_shared else 2))
    return 0


def _serve_pages(arguments: argparse.Namespace, at_once: int) -> None:
    """Answer until the process is told to stop, and then finish what is begun."""
    from granian.constants import HTTPModes, Interfaces, Loops
    from granian.log import LogLevels

    from riskq.serving import PageServer, take_socket

    handed = take_socket()
    server = PageServer(
        "riskq",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.ASGINL,
        loop=Loops.asyncio,
        # HTTP/2 takes headers of many megabytes, and proxies speak HTTP/1 to what is behind them.
        http=HTTPModes.http1,
        workers=arguments.workers,
        log_access=False,
        log_level=LogLevels.warning,
        log_dictconfig=_OUR_LINES,
        websockets=False,
        # One that dies for want of memory, or by a bug, is no reason to end the others.
        respawn_failed_workers=True,
    )
    server.handed = handed
    server.serve(target_loader=partial(_answering, at_once), wrap_loader=False)


def _answering(at_once: int) -> Gateway:
    """What answers in a page process."""
    from riskq.serving import Gateway
    from riskq.web import create_app, largest_body

    return Gateway(create_app(), at_once, largest_body())


def _get_ready(settings: Settings) -> bool:
    """Have the databases and the key made, and the questionnaires read.

    Faults are told once here, not by every worker. A process that ends does it: workers are forks
    of this one, and would carry what it takes for the rest of their lives. Meanwhile this one
    imports what they share.
    """
    gc.disable()  # What is imported stays: to look for rubbish among it is lost time.
    import riskq.questionnaire
    import riskq.store  # For the one who makes them too.

    fork = get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    maker = fork.Process(target=_prepare, args=(settings, sender))
    maker.start()
    sender.close()
    from riskq.report import check_files

    check_files(settings.seal)
    key = fork.Process(target=_leave_key_to_another, args=(settings.seal,))
    key.start()
    key.join()
    # Not used here: the workers, which are forks, have it then without importing it themselves.
    import riskq.web.app

    if settings.is_shared:
        import riskq.store.postgres

    try:
        riskq.questionnaire.take_over(receiver.recv_bytes())
    except EOFError:  # The maker has told what is wrong.
        return False
    finally:
        maker.join()
        gc.freeze()
        gc.enable()
    return maker.exitcode == 0


def _share_one_pool() -> None:
    """Let all threads of the workers share a pool of memory: each of its own would keep its rest.

    The setting of the environment is read before Python starts. Only glibc has such pools.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_ARENA_MAX, 1)
        # Pages and reports of a hundred kilobytes are given back at once, not kept for the next.
        for name in (_MMAP_THRESHOLD, _TRIM_THRESHOLD):
            library.mallopt(name, 128 * 1024)


def _let_the_server_keep_nothing() -> None:
    """Have the server's compiled part give back at once what the answers to a crowd took.

    Its allocator would keep what is freed for ten seconds, and some for each thread for good. It
    reads this as it is loaded, so that it is set before; what an operator has set there stands.
    """
    os.environ.setdefault(SERVER_MEMORY, "dirty_decay_ms:0,tcache:false")


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


def _prepare(settings: Settings, sender: Connection) -> None:
    from riskq.questionnaire import Catalogue
    from riskq.store import open_bundles, open_store

    try:
        open_store(settings.database).close()
        open_bundles(settings.bundles).close()
        sender.send_bytes(Catalogue().hand_over(today()))
    except RiskqError as error:
        complain(error)
        sys.exit(FAULTY)
