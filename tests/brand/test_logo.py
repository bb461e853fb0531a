"""A logo is a picture and nothing else: what could load, run, hide or grow is refused by name."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from riskq.brand import BrandError, read_logo
from tests.brand.pictures import SIGNATURE, SVG, chunk, png, svg

CLIP = '<clipPath id="a">{}</clipPath>'
STOPS = '<linearGradient id="a">{}</linearGradient>'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def refusal(body: bytes) -> str:
    """Everything that is said of a picture that is no logo."""
    with pytest.raises(BrandError) as caught:
        read_logo(body, "LOGO")
    problems = caught.value.problems
    assert all(problem.where == "LOGO" and problem.mend for problem in problems)
    return str(caught.value)


def saved(mode: str, **options: object) -> bytes:
    """A picture as a program for pictures writes it."""
    made = io.BytesIO()
    Image.new(mode, (13, 7)).save(made, "PNG", **options)
    return made.getvalue()


def test_a_drawing_is_written_anew_and_then_stays_as_it_is() -> None:
    logo = read_logo(SVG, "LOGO")
    assert (logo.type, logo.ratio, logo.suffix) == ("image/svg+xml", 3, ".svg")
    assert logo.body.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="32"')
    assert read_logo(logo.body, "LOGO") == logo


def test_comments_and_blanks_fall_away_and_texts_stay_escaped() -> None:
    drawing = svg("<!-- x --> <title>A &lt;b&gt; &amp; C&#13;</title>\n<g id='a'/>")
    body = read_logo(b"<?xml version='1.0' encoding='utf-8'?>\n" + drawing, "LOGO").body
    assert b"<title>A &lt;b&gt; &amp; C&#13;</title><g " in body
    assert read_logo(body, "LOGO").body == body


@pytest.mark.parametrize(
    ("attributes", "ratio"),
    [
        ('viewBox="0 0 8 4" width="100%" height="5mm"', 2),
        ('width="30px" height="10"', 3),
        ('viewBox="-1,-1,2.5,2.5"', 1),
    ],
)
def test_every_drawing_says_its_size_in_one_way(attributes: str, ratio: float) -> None:
    assert read_logo(svg("<g/>", attributes), "LOGO").ratio == ratio


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<image href="http://example.kz/x.png"/>', "<image>"),
        ('<use href="#a"/>', "<use>"),
        ("<style>@import 'x'</style>", "<style>"),
        ("<foreignObject><p/></foreignObject>", "<foreignObject>"),
        ("<text>x</text>", "<text>"),
        ("<a/>", "<a>"),
        ("<animate/>", "<animate>"),
        ("<set attributeName='href'/>", "<set>"),
        ("<filter/>", "<filter>"),
        ("<pattern/>", "<pattern>"),
        ("<mask/>", "<mask>"),
        ("<symbol/>", "<symbol>"),
        ("<marker/>", "<marker>"),
        ("<svg/>", "<svg>"),
        ('<x:g xmlns:x="http://example.kz/"/>', "<g>"),
        ('<g xmlns=""/>', "<g>"),
        ('<g onload="x()"/>', "onload"),
        ('<g style="fill: red"/>', "style"),
        ('<g class="a"/>', "class"),
        (f'<g {XLINK} xlink:href="javascript:x()"/>', "href"),
        (f'<g {XLINK} xlink:fill="red"/>', "fill"),
        ('<linearGradient href="#a"/>', "href"),
        ('<linearGradient spreadMethod="repeat"/>', "spreadMethod"),
        ('<g filter="url(#a)"/>', "filter"),
        ('<g fill="url(http://example.kz/#a)"/>', "http://example.kz"),
        ('<g fill="url(data:x#a)"/>', "data:x"),
        ('<g fill="url(#a) url(x)"/>', "url(x)"),
        ('<g fill="u&#x72;l(x)"/>', "url(x)"),
        ('<g clip-path="url(x)"/>', "clip-path"),
        ('<g fill="\\75rl(x)"/>', "75rl"),
        ('<g fill="var(--x)"/>', "var"),
        ('<rect width="1e9"/>', "1e9"),
        ('<rect width="9999999"/>', "9999999"),
        ('<path d="M0 0L9999999 0"/>', "d="),
        ('<path d="M0 0L1e5 0"/>', "d="),
        ('<path d="M0 0 url(x)"/>', "d="),
        ('<g transform="rotate(1"/>', "transform"),
        ("<g>text</g>", "text at <g>"),
        ("<?php x ?>", "php"),
        ("<title>" + "x" * 501 + "</title>", "a text of over 500"),
    ],
)
def test_what_a_logo_may_not_hold_is_named(inside: str, named: str) -> None:
    assert named in refusal(svg(inside))


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("<g id='&b;'/>"), "DOC"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + svg(), "DOCTYPE"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"), "DOCTYPE"),
        (b"<?xml-stylesheet href='x'?>" + svg(), "xml-stylesheet"),
        (svg("&a;"), "undefined entity"),
        (svg("<g>"), "mismatched tag"),
        (b"<html/>", "<html>"),
        (b"<svg/>", "<svg>"),
        (b"GIF89a", "neither"),
        (b"", "neither"),
        (b"\xff\xfe<\0", "neither"),
        (b'<?xml version="1.0" encoding="utf-7"?>' + svg(), "neither"),
        (svg("", ""), "how large"),
        (svg("", 'viewBox="0 0 0 9"'), "how large"),
        (svg("", 'width="50%" height="50%"'), "how large"),
        (svg("", 'viewBox="0 0 100 1"'), "longer one way"),
        (svg("<g>" * 20 + "</g>" * 20), "deep"),
        (svg("<g/>" * 2000), "2000 elements"),
        (svg(CLIP.format("<g/>" * 50) + '<g clip-path="url(#a)"/>' * 90), "intricate"),
        (svg(STOPS.format("<stop/>" * 200) + '<g fill="url(#a)"/>' + "<g/>" * 99), "intricate"),
        (svg(STOPS.format("<stop/>" * 200) + '<path fill="url(#a)"/>' * 101), "intricate"),
        (svg('<clipPath id="a"><g clip-path="url(#a)"/></clipPath>'), "cuts"),
        (svg("<!-- " + "x" * 1_000_000 + " -->"), "1000000 bytes"),
        (svg('<path d="' + "M0 0" * 30_000 + '"/>'), "at most 100000"),
    ],
)
def test_what_is_no_small_drawing_is_refused(body: bytes, named: str) -> None:
    assert named in refusal(body)


def test_what_a_logo_needs_of_gradients_and_cuts_passes() -> None:
    cuts = CLIP.format("<rect/>" * 50) + '<g clip-path="url(#a)"/>' * 50
    shades = STOPS.format("<stop/>" * 40) + '<path fill="url(#a)"/>' * 300
    for inside in (cuts, shades):
        assert read_logo(svg(inside), "LOGO").ratio == 1


def test_all_faults_of_a_drawing_are_told_at_once_but_not_without_end() -> None:
    told = refusal(svg('<script/><g style="x" onclick="y"/>' + "<a1/><a2/>")).splitlines()
    assert len(told) == 5
    assert len(refusal(svg("".join(f"<x{n}/>" for n in range(99)))).splitlines()) == 12


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_pictures_of_every_kind_pass_and_stay_as_they_are(mode: str) -> None:
    body = saved(mode)
    logo = read_logo(body, "LOGO")
    assert (logo.type, logo.ratio) == ("image/png", 13 / 7)
    assert Image.open(io.BytesIO(logo.body)).tobytes() == Image.open(io.BytesIO(body)).tobytes()
    assert read_logo(logo.body, "LOGO") == logo


def test_a_palette_with_holes_and_an_interlaced_picture_pass() -> None:
    assert b"tRNS" in read_logo(saved("P", transparency=0), "LOGO").body
    packed = zlib.compress(b"".join((b"\0" + bytes(w)) * h for w, h in interlaced(5, 7)))
    head = chunk(b"IHDR", struct.pack(">II", 5, 7) + b"\x08\0\0\0\x01")
    body = SIGNATURE + head + chunk(b"IDAT", packed) + chunk(b"IEND")
    Image.open(io.BytesIO(body)).load()
    assert read_logo(body, "LOGO").body == body


def interlaced(width: int, height: int) -> list[tuple[int, int]]:
    """Columns and rows of each pass, counted pixel by pixel."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2)]
    sizes = [
        (len(range(x, width, dx)), len(range(y, height, dy)))
        for x, y, dx, dy in [*passes, (0, 1, 1, 2)]
    ]
    return [(columns, rows) for columns, rows in sizes if columns]


