"""A browser refuses nothing of any page: what the content policy forbids is not there.

The policy is strict, and a page that broke it would lose a style or a script without anybody
noticing. The browser says what it refuses, and where each request goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from riskq.services import Desk
from tests.browser.conftest import SECRET
from tests.browser.standing import Standing, make_standing
from tests.browser.tours import TOURS, Tourist
from tests.browser.walker import Walker
from tests.web.answered import READY, whole_answers_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TELL = """document.addEventListener("securitypolicyviolation", broken =>
    tellOfRefusal(`${location.href}: ${broken.violatedDirective}: ${broken.blockedURI}`))"""
DRAWN = """() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""
PUBLIC = [
    "", "law", "privacy", "accessibility", "proof", "proof/kz-ai-law/2026-08-25", "verify",
    "compare/kz-ai-law/2026-01-18/2026-08-25", "map/kz-ai-law", "import", "tables", "reports",
    "api", "nowhere", "sign-in", "r/AAAA",
]  # fmt: skip


@dataclass
class Watched:
    """A page, what the browser refused on it, and where it turned to."""

    page: Page
    origin: str
    refused: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.expose_function("tellOfRefusal", self.hear)
        self.page.add_init_script(TELL)
        self.page.on("request", lambda request: self.note(request.url))

    def hear(self, said: str) -> None:
        self.refused.append(said)

    def note(self, address: str) -> None:
        if not address.startswith((f"{self.origin}/", "data:", "about:")):
            self.foreign.append(address)

    def settle(self) -> None:
        """Let the page say all that it has to say."""
        self.page.wait_for_load_state("load")
        self.page.evaluate(DRAWN)


@pytest.fixture
def watched(service: str, chromium: Browser) -> Iterator[Watched]:
    page = chromium.new_context().new_page()
    yield Watched(page, service)
    page.context.close()


@pytest.fixture(scope="session")
def standing(desk: Desk) -> Standing:
    return make_standing(desk, SECRET, "policy")


def test_nothing_is_refused_on_public_pages(watched: Watched) -> None:
    for place in PUBLIC:
        watched.page.goto(f"{watched.origin}/en/{place}")
        watched.settle()
    assert (watched.refused, watched.foreign) == ([], [])


def test_nothing_is_refused_on_a_walk(watched: Watched) -> None:
    answers = whole_answers_of(READY)
    walker = Walker(watched.page, watched.origin, "kk", answers, lambda _: watched.settle())
    walker.start()
    walker.walk()
    walker.submit()
    base = watched.page.url.partition("/result")[0]
    for place in ("", "map", "link", "history", "changes", "delete", "check", "q/sector/files"):
        watched.page.goto(f"{base}/{place}")
        watched.settle()
    assert (watched.refused, watched.foreign) == ([], [])


@pytest.mark.parametrize("name", TOURS)
def test_nothing_is_refused_on_a_tour(
    watched: Watched, desk: Desk, standing: Standing, name: str
) -> None:
    tourist = Tourist(watched.page, watched.origin, "ru", desk, standing)
    for _ in TOURS[name](tourist):
        watched.settle()
    assert (watched.refused, watched.foreign) == ([], [])


@pytest.mark.parametrize(
    "planted",
    [
        '<b style="color: red">x</b>',
        '<img src="http://192.0.2.1/x.png">',
        '<iframe src="/en/"></iframe>',
        '<object data="/en/"></object>',
        "<style>b { color: red }</style>",
    ],
)
def test_what_is_planted_is_refused_and_noticed(watched: Watched, planted: str) -> None:
    watched.page.goto(f"{watched.origin}/en/")
    watched.page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", planted)
    watched.settle()
    assert len(watched.refused) == 1
