"""A seal by an authority's certificate, and the time that another authority confirms."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from msgspec.structs import replace

from riskq.report import Inspector, Sealer, SealError
from riskq.report.seal.facts import Seal
from riskq.settings import SealSettings
from tests.report.seal.authorities import STAMPED, Holder, make_authority, stamping, write_pem
from tests.report.seal.test_sealing import write_secret

AUTHORITY = make_authority("Куәландырушы орталық")


def settings_of(folder: Path, holder: Holder, *chain: Holder) -> SealSettings:
    """Settings with the key of a holder and the chain of its certificate."""
    folder.mkdir()
    body = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    certificates = folder / "chain.pem"
    certificates.write_bytes(b"".join(one.pem for one in (holder, *chain)))
    return SealSettings(
        folder / "seal", key=write_secret(folder / "key.pem", body), certificate=certificates
    )


def sealed_by(settings: SealSettings, pdf: bytes) -> bytes:
    with Sealer(settings) as sealer:
        return sealer.seal(pdf, "Seal")


def seal_in(pdf: bytes, settings: SealSettings, *also: Path) -> Seal:
    """What an inspection with these settings tells of the only seal."""
    (seal,) = Inspector(settings, also=also).inspect(pdf).seals
    return seal


@pytest.mark.slow
def test_others_with_a_certificate_of_the_same_authority_stay_unknown(
    tmp_path: Path, plain: bytes
) -> None:
    ours = settings_of(tmp_path / "ours", AUTHORITY.issue("Біз"), AUTHORITY)
    theirs = settings_of(tmp_path / "theirs", AUTHORITY.issue("Басқалар"), AUTHORITY)
    our_pdf, their_pdf = sealed_by(ours, plain), sealed_by(theirs, plain)
    assert seal_in(our_pdf, ours).trust == "own"
    assert seal_in(their_pdf, ours).trust == "unknown"
    elsewhere = SealSettings(tmp_path / "elsewhere")
    given = ours.folder / "certificate.pem"
    assert seal_in(our_pdf, elsewhere, given).trust == "known"
    assert seal_in(their_pdf, elsewhere, given).trust == "unknown"
    knowing = replace(elsewhere, known=write_pem(tmp_path / "known", AUTHORITY))
    assert [seal_in(pdf, knowing).trust for pdf in (our_pdf, their_pdf)] == ["known", "known"]


@pytest.mark.slow
def test_a_time_is_confirmed_only_by_an_authority_that_is_trusted_here(
    tmp_path: Path, plain: bytes
) -> None:
    authority = make_authority("Time Root")
    with stamping(authority.issue("Time Stamps", stamps_times=True)) as address:
        pdf = sealed_by(SealSettings(tmp_path / "seal", timestamper=address), plain)
    own = SealSettings(tmp_path / "seal")
    stranger = seal_in(pdf, own)
    assert (stranger.is_unaltered, stranger.trust) == (True, "own")
    assert (stranger.stamped_at, stranger.stamped_by) == (None, "")
    assert stranger.claimed_at is not None
    knowing = replace(own, stampers=write_pem(tmp_path / "stampers", authority))
    seal = seal_in(pdf, knowing)
    assert (seal.stamped_at, seal.stamped_by) == (STAMPED, "Time Stamps")
    assert seal.is_unaltered


@pytest.mark.slow
def test_whoever_confirms_times_seals_nothing_that_is_known(tmp_path: Path, plain: bytes) -> None:
    pdf = sealed_by(settings_of(tmp_path / "other", AUTHORITY.issue("Басқа"), AUTHORITY), plain)
    knowing = SealSettings(tmp_path / "seal", stampers=write_pem(tmp_path / "stampers", AUTHORITY))
    assert seal_in(pdf, knowing).trust == "unknown"


@pytest.mark.slow
def test_without_an_answer_of_the_authority_nothing_is_sealed(tmp_path: Path, plain: bytes) -> None:
    with stamping(make_authority("Nobody")) as address:
        pass
    settings = SealSettings(tmp_path / "seal", timestamper=address)
    with pytest.raises(SealError, match="time-stamp authority does not answer"):
        sealed_by(settings, plain)
