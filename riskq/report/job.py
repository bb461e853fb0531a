"""What is asked of the renderer, how it may refuse, and how both travel between processes.

A job goes as one JSON frame over its own socket pair; back come a start mark and then the PDF or
a refusal. Nothing here imports the typesetting library, so a page worker can afford it.
"""

from __future__ import annotations

import json
import socket
import struct
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import asdict

from riskq.brand import NO_BRAND, Brand, brand_form, read_brand
from riskq.errors import RiskqError

Reason = Literal["too-long", "too-big", "crashed", "busy", "refused-asset", "invalid"]
REASONS: tuple[Reason, ...] = get_args(Reason)

MAX_HTML = 1_000_000  # Bytes; a report of a hundred answers has about 200,000.
MAX_PDF = 32_000_000  # Bytes; a report has about 100,000.
MAX_TITLE = 500  # Characters.
DATA_NAME = "assessment.json"
MAX_DATA = 1_000_000  # Bytes; the data of a report have about 50,000.

_HEADER = struct.Struct("!cI")


class RenderError(RiskqError):
    """No PDF was made: ``reason`` is for programs, ``text`` says what happened and what to do."""

    def __init__(self, reason: Reason, text: str) -> None:
        self.reason: Reason = reason
        self.text = text
        super().__init__(f"{reason}: {text}")


class Kind(Enum):
    """What a frame holds."""

    JOB = b"J"
    STARTED = b"S"
    PDF = b"P"
    REFUSED = b"E"


class RenderJob(Struct, frozen=True):
    """A document to be made: the same job always gives the same bytes.

    ``html`` is a whole document of the elements that ``riskq.report.gate`` lets through.
    ``language`` is the language of the document ("kk"); ``identifier`` has 16 bytes and names the
    document; ``created`` has a time zone and becomes the document's only date. ``data`` is JSON
    text that the document carries as a file of its own, ``data_about`` what a reader of PDFs says
    of that file; without data there is none. ``seal_about`` is what it calls the field of the seal,
    which is not part of the document yet. ``brand`` gives its colour, and its logo where the
    document has a place for one.
    """

    html: str
    title: str
    language: str
    identifier: bytes
    created: datetime
    data: str = ""
    data_about: str = ""
    seal_about: str = ""
    brand: Brand = NO_BRAND

    def __post_init__(self) -> None:
        """Refuses what could not become a valid document, with every fault at once."""
        faults = list(_find_faults(self))
        if faults:
            raise RenderError("invalid", " ".join(faults))
        for text, limit in ((self.html, MAX_HTML), (self.data, MAX_DATA)):
            if len(text.encode("utf-8", "replace")) > limit:
                raise RenderError(
                    "too-big", f"The document has more than {limit} bytes. Shorten it."
                )


def _find_faults(job: RenderJob) -> list[str]:
    """A sentence for every field that cannot be used."""
    checks = (
        (not 0 < len(job.title) <= MAX_TITLE, f"title: give 1 to {MAX_TITLE} characters."),
        (not job.language.isascii() or not job.language, "language: give a tag such as kk."),
        (len(job.identifier) != 16, "identifier: give exactly 16 bytes."),
        (job.created.tzinfo is None, "created: give a time with a time zone."),
    )
    return [sentence for is_wrong, sentence in checks if is_wrong]


def document_identifier(name: str, brand: Brand) -> bytes:
    """What names a document in 16 bytes; of the same name in another brand it is another one."""
    told = name if brand == NO_BRAND else f"{name}:{json.dumps(brand_form(brand), sort_keys=True)}"
    return sha256(told.encode()).digest()[:16]


def encode_job(job: RenderJob) -> bytes:
    """The job as JSON; lone surrogates, which no file can hold, become question marks."""
    fields = asdict(job) | {
        "identifier": job.identifier.hex(),
        "created": job.created.astimezone(UTC).isoformat(),
        "brand": brand_form(job.brand),
    }
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")


def decode_job(data: bytes) -> RenderJob:
    """The job of which ``encode_job`` made these bytes."""
    fields = json.loads(data)
    return RenderJob(
        html=fields["html"],
        title=fields["title"],
        language=fields["language"],
        identifier=bytes.fromhex(fields["identifier"]),
        created=datetime.fromisoformat(fields["created"]),
        data=fields["data"],
        data_about=fields["data_about"],
        seal_about=fields["seal_about"],
        brand=read_brand(fields["brand"]),
    )


def encode_refusal(error: RenderError) -> bytes:
    """The error as JSON."""
    return json.dumps({"reason": error.reason, "text": error.text}).encode()


def decode_refusal(data: bytes) -> RenderError:
    """The error of which ``encode_refusal`` made these bytes."""
    fields = json.loads(data)
    known: dict[str, Reason] = {reason: reason for reason in REASONS}
    return RenderError(known.get(fields["reason"], "crashed"), str(fields["text"]))


def send_frame(wire: socket.socket, kind: Kind, payload: bytes = b"") -> None:
    """Writes one frame; raises OSError when the other side is gone or too slow."""
    wire.sendall(_HEADER.pack(kind.value, len(payload)) + payload)


def receive_frame(wire: socket.socket, limit: int = MAX_PDF) -> tuple[Kind, bytes]:
    """Reads one frame; raises EOFError when the other side ends before it is complete."""
    mark, length = _HEADER.unpack(_receive_exactly(wire, _HEADER.size))
    if length > limit:
        raise RenderError("too-big", f"The document made has more than {limit} bytes. Shorten it.")
    return Kind(mark), _receive_exactly(wire, length)


def _receive_exactly(wire: socket.socket, count: int) -> bytes:
    """Exactly ``count`` bytes of the stream."""
    received = bytearray()
    while len(received) < count:
        piece = wire.recv(min(count - len(received), 1 << 18))
        if not piece:
            raise EOFError("The other process ended.")
        received += piece
    return bytes(received)
