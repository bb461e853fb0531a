"""Tours through the pages of accounts, workspaces and screenings, as those see them who may.

A tour opens one page after the other and tells the name of each, so that whoever follows can look
at it. Between two pages it does what leads to the next, as a person does: by buttons and links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyotp
from playwright.sync_api import FilePayload, Page

from riskq.services import Desk, accounts, workspaces
from tests.browser.standing import Standing
from tests.users import PASSWORD, add_user

__all__ = ["TOURS", "Tourist", "sign_in"]

PRIMARY = "main form .button.primary"


@dataclass
class Tourist:
    """Somebody with a browser, in a language, at a service whose desk is at hand."""

    page: Page
    origin: str
    language: str
    desk: Desk
    standing: Standing

    def address(self, name: str) -> str:
        """Give somebody an e-mail address that no other tour of the same service uses."""
        domain = self.standing.owner.email.partition("@")[2]
        return f"{name}-{self.language}@{domain}"

    def go(self, path: str) -> None:
        """Open a page by its address without the language."""
        self.page.goto(f"{self.origin}/{self.language}/{path}")

    def press(self, button: str = PRIMARY) -> None:
        """Press a button and wait for the page after it."""
        with self.page.expect_event("domcontentloaded"):
            self.page.locator(button).first.click()

    def room(self, path: str = "") -> None:
        """Open a page of the workspace."""
        self.go(f"w/{self.standing.seat.workspace.id}/{path}")

    def round(self, path: str = "") -> None:
        """Open a page of the screening."""
        self.room(f"screenings/{self.standing.screening}/{path}")

    def vendor(self, state: str, path: str = "") -> None:
        """Open a page about the vendor of a state."""
        self.round(f"vendors/{self.standing.vendors[state]}{path}")


Tour = Callable[[Tourist], Iterator[str]]


def sign_in(tourist: Tourist, email: str) -> None:
    """Sign in as somebody."""
    tourist.go("sign-in")
    tourist.page.fill("#email", email)
    tourist.page.fill("#password", PASSWORD)
    tourist.press()


def strangers(tourist: Tourist) -> Iterator[str]:
    """What somebody sees who is not signed in."""
    desk, page = tourist.desk, tourist.page
    tourist.go("sign-in")
    yield "sign-in"
    page.fill("#email", tourist.address("nobody"))
    page.fill("#password", "wrong")
    tourist.press()
    yield "sign-in-fault"
    user = add_user(desk, tourist.address("new"), "Дана")
    tourist.go(f"password/{accounts.make_password_link(desk, user.email)}")
    yield "first-password"
    tourist.go(f"join/{tourist.standing.invitation}")
    yield "join"
    page.fill("#name", "Гүлназ")
    page.fill("#password", "short")
    tourist.press()
    yield "join-fault"
    tourist.go(f"i/{'A' * 43}")
    yield "invitation-over"


def account(tourist: Tourist) -> Iterator[str]:
    """One's own account, and the second factor from beginning to end."""
    page, email = tourist.page, tourist.address("member")
    add_user(tourist.desk, email, "Еркін Мұқанов")
    sign_in(tourist, email)
    yield "workspaces-none"
    tourist.go("account")
    yield "account"
    tourist.go("account/password")
    yield "password"
    tourist.press()
    yield "password-fault"
    tourist.go("account/second-factor")
    yield "second-factor"
    key = page.locator("figcaption code").inner_text().replace(" ", "")
    page.fill("#code", pyotp.TOTP(key).now())
    page.fill("#password", PASSWORD)
    tourist.press()
    yield "recovery-codes"
    tourist.go("account/second-factor")
    yield "second-factor-off"
    tourist.go("account")
    yield "account-with-factor"
    page.context.clear_cookies()
    sign_in(tourist, email)
    yield "code"
    tourist.press()
    yield "code-fault"


def leaving(tourist: Tourist) -> Iterator[str]:
    """Deleting one's account, and why the only owner of a workspace cannot."""
    page, email = tourist.page, tourist.address("leaver")
    sign_in(tourist, tourist.standing.owner.email)
    tourist.go("account/delete")
    yield "account-delete-refused"
    page.context.clear_cookies()
    add_user(tourist.desk, email, "Гүлсім Тәжібаева")
    sign_in(tourist, email)
    tourist.go("account/delete")
    yield "account-delete"
    tourist.press("main form .button.danger")
    yield "account-delete-fault"
    page.fill("#password", PASSWORD)
    tourist.press("main form .button.danger")
    assert page.url.endswith("/account/deleted")
    yield "account-deleted"


def removing(tourist: Tourist) -> Iterator[str]:
    """Deleting a workspace: what goes, the wrong name, and the list that says that it is gone."""
    page, email, name = tourist.page, tourist.address("closer"), "Шымкент қаласының әкімдігі"
    sign_in(tourist, tourist.standing.owner.email)
    tourist.room("delete")
    yield "workspace-delete"
    page.context.clear_cookies()
    user = add_user(tourist.desk, email, "Гүлсім Тәжібаева")
    made = workspaces.found(tourist.desk, user, name)
    sign_in(tourist, email)
    tourist.go("account/delete")
    yield "account-delete-alone"
    tourist.go(f"w/{made.id}/delete")
    tourist.press("main form .button.danger")
    yield "workspace-delete-fault"
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    tourist.press("main form .button.danger")
    assert page.url.endswith("/workspaces")
    yield "workspace-deleted"


