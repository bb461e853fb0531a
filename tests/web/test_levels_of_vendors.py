"""What buyers are told of a scale is what its result says: also that it is not assessed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from riskq.i18n import LANGUAGES
from riskq.services import Desk, screenings
from riskq.store import open_store
from riskq.store.sqlite import SCHEMA_VERSION
from tests.web.members import SECRET, Place, enter, hand_in, make_place
from tests.web.test_api import Program, token_of
from tests.web.test_branding import seat_of

SAID = {"kk": "бағаланбайды", "ru": "не оценивается", "en": "not assessed"}


@pytest.fixture
def place(desk: Desk) -> Place:
    """A screening whose vendors have submitted what is no AI system."""
    made = make_place(desk)
    of = screenings.find_screening(desk, seat_of(desk, made), made.screening)
    screenings.add_vendors(desk, of, SECRET, [screenings.NewVendor("Another")])
    (vendor,) = [one for one in screenings.vendors_of(desk, of).values() if one.name == "Another"]
    secret = screenings.link_secret(SECRET, vendor.id, 1)
    screenings.begin_answers(desk, secret, "en")
    hand_in(desk, secret)
    screenings.add_vendors(desk, of, SECRET, [screenings.NewVendor("Silent")])
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_say_that_a_scale_is_not_assessed(
    app: Flask, desk: Desk, place: Place, language: str
) -> None:
    buyer, said = enter(app, place.email("reader"), language), SAID[language]
    base = f"/{language}/w/{place.workspace}/screenings/{place.screening}"
    table = buyer.get(f"{base}/")
    assert table.text.count(said) == 3  # Of two vendors, and in the picture.
    shown = buyer.get(f"{base}/vendors/{place.vendor}")
    assert shown.text.count(said) == 2 * 4  # Four scales, as claimed and as accepted.
    of = screenings.find_screening(desk, seat_of(desk, place), place.screening)
    both = "&".join(f"vendor={name}" for name in screenings.vendors_of(desk, of))
    assert said in buyer.get(f"{base}/compare?{both}").text


def test_files_and_programs_are_told_no_level(app: Flask, desk: Desk, place: Place) -> None:
    buyer = enter(app, place.email("reader"))
    base = f"/en/w/{place.workspace}/screenings/{place.screening}"
    for row in buyer.client.get(f"{base}/vendors.json").get_json():
        assert row["risk.claimed"] == row["risk.accepted"] == ""
    program = Program(app, token_of(desk, place))
    lines = program.get(f"/screenings/{place.screening}/vendors")["items"]
    assert [(one["claimed"], one["accepted"]) for one in lines] == [([], [])] * 3


@pytest.mark.in_a_file
def test_accepted_levels_that_an_older_version_stored_are_mended(
    desk: Desk, tmp_path: Path
) -> None:
    """What no reviewer gave a value for is accepted as it was claimed."""
    place = make_place(desk)
    path = tmp_path / "riskq.db"
    desk.store.close()
    with sqlite3.connect(path) as old:
        sql = "insert or replace into accepted_levels values (?, 1, 'risk', 'minimal')"
        old.execute(sql, (place.vendor,))
        old.execute("delete from _sqlite_migrations where name = '0039-accepted-levels'")
        old.execute(f"pragma user_version = {SCHEMA_VERSION - 1}")
    old.close()
    open_store(path).close()
    with sqlite3.connect(path) as mended:
        assert mended.execute("select count(*) from accepted_levels").fetchone() == (0,)
    mended.close()


@pytest.mark.in_a_file
def test_levels_that_an_older_version_stored_are_mended(desk: Desk, tmp_path: Path) -> None:
    place = make_place(desk)
    path = tmp_path / "riskq.db"
    desk.store.close()
    with sqlite3.connect(path) as old:
        # Snapshots were not encrypted then; nothing of it but the scales is looked at.
        scales: dict[str, object] = {"risk": {"if_applies": []}}
        plain = json.dumps({"conclusion": {"scales": scales}})
        old.execute("update revisions set snapshot = ?", (plain,))
        old.execute("update revision_levels set levels = 'minimal' where scale = 'risk'")
        old.execute("delete from _sqlite_migrations where name = '0037-levels'")
        old.execute(f"pragma user_version = {SCHEMA_VERSION - 1}")
    open_store(path).close()
    with sqlite3.connect(path) as mended:
        sql = "select levels from revision_levels where scale = 'risk' and assessment = ?"
        assert mended.execute(sql, (place.vendor_assessment,)).fetchall() == [("",)]
