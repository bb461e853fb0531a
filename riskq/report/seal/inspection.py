"""Looks into a file that somebody sent: is it a PDF, what seals it, and what data are inside?

Started as ``python -m riskq.report.seal.inspection`` by ``riskq.report.seal.inspector``, once for
each file, with fixed limits on time and memory and without a network, since files are hostile until
proved otherwise. The certificates that are trusted and the file come over the standard input; what
was seen goes to the standard output. Nothing is written anywhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sys
from binascii import hexlify
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import msgspec
from asn1crypto import cms, pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from riskq.report import fence
from riskq.report.job import DATA_NAME, MAX_DATA
from riskq.report.seal.facts import Inspection, Role, Seal, Trust

_HEAD = 1024
_MOST_SEALS = 3
_MOST_FILES = 20
_MAY_CHANGE = {"/Type", "/AcroForm", "/Perms", "/Annots", "/Extensions", "/Version"}
"""Keys of the catalogue and of the first page that a seal adds or touches."""

Certificates = Mapping[Role, Sequence[asn1_x509.Certificate]]
"""Trusted certificates, by what for."""


def inspect(pdf: bytes, trusted: Certificates) -> Inspection:
    """What is seen of a file. Raises what the library raises about files that it cannot read."""
    if b"%PDF-" not in pdf[:_HEAD]:
        return Inspection("no-pdf")
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    if reader.encrypted:
        return Inspection("encrypted")
    files = dict(_files(reader.root))
    return Inspection(
        seals=tuple(_seals(reader, pdf, trusted)),
        data=_data(files),
        files=tuple(files),
        language=str(_at(reader.root, "/Lang") or "")[:20],
        only_sealed=_only_sealed(reader),
    )


def _files(root: Any) -> Iterator[tuple[str, Any]]:
    """The files inside, by their names; name trees of our own documents have one level."""
    names = _at(root, "/Names", "/EmbeddedFiles", "/Names") or ()
    for place in range(1, min(len(names), 2 * _MOST_FILES), 2):
        found = names[place]
        name = str(_at(found, "/UF") or _at(found, "/F") or "")[:200]
        yield name, _at(found, "/EF", "/F")


def _at(holder: Any, *keys: str) -> Any:
    """What stands under the keys, references followed; ``None`` where a key is missing."""
    for key in keys:
        if not isinstance(holder, generic.DictionaryObject) or key not in holder:
            return None
        holder = holder[key]
    return holder


def _data(files: dict[str, Any]) -> str | None:
    stream = files.get(DATA_NAME)
    if not isinstance(stream, generic.StreamObject):
        return None
    data = stream.data
    return data.decode("utf-8", "replace") if len(data) <= MAX_DATA else None


def _seals(reader: PdfFileReader, pdf: bytes, trusted: Certificates) -> Iterator[Seal]:
    for found in list(reader.embedded_regular_signatures)[:_MOST_SEALS]:
        yield _seal(found, pdf, trusted)


def _seal(found: EmbeddedPdfSignature, pdf: bytes, trusted: Certificates) -> Seal:
    # One's own certificates are compared, and vouch for no others. Looking for harmless changes
    # takes seconds, and no change is harmless here.
    status = validate_pdf_signature(
        found, _context(trusted["known"]), _context(trusted["stampers"]), skip_diff=True
    )
    certificate = found.signer_cert
    stamp = status.timestamp_validity
    # Anybody can run an authority that confirms any time.
    is_stamped = bool(stamp and stamp.intact and stamp.valid and stamp.trusted)
    return Seal(
        is_intact=bool(status.intact and status.valid),
        covers_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and _is_one_hole(found, pdf),
        allows_nothing=found.docmdp_level is MDPPerm.NO_CHANGES,
        added=len(pdf) - _end(found),
        signer=_name_of(certificate),
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        is_self_made=certificate.issuer == certificate.subject,
        trust=_trust(certificate, status, trusted),
        claimed_at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if is_stamped and stamp else None,
        stamped_by=_name_of(stamp.signing_cert) if is_stamped and stamp else "",
    )


def _name_of(certificate: asn1_x509.Certificate) -> str:
    """What a certificate calls its holder, in one line."""
    facts = certificate.subject.native
    named = [str(facts[key]) for key in ("organization_name", "common_name") if key in facts]
    return (", ".join(dict.fromkeys(named)) or certificate.subject.human_friendly)[:200]


def _is_one_hole(found: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the bytes left out are the signature itself, as we write it, and no others."""
    start, length, again, _ = _range(found)
    content = found.pkcs7_content
    filling = content[len(cms.ContentInfo.load(content).dump()) :]
    hole = b"<" + hexlify(content).upper() + b">"
    return start == 0 and pdf[length:again] == hole and not filling.strip(b"\0")


