"""Files at answers in the browser: attached, listed, taken along, removed, and attacks by them."""

from __future__ import annotations

import hashlib
import json
import re
from io import BytesIO
from pathlib import Path

import jsonschema
import pikepdf
import pytest
from flask import Flask
from msgspec.structs import replace
from werkzeug.test import TestResponse

from riskq.services import Desk
from riskq.services.evidence import MOST_BYTES
from riskq.store import open_files
from tests.attachments import PDF, PNG, SOUND, bomb, office, padded_pdf
from tests.marks import ONE_QUICKLY
from tests.web.answered import answered
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeApp
from tests.web.members import Place, enter, make_place
from tests.web.test_private import SCHEMA

PLACE = "q/sector/files"


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def folder(database: Path) -> Path:
    return database.with_name("riskq-evidence")


def send(
    browser: Browser, name: str, content: bytes, place: str = PLACE, **others: str
) -> TestResponse:
    """Send a file by the form of the page, whatever it is called."""
    page = browser.open(place)
    token = dict(page.forms[0].fields)["csrf_token"]
    return post(browser, browser.address(place), name, content, csrf_token=token, **others)


def post(browser: Browser, address: str, name: str, content: bytes, **fields: str) -> TestResponse:
    """Send a file and fields to an address as browsers write them."""
    parts = [f'name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    head = f'name="file"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'
    parts.append(head.encode() + content)
    begin = b"--mark\r\nContent-Disposition: form-data; "
    body = b"".join(begin + part + b"\r\n" for part in parts) + b"--mark--\r\n"
    kind = "multipart/form-data; boundary=mark"
    return browser.client.post(address, data=body, content_type=kind)


def attach(browser: Browser, name: str = "Есеп.pdf", content: bytes = PDF) -> Page:
    """Attach a file, and see the list."""
    assert send(browser, name, content).status_code == 303
    return browser.open(PLACE)


def address_of(page: Page) -> str:
    """The address at which the first file of the page is taken along."""
    return next(link for link in page.links if re.search(r"/files/[a-z0-9]{12}$", link))


def test_the_page_of_the_question_tells_of_the_files_and_nothing_chosen_is_lost(
    browser: Browser,
) -> None:
    answered(browser)
    question = PLACE.removesuffix("/files")
    assert "Files: " not in browser.open(question).text
    attach(browser)
    # Beside the button that attaches stands no other that would leave the chosen file behind.
    assert browser.page.html.count('class="button') == 1
    assert "Continue without adding a file" in browser.page.text
    page = browser.open(question)
    assert "Files: 1" in page.text
    assert any(link.endswith(f"/{PLACE}") for link in page.links)


@pytest.mark.parametrize(("name", "content"), SOUND.items(), ids=list(SOUND))
def test_a_file_is_attached_listed_and_taken_along(
    browser: Browser, name: str, content: bytes
) -> None:
    answered(browser)
    page = attach(browser, name, content)
    assert name in page.text
    assert hashlib.sha256(content).hexdigest() in page.text
    response = browser.client.get(address_of(page))
    assert response.data == content
    assert response.content_type == "application/octet-stream"
    headers = response.headers
    assert headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_a_name_in_any_letters_is_told_as_rfc_6266_says(browser: Browser) -> None:
    answered(browser)
    page = attach(browser, "Есеп; x=%41.pdf")
    told = browser.client.get(address_of(page)).headers["Content-Disposition"]
    plain, exact = '"_____ x=_41.pdf"', "%D0%95%D1%81%D0%B5%D0%BF%3B%20x%3D%2541.pdf"
    assert told == f"attachment; filename={plain}; filename*=UTF-8''{exact}"


def test_the_walk_leads_to_the_files_of_an_answer_and_loses_nothing(browser: Browser) -> None:
    browser.start()
    page = browser.send(answer="Сұрыптау", then="files")
    assert page.path == browser.address("q/system-name/files")
    assert "Сұрыптау" in page.text
    assert browser.open("q/system-name").forms[0].fields
    assert dict(browser.page.forms[0].fields)["answer"] == "Сұрыптау"


@pytest.mark.parametrize("origin", ["overview", "check"])
def test_overview_and_check_tell_how_many_files_an_answer_has(
    browser: Browser, origin: str
) -> None:
    answered(browser)
    attach(browser)
    attach(browser, "b.png", PNG)
    page = browser.open("" if origin == "overview" else "check")
    assert "Files: 2" in page.text
    link = browser.address(f"{PLACE}?from={origin}")
    assert link in page.links
    back = browser.get(link).links
    assert browser.address("" if origin == "overview" else "check") in back
    sent = send(browser, "c.pdf", PDF, **{"from": origin})
    assert sent.headers["Location"] == link


def test_removing_is_asked_once_more(browser: Browser, folder: Path) -> None:
    answered(browser)
    page = attach(browser)
    asked = browser.get(f"{address_of(page)}/remove")
    assert asked.heading == "Remove the file?"
    assert "Есеп.pdf" in asked.text
    assert browser.send().path == browser.address(PLACE)
    assert "No file is attached to this answer yet." in browser.page.text
    assert list(folder.iterdir()) == []
    assert browser.get(address_of(page)).status == 404
    assert "Removed a file" in browser.open("history").text


def test_a_question_without_an_answer_takes_no_files(browser: Browser) -> None:
    browser.start()
    assert browser.open("q/system-name/files").path == browser.address("q/system-name")
    token = dict(browser.page.forms[0].fields)["csrf_token"]
    sent = post(browser, browser.address("q/system-name/files"), "a.pdf", PDF, csrf_token=token)
    assert sent.status_code == 409
    assert browser.open("q/no-such/files").status == 404


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("page.pdf", b"<!doctype html><script>alert(1)</script>", "This is no PDF"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no PDF"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no PDF"),
        ("two.pdf", PDF + office({"word/document.xml": "x"}), "a second one of another type"),
        ("two.docx", PDF[:9] + office({"word/document.xml": "x"}), "a second one of another type"),
        ("late.pdf", b"GIF89a" + PDF, "a second one of another type"),
        ("bomb.xlsx", bomb(tells=False), "far too large"),
        ("macros.xlsx", office({"xl/a.xml": "", "xl/vbaProject.bin": ""}), "holds macros"),
        ("wrong.png", PDF, "like another type"),
        ("cut.pdf", PDF[:60], "damaged, cut off"),
        ("empty.pdf", b"", "The file is empty"),
        ("", b"", "Choose a file"),
    ],
)
def test_what_is_refused_is_told_beside_the_field(
    browser: Browser, folder: Path, name: str, content: bytes, told: str
) -> None:
    answered(browser)
    response = send(browser, name, content)
    page = Page(response)
    assert response.status_code == 422
    assert page.text.count(told) == 2
    assert not folder.exists()
    is_odd = bool(name) and bool(content)
    history = browser.open("history").text
    assert ("Gave a file that was refused" in history) == is_odd
    assert not is_odd or name in history