def workspace(tourist: Tourist) -> Iterator[str]:
    """A workspace, as its owner sees it."""
    standing, page = tourist.standing, tourist.page
    sign_in(tourist, standing.owner.email)
    yield "workspaces"
    places = {"": "home", "members": "members", f"members/{standing.reader}": "member"}
    places |= {"leave": "leave", "name": "name", "history": "workspace-history"}
    places |= {"tokens": "tokens", "webhooks": "webhooks"}
    for path, name in places.items():
        tourist.room(path)
        yield name
    tourist.room("members")
    tourist.press()
    yield "members-fault"
    tourist.room("webhooks")
    page.fill("#url", "https://hooks.alatau-procurement.example.kz/riskq/inbox?team=ai-trust")
    tourist.press()
    tourist.press('form[action$="/trial"] button')
    yield "webhook"
    tourist.press()
    yield "webhook-fault"
    tourist.room("members")
    page.fill("#email", tourist.address("invited"))
    tourist.press()
    yield "invited"
    tourist.go(f"r/{standing.own}")
    tourist.go(f"a/{page.url.split('/a/')[1].partition('/')[0]}/claim")
    yield "claim"
    for path in ("", "history", "result"):
        tourist.go(f"a/{standing.held}/{path}")
        yield f"held-{path}"


def inviting(tourist: Tourist) -> Iterator[str]:
    """A screening before its vendors answer, as its owner sees it."""
    page = tourist.page
    sign_in(tourist, tourist.standing.owner.email)
    for path in ("", "/new", f"/{tourist.standing.late}/"):
        tourist.room(f"screenings{path}")
        yield f"screenings{path and path[:4]}".replace("/", "-").rstrip("-")
    tourist.room("screenings/new")
    tourist.press()
    yield "new-fault"
    for path in ("terms", "links", "invite"):
        tourist.round(path)
        yield path
    tourist.press()
    yield "invite-fault"
    page.fill("#list", "Alatau; info@alatau.example; 1\nЖайық; no mail;\n;x@y.example;\n")
    tourist.press()
    yield "look"
    page.goto(page.url.replace("/look", "/invite"))
    page.fill("#list", ";x@y.example;\n")
    tourist.press()
    yield "look-nothing"
    tourist.vendor("answering", "/letter")
    yield "letter"
    tourist.vendor("answering", "/letter?kind=reminder")
    yield "reminder"


def table(tourist: Tourist) -> Iterator[str]:
    """The table, a vendor whose answers lie with the buyer, and one answer of it."""
    sign_in(tourist, tourist.standing.owner.email)
    tourist.round()
    yield "table"
    tourist.round("reports")
    yield "reports"
    tourist.vendor("submitted")
    yield "vendor-submitted"
    tourist.vendor("submitted", "/answers/model-based")
    yield "review"


def deciding(tourist: Tourist) -> Iterator[str]:
    """The vendors of a screening in each state, and what is done with them."""
    page, standing = tourist.page, tourist.standing
    sign_in(tourist, standing.owner.email)
    tourist.round("?state=late")
    yield "table-none"
    for state in standing.vendors:
        tourist.vendor(state)
        yield f"vendor-{state}"
    tourist.vendor("submitted")
    tourist.press('form[action$="/decide"] button')
    yield "decide-fault"
    tourist.vendor("submitted", "/answers/sector")
    yield "review-many"
    tourist.round(f"compare?vendor={'&vendor='.join(standing.vendors.values())}")
    yield "compare"
    tourist.round("compare")
    yield "compare-none"
    tourist.vendor("invited", "/remove")
    yield "remove"
    tourist.vendor("invited", "/report")
    yield "report"
    tourist.press()
    yield "report-fault"
    tourist.go(f"a/{standing.assessments['submitted']}/result")
    yield "result-of-vendor"
    link = page.locator('a[href$=".pdf"]').first.get_attribute("href")
    pdf = page.context.request.get(f"{tourist.origin}{link}").body()
    file: FilePayload = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": pdf}
    tourist.vendor("invited", "/report")
    page.set_input_files("#file", [file])
    tourist.press()
    yield "received"


def answering(tourist: Tourist) -> Iterator[str]:
    """What a vendor sees in each state."""
    standing, page = tourist.standing, tourist.page
    tourist.go(f"i/{standing.secrets['invited']}")
    yield "invitation"
    tourist.go(f"i/{standing.secrets['answering']}")
    yield "invitation-begun"
    for state, name in standing.assessments.items():
        tourist.go(f"i/{standing.secrets[state]}")
        tourist.press()
        yield f"overview-{state}"
        if state in ("asked", "submitted"):
            tourist.go(f"a/{name}/q/model-based")
            yield f"question-locked-{state}"
    name = standing.assessments["asked"]
    for path in ("q/system-name", "check", "history", "result"):
        tourist.go(f"a/{name}/{path}")
        yield f"asked-{path.replace('/', '-')}"
    tourist.go(f"a/{standing.assessments['submitted']}/delete")
    assert page.url.endswith("/delete")
    yield "delete-refused"


TOURS: dict[str, Tour] = {
    tour.__name__: tour
    for tour in (
        *(table, strangers, account, leaving, removing, workspace, inviting, deciding),
        answering,
    )
}
"""All tours by their names; the first is short."""
