"""A mail server on this machine, which takes letters, or says whatever it is told to say."""

from __future__ import annotations

import base64
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from riskq.mail_settings import MailSettings

__all__ = ["MailServer", "certificate", "running"]


class MailServer:
    """What it took, and what it answers: ``says`` holds an answer for a verb instead of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, str]] = []
        self.says: dict[str, str] = {}
        self.logins: list[str] = []
        self.tls: ssl.SSLContext | None = None

    def settings(self, kind: str = "smtp", user: str = "", password: str = "") -> MailSettings:
        """Settings by which it is reached."""
        sender = ("riskq · Алатау", "riskq@alatau.example")
        return MailSettings(kind, "localhost", self.port, user, password, *sender, seconds=5)


class _Desk(StreamRequestHandler):
    mail: MailServer
    rfile: Any
    wfile: Any

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def handle(self) -> None:
        self.sender = self.recipient = ""
        self.say("220 localhost ready")
        while line := self.rfile.readline():
            text = line.decode("utf-8", "replace").strip()
            verb = text.partition(" ")[0].upper()
            if verb in self.mail.says:
                self.say(self.mail.says[verb])
                continue
            if not self.obey(verb, text):
                return

    def obey(self, verb: str, text: str) -> bool:
        """Do what is asked for; False at the end."""
        if verb == "EHLO":
            extras = "".join(f"250-{name}\r\n" for name in ("8BITMIME", "SMTPUTF8"))
            self.say(f"250-localhost\r\n{extras}250-STARTTLS\r\n250 AUTH PLAIN")
        elif verb == "STARTTLS" and self.mail.tls is not None:
            self.say("220 go on")
            try:
                self.connection = self.mail.tls.wrap_socket(self.connection, server_side=True)
            except (ssl.SSLError, OSError):
                return False
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", buffering=0)
        elif verb == "AUTH":
            self.mail.logins.append(base64.b64decode(text.split(" ")[2]).decode())
            self.say("235 come in")
        elif verb == "DATA":
            self.take()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            address = text.partition("<")[2].partition(">")[0]
            self.sender = address if verb == "MAIL" else self.sender
            self.recipient = address if verb == "RCPT" else self.recipient
            self.say("250 good")
        return True

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        self.mail.letters.append(message_from_bytes(b"".join(lines), policy=default))
        self.mail.envelopes.append((self.sender, self.recipient))
        self.say("250 taken")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    tls: ssl.SSLContext | None = None

    def get_request(self) -> tuple[socket.socket, Any]:
        line, address = super().get_request()
        if self.tls is not None:
            line = self.tls.wrap_socket(line, server_side=True, do_handshake_on_connect=False)
        return line, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up."""


@contextmanager
def running(
    files: tuple[Path, Path] | None = None, *, at_once: bool = False
) -> Iterator[MailServer]:
    """A server that takes letters; with a certificate encrypted, ``at_once`` or when asked."""
    desk: Any = type("Desk", (_Desk,), {})
    with _Server(("127.0.0.1", 0), desk) as server:
        mail = MailServer(int(server.server_address[1]))
        desk.mail = mail
        if files is not None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(*files)
            mail.tls, server.tls = tls, tls if at_once else None
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield mail
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody knows, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = (folder / "mail.pem", folder / "mail.key")
    files[0].write_bytes(made.public_bytes(Encoding.PEM))
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    files[1].write_bytes(plain)
    return files
