"""The only files a document may refer to: our own, by the private scheme ``riskq-asset:``.

They are read once, from a fixed list, when the typesetting process starts. A brand adds its logo,
which was cleaned. Everything else that a document asks for (files, hosts, inline data) is refused,
and the refusal stops the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from riskq.brand import NO_BRAND, Brand, colour_tokens
from riskq.report.warm import ROOT
from riskq.report.weasy import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "riskq-asset:"
STATIC = ROOT / "static"
SHEETS = ("tokens.css", "print.css", "form.css")
LETTERHEAD = "letterhead.css"
TYPES = dict.fromkeys((*SHEETS, LETTERHEAD), "text/css; charset=utf-8") | {
    "logo.png": "image/png",
    "logo.svg": "image/svg+xml",
}

_LOGO_HEIGHT, _LOGO_WIDTH = 10.0, 60.0

_DEFINED, _USED = re.compile(r"(--[\w-]+):\s*([^;]+);"), re.compile(r"var\((--[\w-]+)\)")


class RefusedAssetError(FatalURLFetchingError):  # type: ignore[misc]  # The library has no types.
    """A document asked for something that is not ours; a BaseException, so nothing swallows it."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # The library has no types.
    """Answers requests for our assets from memory and refuses all others."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        """Keeps the assets, by their names below ``static/``."""
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._assets = dict(assets)

    def fetch(
        self,
        url: str,
        headers: object = None,  # noqa: ARG002 - The library gives headers; files have no use for them.
    ) -> URLFetcherResponse:
        """The asset; raises RefusedAssetError for any other address."""
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in self._assets:
            raise RefusedAssetError(url[:100])
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": TYPES[name]})


def read_sheets() -> dict[str, str]:
    """Every style sheet as it is written, by name; raises OSError when a file is missing."""
    return {name: (STATIC / name).read_text("utf-8") for name in (*SHEETS, LETTERHEAD)}


def make_assets(sheets: Mapping[str, str], brand: Brand = NO_BRAND) -> dict[str, bytes]:
    """Every asset that documents of a brand may ask for, by name.

    The typesetter works a ``var()`` out anew for every element that it meets, so the style sheets
    get the values of ``tokens.css`` here, once, or of the brand. A name that neither defines stays
    as it is.
    """
    values = dict(_DEFINED.findall(sheets["tokens.css"])) | colour_tokens(brand.colour)
    assets = {
        name: _USED.sub(lambda use: values.get(use[1], use[0]), text).encode()
        for name, text in sheets.items()
    }
    if brand.logo is not None:
        name = f"logo{brand.logo.suffix}"
        width = min(_LOGO_WIDTH, _LOGO_HEIGHT * brand.logo.ratio)
        rule = f".letterhead-logo {{ width: {width:.2f}mm; background-image: url({SCHEME}{name}) }}"
        assets[name] = brand.logo.body
        assets[LETTERHEAD] += rule.encode()
    return assets
