"""A workspace whose screening has a vendor in every state, for those who look at all pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from riskq.engine import read_answer
from riskq.services import Desk, Saving, resume, save_answer, screenings, start, submit, workspaces
from riskq.store import User
from tests.ai_law import answers_of
from tests.users import add_user

__all__ = ["STATES", "Standing", "make_standing"]

STATES = ("invited", "opened", "answering", "submitted", "asked", "accepted", "returned")
NAMES = ("Жайық мемлекеттік технопаркі", "Alatau Scoring", "Степной Голос", "ТОО «Казына Карты»")
LONG = "Өңірлік цифрландыру және киберқауіпсіздік орталығының шаруашылық серіктестігі"


@dataclass
class Standing:
    """What there is: users, a workspace, screenings, vendors and their secrets by state.

    ``held`` is an assessment of the workspace; ``own`` the secret of one that is nobody's yet.
    """

    owner: User
    seat: workspaces.Seat
    screening: str
    late: str
    reader: str
    invitation: str
    held: str
    own: str
    vendors: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    assessments: dict[str, str] = field(default_factory=dict)


def make_standing(desk: Desk, key: str, name: str) -> Standing:
    """Make all that; ``key`` is the service's own secret, ``name`` part of the e-mails."""
    owner = add_user(desk, f"owner@{name}.example", "Аида Сейтқали")
    workspace = workspaces.found(desk, owner, "Астана қаласының әкімдігі")
    seat = workspaces.take_seat(desk, owner, workspace.id)
    reader = add_user(desk, f"reader@{name}.example", "Бота")
    workspaces.accept(desk, _invited(desk, seat, reader.email), reader)
    held = start(desk, "kz-ai-law", "kk")
    workspaces.claim(desk, seat, resume(desk, held.secret), "Хаттарды сұрыптау жүйесі")
    terms = screenings.Terms("Дауыстық көмекшілер, 2026", "Қала сайтына.", date(2099, 1, 1), "kk")
    made = screenings.begin_screening(desk, seat, "kz-ai-law", terms)
    over = screenings.Terms("Кешіккендер", "", date(2026, 1, 1), "ru")
    late = screenings.begin_screening(desk, seat, "kz-ai-law", over)
    standing = Standing(
        owner,
        seat,
        made.id,
        late.id,
        reader.id,
        _invited(desk, seat, f"guest@{name}.example"),
        held.id,
        start(desk, "kz-ai-law", "kk").secret,
    )
    _invite(desk, key, standing)
    return standing


def _invited(desk: Desk, seat: workspaces.Seat, email: str) -> str:
    return workspaces.invite(desk, seat, email, workspaces.Role.READER)


def _invite(desk: Desk, key: str, standing: Standing) -> None:
    """Invite vendors and let each come as far as its state says."""
    of = screenings.find_screening(desk, standing.seat, standing.screening)
    others = [screenings.NewVendor(f"{LONG} {state}", "info@vendor.example") for state in STATES]
    screenings.add_vendors(desk, of, key, [*map(screenings.NewVendor, NAMES), *others])
    overdue = screenings.find_screening(desk, standing.seat, standing.late)
    screenings.add_vendors(desk, overdue, key, [screenings.NewVendor("Alatau Scoring", "", "7")])
    for vendor in screenings.vendors_of(desk, of).values():
        state = vendor.name.rpartition(" ")[2]
        if state not in STATES:
            continue
        standing.vendors[state] = vendor.id
        standing.secrets[state] = secret = screenings.link_secret(key, vendor.id, vendor.issue)
        if state != "invited":
            begun = screenings.begin_answers(desk, secret, "kk")
            standing.assessments[state] = begun.id
            _come_to(desk, of, vendor.id, secret, state)


def _come_to(desk: Desk, of: screenings.Round, vendor: str, secret: str, state: str) -> None:
    if state == "opened":
        return
    case = "rule-calculator" if state == "accepted" else "office-assistant-user"
    _answer(desk, secret, case, 9 if state == "answering" else 99)
    if state == "answering":
        return
    opened = resume(desk, secret)
    submit(desk, opened, seen=opened.record.sequence, language="kk")
    if state in ("asked", "submitted"):
        _review(desk, of, vendor, "system-name", asks=True, value="Басқа атау")
    if state == "submitted":
        _review(desk, of, vendor, "emergency", asks=False, value="yes")
    looked = screenings.look_at(desk, of, vendor)
    if state == "asked":
        screenings.ask_again(desk, of, looked)
    elif state != "submitted":
        screenings.decide(desk, of, looked, state, "Негіздемесі жеткілікті түсіндірілген.")


def _answer(desk: Desk, secret: str, case: str, most: int) -> None:
    """Answer as a case does, so many questions."""
    opened, answers = resume(desk, secret), answers_of(case)
    while (name := opened.journey.next) is not None and len(opened.answers) < most:
        answer = read_answer(opened.questionnaire.by_id[name], answers[name], opened.on)
        opened = save_answer(desk, opened, name, answer, Saving(0))


def _review(
    desk: Desk, of: screenings.Round, vendor: str, name: str, *, asks: bool, value: str
) -> None:
    looked = screenings.look_at(desk, of, vendor)
    answer = read_answer(of.questionnaire.by_id[name], value, desk.today())
    said = screenings.Said("Қай нұсқасы? Нөмірін жазыңыз.", asks, answer)
    screenings.review_answer(desk, of, looked, name, said)