def _range(found: EmbeddedPdfSignature) -> tuple[int, int, int, int]:
    """Which bytes are signed: two pieces, each by its start and its length."""
    start, length, again, rest = map(int, found.byte_range)
    return start, length, again, rest


def _end(found: EmbeddedPdfSignature) -> int:
    _, _, again, rest = _range(found)
    return again + rest


def _trust(
    certificate: asn1_x509.Certificate, status: PdfSignatureStatus, trusted: Certificates
) -> Trust:
    if certificate.dump() in [own.dump() for own in trusted["own"]]:
        return "own"
    is_known = certificate.dump() in [known.dump() for known in trusted["known"]]
    return "known" if is_known or status.trusted else "unknown"


def _context(roots: Sequence[asn1_x509.Certificate]) -> ValidationContext:
    return ValidationContext(trust_roots=list(roots), allow_fetching=False)


def _only_sealed(reader: PdfFileReader) -> bool:
    """Whether everything after the first state of the document adds nothing that is shown."""
    before = reader.get_historical_resolver(0)
    old_root, new_root = before.trailer_view["/Root"], reader.root
    old_page, new_page = _first_page(old_root), _first_page(new_root)
    allowed = {before.root_ref, _first_page_ref(old_root)}
    for revision in range(1, reader.total_revisions):
        for ref in reader.xrefs.explicit_refs_in_revision(revision):
            if ref not in allowed and reader.xrefs.get_introducing_revision(ref) == 0:
                return False
    same_root = _kept(old_root) == _kept(new_root)
    fields = _at(new_root, "/AcroForm", "/Fields") or ()
    return same_root and _kept(old_page) == _kept(new_page) and len(fields) <= 1


def _kept(holder: Any) -> dict[str, str]:
    """What a dictionary says, references as they are written, but for what a seal touches."""
    return {key: repr(holder.raw_get(key)) for key in holder if key not in _MAY_CHANGE}


def _first_page_ref(root: Any) -> Any:
    return root["/Pages"]["/Kids"].raw_get(0).reference


def _first_page(root: Any) -> Any:
    return root["/Pages"]["/Kids"][0]


def read_certificates(data: bytes) -> Certificates:
    """The certificates that the other side trusts, as it wrote them."""
    return {role: list(_certificates(texts)) for role, texts in json.loads(data).items()}


def _certificates(texts: Sequence[str]) -> Iterator[asn1_x509.Certificate]:
    for text in texts:
        with contextlib.suppress(ValueError):
            _, _, raw = pem.unarmor(text.encode())
            yield asn1_x509.Certificate.load(raw, strict=True)


def main() -> None:
    """Read, look, tell."""
    logging.disable(logging.CRITICAL)  # What the library reports could quote the file.
    fence.leave_network()
    fence.enclose_child(os.getppid())
    trusted = read_certificates(_read_part())
    pdf = _read_part()
    try:
        seen = inspect(pdf, trusted)
    except MemoryError:
        seen = Inspection("too-heavy")
    except Exception:  # noqa: BLE001  # A file may be broken in any way there is.
        seen = Inspection("damaged")
    sys.stdout.buffer.write(msgspec.json.encode(seen))
    sys.stdout.buffer.flush()
    os._exit(0)


def _read_part() -> bytes:
    """The next part of the input: its length in eight bytes, and then itself."""
    length = int.from_bytes(sys.stdin.buffer.read(8), "big")
    return sys.stdin.buffer.read(length)


if __name__ == "__main__":
    main()