def test_eleven_megabytes_are_refused_before_they_are_read(browser: Browser, folder: Path) -> None:
    answered(browser)
    response = send(browser, "large.pdf", padded_pdf(11 * 1024 * 1024))
    assert response.status_code == 413
    assert "The file is too large" in Page(response).text
    assert not folder.exists()


def test_just_more_than_a_file_may_have_is_told_beside_the_field(browser: Browser) -> None:
    answered(browser)
    response = send(browser, "large.pdf", padded_pdf(MOST_BYTES + 1))
    assert response.status_code == 422
    assert "larger than 10 MB" in Page(response).text


@pytest.mark.parametrize(
    "name", ["../../riskq.db.pdf", "/etc/passwd.pdf", "..\\..\\x.pdf", "a\0b.pdf"]
)
def test_no_name_reaches_the_disk(
    browser: Browser, folder: Path, database: Path, name: str
) -> None:
    answered(browser)
    attach(browser, name)
    (path,) = folder.iterdir()
    assert re.fullmatch(r"[a-z0-9]{12}", path.name)
    assert {p.name for p in database.parent.iterdir() if p.is_dir()} == {folder.name}


def test_a_file_of_another_assessment_is_not_there(app: Flask) -> None:
    browser, other = answered(Browser(app)), answered(Browser(app))
    theirs = address_of(attach(other, "secret.pdf")).rpartition("/")[2]
    for place in (f"{PLACE}/{theirs}", f"{PLACE}/{theirs}/remove"):
        assert browser.open(place).status == 404
        assert browser.get(other.address(place)).status == 404
    token = dict(browser.open(PLACE).forms[0].fields)["csrf_token"]
    for mine in (browser, other):
        gone = browser.client.post(
            mine.address(f"{PLACE}/{theirs}/remove"), data={"csrf_token": token}
        )
        assert gone.status_code == 404
    assert "secret.pdf" in other.open(PLACE).text


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_who_only_reads_sees_files_and_changes_none(app: Flask, place: Place, role: str) -> None:
    browser = enter(app, place.email(role))
    browser.id = place.assessment
    page = browser.open("q/system-name/files")
    assert "Sorting.pdf" in page.text
    assert page.forms == []
    assert browser.client.get(address_of(page)).data == PDF
    token = dict(browser.get("/en/").forms[0].fields)["csrf_token"]
    here = browser.address("q/system-name/files")
    sent = post(browser, here, "a.pdf", PDF, csrf_token=token)
    gone = browser.client.post(f"{here}/{place.file}/remove", data={"csrf_token": token})
    assert (sent.status_code, gone.status_code) == (403, 403)
    assert browser.open("q/system-name/files").text.count(".pdf") == page.text.count(".pdf")
    assert "Files: 1" in browser.open().text


