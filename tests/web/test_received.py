"""Reports that somebody received: verified by file or by paper, gone on from, and never kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from riskq.questionnaire import Catalogue
from riskq.report import MAX_FILE
from riskq.services import Desk, Documents
from riskq.services.issue import issue_of_snapshot
from riskq.settings import SealSettings, Settings
from riskq.store import open_store
from riskq.web import create_app
from tests.keys import KEYS
from tests.marks import ONE_QUICKLY
from tests.papers import pages_of
from tests.stores import contents_of
from tests.web.answered import READY, answered, whole_answers_of
from tests.web.browser import Browser, Page
from tests.web.conftest import Clock
from tests.web.members import SECRET

BAD_FILES = [
    b"",
    b"hello",
    b"%PDF-1.7 broken",
    b"{}",
    b'{"format": "riskq-assessment/1"}',
    b"{" * 9999,
]


ORIGIN = "http://riskq.test"


@pytest.fixture(scope="module")
def issuing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the service that issued the report."""
    return tmp_path_factory.mktemp("issued") / "riskq.db"


@pytest.fixture(scope="module")
def desk(issuing: Path, catalogue: Catalogue) -> Iterator[Desk]:
    store = open_store(issuing)
    yield Desk(store, catalogue, Clock(), keys=KEYS)
    store.close()


@pytest.fixture(scope="module")
def app(desk: Desk, issuing: Path, documents: Documents, seal_folder: Path) -> Flask:
    """A service with an address of its own; nothing that is tested here changes what it has."""
    settings = Settings(str(issuing), SECRET, ORIGIN, seal=SealSettings(seal_folder))
    return create_app(settings, desk=desk, documents=documents)


def stranger_at(app: Flask, language: str = "en") -> Browser:
    """A browser that has opened nothing there."""
    return Browser(app, language, ORIGIN)


@pytest.fixture(scope="module")
def holder(app: Flask) -> Browser:
    """A browser that has submitted an assessment."""
    browser = answered(stranger_at(app))
    browser.send()
    return browser


@pytest.fixture(scope="module")
def report(holder: Browser) -> bytes:
    """The report as it was handed over."""
    return bytes(holder.client.get(holder.address("report-1.pdf"), base_url=ORIGIN).data)


def send_file(browser: Browser, path: str, body: bytes, name: str, **fields: str) -> Page:
    """Send a form with a file, written by hand: the client would keep large ones on the disk."""
    parts = [
        f'--cut\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    response = browser.client.post(
        path,
        data=b"".join([*parts, head.encode(), body, b"\r\n--cut--\r\n"]),
        content_type="multipart/form-data; boundary=cut",
        follow_redirects=True,
        base_url=browser.base_url,
    )
    browser.page = Page(response)
    return browser.page


def upload(browser: Browser, place: str, body: bytes, name: str = "report.pdf") -> Page:
    """Give a file to the form of a page."""
    path = f"/{browser.language}/{place}"
    browser.get(path)
    token = dict(browser.page.forms[0].fields)["csrf_token"]
    return send_file(browser, path, body, name, csrf_token=token)


@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_a_report_is_verified_by_its_file(app: Flask, report: bytes, language: str) -> None:
    page = upload(stranger_at(app, language), "verify", report)
    assert page.status == 200
    assert page.language == language
    assert page.html.count('class="sign good"') == 6
    assert "Шұғыл көмек сұрыптау жүйесі" in page.text


def test_a_changed_report_is_told_to_be_so(app: Flask, report: bytes) -> None:
    page = upload(stranger_at(app), "verify", report[:9000] + b"x" + report[9001:])
    assert page.heading == "Do not rely on this file."
    assert "the file was changed" in page.text


def test_a_file_may_hold_any_bytes(app: Flask) -> None:
    page = upload(stranger_at(app), "verify", b"%PDF-" + b"\r\n--" * 200_000)
    assert page.heading.startswith("The file is damaged")


@pytest.mark.slow
def test_verifying_keeps_nothing(app: Flask, report: bytes, issuing: Path) -> None:
    before = contents_of(issuing)
    upload(stranger_at(app), "verify", report)
    assert contents_of(issuing) == before


@pytest.mark.parametrize("body", BAD_FILES[:3])
def test_what_is_no_report_is_told_to_be_none(app: Flask, body: bytes) -> None:
    page = upload(stranger_at(app), "verify", body)
    assert page.status == (200 if body else 400)
    assert page.headings


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(app: Flask) -> None:
    page = upload(stranger_at(app), "verify", bytes(MAX_FILE + 200_000))
    assert page.status == 413
    assert page.headings


