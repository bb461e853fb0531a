"""A brand is read by one gate, from settings and from files, and every fault is told."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path

import pytest

from riskq.brand import (
    NO_BRAND,
    Brand,
    BrandError,
    brand_form,
    colour_tokens,
    read_brand,
    read_colour,
    read_logo,
    read_name,
)
from riskq.settings import SettingsError, read_brand_settings, read_settings
from riskq.web.asset_files import STATIC_FOLDER
from tests.brand.brands import FULL, NAME
from tests.brand.pictures import SVG, png, svg


def problems(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_brand_settings(environ)
    return [str(problem) for problem in caught.value.problems]


def test_without_settings_there_is_no_brand() -> None:
    assert read_brand_settings({}) == NO_BRAND == Brand()
    assert read_brand_settings({"RISKQ_BRAND_NAME": " ", "RISKQ_BRAND_LOGO": ""}) == NO_BRAND


@pytest.mark.parametrize("picture", [SVG, png()])
def test_a_brand_is_read_from_its_settings(tmp_path: Path, picture: bytes) -> None:
    path = tmp_path / "logo"
    path.write_bytes(picture)
    environ = {
        "RISKQ_BRAND_NAME": f" {NAME} ",
        "RISKQ_BRAND_LOGO": str(path),
        "RISKQ_BRAND_COLOUR": "#7A1F3D",
        "RISKQ_BRAND_FOOTER": FULL.footer,
    }
    brand = read_brand_settings(environ)
    assert brand == Brand(NAME, FULL.footer, "#7a1f3d", read_logo(picture, "x"))
    environ |= {"RISKQ_DATABASE": str(tmp_path / "db"), "RISKQ_SECRET_KEY": "x" * 32}
    assert read_settings(environ).brand == brand


def test_every_fault_is_told_at_once_with_those_of_other_settings(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(svg("<script/><use/>"))
    environ = {
        "RISKQ_BRAND_NAME": "x" * 81,
        "RISKQ_BRAND_LOGO": str(path),
        "RISKQ_BRAND_COLOUR": "#ffd700",
        "RISKQ_BRAND_FOOTER": "one\ntwo",
        "RISKQ_KEEP_DAYS": "never",
    }
    told = problems(environ)
    assert [line.partition(":")[0] for line in told] == [
        "RISKQ_BRAND_NAME",
        "RISKQ_BRAND_COLOUR",
        "RISKQ_BRAND_FOOTER",
        "RISKQ_BRAND_LOGO",
        "RISKQ_BRAND_LOGO",
    ]
    assert "#ffd700 and white have a contrast of 1.40:1" in told[1]
    with pytest.raises(SettingsError) as caught:
        read_settings(environ)
    assert len(caught.value.problems) == 6


def test_a_logo_needs_a_name_and_a_file(tmp_path: Path) -> None:
    (told,) = problems({"RISKQ_BRAND_NAME": "A", "RISKQ_BRAND_LOGO": str(tmp_path / "none.png")})
    assert "cannot be read" in told
    path = tmp_path / "logo.png"
    path.write_bytes(png())
    (told,) = problems({"RISKQ_BRAND_LOGO": str(path)})
    assert "RISKQ_BRAND_NAME" in told


@pytest.mark.parametrize(
    "text", ["", "red", "#fff", "0b5563", "#0b55631", "#0b5563;", "url(x)", "#０b5563", "#ffffff"]
)
def test_only_a_colour_that_can_be_read_is_one(text: str) -> None:
    with pytest.raises(BrandError):
        read_colour(text, "x")


def test_the_bound_of_contrast_is_that_of_the_guidelines() -> None:
    # The lightest grey that passes, and the next one, as every checker tells them.
    assert read_colour("#767676", "x") == "#767676"
    with pytest.raises(BrandError, match=r"4\.47:1"):
        read_colour("#777777", "x")


def test_the_shades_of_our_own_colour_are_about_our_own() -> None:
    tokens = STATIC_FOLDER.joinpath("tokens.css").read_text("utf-8")
    ours = dict(re.findall(r"(--teal[a-z-]*): (#[0-9a-f]{6});", tokens))
    made = colour_tokens(ours["--teal"])
    assert made.keys() == ours.keys()
    for name, value in made.items():
        pairs = zip(bytes.fromhex(value[1:]), bytes.fromhex(ours[name][1:]), strict=True)
        assert all(abs(a - b) < 4 for a, b in pairs), name
    assert colour_tokens("") == {}


@pytest.mark.parametrize("sign", ["\n", "\r", "\0", "\x1b", "\u202e", "\u2028", "\ud800", "\xad"])
def test_signs_that_nobody_sees_are_in_no_text(sign: str) -> None:
    with pytest.raises(BrandError, match=f"U\\+{ord(sign):04X}"):
        read_name(f"a{sign}b", "x")


@pytest.mark.parametrize("brand", [NO_BRAND, FULL, Brand(colour="#000000"), Brand("A")])
def test_a_brand_comes_back_from_json_as_it_was(brand: Brand) -> None:
    assert read_brand(json.loads(json.dumps(brand_form(brand)))) == brand


def test_the_foot_of_documents_names_somebody() -> None:
    assert (FULL.line, Brand("A").line, Brand("A", "B").line) == (FULL.footer, "A", "B")


PICTURE = {"type": "image/svg+xml", "data": b64encode(read_logo(SVG, "x").body).decode()}


@pytest.mark.parametrize(
    "form",
    [
        None,
        [],
        "x",
        {"name": None},
        {"name": ""},
        {"name": 1},
        {"name": " A"},
        {"name": "x" * 81},
        {"name": "A\u202eB"},
        {"footer": "x" * 161},
        {"colour": "#FF0000"},
        {"colour": "#ff8080"},
        {"colour": "red; } * { display: none"},
        {"name": "A", "style": "x"},
        {"logo": PICTURE},
        {"name": "A", "logo": None},
        {"name": "A", "logo": {}},
        {"name": "A", "logo": {**PICTURE, "type": "image/png"}},
        {"name": "A", "logo": {**PICTURE, "href": "x"}},
        {"name": "A", "logo": {**PICTURE, "data": PICTURE["data"] + "\n"}},
        {"name": "A", "logo": {**PICTURE, "data": "é"}},
        # A drawing that riskq would not have written so, whatever it shows.
        {"name": "A", "logo": {**PICTURE, "data": b64encode(SVG).decode()}},
        {"name": "A", "logo": {**PICTURE, "data": b64encode(svg("<script/>")).decode()}},
        {"name": "A", "logo": {**PICTURE, "data": "A" * 3_000_000}},
    ],
)
def test_a_brand_in_a_file_is_as_strict_as_settings(form: object) -> None:
    with pytest.raises(BrandError):
        read_brand(form)
