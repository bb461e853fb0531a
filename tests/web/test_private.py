"""What the holder of an assessment can do with it, and what the pages keep to themselves."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from flask import Flask
from icalendar import Calendar

from riskq.i18n import LANGUAGES
from tests.stores import contents_of
from tests.web.answered import answered
from tests.web.browser import Browser
from tests.web.conftest import MakeApp

PAGES = [
    "", "next", "check", "result", "result/1", "link", "delete", "leave", "submit", "data.json",
    "q/sector", "q/emergency?from=check", "report-1.pdf", "dates.ics", "report-9.pdf", "q/none",
    "edition", "map", "q/sector/files", "q/none/files", "q/sector/files/x",
    "q/sector/files/x/remove",
]  # fmt: skip
PUBLIC = ["/", "/en/", "/kk/law", "/ru/privacy", "/en/accessibility", "/en/start/kz-ai-law",
          "/kk/proof", "/ru/proof/kz-ai-law/2026-08-25",
          "/en/compare/kz-ai-law/2026-01-18/2026-08-25", "/kk/map/kz-ai-law",
          "/kk/verify", "/ru/import", "/kk/tables", "/ru/tables/kz-ai-law.csv",
          "/kk/reports", "/en/reports/abcdefghjkmn",
          "/en/verify/ABCDEFGHJKLM-1/AAAA-AAAA-AAAA-AAAA",
          "/en/verify/certificate.pem",
          "/ru/form/kz-ai-law/2026-08-25.pdf",
          "/healthz", "/readyz", "/robots.txt", "/favicon.ico", "/nowhere", "/en/gone"]  # fmt: skip
FIRST = {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
         "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"}  # fmt: skip

SCHEMA = Path(__file__).parents[2] / "docs" / "assessment.schema.json"


def private_link(browser: Browser) -> str:
    """The private link as its page shows it, without the origin."""
    found = re.search(r'value="http[s]?://[^/"]+(/[^"]+/r/[^"]+)"', browser.open("link").html)
    assert found is not None
    return found.group(1)


def test_the_private_link_opens_the_assessment_in_another_browser(app: Flask) -> None:
    browser = answered(Browser(app))
    other = Browser(app)
    page = other.get(private_link(browser))
    assert page.path == browser.address()
    assert "Every question has an answer." in page.text


def test_the_private_link_is_also_a_code_to_scan(browser: Browser) -> None:
    browser.start()
    assert 'class="qr-code"' in browser.open("link").html


def test_no_page_but_one_shows_the_secret(browser: Browser) -> None:
    answered(browser)
    secret = private_link(browser).rpartition("/")[2]
    for page in PAGES:
        if page != "link":
            assert secret not in browser.client.get(browser.address(page)).get_data(as_text=True)


@pytest.mark.slow
def test_getting_any_page_writes_nothing(browser: Browser, database: Path) -> None:
    answered(browser)
    browser.send()
    link = private_link(browser)
    before = contents_of(database)
    # The probe /readyz is there to write for trial, and nobody's answers are touched by it.
    for path in [*set(PUBLIC) - {"/readyz"}, link, *map(browser.address, PAGES)]:
        browser.client.get(path)
        assert contents_of(database) == before, path


@pytest.mark.slow
@pytest.mark.parametrize("origin", ["", "https://riskq.example.kz"])
def test_every_answer_has_its_headers(make_app: MakeApp, origin: str) -> None:
    browser = answered(Browser(make_app(origin), base_url=origin or None))
    browser.send()
    style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', browser.get("/en/").html)
    assert style is not None
    for path in [*PUBLIC, style.group(1), *map(browser.address, PAGES)]:
        if path.endswith(".pdf") and not origin:
            continue  # They take seconds, and their headers are made where those of pages are.
        headers = browser.client.get(path, base_url=origin or None).headers
        assert set(headers.keys()) >= FIRST, path
        names = Counter(name.lower() for name, _ in headers if name != "Set-Cookie")
        assert set(names.values()) == {1}, path
        assert ("Strict-Transport-Security" in headers) == bool(origin)
        if "/a/" in path:
            assert headers["Cache-Control"] == "no-store", path


def test_cookies_are_bound_to_the_host_where_there_is_https(make_app: MakeApp) -> None:
    origin = "https://riskq.example.kz"
    browser = Browser(make_app(origin), base_url=origin)
    cookie = browser.get("/en/").headers["Set-Cookie"]
    assert cookie.startswith("__Host-riskq=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    browser.start()
    assert f"{origin}/en/r/" in browser.open("link").html


def test_everything_stored_can_be_taken_along(browser: Browser) -> None:
    answered(browser)
    browser.send()
    data = json.loads(browser.open("data.json").html)
    assert data["format"] == "riskq-assessment/1"
    assert data["answers"]["system-name"] == "Шұғыл көмек сұрыптау жүйесі"
    assert len(data["revisions"]) == 1
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for form in (data, *data["revisions"]):
        jsonschema.validate(form, schema)


def test_deleting_is_asked_once_more_and_then_final(browser: Browser) -> None:
    answered(browser)
    link = private_link(browser)
    assert browser.open("delete").heading == "Delete everything?"
    assert browser.send().heading == "The assessment was deleted"
    assert browser.open().status == 404
    assert browser.get(link).status == 404


def test_leaving_forgets_the_assessment_in_this_browser_alone(browser: Browser) -> None:
    browser.start()
    link = private_link(browser)
    browser.send()
    assert browser.open().status == 404
    assert browser.get(link).status == 200


def test_a_browser_keeps_the_last_twenty_assessments(browser: Browser) -> None:
    ids = []
    for _ in range(21):
        browser.start()
        ids.append(browser.id)
    assert browser.get(f"/en/a/{ids[0]}/").status == 404
    assert browser.get(f"/en/a/{ids[1]}/").status == 200
    assert browser.get(f"/en/a/{ids[-1]}/").status == 200


def test_deadlines_come_as_a_calendar(browser: Browser) -> None:
    answered(browser)
    browser.send()
    response = browser.client.get(browser.address("dates.ics"))
    assert response.content_type == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(response.data).walk("VEVENT")
    assert [event["uid"] for event in events] == [f"yearly-review-{browser.id}@riskq"]


def test_without_deadlines_there_is_no_calendar(browser: Browser) -> None:
    browser.start()
    assert browser.open("dates.ics").status == 404


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_comes_in_the_language_of_its_address(browser: Browser, language: str) -> None:
    answered(browser)
    browser.send()
    response = browser.client.get(f"/{language}/a/{browser.id}/report-1.pdf")
    assert response.status_code == 200
    assert response.data.startswith(b"%PDF-")
    name = f"riskq-{browser.id}-1-{language}.pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.slow
def test_the_same_report_twice_is_the_same_file(browser: Browser) -> None:
    answered(browser)
    browser.send()
    first, second = (browser.client.get(browser.address("report-1.pdf")).data for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("de,en;q=0.5", "en"), ("fr", "kk"), ("", "kk")],
)
def test_the_first_page_is_in_the_language_asked_for(
    browser: Browser, accepted: str, language: str
) -> None:
    assert browser.get("/", {"Accept-Language": accepted}).path == f"/{language}/"


def test_files_are_kept_for_ever_under_their_digest(browser: Browser) -> None:
    found = re.search(r'href="(/static/[0-9a-f]{16}/pages\.css)"', browser.get("/en/").html)
    assert found is not None
    assert "immutable" in browser.client.get(found.group(1)).headers["Cache-Control"]
    old = "/static/0000000000000000/pages.css"
    assert browser.client.get(old).headers["Cache-Control"] == "no-cache"
    assert browser.client.get("/static/x/..%2f..%2fpyproject.toml").status_code == 404
