"""Even markup that never met the gate gets nothing but our own assets."""

import pytest

from riskq.report.assets import AssetFetcher, RefusedAssetError, make_assets, read_sheets
from riskq.report.weasy import CSS, HTML
from tests.report.conftest import Host
from tests.report.documents import wrap

BODIES = (
    '<img src="{}">',
    '<p style="background: url({})">x</p>',
    "<style>@import url({});</style>",
    '<link rel="stylesheet" href="{}">',
    '<object data="{}"></object>',
)


@pytest.fixture
def fetcher() -> AssetFetcher:
    return AssetFetcher(make_assets(read_sheets()))


def test_our_style_sheets_are_found(fetcher: AssetFetcher) -> None:
    assert b"--ink" in fetcher.fetch("riskq-asset:tokens.css").read()
    assert CSS(url="riskq-asset:print.css", url_fetcher=fetcher)


def test_the_values_of_our_tokens_stand_in_the_style_sheets() -> None:
    assets = make_assets(read_sheets())
    assert [name for name, text in assets.items() if b"var(" in text] == []
    assert b"color: #16242b" in assets["print.css"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "data:text/plain,x",
        "ftp://127.0.0.1/x",
        "riskq-asset:../pyproject.toml",
        "riskq-asset:",
        "RISKQ-ASSET:tokens.css",
        "tokens.css",
    ],
)
def test_nothing_else_is_found(fetcher: AssetFetcher, address: str) -> None:
    with pytest.raises(RefusedAssetError):
        fetcher(address)


@pytest.mark.parametrize("body", BODIES)
def test_a_refusal_stops_the_document_before_any_call(
    fetcher: AssetFetcher, host: Host, body: str
) -> None:
    document = HTML(string=wrap(body.format(host.address)), url_fetcher=fetcher)
    with pytest.raises(RefusedAssetError):
        document.write_pdf()
    assert not host.was_called()


def test_a_picture_in_a_drawing_is_not_called_either(fetcher: AssetFetcher, host: Host) -> None:
    # The typesetter takes the refusal for a broken drawing here, and leaves the drawing out.
    body = f'<svg><image href="{host.address}"/></svg>'
    assert HTML(string=wrap(body), url_fetcher=fetcher).write_pdf()
    assert not host.was_called()
