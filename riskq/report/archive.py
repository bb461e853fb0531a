"""Makes one file both PDF/A-3a (archives) and PDF/UA-1 (people who use a screen reader).

The typesetter writes the marks of one standard at a time. It is asked for PDF/A-3a, and its
metadata is then completed with the mark of PDF/UA-1 and the description that PDF/A demands for a
property which its own lists do not know (ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

VARIANT = "pdf/a-3a"

_PART = (
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
    ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
)
_PROPERTY = (
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>The part of ISO 14289 that the file follows"
    "</pdfaProperty:description>"
)
_SCHEMA = (
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    f"{_PROPERTY}</rdf:li></rdf:Seq></pdfaSchema:property>"
)
_EXTENSION = (
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
    ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    f"{_SCHEMA}</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


@dataclass
class _Packed:
    """An object of the PDF that nothing changes any more, with its bytes.

    The library makes the bytes of each object twice: to write them, and for the identifier.
    """

    number: int
    generation: int
    free: str
    compressible: bool
    data: bytes
    offset: int = 0

    @property
    def indirect(self) -> bytes:
        """The object as the file has it."""
        return b"%d %d obj\n%b\nendobj" % (self.number, self.generation, self.data)


def has_ambiguous_end(pdf: bytes) -> bool:
    """Whether a stream ends in a carriage return, so that its length can be read in two ways."""
    return b"\r\nendstream" in pdf


def finish(_document: Any, pdf: Any, blanks: int = 0) -> None:
    """Completes the PDF in place: the typesetter's last step calls this.

    ``blanks`` are added to an object, where they say nothing: they change the streams that the
    library packs after this, the one that holds objects and the one that tells where they are.
    """
    _mark_accessible(pdf)
    files = pdf.catalog.get("AF")
    if files:
        # The library names each attached file twice.
        pdf.catalog["AF"] = type(files)(dict.fromkeys(files))
    packed = [item if item.free == "f" else _pack(item) for item in pdf.objects]
    next(item for item in packed if item.free != "f" and item.compressible).data += b" " * blanks
    pdf.objects[:] = packed


def _pack(item: Any) -> _Packed:
    """The object with its bytes, which are compressed if it wants that and if they may be."""
    if getattr(item, "compress", False):
        item.compress = False
        _, _, plain = item.data.removesuffix(b"\nendstream").partition(b"\nstream\n")
        item.stream, item.compress = [plain], not _ends_like_a_line(plain)
    return _Packed(item.number, item.generation, item.free, item.compressible, item.data)


def _ends_like_a_line(plain: bytes) -> bool:
    """Whether the data would end in a carriage return once they are packed.

    A strict reader takes that and the line feed after it for one end of a line, and the length that
    is told for one too many (ISO 19005-3, 6.1.7.1). Packed data end with their checksum.
    """
    return zlib.adler32(plain) & 0xFF == ord("\r")


def _mark_accessible(pdf: Any) -> None:
    """Adds the mark of PDF/UA-1 to the metadata."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    xml = b"".join(metadata.stream)
    end = xml.rindex(b"</rdf:RDF>")
    metadata.stream = [xml[:end] + f"{_PART}{_EXTENSION}".encode() + xml[end:]]
    metadata.compress = False  # Archives read the metadata without knowing PDF's filters.
