"""The key that seals, and its certificate: made at the first start, or named by the operator.

A certificate made here proves that two reports come from the same service, and nothing about who
runs it. One from an authority proves what the authority has looked at.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from riskq.report.seal.errors import SealError
from riskq.report.seal.files import CERTIFICATE, KEY, OWN_CERTIFICATE, USED, read_secret
from riskq.settings import SealSettings

__all__ = ["Identity", "Key", "prepare_identity"]

_NAME = "riskq (self-made certificate)"
_YEARS = 10

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Identity:
    """A key with its certificate, and the certificates up to its authority."""

    key: Key = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def prepare_identity(settings: SealSettings) -> Identity:
    """The key and its certificate, made if there is none; whoever verifies finds the certificate.

    Raises ``SealError`` with what is wrong and how to mend it.
    """
    try:
        _make_identity(settings)
        identity = _read_identity(settings)
        _publish(identity, settings.folder)
    except OSError as error:
        raise SealError(f"The key of the seal cannot be kept: {error}.") from error
    return identity


def _make_identity(settings: SealSettings) -> None:
    """Make a key and a certificate in the folder of the settings, if no other is named and none is.

    Both appear at once, whichever of several processes comes first. Raises ``OSError``.
    """
    if settings.key or settings.pkcs12 or (settings.folder / KEY).exists():
        return
    parent = settings.folder.parent
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".seal-", dir=parent))
    try:
        _write_new(made)
        # Another process may have come first; its key stays.
        with contextlib.suppress(OSError):
            made.rename(settings.folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    if not (settings.folder / KEY).exists():
        raise SealError(f"{settings.folder} is in the way: empty or move it, or name another.")


def _write_new(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        os.fsync(file.fileno())
    (folder / OWN_CERTIFICATE).write_bytes(_certify(key).public_bytes(Encoding.PEM))


def _certify(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """A certificate that the key itself has signed."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    public, start = key.public_key(), datetime.now(UTC) - timedelta(hours=1)
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
            *("crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def _read_identity(settings: SealSettings) -> Identity:
    """The key and its certificate; raises ``SealError`` with what is wrong and how to mend it."""
    phrase = read_secret(settings.passphrase).strip() if settings.passphrase else None
    if settings.pkcs12:
        identity = _from_pkcs12(settings.pkcs12, phrase)
    else:
        key = settings.key or settings.folder / KEY
        certificate = settings.certificate or settings.folder / OWN_CERTIFICATE
        identity = _from_pem(key, certificate, phrase)
    _check(identity)
    return identity


def _from_pem(key_file: Path, certificate_file: Path, phrase: bytes | None) -> Identity:
    key = read_secret(key_file)
    try:
        certificates = x509.load_pem_x509_certificates(certificate_file.read_bytes())
        private = load_pem_private_key(key, phrase)
    except OSError as error:
        raise SealError(f"{certificate_file} cannot be read ({error.strerror}).") from error
    except (ValueError, TypeError) as error:
        told = "are no key and certificate in PEM, or the passphrase does not open the key"
        raise SealError(f"{key_file} and {certificate_file} {told}.") from error
    return _identity(private, certificates[0], certificates[1:], key_file)


def _from_pkcs12(path: Path, phrase: bytes | None) -> Identity:
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(read_secret(path), phrase)
    except ValueError as error:
        raise SealError(f"{path} is no PKCS#12, or the passphrase does not open it.") from error
    if certificate is None:
        raise SealError(f"{path} holds no certificate.")
    return _identity(key, certificate, others, path)


def _identity(
    key: object, certificate: x509.Certificate, chain: list[x509.Certificate], path: Path
) -> Identity:
    if not isinstance(key, Key):
        raise SealError(f"{path} holds no key for elliptic curves or RSA.")
    return Identity(key, certificate, tuple(chain))


def _check(identity: Identity) -> None:
    def plain(key: object) -> bytes:
        """What two equal public keys have in common."""
        if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
            return b""
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    if plain(identity.key.public_key()) != plain(identity.certificate.public_key()):
        raise SealError("The certificate of the seal belongs to another key.")
    if identity.certificate.not_valid_after_utc <= datetime.now(UTC):
        raise SealError("The certificate of the seal has expired: get a new one.")


def _publish(identity: Identity, folder: Path) -> None:
    """Keep the certificate where whoever verifies finds it; those of earlier keys stay known.

    Raises ``OSError``.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Not the chain: whoever trusts that trusts everybody whom the authority has certified.
    text = identity.certificate.public_bytes(Encoding.PEM)
    name = identity.certificate.fingerprint(hashes.SHA256()).hex()
    for path in (folder / USED / f"{name}.pem", folder / CERTIFICATE):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists() or path.read_bytes() != text:
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(text)
            Path(file.name).replace(path)