def test_an_editor_attaches_in_the_editor_s_name(app: Flask, place: Place) -> None:
    browser = enter(app, place.email("editor"))
    browser.id = place.assessment
    assert send(browser, "more.png", PNG, "q/system-name/files").status_code == 303
    page = browser.open("history")
    assert "Editor Attached a file: What is the system called?" in page.text


def test_a_full_disk_is_told_plainly_and_leaves_nothing(
    make_app: MakeApp, desk: Desk, folder: Path
) -> None:
    full = replace(desk, files=open_files(folder, spare=1 << 60))
    browser = answered(Browser(make_app(at=full)))
    response = send(browser, "a.pdf", PDF)
    page = Page(response)
    assert response.status_code == 503
    assert "There is no room left to save anything." in page.text
    assert browser.address(PLACE) in page.links
    assert "No file is attached" in browser.open(PLACE).text
    assert list(folder.iterdir()) == []


def test_lost_content_is_told_plainly(browser: Browser, folder: Path) -> None:
    answered(browser)
    page = attach(browser)
    next(folder.iterdir()).unlink()
    told = browser.get(address_of(page))
    assert told.status == 410
    assert told.heading == "The file is not here any more"
    assert browser.open(PLACE).status == 200


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_result_and_report_list_the_files_of_their_revision(app: Flask, language: str) -> None:
    browser = answered(Browser(app, language))
    page = attach(browser)
    digest = hashlib.sha256(PDF).hexdigest()
    assert digest in browser.open("result").text
    browser.open("check")
    browser.send()
    first = browser.client.get(browser.address("report-1.pdf")).data
    browser.get(f"{address_of(page)}/remove")
    browser.send()
    assert digest in browser.open("result/1").text
    assert browser.client.get(browser.address("report-1.pdf")).data == first
    with pikepdf.open(BytesIO(first)) as pdf:
        data = json.loads(pdf.attachments["assessment.json"].get_file().read_bytes())
    assert [file["sha256"] for file in data["evidence"]] == [digest]
    jsonschema.validate(data, json.loads(SCHEMA.read_text("utf-8")))
    whole = json.loads(browser.open("data.json").html)
    assert "evidence" not in whole
    jsonschema.validate(whole, json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.slow
def test_verification_makes_the_same_pages_again(browser: Browser) -> None:
    answered(browser)
    attach(browser)
    browser.open("check")
    browser.send()
    pdf = browser.client.get(browser.address("report-1.pdf")).data
    page = browser.get("/en/verify")
    token = dict(page.forms[0].fields)["csrf_token"]
    sent = post(browser, "/en/verify", "report.pdf", pdf, csrf_token=token)
    told = Page(sent).text
    assert "The pages are exactly those that riskq makes of these data." in told
    assert hashlib.sha256(PDF).hexdigest() in told


def test_deleting_everything_deletes_the_files(browser: Browser, folder: Path) -> None:
    answered(browser)
    attach(browser)
    browser.open("delete")
    browser.send()
    assert list(folder.iterdir()) == []