def test_other_pages_take_no_files(app: Flask) -> None:
    browser = stranger_at(app)
    browser.start()
    page = send_file(browser, browser.page.path, bytes(200_000), "a.pdf", answer="x")
    assert page.status == 413


@pytest.mark.parametrize("place", ["verify", "import", "verify/paper"])
def test_what_comes_without_the_token_is_refused(app: Flask, place: str) -> None:
    assert send_file(stranger_at(app), f"/en/{place}", b"%PDF-", "report.pdf").status == 400


def paper_of(holder: Browser) -> tuple[str, str]:
    """The number and the code of the report."""
    kept = holder.client.get(holder.address("data.json"), base_url=ORIGIN).get_json()
    issue = issue_of_snapshot(json.dumps(kept["revisions"][0]), f"{holder.id.upper()}-1", 1, "")
    return issue.number, issue.code


def look_up(holder: Browser, number: str, code: str) -> Page:
    """Type number and code as somebody who has the paper alone."""
    stranger = stranger_at(holder.client.application)
    stranger.get("/en/verify")
    token = dict(stranger.page.forms[1].fields)["csrf_token"]
    return stranger.post("/en/verify/paper", {"csrf_token": token, "number": number, "code": code})


def test_number_and_code_stand_on_the_paper(holder: Browser, report: bytes) -> None:
    number, code = paper_of(holder)
    text = " ".join(" ".join(pages_of(report)).split())
    assert f"Number: {number} · Code: {code}" in text


def test_a_report_is_found_by_number_and_code_as_people_type_them(holder: Browser) -> None:
    number, code = paper_of(holder)
    for typed in ((number, code), (number.lower(), code.lower().replace("-", " "))):
        page = look_up(holder, *typed)
        assert page.status == 200
        assert "This service issued a document of this number" in page.heading
        assert "Шұғыл көмек сұрыптау жүйесі" in page.text
    assert holder.get(f"/ru/verify/{number}/{code}").status == 200


def test_without_the_right_number_and_code_nothing_is_found(holder: Browser) -> None:
    number, code = paper_of(holder)
    for wrong in (
        (number, "AAAA-AAAA-AAAA-AAAA"),
        ("ABCDEFGHJKLM-1", code),
        (f"{number}1", code),
        (number, code[:-1]),
        ("", ""),
        ("%2e%2e", "x"),
        ("x" * 200, "y" * 200),
    ):
        page = look_up(holder, *wrong)
        assert page.status == 404
        assert "There is no document of this number and this code here" in page.text


def test_what_was_deleted_is_not_known_by_its_paper(app: Flask) -> None:
    other = answered(stranger_at(app))
    other.send()
    number, code = paper_of(other)
    assert other.get(f"/en/verify/{number}/{code}").status == 200
    other.open("delete")
    other.send()
    assert other.get(f"/en/verify/{number}/{code}").status == 404


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_an_assessment_goes_on_from_a_report_or_a_download(
    holder: Browser, report: bytes, form: str
) -> None:
    download = holder.client.get(holder.address("data.json"), base_url=ORIGIN).data
    stranger = stranger_at(holder.client.application)
    body = report if form == "pdf" else bytes(download)
    page = upload(stranger, "import", body, f"../../{form}")
    assert page.status == 200
    stranger.id = page.path.split("/")[3]
    assert stranger.id != holder.id
    taken = json.loads(stranger.open("data.json").html)
    assert taken["answers"] == json.loads(download)["answers"]
    assert taken["answers"]["sector"] == whole_answers_of(READY)["sector"]
    stranger.open("q/sector")
    assert stranger.answer("transport").status == 200


def test_answers_that_the_edition_does_not_take_are_named(holder: Browser) -> None:
    data = json.loads(holder.client.get(holder.address("data.json"), base_url=ORIGIN).data)
    data["answers"] |= {"sector": "astrology", "gone": "yes"}
    stranger = stranger_at(holder.client.application)
    page = upload(stranger, "import", json.dumps(data).encode(), "data.json")
    assert "sector, gone" in page.text
    assert "sector, gone" not in stranger.get(page.path).text


@pytest.mark.parametrize("body", BAD_FILES)
def test_nothing_begins_from_what_is_no_report(app: Flask, body: bytes, issuing: Path) -> None:
    before = contents_of(issuing)
    page = upload(stranger_at(app), "import", body)
    assert page.status == 400
    assert "Choose a report (PDF) or a download (JSON) of riskq." in page.text
    assert contents_of(issuing) == before


def test_the_certificate_of_the_seal_is_for_everybody(app: Flask, report: bytes) -> None:
    assert report
    response = app.test_client().get("/en/verify/certificate.pem", base_url=ORIGIN)
    assert response.data.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE" not in response.data
