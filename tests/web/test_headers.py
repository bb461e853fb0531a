"""Every address answers with all headers that protect whoever reads it, also when it says no."""

from __future__ import annotations

import re
from collections import Counter
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from riskq.services import Desk
from tests.users import PASSWORD
from tests.web.browser import Browser
from tests.web.conftest import MakeApp
from tests.web.late import every_rule
from tests.web.members import Place, make_place
from tests.web.test_rights import address

ORIGIN = "https://riskq.example.kz"
NEVER = ("default-src", "object-src", "base-uri", "frame-ancestors")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}


def policy_of(response: TestResponse) -> dict[str, str]:
    """The directives of the content policy."""
    told = response.headers["Content-Security-Policy"].split(";")
    parts = (one.strip().partition(" ") for one in told)
    return {name: value for name, _, value in parts}


def faults_of(response: TestResponse) -> list[str]:
    """What is missing among the headers of an answer, or wrong with its cookie."""
    faults = [name for name, value in ALWAYS.items() if response.headers.get(name) != value]
    names = Counter(name.lower() for name, _ in response.headers if name != "Set-Cookie")
    faults += [name for name, count in names.items() if count > 1]
    policy = policy_of(response)
    if "sandbox" not in policy:
        faults += [name for name in NEVER if policy.get(name) != "'none'"]
        faults += [name for name in ("script-src", "style-src") if policy.get(name) != "'self'"]
    if "unsafe" in response.headers["Content-Security-Policy"]:
        faults.append("unsafe")
    for line in response.headers.getlist("Set-Cookie"):
        (kept,) = SimpleCookie(line).values()
        flags = ("secure", "httponly", "path", "samesite", "domain")
        if [kept[flag] for flag in flags] != [True, True, "/", "Lax", ""]:
            faults.append(line)
        if not re.match(r"__Host-riskq=", line):
            faults.append(line)
    return faults


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(ORIGIN)


@pytest.fixture
def owner(app: Flask, place: Place) -> Browser:
    browser = Browser(app, base_url=ORIGIN)
    browser.get("/en/sign-in")
    browser.send(email=place.email("owner"), password=PASSWORD)
    assert browser.page.path == "/en/workspaces"
    return browser


@pytest.mark.slow
def test_every_page_has_its_headers_for_a_member(app: Flask, place: Place, owner: Browser) -> None:
    for method, rule in every_rule(app):
        if method == "GET":
            response = owner.client.get(address(app, rule, place), base_url=ORIGIN)
            assert faults_of(response) == [], (rule.endpoint, response.status_code)


def test_every_refusal_has_its_headers(app: Flask, place: Place) -> None:
    browser = Browser(app, base_url=ORIGIN)
    for method, rule in every_rule(app):
        if method != "GET" or rule.arguments & {"workspace", "assessment", "secret", "bundle"}:
            path = address(app, rule, place)
            response = browser.client.open(path, method=method, base_url=ORIGIN)
            assert faults_of(response) == [], (method, rule.endpoint, response.status_code)
    for path in ("/nowhere", "/en/nowhere", "/api/v1/nowhere", "/static/x/y", "/%00"):
        for method in ("GET", "PUT", "TRACE"):
            response = browser.client.open(path, method=method, base_url=ORIGIN)
            assert faults_of(response) == [], (method, path)


def test_a_cookie_that_is_kept_longer_is_as_well_protected(owner: Browser) -> None:
    response = owner.client.post("/en/sign-out", base_url=ORIGIN)
    assert faults_of(response) == []
    kept = owner.client.get_cookie("__Host-riskq", domain="riskq.example.kz")
    assert kept is not None
    assert kept.secure
    assert kept.http_only
