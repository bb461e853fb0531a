"""Every page × every role × a foreign workspace: nothing opens that the role does not allow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from riskq.services import Desk
from riskq.services.workspaces import Right, Role
from riskq.web.late_parts import LateFlask
from riskq.web.workspaces import RIGHTS
from tests.marks import some_quickly
from tests.stores import contents_of
from tests.web.browser import Browser
from tests.web.members import ROLES, Place, enter, make_place

HOLDER_ONLY = {"private.link", "private.leave", "private.leave_by_link", "claiming.ask"}
HOLDER_ONLY |= {"claiming.claim"}


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def foreign(desk: Desk, place: Place) -> Place:
    del place  # That of one's own comes first.
    return make_place(desk, "steppe")


def rules_with(app: Flask, argument: str) -> list[tuple[str, Rule]]:
    """Every method and rule whose address names such a thing, those loaded late too."""
    assert isinstance(app, LateFlask)
    app.load_late()
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        if argument in rule.arguments
        # What only leads on from a link to the page of the same thing opens nothing itself.
        # Calls of the API take no cookie; test_api sweeps them.
        if not rule.endpoint.endswith("_by_link") and not rule.endpoint.startswith("api.")
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    ]


def address(app: Flask, rule: Rule, place: Place) -> str:
    """The address of a page of the workspace, about a member, an invitation or an assessment."""
    values = {
        "language": "en",
        "workspace": place.workspace,
        "user": place.users["reader"],
        "invitation": place.invitation,
        "assessment": place.assessment,
        "client": place.client,
        "screening": place.screening,
        "vendor": place.vendor,
        "kind": "csv",
        "token": "x",
    }
    if rule.endpoint.startswith("evidence."):
        values["file"] = place.file
    others = {"name": "system-name", "number": 1, "duty": "x", "file": "x"}
    given = {name: values.get(name, others.get(name, "x")) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, given, method=None)


def test_an_assessment_of_a_foreign_workspace_is_not_in_ones_own(
    app: Flask, place: Place, foreign: Place, database: Path
) -> None:
    browser = enter(app, place.email("owner"))
    token = token_of(browser)
    before = contents_of(database, counts=False)
    mixed = replace(foreign, workspace=place.workspace)
    for argument in ("assessment", "client"):
        for method, rule in rules_with(app, argument):
            if "workspace" in rule.arguments:
                sent = {"csrf_token": token, "seen": "0", "name": "x"}
                response = browser.client.open(address(app, rule, mixed), method=method, data=sent)
                assert response.status_code == 404, (method, rule.endpoint)
                assert "Sorting" not in response.get_data(as_text=True)
    assert contents_of(database, counts=False) == before


def token_of(browser: Browser) -> str:
    """A valid token, so that rights alone decide."""
    page = browser.get("/en/")
    return dict(page.forms[0].fields)["csrf_token"]


def test_every_page_of_a_workspace_names_its_right(app: Flask) -> None:
    rules = rules_with(app, "workspace")
    assert {rule.endpoint for _, rule in rules} == set(RIGHTS)
    assert len(rules) == len(RIGHTS)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_may_and_nothing_else(app: Flask, place: Place, role: str) -> None:
    browser = enter(app, place.email(role))
    for method, rule in rules_with(app, "workspace"):
        if method != "GET":
            continue
        status = browser.client.get(address(app, rule, place)).status_code
        allowed = Role(role).may(RIGHTS[rule.endpoint])
        assert (status != 403) == allowed, (rule.endpoint, status)
        assert status in ({200, 302, 303} if allowed else {403}), (rule.endpoint, status)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_changes_nothing_that_it_may_not(
    app: Flask, place: Place, role: str, database: Path
) -> None:
    browser = enter(app, place.email(role))
    token = token_of(browser)
    before = contents_of(database, counts=False)
    for method, rule in rules_with(app, "workspace"):
        if method == "GET" or Role(role).may(RIGHTS[rule.endpoint]):
            continue
        path = address(app, rule, place)
        response = browser.client.open(path, method=method, data={"csrf_token": token})
        assert response.status_code == 403, rule.endpoint
    assert contents_of(database, counts=False) == before


@pytest.mark.parametrize("role", ROLES)
def test_a_foreign_workspace_is_not_there(
    app: Flask, place: Place, foreign: Place, role: str, database: Path
) -> None:
    browser = enter(app, place.email(role))
    token = token_of(browser)
    before = contents_of(database, counts=False)
    for method, rule in rules_with(app, "workspace"):
        path = address(app, rule, foreign)
        response = browser.client.open(path, method=method, data={"csrf_token": token})
        assert response.status_code == 404, (method, rule.endpoint)
        assert "Steppe" not in response.get_data(as_text=True)
    assert contents_of(database, counts=False) == before


def test_whoever_is_not_signed_in_is_led_to_the_door(
    app: Flask, place: Place, database: Path
) -> None:
    browser = Browser(app)
    token = token_of(browser)
    before = contents_of(database, counts=False)
    for method, rule in rules_with(app, "workspace"):
        path = address(app, rule, place)
        response = browser.client.open(path, method=method, data={"csrf_token": token})
        assert response.status_code == 303, (method, rule.endpoint)
        assert response.headers["Location"].startswith("/en/sign-in")
    assert contents_of(database, counts=False) == before


@pytest.mark.parametrize("role", some_quickly(ROLES, 4))
def test_members_look_at_what_a_vendor_answers_and_change_nothing(
    app: Flask, place: Place, role: str, database: Path
) -> None:
    browser = enter(app, place.email(role))
    token = token_of(browser)
    before = contents_of(database, counts=False)
    place.assessment = place.vendor_assessment
    for method, rule in rules_with(app, "assessment"):
        path = address(app, rule, place)
        sent = {"csrf_token": token, "seen": "0", "answer": "x", "confirmed": "yes"}
        response = browser.client.open(path, method=method, data=sent)
        if "workspace" in rule.arguments:
            assert response.status_code in (403, 404), rule.endpoint
        elif method == "GET":
            assert response.status_code in (200, 303, 404), rule.endpoint
        else:
            assert response.status_code == 403, rule.endpoint
    assert contents_of(database, counts=False) == before
    assert browser.get(f"/en/a/{place.assessment}/result").status == 200


@pytest.mark.parametrize("role", some_quickly(ROLES, 4))
def test_members_open_the_assessments_of_their_workspace(
    app: Flask, place: Place, role: str, database: Path
) -> None:
    browser = enter(app, place.email(role))
    token = token_of(browser)
    before = contents_of(database, counts=False)
    for method, rule in rules_with(app, "assessment"):
        path = address(app, rule, place)
        if "workspace" in rule.arguments:
            continue  # It names its right, as the tests above hold it to.
        if method == "GET":
            status = browser.client.get(path).status_code
            assert status == 404 or rule.endpoint not in HOLDER_ONLY, rule.endpoint
            assert status != 403, rule.endpoint
        elif not Role(role).may(Right.EDIT):
            sent = {"csrf_token": token, "seen": "0", "answer": "x"}
            response = browser.client.open(path, method=method, data=sent)
            assert response.status_code == 403, rule.endpoint
    assert contents_of(database, counts=False) == before
    assert browser.get(f"/en/a/{place.assessment}/").status == 200


@pytest.mark.parametrize("of_vendor", [False, True], ids=["own", "vendor"])
@pytest.mark.parametrize("who", [*ROLES, ""])
def test_nobody_opens_an_assessment_of_a_foreign_workspace(
    app: Flask, place: Place, foreign: Place, who: str, of_vendor: bool, database: Path
) -> None:
    if of_vendor:
        foreign.assessment = foreign.vendor_assessment
    browser = enter(app, place.email(who)) if who else Browser(app)
    token = token_of(browser)
    before = contents_of(database, counts=False)
    for method, rule in rules_with(app, "assessment"):
        path = address(app, rule, foreign)
        sent = {"csrf_token": token, "seen": "0", "answer": "x"}
        response = browser.client.open(path, method=method, data=sent)
        leads_in = response.status_code == 303 and "/sign-in" in response.headers["Location"]
        assert response.status_code == 404 or (leads_in and not who), (method, rule.endpoint)
        assert "Sorting" not in response.get_data(as_text=True)
    assert contents_of(database, counts=False) == before
