"""What may be kept by a browser or a cache, and what is packed on its way."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from riskq.services import Desk
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.late import every_rule
from tests.web.members import enter, make_place
from tests.web.test_rights import address

PUBLIC = [
    "law/kz-ai-law/2026-08-25", "privacy", "accessibility", "api", "proof/kz-ai-law/2026-08-25",
    "compare/kz-ai-law/2026-01-18/2026-08-25", "map/kz-ai-law", "map/kz-ai-law/2026-01-18",
]  # fmt: skip
PACKED = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("place", PUBLIC)
def test_a_public_page_may_be_kept_and_is_not_sent_again(app: Flask, place: str) -> None:
    client = app.test_client()
    first = client.get(f"/kk/{place}")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    assert "Cookie" in first.headers["Vary"]
    again = client.get(f"/kk/{place}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert client.get(f"/ru/{place}").headers["ETag"] != first.headers["ETag"]


def test_who_has_been_to_a_form_may_keep_public_pages_too(app: Flask) -> None:
    client = app.test_client()
    assert "Set-Cookie" in client.get("/en/").headers
    kept = client.get("/en/privacy").headers
    assert kept["Cache-Control"] == "public, max-age=300"
    # The copy is not shown once the cookie is another, as after signing in.
    assert set(kept["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}


def test_nothing_else_is_kept(app: Flask, desk: Desk) -> None:
    place, kept = make_place(desk), set()
    for method, rule in every_rule(app):
        response = app.test_client().open(address(app, rule, place), method=method)
        if response.headers["Cache-Control"].startswith("public"):
            kept.add(rule.endpoint)
    public = {one for one in kept if not one.startswith("assets.")}
    assert public <= {
        *("start.law_of", "start.privacy", "start.accessibility", "paper.form", "api_page.show"),
        *("proof.edition", "proof.comparison", "maps.in_force", "maps.of_edition"),
    }


def test_who_has_an_assessment_or_is_signed_in_keeps_nothing(app: Flask, desk: Desk) -> None:
    place = make_place(desk)
    walker = Browser(app)
    walker.start()
    for browser in (walker, enter(app, place.email("owner"))):
        response = browser.client.get("/en/privacy")
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers


@pytest.mark.parametrize("place", ["law/kz-ai-law/2026-08-25", "map/kz-ai-law"])
def test_a_large_page_is_packed_for_whoever_takes_it(app: Flask, place: str) -> None:
    client = app.test_client()
    plain, packed = client.get(f"/ru/{place}"), client.get(f"/ru/{place}", headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    again = client.get(f"/ru/{place}", headers={**PACKED, "If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304
    refused = client.get(f"/ru/{place}", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_style_sheet_is_packed_and_a_font_is_not(app: Flask) -> None:
    client = app.test_client()
    for name, is_packed in (("riskq.css", True), ("riskq-latin.woff2", False)):
        held = app.extensions["riskq"].assets
        found = name if name in held.files else next(one for one in held.files if "woff2" in one)
        response = client.get(f"/static/{held.digest}/{found}", headers=PACKED)
        assert ("Content-Encoding" in response.headers) == is_packed, found


def test_files_of_the_pages_are_the_same_whatever_the_cookie(app: Flask, desk: Desk) -> None:
    member = enter(app, make_place(desk).email("owner")).client
    held = app.extensions["riskq"].assets
    for name in held.files:
        response = member.get(f"/static/{held.digest}/{name}", headers=PACKED)
        assert "Cookie" not in response.headers.get("Vary", ""), name
    style = member.get(f"/static/{held.digest}/riskq.css", headers=PACKED)
    assert style.headers["Content-Encoding"] == "gzip"


def test_the_result_of_a_stranger_is_packed(app: Flask) -> None:
    browser = answered(Browser(app))
    browser.send()
    response = browser.client.get(browser.address("result"), headers=PACKED)
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
    ids=["another site", "a neighbour"],
)
def test_nothing_is_packed_where_another_site_led_here(app: Flask, headers: dict[str, str]) -> None:
    response = app.test_client().get("/en/map/kz-ai-law", headers={**PACKED, **headers})
    assert "Content-Encoding" not in response.headers


def test_nothing_is_packed_that_an_address_may_steer_or_others_wrote(
    app: Flask, desk: Desk
) -> None:
    place = make_place(desk)
    member = enter(app, place.email("owner"))
    for client, path in (
        (app.test_client(), "/en/map/kz-ai-law?x=1"),
        (member.client, "/en/workspaces"),
        (member.client, "/en/map/kz-ai-law"),
    ):
        assert "Content-Encoding" not in client.get(path, headers=PACKED).headers
