"""Turns checked HTML into a PDF with WeasyPrint, with our style sheets and our fonts alone.

This module and ``assets`` are the only ones that use WeasyPrint (70 MB, half a second), and
only the typesetting process and its children import this module.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import UTC
from functools import partial
from typing import Any

from fontTools.ttLib import TTFont
from msgspec import Struct
from msgspec.structs import replace

from riskq.brand import NO_BRAND, Brand
from riskq.report.archive import VARIANT, finish, has_ambiguous_end
from riskq.report.assets import (
    LETTERHEAD,
    SCHEME,
    SHEETS,
    AssetFetcher,
    RefusedAssetError,
    make_assets,
    read_sheets,
)
from riskq.report.gate import check_document
from riskq.report.job import DATA_NAME, RenderError, RenderJob
from riskq.report.letters import spell_out_missing, strip_controls
from riskq.report.weasy import (
    CSS,
    FONTS,
    HTML,
    Attachment,
    FontConfiguration,
    harfbuzz_subset,
    own_fonts,
)

log = logging.getLogger(__name__)

_MOST_BLANKS = 8


class Typesetter(Struct, frozen=True):
    """All that documents share: fonts, parsed style sheets, assets, and the letters we have.

    ``written`` are the style sheets as text, for documents of a brand.
    """

    fonts: Any
    written: Mapping[str, str]
    sheets: tuple[Any, ...]
    fetcher: AssetFetcher
    covered: frozenset[str]


def load_typesetter() -> Typesetter:
    """Reads everything that documents share; raises OSError when a file is missing."""
    if harfbuzz_subset is None:
        log.warning(
            "The library harfbuzz-subset is missing, so reports take several times longer. "
            "On Debian install the package libharfbuzz-subset0."
        )
    fonts = load_fonts()
    written = read_sheets()
    fetcher = AssetFetcher(make_assets(written))
    sheets = _parse(SHEETS, fetcher, fonts)
    return Typesetter(fonts, written, sheets, fetcher, _read_covered())


def _parse(names: tuple[str, ...], fetcher: AssetFetcher, fonts: Any) -> tuple[Any, ...]:
    return tuple(CSS(url=SCHEME + name, url_fetcher=fetcher, font_config=fonts) for name in names)


def _dress(typesetter: Typesetter, brand: Brand) -> Typesetter:
    """What documents of a brand are made with: its colour, its logo, and a place for its name."""
    if brand == NO_BRAND:
        return typesetter
    fetcher = AssetFetcher(make_assets(typesetter.written, brand))
    if brand.colour:
        sheets = _parse((*SHEETS, LETTERHEAD), fetcher, typesetter.fonts)
    else:
        sheets = (*typesetter.sheets, *_parse((LETTERHEAD,), fetcher, typesetter.fonts))
    return replace(typesetter, sheets=sheets, fetcher=fetcher)


def load_fonts() -> Any:
    """A font configuration that knows our three fonts and no other."""
    with own_fonts():
        return FontConfiguration()


def _read_covered() -> frozenset[str]:
    """The letters that all our fonts have."""
    tables = []
    for path in FONTS:
        with TTFont(path, lazy=True) as font:
            tables.append({chr(code) for code in font.getBestCmap()})
    return frozenset(set.intersection(*tables))


def typeset(job: RenderJob, typesetter: Typesetter) -> bytes:
    """The PDF of the job; raises RenderError with the reason when there can be none."""
    typesetter = _dress(typesetter, job.brand)
    html = HTML(string=job.html, url_fetcher=typesetter.fetcher)
    root = html.etree_element
    check_document(root)
    spell_out_missing(root, typesetter.covered)
    root.set("lang", job.language)
    try:
        return _write(html, job, typesetter)
    except RefusedAssetError as refusal:
        text = f"The document asks for {refusal}, which is not an asset of ours."
        raise RenderError("refused-asset", text) from None
    except (MemoryError, RecursionError):
        raise RenderError("too-big", "The document needs too much memory. Shorten it.") from None


def _write(html: Any, job: RenderJob, typesetter: Typesetter) -> bytes:
    """Lays the document out and writes it, with the job's metadata and no other."""
    # Digits, because the library writes bytes as they are, and a bracket would break the file.
    options = {"pdf_variant": VARIANT, "pdf_identifier": job.identifier.hex().encode()}
    document = html.render(
        font_config=typesetter.fonts, stylesheets=list(typesetter.sheets), **options
    )
    facts = document.metadata
    created = job.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    facts.title, facts.lang, facts.generator = strip_controls(job.title), job.language, "riskq"
    facts.created = facts.modified = created
    facts.custom = {}
    for page in document.pages:
        page.links = [link for link in page.links if link[0] != "attachment"]
    written = b""
    # The library packs its last streams by itself. Where one ends like a line, blanks change it.
    for blanks in range(_MOST_BLANKS):
        facts.attachments = list(_attachments(job))
        written = bytes(document.write_pdf(finisher=partial(finish, blanks=blanks), **options))
        if not has_ambiguous_end(written):
            break
    return written


def _attachments(job: RenderJob) -> Iterator[Any]:
    """The data of the job as a file in the document; documents themselves can attach nothing."""
    if job.data:
        yield Attachment(
            string=job.data,
            name=DATA_NAME,
            description=strip_controls(job.data_about) or DATA_NAME,
            relationship="Data",
            created=job.created.astimezone(UTC),
            modified=job.created.astimezone(UTC),
        )