def test_what_is_not_the_picture_is_left_out_of_it() -> None:
    noise = (
        chunk(b"tEXt", b"Author\0Somebody") + chunk(b"eXIf", b"place") + chunk(b"acTL", bytes(8))
    )
    assert read_logo(png(between=noise) + b"<script>", "LOGO").body == png()


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (png((2001, 1)), "2001 × 1 pixels"),
        (png((1, 2001)), "1 × 2001 pixels"),
        (SIGNATURE + chunk(b"IHDR", b"\xff" * 13) + chunk(b"IEND"), "pixels"),
        (png((0, 1)), "0 × 1"),
        (png(head=b"\x10\x02\0\0\0"), "16 bits"),
        (png(head=b"\x08\x05\0\0\0"), "head"),
        (png(head=b"\x08\x02\0\0\x02"), "head"),
        (png(head=b"\x08\x03\0\0\0"), "palette"),
        (png(head=b"\x08\x06\0\0\0"), "more rows or fewer"),
        (png()[:-6], "cut off"),
        (png()[:40], "cut off"),
        (SIGNATURE, "cut off"),
        (png().replace(b"IDAT", b"IDaT"), "checksum"),
        (SIGNATURE + png()[33:], "no head"),
        (SIGNATURE + chunk(b"IEND"), "no head"),
        (png(between=chunk(b"PLTE", b"1234")), "palette"),
        (png(between=chunk(b"tRNS", b"1")), "transparency"),
        (png(between=chunk(b"IDAT", b"x") + chunk(b"PLTE", b"123")), "order"),
        (png(between=chunk(b"PLTE", b"123") * 2), "twice"),
        (png(between=chunk(b"NEWS", b"x")), "no standard"),
        (png(between=chunk(b"IDAT", zlib.compress(b"\0" * 50_000_000))), "rows"),
        (png(between=chunk(b"IDAT", b"x")), "unpacked"),
    ],
)
def test_a_png_that_is_not_what_it_says_is_refused(body: bytes, named: str) -> None:
    assert named in refusal(body)


def test_a_row_in_no_known_way_is_refused() -> None:
    packed = zlib.compress(b"\x05" + bytes(3))
    head = chunk(b"IHDR", struct.pack(">II", 1, 1) + b"\x08\x02\0\0\0")
    assert "known way" in refusal(SIGNATURE + head + chunk(b"IDAT", packed) + chunk(b"IEND"))


def test_many_empty_parts_take_no_time() -> None:
    body = png(between=chunk(b"teXt") * 80_000)
    assert read_logo(body, "LOGO").body == png()
