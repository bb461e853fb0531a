"""Whatever markup a careless template let through: a reason or a harmless PDF, and no call out."""

import io

import pikepdf
import pytest

from riskq.report import Renderer, RenderError
from tests.marks import some_quickly
from tests.report.conftest import Host
from tests.report.documents import make_job, wrap

PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAATiAAAE4gAQAAAABtZPIpAAAACklEQVR4nGNgAAAAAgABSK+kcQAA"
    "AABJRU5ErkJggg=="
)
SVG_HTTP = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{host}'/></svg>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">{}</svg>'
BOMB = "".join(
    f'<g id="g{level}">{f"<use href=#g{level - 1} />" * 10}</g>' for level in range(1, 7)
)
ENTITIES = "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
TABLE = "<table><tbody><tr><td>"

REFUSED_ASSETS = {
    "attached file": '<link rel="attachment" href="file:///etc/passwd">',
    "picture from a host": '<img src="{host}" alt="x">',
    "picture from a file": '<img src="file:///etc/passwd" alt="x">',
    "style from a host": '<link rel="stylesheet" href="{host}">',
    "background from a host": "<style>body {{ background: url({host}) }}</style>",
    "font from a host": "<style>@font-face {{ font-family: x; src: url({host}) }}</style>",
    "import from a host": "<style>@import '{host}';</style>",
    "drawing inside a drawing": f'<img alt="x" src="{SVG_HTTP}">',
    "drawing with a picture": SVG.format('<image href="{host}"/>'),
    "drawing of a million parts": SVG.format('<g id="g0"><path d="M0 0h1"/></g>' + BOMB),
    "huge picture": f'<img alt="x" src="{PNG}">',
    "frame": '<iframe src="{host}"></iframe>',
    "object": '<object data="{host}"></object>',
    "embedded thing": '<embed src="{host}">',
    "script": "<script>fetch('{host}')</script>",
    "other base": '<base href="{host}"><p>x</p>',
    "page of six millimetres": "<style>@page {{ size: 6mm }}</style><p>" + "сөз " * 25_000,
}
INVALID = {
    "link that attaches a file": '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "link to a file": '<a href="file:///etc/passwd">x</a>',
    "link that runs": '<a href="javascript:alert(1)">x</a>',
    "thousand columns": '<p style="columns: 1000">x</p>',
    "absurd length": '<p style="margin: 1e12px">x</p>',
    "absurd drawing": SVG.format('<rect width="1e12" height="9"/>'),
    "drawing that fetches its fill": SVG.format('<rect fill="url({host})" width="9"/>'),
    "foreign markup in a drawing": SVG.format("<foreignObject><p>x</p></foreignObject>"),
    "million columns": "<table><tr><td colspan=1000000>x</td></tr></table>",
    "old attribute": '<table background="{host}"><tr><td>x</td></tr></table>',
    "form": '<form action="{host}"><input name="x"></form>',
    "forwarding": '<meta http-equiv="refresh" content="0;url={host}"><p>x</p>',
    "formula": "<math><mi>x</mi></math>",
}
TOO_BIG = {
    "three thousand levels": "<div>" * 3000 + "x",
    "sixty nested tables": TABLE * 60 + "x",
    "too many elements": "<br>" * 20_001,
}
HARMLESS = {
    "entities that multiply": f"<!DOCTYPE x [{ENTITIES}]><p>&b;</p>",
    "text that turns": "<p>\u202egnp.exe\u202c \u2066x\u2069</p>",
    "letters of other scripts": "<p>中文 العربية עברית 👩\u200d🚀 हिन्दी</p>",
    "controls and halves of letters": "<p>\x01\x08\ud800\udfff\ufffe</p>",
    "comment that never ends": "<p>x</p><!-- ",
    "long word": f"<p>{'ы' * 10_000}</p>",
    "long word in a table": f"<table><tr><td>{'ы' * 5_000}</td><td>x</td></tr></table>",
    "wide drawing": SVG.format("<title>x</title>").replace("90", "999999"),
}


def check_harmless(pdf: bytes) -> None:
    """Fails if the PDF carries a file, runs something, or leads out of the document."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments
        assert "/AA" not in opened.Root
        assert "/OpenAction" not in opened.Root
        for page in opened.pages:
            assert "/Annots" not in page
    assert b"root:" not in pdf


@pytest.mark.parametrize("name", REFUSED_ASSETS)
def test_a_document_that_asks_for_anything_is_refused(
    renderer: Renderer, host: Host, name: str
) -> None:
    body = REFUSED_ASSETS[name].format(host=host.address)
    with pytest.raises(RenderError) as caught:
        renderer.render(make_job(wrap(body)))
    assert caught.value.reason == "refused-asset"
    assert not host.was_called()


@pytest.mark.parametrize("name", INVALID)
def test_unknown_markup_is_refused(renderer: Renderer, host: Host, name: str) -> None:
    body = INVALID[name].format(host=host.address)
    with pytest.raises(RenderError) as caught:
        renderer.render(make_job(wrap(body)))
    assert caught.value.reason == "invalid"
    assert not host.was_called()


@pytest.mark.parametrize("name", TOO_BIG)
def test_a_document_too_deep_or_too_rich_is_refused(renderer: Renderer, name: str) -> None:
    with pytest.raises(RenderError) as caught:
        renderer.render(make_job(wrap(TOO_BIG[name])))
    assert caught.value.reason == "too-big"


@pytest.mark.parametrize("name", some_quickly(HARMLESS, 4))
def test_odd_text_gives_a_harmless_document(renderer: Renderer, name: str) -> None:
    check_harmless(renderer.render(make_job(wrap(HARMLESS[name]))))


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        f"<p>{'сөз ' * 120_000}</p>",
        f"<p>{'ы' * 450_000}</p>",
        '<p class="document-page">x</p>' * 5_000,
        f"<table><tr>{'<td>x</td>' * 9_000}</tr></table>",
        TABLE * 14 + "сөз " * 5_000,
        "<ul><li>x" * 29,
        f"<table class='answers'>{'<tr><td>сөз</td><td>x</td></tr>' * 6_000}</table>",
    ],
    ids=["text", "word", "pages", "columns", "nested tables", "nested lists", "rows"],
)
def test_a_document_that_is_only_large_ends_in_time_and_the_next_one_is_made(
    renderer: Renderer, body: str
) -> None:
    try:
        check_harmless(renderer.render(make_job(wrap(body))))
    except RenderError as error:
        assert error.reason in {"too-long", "too-big"}  # noqa: PT017  # Both ends are right.
    assert renderer.render(make_job(wrap("<p>Ә</p>"))).startswith(b"%PDF")
