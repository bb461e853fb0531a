"""Puts the seal on a PDF: a PAdES signature that certifies it and allows no change at all."""

from __future__ import annotations

import asyncio
import urllib.request
from io import BytesIO

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from msgspec import Struct
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from riskq.report.archive import has_ambiguous_end
from riskq.report.seal.errors import SealError
from riskq.report.seal.identity import Identity

__all__ = ["FIELD", "Stamper", "seal_pdf", "signer_of"]

FIELD = "Seal"
"""The name of the form field that holds the seal."""

_TIMESTAMP_SECONDS = 5.0
_MOST_ANSWERED = 100_000
_MOST_BLANKS = 8


class _Update(IncrementalPdfFileWriter):
    """An update of a PDF that leaves its metadata, and so its marks of PDF/A and PDF/UA, alone."""

    def _update_meta(self) -> None:
        pass


class _Reply(Struct, frozen=True):
    kind: str
    body: bytes


class Stamper(TimeStamper):
    """Asks a time-stamp authority (RFC 3161) over HTTP."""

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # The library has no types here.
        self._address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer; raises ``SealError`` when there is none."""
        try:
            reply = await asyncio.to_thread(self._ask, req.dump())
        except OSError as error:
            raise SealError(f"The time-stamp authority does not answer ({error}).") from error
        if reply.kind != "application/timestamp-reply":
            raise SealError("The time-stamp authority answers with something else.")
        return tsp.TimeStampResp.load(reply.body)

    def _ask(self, query: bytes) -> _Reply:
        headers = {"Content-Type": "application/timestamp-query"}
        # S310 warns of other schemes than http and https; the settings take no others.
        asked = urllib.request.Request(self._address, query, headers)  # noqa: S310
        with urllib.request.urlopen(asked, timeout=_TIMESTAMP_SECONDS) as answer:  # noqa: S310
            return _Reply(answer.headers.get_content_type(), answer.read(_MOST_ANSWERED))


def signer_of(identity: Identity) -> SimpleSigner:
    """What signs with a key."""
    plain = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # The library has no types here.
    store.register_multiple(map(_read, identity.chain))
    return SimpleSigner(
        signing_cert=_read(identity.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(plain),
        cert_registry=store,
    )


def _read(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def seal_pdf(pdf: bytes, signer: SimpleSigner, about: str, stamper: Stamper | None = None) -> bytes:
    """The PDF with the seal, which is appended: the bytes before it stay as they are.

    ``about`` is what a reader of PDFs calls the field of the seal.
    """
    sealed = b""
    # Blanks after the name move what follows, where a stream would end like a line.
    for blanks in range(_MOST_BLANKS):
        sealed = _sign(pdf, signer, about + " " * blanks, stamper)
        if not has_ambiguous_end(sealed[len(pdf) :]):
            break
    return sealed


def _sign(pdf: bytes, signer: SimpleSigner, about: str, stamper: Stamper | None) -> bytes:
    outside = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    field = SigFieldSpec(FIELD, on_page=0, readable_field_name=about, invis_sig_settings=outside)
    facts = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    out = BytesIO()
    PdfSigner(facts, signer, timestamper=stamper, new_field_spec=field).sign_pdf(
        _Update(BytesIO(pdf)), output=out
    )
    return out.getvalue()
