"""The seal certifies the whole document, keeps it valid, and its key is nobody else's."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import page
import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from msgspec.structs import replace

from riskq.report import Inspector, Sealer, SealError, check_files
from riskq.report.archive import has_ambiguous_end
from riskq.report.seal.identity import Key
from riskq.settings import SealSettings
from tests.report.seal.conftest import Look


def certificate_for(key: Key, days: int = 100, name: str = "ЖШС «Ұшқын»") -> x509.Certificate:
    """A certificate that the key signs itself."""
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=200))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )


def write_secret(path: Path, content: bytes) -> Path:
    """A file that only its owner may read."""
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def pem_settings(tmp_path: Path, key: Key, certificate: x509.Certificate) -> SealSettings:
    """Settings with a key and a certificate of their own."""
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_secret(tmp_path / "key.pem", text)
    (tmp_path / "own.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    return SealSettings(
        tmp_path / "seal", key=tmp_path / "key.pem", certificate=tmp_path / "own.pem"
    )


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_a_sealed_document_stays_valid(sealed: bytes, profile: str) -> None:
    report = page.validate_pdf_bytes(sealed, profile=page.ValidationProfile[profile])
    assert [failure.message for failure in report.failures] == []


def test_the_seal_is_appended_and_certifies_that_nothing_may_change(
    plain: bytes, sealed: bytes
) -> None:
    assert sealed.startswith(plain)
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        seal = pdf.Root.Perms.DocMDP
        assert seal.SubFilter == "/ETSI.CAdES.detached"
        assert seal.Reference[0].TransformParams.P == 1


def test_the_sealed_document_is_what_is_seen(sealed: bytes, look: Look) -> None:
    seen = look(sealed)
    (seal,) = seen.seals
    assert seal.is_unaltered
    assert seal.allows_nothing
    assert (seal.trust, seal.signer) == ("own", "riskq (self-made certificate)")
    assert (seen.data, seen.files, seen.language) == (
        '{"format": "test"}',
        ("assessment.json",),
        "kk",
    )
    assert seen.only_sealed


@pytest.mark.slow
def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path: Path, plain: bytes) -> None:
    settings = SealSettings(tmp_path / "instance" / "seal")
    fingerprints = set()
    for _ in range(2):
        with Sealer(settings) as sealer:
            pdf = sealer.seal(plain, "Seal")
        (seal,) = Inspector(settings).inspect(pdf).seals
        assert seal.trust == "own"
        fingerprints.add(seal.fingerprint)
    assert len(fingerprints) == 1
    assert (settings.folder / "key.pem").stat().st_mode & 0o777 == 0o600
    assert settings.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
def test_processes_that_start_together_make_one_key(tmp_path: Path, plain: bytes) -> None:
    settings = SealSettings(tmp_path / "seal")

    def seal_alone(_: int) -> bytes:
        with Sealer(settings) as sealer:
            return sealer.seal(plain, "Seal")

    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(seal_alone, range(3)))
    inspector = Inspector(settings)
    seen = {inspector.inspect(pdf).seals[0].fingerprint for pdf in made}
    assert len(seen) == 1


def test_a_key_that_others_can_read_is_refused_with_the_remedy(
    tmp_path: Path, plain: bytes
) -> None:
    settings = pem_settings(
        tmp_path, key := ec.generate_private_key(ec.SECP256R1()), certificate_for(key)
    )
    (tmp_path / "key.pem").chmod(0o640)
    with pytest.raises(SealError, match="chmod 600"):
        check_files(settings)
    with Sealer(settings) as sealer, pytest.raises(SealError, match="chmod 600"):
        sealer.seal(plain, "Seal")


KEYS: list[Callable[[], Key]] = [
    lambda: ec.generate_private_key(ec.SECP384R1()),
    lambda: rsa.generate_private_key(65537, 2048),
]


@pytest.mark.slow
@pytest.mark.parametrize("make", KEYS, ids=["curve", "RSA"])
def test_an_operator_may_name_a_key_and_its_certificate(
    tmp_path: Path, plain: bytes, make: Callable[[], Key]
) -> None:
    key = make()
    settings = pem_settings(tmp_path, key, certificate_for(key))
    check_files(settings)
    with Sealer(settings) as sealer:
        pdf = sealer.seal(plain, "Seal")
    (seal,) = Inspector(settings).inspect(pdf).seals
    assert (seal.is_unaltered, seal.trust, seal.signer) == (True, "own", "ЖШС «Ұшқын»")


@pytest.mark.slow
def test_an_operator_may_name_a_pkcs12_with_its_passphrase(tmp_path: Path, plain: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    body = pkcs12.serialize_key_and_certificates(
        b"seal", key, certificate_for(key), None, BestAvailableEncryption(b"open sesame")
    )
    settings = SealSettings(
        tmp_path / "seal",
        pkcs12=write_secret(tmp_path / "seal.p12", body),
        passphrase=write_secret(tmp_path / "phrase", b"open sesame\n"),
    )
    with Sealer(settings) as sealer:
        assert Inspector(settings).inspect(sealer.seal(plain, "Seal")).seals[0].trust == "own"
    write_secret(tmp_path / "phrase", b"wrong")
    with Sealer(settings) as sealer, pytest.raises(SealError, match="passphrase"):
        sealer.seal(plain, "Seal")


@pytest.mark.slow
def test_a_certificate_of_another_key_or_an_expired_one_is_refused(
    tmp_path: Path, plain: bytes
) -> None:
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    for certificate, told in (
        (certificate_for(other), "another key"),
        (certificate_for(key, days=-1), "expired"),
    ):
        settings = pem_settings(tmp_path, key, certificate)
        with Sealer(settings) as sealer, pytest.raises(SealError, match=told):
            sealer.seal(plain, "Seal")


@pytest.mark.slow
def test_documents_of_an_earlier_key_stay_this_services_own(tmp_path: Path, plain: bytes) -> None:
    own = SealSettings(tmp_path / "seal")
    with Sealer(own) as sealer:
        earlier = sealer.seal(plain, "Seal")
    key = ec.generate_private_key(ec.SECP256R1())
    settings = replace(pem_settings(tmp_path, key, certificate_for(key)), folder=own.folder)
    with Sealer(settings) as sealer:
        later = sealer.seal(plain, "Seal")
    inspector = Inspector(settings)
    assert [inspector.inspect(pdf).seals[0].trust for pdf in (earlier, later)] == ["own", "own"]


@pytest.mark.slow
def test_who_has_the_certificate_alone_knows_the_seal(
    tmp_path: Path, sealed: bytes, seal_folder: Path
) -> None:
    elsewhere = SealSettings(tmp_path / "seal")
    assert Inspector(elsewhere).inspect(sealed).seals[0].trust == "unknown"
    certificate = seal_folder / "certificate.pem"
    assert Inspector(elsewhere, also=[certificate]).inspect(sealed).seals[0].trust == "known"
    (tmp_path / "known").mkdir()
    (tmp_path / "known" / "them.pem").write_bytes(certificate.read_bytes())
    (tmp_path / "known" / "junk.pem").write_text("no certificate")
    knowing = replace(elsewhere, known=tmp_path / "known")
    assert Inspector(knowing).inspect(sealed).seals[0].trust == "known"


def test_a_certificate_with_the_same_name_by_another_key_is_not_trusted(
    tmp_path: Path, plain: bytes, look: Look
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    forged = certificate_for(key, name="riskq (self-made certificate)")
    with Sealer(pem_settings(tmp_path, key, forged)) as sealer:
        (seal,) = look(sealer.seal(plain, "Seal")).seals
    assert seal.is_unaltered
    assert seal.trust == "unknown"


@pytest.mark.slow
def test_a_sealing_process_that_was_killed_is_replaced(tmp_path: Path, plain: bytes) -> None:
    with Sealer(SealSettings(tmp_path / "seal")) as sealer:
        sealer.seal(plain, "Seal")
        process = sealer._process
        assert process is not None
        os.kill(process.process.pid, signal.SIGKILL)
        assert sealer.seal(plain, "Seal").startswith(plain)


def test_many_threads_share_a_sealer(sealer: Sealer, plain: bytes, look: Look) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: sealer.seal(plain, f"Seal {number}"), range(8)))
    assert all(look(pdf).seals[0].is_unaltered for pdf in made)


@pytest.mark.slow
def test_no_stream_of_a_seal_ends_like_a_line(sealer: Sealer, plain: bytes) -> None:
    for length in range(60):
        assert not has_ambiguous_end(sealer.seal(plain, "Seal" + "l" * length))
