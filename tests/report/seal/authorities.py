"""Certificates by an authority, and a time-stamp authority that answers on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from riskq.report.seal.identity import Key

STAMPED = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """Somebody with a key and a certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate in PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    def issue(self, name: str, *, stamps_times: bool = False) -> Holder:
        """Somebody whom this authority has certified."""
        return _certified(name, self, is_authority=False, stamps_times=stamps_times)


def make_authority(name: str) -> Holder:
    """An authority that has certified itself."""
    return _certified(name, None, is_authority=True)


def _certified(
    name: str, by: Holder | None, *, is_authority: bool, stamps_times: bool = False
) -> Holder:
    # The library that answers for an authority knows RSA alone.
    key: Key = (
        rsa.generate_private_key(65537, 2048)
        if stamps_times
        else ec.generate_private_key(ec.SECP256R1())
    )
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(by.certificate.subject if by else named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=200))
        .not_valid_after(now + timedelta(days=200))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(_usage_of(is_authority=is_authority), critical=True)
    )
    if stamps_times:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        certificate = certificate.add_extension(usage, critical=True)
    return Holder(key, certificate.sign(by.key if by else key, hashes.SHA256()))


def _usage_of(*, is_authority: bool) -> x509.KeyUsage:
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    allowed = {"key_cert_sign", "crl_sign"} if is_authority else set(names[:2])
    return x509.KeyUsage(**{name: name in allowed for name in names})


@contextmanager
def stamping(holder: Holder) -> Iterator[str]:
    """A time-stamp authority at an address on this machine; to it, it is always ``STAMPED``."""
    plain = holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(holder.certificate.public_bytes(Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(plain),
        fixed_dt=STAMPED,
    )

    class Authority(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(query)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Authority) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def write_pem(folder: Path, *holders: Holder) -> Path:
    """A folder with a file for each certificate."""
    folder.mkdir()
    for number, holder in enumerate(holders):
        (folder / f"{number}.pem").write_bytes(holder.pem)
    return folder
