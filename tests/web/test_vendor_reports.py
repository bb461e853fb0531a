"""The reports of a screening's vendors as a ZIP: of those that the table shows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.report import Renderer, Sealer
from riskq.services import BundleMaker, Desk, screenings
from tests.keys import KEYS
from tests.marks import ONE_QUICKLY
from tests.papers import pages_of
from tests.web.conftest import MakeApp
from tests.web.members import SECRET, Place, enter, hand_in, make_place
from tests.web.test_branding import seat_of
from tests.web.test_bundles import state_of


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


def base(place: Place, path: str = "") -> str:
    return f"/en/w/{place.workspace}/screenings/{place.screening}/{path}"


def add_vendor(desk: Desk, place: Place, name: str, *, submits: bool) -> None:
    of = screenings.find_screening(desk, seat_of(desk, place), place.screening)
    screenings.add_vendors(desk, of, SECRET, [screenings.NewVendor(name)])
    (vendor,) = [one for one in screenings.vendors_of(desk, of).values() if one.name == name]
    secret = screenings.link_secret(SECRET, vendor.id, 1)
    screenings.begin_answers(desk, secret, "en")
    if submits:
        hand_in(desk, secret)


def test_reports_are_those_of_vendors_that_have_submitted(
    app: Flask, desk: Desk, place: Place
) -> None:
    add_vendor(desk, place, "Ұшқын", submits=True)
    add_vendor(desk, place, "Silent", submits=False)
    reader = enter(app, place.email("reader"))
    table = reader.get(base(place))
    assert base(place, "reports") in table.links
    assert "2 reports will be made." in reader.get(base(place, "reports")).text
    assert "1 report will be made." in reader.get(base(place, "reports?text=sorting")).text
    none = reader.get(base(place, "reports?state=invited"))
    assert "None of these vendors has submitted." in none.text
    assert all("reports-in" not in form.names for form in none.forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_making_them_is_told_and_written_down(app: Flask, place: Place, language: str) -> None:
    reader = enter(app, place.email("reader"), language)
    page = reader.get(base(place, "reports").replace("/en/", f"/{language}/"))
    assert page.language == language
    reader.send(**{"reports-in": "kk"})
    assert "/reports/" in reader.page.path
    ((bundle, _turn),) = state_of(app).bundle_store.unfinished(state_of(app).desk.clock())
    items = state_of(app).bundle_store.items(bundle)
    assert [(one.number, one.name) for one in items] == [(1, "Sorting Ltd.pdf")]
    history = reader.get(f"/en/w/{place.workspace}/history").text
    assert "Had reports made, as many as 1" in history


def test_a_filter_goes_with_the_form(app: Flask, desk: Desk, place: Place) -> None:
    add_vendor(desk, place, "Ұшқын", submits=True)
    reader = enter(app, place.email("reader"))
    reader.get(base(place, "reports?text=Ұшқын"))
    reader.send()
    ((bundle, _turn),) = state_of(app).bundle_store.unfinished(state_of(app).desk.clock())
    assert [one.name for one in state_of(app).bundle_store.items(bundle)] == ["Ұшқын.pdf"]


def test_more_than_fit_into_one_are_not_begun(make_app: MakeApp, desk: Desk, place: Place) -> None:
    add_vendor(desk, place, "Another", submits=True)
    app = make_app(most_reports=1)
    reader = enter(app, place.email("reader"))
    page = reader.get(base(place, "reports"))
    assert "More than 1 reports do not fit into one ZIP." in page.text
    token = dict(reader.get(base(place, "reports?text=another")).forms[0].fields)["csrf_token"]
    assert reader.post(base(place, "reports"), {"csrf_token": token}).status == 422
    assert state_of(app).bundle_store.unfinished(desk.clock()) == ()


def test_where_no_bundles_are_made_there_are_none(make_app: MakeApp, place: Place) -> None:
    reader = enter(make_app(most_reports=0), place.email("reader"))
    assert base(place, "reports") not in reader.get(base(place)).links
    assert reader.get(base(place, "reports")).status == 404


@pytest.fixture
def maker(app: Flask, sealer: Sealer) -> Iterator[BundleMaker]:
    desk = state_of(app).bundles
    with Renderer() as renderer:
        yield BundleMaker(desk.store, desk.catalogue, renderer, sealer, desk.clock, keys=KEYS)


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_the_zip_holds_them_sealed(
    app: Flask, place: Place, maker: BundleMaker, language: str
) -> None:
    reader = enter(app, place.email("reader"))
    reader.get(base(place, "reports"))
    reader.send(**{"reports-in": language})
    bundle = reader.page.path.rpartition("/")[2]
    while maker.make_next(bundle, 0):
        pass
    response = reader.client.get(f"/en/reports/{bundle}/reports.zip")
    with zipfile.ZipFile(io.BytesIO(response.data)) as packed:
        (name,) = packed.namelist()
        report = packed.read(name)
    assert name == f"1-Sorting Ltd-{language}.pdf"
    assert b"/ByteRange" in report
    assert f"{place.vendor_assessment.upper()}-1" in "".join(pages_of(report))
