"""The sealing process: reads the key once, and seals one document after the other.

Started as ``python -m riskq.report.seal.process FD`` by ``riskq.report.seal.sealer``. Over the
socket FD come the settings first, then documents; back come sealed documents or refusals. It reads
our own documents alone, and only the authority for time stamps is ever spoken to.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
from pathlib import Path

from riskq.logs import form_of, set_up_log
from riskq.report import fence
from riskq.report.job import MAX_PDF, Kind, receive_frame, send_frame
from riskq.report.seal.errors import SealError
from riskq.report.seal.identity import prepare_identity
from riskq.report.seal.signing import Stamper, seal_pdf, signer_of
from riskq.settings import SealSettings

log = logging.getLogger(__name__)


def read_settings(data: bytes) -> SealSettings:
    """The settings as the other side wrote them."""
    given = json.loads(data)
    paths = {
        name: None if given[name] is None else Path(given[name])
        for name in ("key", "certificate", "pkcs12", "passphrase")
    }
    return SealSettings(Path(given["folder"]), timestamper=given["timestamper"], **paths)


def serve(wire: socket.socket) -> None:
    """Seal what comes until the other side is gone."""
    _, data = receive_frame(wire)
    settings = read_settings(data)
    if not settings.timestamper:
        fence.leave_network()
    stamper = Stamper(settings.timestamper) if settings.timestamper else None
    try:
        signer = signer_of(prepare_identity(settings))
    except SealError as error:
        send_frame(wire, Kind.REFUSED, str(error).encode())
        return
    send_frame(wire, Kind.STARTED)
    while True:
        _, about = receive_frame(wire)
        _, pdf = receive_frame(wire, MAX_PDF)
        try:
            sealed = seal_pdf(pdf, signer, about.decode(), stamper)
        except SealError as error:
            send_frame(wire, Kind.REFUSED, str(error).encode())
        except Exception as error:  # noqa: BLE001  # Whatever fails is told; the next may succeed.
            log.warning("Sealing failed with %s", type(error).__name__)
            text = f"The document cannot be sealed ({type(error).__name__})."
            send_frame(wire, Kind.REFUSED, text.encode())
        else:
            send_frame(wire, Kind.PDF, sealed)


def main() -> None:
    """Serve until the other side is gone."""
    set_up_log(form_of(os.environ))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the service, and its end ends us.
    fence.refuse_privileges()
    wire = socket.socket(fileno=int(sys.argv[1]))
    try:
        serve(wire)
    except (EOFError, OSError):
        return


if __name__ == "__main__":
    main()
