"""The worker: the command that runs one, and the process that keeps one running for a service."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING, NoReturn

from riskq import metrics
from riskq.cli.desk import open_desk
from riskq.cli.terminal import FAULTY, Commands, complain
from riskq.errors import RiskqError
from riskq.hook_reach import Reach
from riskq.logs import set_up_log

if TYPE_CHECKING:
    from riskq.services import Desk, hooks, letters
    from riskq.settings import Settings

__all__ = ["add_to", "keep_worker"]

_PAUSE_SECONDS, _LONGEST_PAUSE = 2.0, 60.0
_LASTING_SECONDS = 10.0
_NICENESS = 10
_FIRST_BEYOND_ERRORS = 3


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    worker = commands.add_parser(
        "worker", help="make the reports that wait, beside a service started with --no-worker"
    )
    worker.add_argument("--threads", type=int, default=2, help="reports at once (%(default)s)")
    worker.set_defaults(run=_worker)


def _worker(arguments: argparse.Namespace) -> int:
    from riskq.settings import read_settings

    _work(read_settings(), arguments.threads)
    return 0


def _work(settings: Settings, threads: int) -> None:
    from riskq.jobs import Jobs
    from riskq.questionnaire import Catalogue
    from riskq.report import Renderer, Sealer
    from riskq.services import BundleMaker, key_ring
    from riskq.store import open_bundles

    if settings.watch.log is not None:
        set_up_log(settings.watch.log)
    if settings.watch.token:
        metrics.keep_figures(settings.metrics_folder, "worker")
        metrics.note_process()
    jobs, store = Jobs(settings), open_bundles(settings.bundles)
    renderer, sealer = Renderer(children=threads, in_background=True), Sealer(settings.seal)
    keys = key_ring(settings.master_keys)
    maker = BundleMaker(store, Catalogue(), renderer, sealer, brand=settings.brand, keys=keys)
    try:
        with open_desk(settings) as desk:
            jobs.work(maker, threads, _postman(settings, desk), _courier(settings, desk))
    finally:
        renderer.close()
        sealer.close()
        store.close()


def _postman(settings: Settings, desk: Desk) -> letters.Postman | None:
    """Who sends letters, where a mail server is set."""
    if settings.mail is None:
        return None
    from riskq.services import letters

    return letters.Postman(desk, settings.mail, settings.secret_key)


def _courier(settings: Settings, desk: Desk) -> hooks.Courier | None:
    """Who tells webhooks, unless there shall be none."""
    if settings.hooks is Reach.NONE:
        return None
    from riskq.services import hooks

    return hooks.Courier(desk, settings.secret_key, settings.hooks)


def keep_worker(settings: Settings) -> None:
    """Have a process keep a worker running for as long as this one lives, and keep that too."""
    keeper = _fork_keeper(settings)
    watch = Thread(target=_keep_keeper, args=(settings, keeper), name="riskq-keeper", daemon=True)
    watch.start()


def _keep_keeper(settings: Settings, keeper: int) -> None:
    """Fork another keeper each time that the last one was killed."""
    log = logging.getLogger("riskq.worker")
    while True:
        os.waitpid(keeper, 0)
        log.error("The worker's keeper was killed; it comes back.")
        keeper = 0
        while not keeper:
            # What was killed for want of memory must not be forked again in an endless fire.
            time.sleep(_PAUSE_SECONDS)
            try:
                keeper = _fork_keeper(settings)
            except OSError as error:
                log.warning("The worker's keeper cannot be started yet: %s", error)


def _fork_keeper(settings: Settings) -> int:
    parent = os.getpid()
    keeper = os.fork()
    if keeper == 0:
        _be_keeper(settings, parent)
    return keeper


def _be_keeper(settings: Settings, parent: int) -> NoReturn:
    from riskq.report import die_with

    # The terminal's Ctrl-C ends the service, and with it this one; it must not cut off a report.
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)  # Where the server runs already, it hears them.
    die_with(parent, signal.SIGTERM)
    # The socket of the pages must close when they end, whatever report is still being made.
    os.closerange(_FIRST_BEYOND_ERRORS, os.sysconf("SC_OPEN_MAX"))
    os.nice(_NICENESS)
    _keep(settings)


def _keep(settings: Settings) -> NoReturn:
    from riskq.report import die_with

    keeper, pause = os.getpid(), _PAUSE_SECONDS
    while True:
        # A worker that dies at once must not be an endless fire, and the first page comes first.
        time.sleep(pause)
        begun = time.monotonic()
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            is_lasting = time.monotonic() - begun > _LASTING_SECONDS
            pause = _PAUSE_SECONDS if is_lasting else min(2 * pause, _LONGEST_PAUSE)
            continue
        die_with(keeper, signal.SIGTERM)
        try:
            _work(settings, threads=2)
            os._exit(0)
        except RiskqError as error:
            complain(error)
        except BaseException:
            logging.getLogger("riskq.worker").exception("The worker died; it is started again.")
        finally:
            sys.stderr.flush()
            os._exit(FAULTY)
