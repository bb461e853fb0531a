"""The typesetting process: imports WeasyPrint once, then forks a fenced child for each document.

Started as ``python -m riskq.report.press FD`` by ``riskq.report.renderer``. Over the socket FD come
the sockets of jobs, one a message. A child reads its job from its socket, writes the PDF or a
refusal to it, and ends; this process goes on to the next job and never reads a document itself.

Forking is safe because this process has one thread: it is counted before the first job. Some
versions of Pango keep a thread with the fonts; then children load the fonts anew.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from riskq.logs import form_of, set_up_log
from riskq.report import fence
from riskq.report.job import (
    MAX_DATA,
    MAX_HTML,
    Kind,
    RenderError,
    RenderJob,
    decode_job,
    encode_refusal,
    receive_frame,
    send_frame,
)
from riskq.report.typeset import Typesetter, load_fonts, load_typesetter, typeset

log = logging.getLogger(__name__)

_NICENESS = 10
MAX_JOB = 6 * (MAX_HTML + MAX_DATA)  # JSON may write a character as six bytes.

# Meets most of what a report uses, so that the children inherit it ready.
_REHEARSAL = """<html lang="kk"><body><h1>Ә</h1><h2>Б</h2><nav class="contents">
<ol><li><a href="#a">Ғ</a></li></ol></nav><p id="a">Қ <strong>Ң</strong> <em>Ө</em></p>
<ul><li>Ұ</li></ul>
<table><thead><tr><th scope="col">Ү</th></tr></thead><tbody><tr><td>Һ</td></tr></tbody></table>
<svg viewBox="0 0 9 9" width="9" height="9"><title>І</title><rect width="9" height="9"/>
<text x="1" y="8">І</text></svg></body></html>"""


def warm_up() -> Typesetter:
    """Everything loaded and used once; the fonts are kept only if no thread belongs to them."""
    typesetter = load_typesetter()
    typeset(
        RenderJob(_REHEARSAL, "Ә", "kk", bytes(16), datetime(2026, 1, 1, tzinfo=UTC)), typesetter
    )
    return typesetter if count_threads() == 1 else replace(typesetter, fonts=None)


def count_threads() -> int:
    """The threads of this process, those of libraries too; 2 where that cannot be known."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return 2


def serve(control: socket.socket, typesetter: Typesetter) -> None:
    """Forks a child for every job, until the other side of ``control`` is closed."""
    parent = os.getpid()
    while True:
        # The message that carries a socket is the number of seconds that its job may take.
        seconds, sockets, _, _ = socket.recv_fds(control, 1, 1)
        if not sockets:
            return
        with socket.socket(fileno=sockets[0]) as wire, contextlib.suppress(OSError):
            # A fork that the system refuses closes the socket, which tells the other side.
            if os.fork() == 0:
                control.close()
                _run_child(wire, typesetter, parent, seconds[0])


def _run_child(wire: socket.socket, typesetter: Typesetter, parent: int, seconds: int) -> None:
    """Does one job and ends the process, whatever happens."""
    try:
        gc.disable()  # The child ends before garbage could matter.
        ready = typesetter if typesetter.fonts else replace(typesetter, fonts=load_fonts())
        fence.enclose_child(parent, seconds)
        send_frame(wire, Kind.STARTED)
        send_frame(wire, *_answer(wire, ready))
    except BaseException as error:  # noqa: BLE001  # A child must never return to the loop.
        # The other side may have given up; its own limits tell it that nothing will come.
        log.warning("A child ended with %s", type(error).__name__)
    finally:
        os._exit(0)


def _answer(wire: socket.socket, typesetter: Typesetter) -> tuple[Kind, bytes]:
    """The PDF of the job that comes over the wire, or the refusal of it."""
    try:
        _, data = receive_frame(wire, MAX_JOB)
        return Kind.PDF, typeset(decode_job(data), typesetter)
    except RenderError as error:
        return Kind.REFUSED, encode_refusal(error)
    except MemoryError:
        return Kind.REFUSED, encode_refusal(RenderError("too-big", "The document is too large."))
    except Exception as error:  # noqa: BLE001  # Whatever fails here is about this document.
        # The typesetter fails on some absurd lengths. The document is left out of the log.
        log.warning("The typesetter failed with %s", type(error).__name__)
        text = f"The document cannot be typeset ({type(error).__name__})."
        return Kind.REFUSED, encode_refusal(RenderError("invalid", text))


def main() -> None:
    """Warms up and serves."""
    set_up_log(form_of(os.environ))
    # What WeasyPrint reports of single documents could quote them.
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    logging.getLogger("weasyprint").propagate = False
    # A page comes before a report, which takes a hundred times as long. That of a worker is nice.
    os.nice(max(0, _NICENESS - os.nice(0)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the service, and its end ends us.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # The kernel clears children away.
    control = socket.socket(fileno=int(sys.argv[1]))
    typesetter = warm_up()
    fence.refuse_privileges()
    if not fence.leave_network():
        log.warning("The kernel gave no empty network; the fetcher alone keeps documents off it")
    gc.collect()
    gc.freeze()
    serve(control, typesetter)


if __name__ == "__main__":
    main()
