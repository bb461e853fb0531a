"""Two people, two workspaces, every id: what is another's is not there, by whatever way one asks.

test_rights sweeps roles and whole workspaces; here each id of the one is put into the addresses of
the other, in every address that takes such an id.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from riskq.hook_reach import Reach
from riskq.services import Desk, accounts, hooks, tokens, workspaces
from riskq.services.unguessable import hash_of, new_secret
from riskq.services.workspaces import Right
from riskq.store import SESSIONS
from tests.stores import contents_of
from tests.web.browser import Browser
from tests.web.conftest import MakeApp
from tests.web.late import every_rule
from tests.web.members import Place, enter, make_place
from tests.web.test_bundles import GOOD, send
from tests.web.test_rights import token_of

OF_WORKSPACE = (
    *("assessment", "client", "screening", "vendor", "user", "invitation", "token", "hook"),
    *("delivery", "file"),
)
SECRET = ("secret",)
OF_EVERYBODY = {
    *("language", "questionnaire", "day", "edition", "old", "new", "kind", "digest"),
    *("number", "code"),
}
ELSEWHERE = {"workspace": "test_rights", "bundle": "below", "name": "below, and of questions"}


@dataclass
class Theirs:
    """The ids of what another workspace has."""

    place: Place
    ids: dict[str, str]


def ids_of(place: Place) -> dict[str, str]:
    """What a workspace has, by the names that addresses call it."""
    names = ("assessment", "client", "screening", "vendor", "invitation", "file")
    return {**{name: getattr(place, name) for name in names}, "user": place.users["reader"]}


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(hooks=Reach.ANY)


@pytest.fixture
def place(desk: Desk) -> Place:
    return make_place(desk)


@pytest.fixture
def theirs(desk: Desk, place: Place) -> Theirs:
    del place  # That of one's own comes first.
    made = make_place(desk, "steppe")
    owner = next(one for one in accounts.list_users(desk) if one.email == made.email("owner"))
    seat = workspaces.take_seat(desk, owner, made.workspace)
    tokens.make_token(desk, seat, "Steppe token", (Right.SEE,), 30)
    (token,) = tokens.list_tokens(desk, seat)
    hook = hooks.add_hook(desk, seat, "http://127.0.0.1:9/steppe", ["vendor.late"], Reach.ANY)
    hooks.send_trial(desk, seat, hook.id)
    ((delivery,),) = hooks.newest_deliveries(desk, seat).values()
    ids = {
        **{name: getattr(made, name) for name in ("assessment", "client", "screening", "vendor")},
        "user": made.users["reader"],
        "invitation": made.invitation,
        "file": made.file,
        "token": token.id,
        "hook": hook.id,
        "delivery": delivery.id,
    }
    return Theirs(made, ids)


def test_every_kind_of_id_in_an_address_is_known_here(app: Flask) -> None:
    named = {name for _, rule in every_rule(app) for name in rule.arguments} - {"path"}
    known = {*OF_WORKSPACE, *SECRET, *OF_EVERYBODY, *ELSEWHERE}
    assert named == known


def test_no_id_of_another_workspace_works_in_ones_own(
    app: Flask, place: Place, theirs: Theirs, database: Path
) -> None:
    browser = enter(app, place.email("owner"))
    token = token_of(browser)
    before, tried = contents_of(database, counts=False), 0
    own = {**ids_of(place), "language": "en", "workspace": place.workspace, "kind": "csv"}
    own |= {"name": "system-name", "number": "1"}
    for method, rule in every_rule(app):
        for argument in sorted(rule.arguments & theirs.ids.keys()):
            mixed = {**own, argument: theirs.ids[argument]}
            given = {name: mixed[name] for name in rule.arguments}
            path = app.url_map.bind("localhost").build(rule.endpoint, given, method=method)
            sent = {"csrf_token": token, "seen": "0", "name": "x", "answer": "x", "role": "editor"}
            answer = browser.client.open(path, method=method, data=sent)
            # What only leads on from a link opens nothing itself.
            leads = rule.endpoint.endswith("_by_link") or answer.status_code == 303
            assert answer.status_code == 404 or leads, (method, rule.endpoint, argument)
            assert "Steppe" not in answer.get_data(as_text=True)
            assert contents_of(database, counts=False) == before, (rule.endpoint, argument)
            tried += 1
    assert tried > 80


def test_nobody_ends_a_session_of_somebody_else(
    app: Flask, desk: Desk, place: Place, theirs: Theirs
) -> None:
    other = enter(app, theirs.place.email("owner"))
    (session,) = desk.store.read(
        lambda unit: SESSIONS.find(unit, "where user = ?", theirs.place.users["owner"])
    )
    browser = enter(app, place.email("owner"))
    page = browser.post(f"/en/account/sessions/{session.id}/end", {"csrf_token": token_of(browser)})
    assert page.status in (200, 404)
    assert other.get("/en/workspaces").path == "/en/workspaces"


def test_nobody_opens_a_bundle_of_somebody_else(app: Flask) -> None:
    holder, stranger = Browser(app), Browser(app)
    bundle = send(holder, GOOD).path.split("/")[3]
    token = token_of(stranger)
    for method, rule in every_rule(app):
        if "bundle" in rule.arguments:
            path = app.url_map.bind("localhost").build(
                rule.endpoint, {"language": "en", "bundle": bundle}, method=method
            )
            answer = stranger.client.open(path, method=method, data={"csrf_token": token})
            assert answer.status_code == 404, (method, rule.endpoint)
    assert holder.get(f"/en/reports/{bundle}").status == 200
    assert stranger.get(f"/en/b/{bundle}.{new_secret()}").status == 404


def test_what_is_stored_of_a_secret_opens_nothing(app: Flask, place: Place, database: Path) -> None:
    browser = Browser(app)
    token = token_of(browser)
    before = contents_of(database)
    stored = [hash_of(new_secret()).hex(), place.assessment, place.invitation, place.vendor]
    for method, rule in every_rule(app):
        if "secret" in rule.arguments:
            for secret in (*stored, new_secret(), "%"):
                path = app.url_map.bind("localhost").build(
                    rule.endpoint, {"language": "en", "secret": secret}, method=method
                )
                sent = {"csrf_token": token, "password": "a new long password", "name": "x"}
                answer = browser.client.open(path, method=method, data=sent)
                assert answer.status_code in (404, 410), (method, rule.endpoint, secret)
    assert contents_of(database) == before
