"""A buyer invites, a vendor answers without an account, the buyer asks again and decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from riskq.engine import read_answer
from riskq.services import (
    AssessmentExpiredError,
    LockedAnswerError,
    NoAssessmentError,
    Opened,
    Saving,
    newer_edition,
    resume,
    save_answer,
    screenings,
    submit,
    workspaces,
)
from riskq.services.opening import open_by_id
from riskq.services.screenings import NewVendor, Round, Said, Terms
from riskq.store import VendorLine, Wanted
from tests.services.conftest import SECOND, Service
from tests.users import add_user

KEY = "a secret of the tests, long enough to be one"
TERMS = Terms("Voice assistants", "Please answer.", date(2026, 6, 20), "kk")
NAMES = ("Жайық", "Alatau", "Steppe")
ANSWERS: dict[str, object] = {
    "name": "Crane",
    "in-scope": "yes",
    "harms": ["people"],
    "users": 5,
    "reviewed": "never",
}


@pytest.fixture
def of(service: Service) -> Round:
    owner = add_user(service.desk)
    workspace = workspaces.found(service.desk, owner, "City")
    seat = workspaces.take_seat(service.desk, owner, workspace.id)
    made = screenings.begin_screening(service.desk, seat, "small", TERMS)
    return screenings.find_screening(service.desk, seat, made.id)


def invite(service: Service, of: Round, *names: str) -> dict[str, str]:
    """The ids of new vendors, by their names."""
    screenings.add_vendors(service.desk, of, KEY, [NewVendor(name) for name in names])
    return {line.name: line.id for line in lines(service, of)}


def lines(service: Service, of: Round, **wanted: object) -> list[VendorLine]:
    levels = ("low", "high")
    page = screenings.list_vendors(
        service.desk,
        of,
        Wanted("risk", levels, **wanted),  # type: ignore[arg-type]  # Tests name columns.
    )
    return list(page.lines)


def secret_of(service: Service, of: Round, vendor: str) -> str:
    issue = screenings.find_vendor(service.desk, of, vendor).issue
    return screenings.link_secret(KEY, vendor, issue)


def come_in(service: Service, of: Round, vendor: str) -> Opened:
    started = screenings.begin_answers(service.desk, secret_of(service, of, vendor), "ru")
    return resume(service.desk, started.secret)


def give(service: Service, opened: Opened, name: str, raw: object) -> Opened:
    answer = read_answer(opened.questionnaire.by_id[name], raw, opened.on)
    saving = Saving(opened.versions.get(name, 0), confirmed=True)
    return save_answer(service.desk, opened, name, answer, saving)


def hand_in(service: Service, opened: Opened, **changes: object) -> Opened:
    """Answer what is asked, and submit."""
    for name, raw in changes.items():
        opened = give(service, opened, name, raw)
    while (following := opened.journey.next) is not None:
        opened = give(service, opened, following, ANSWERS[following])
    submit(service.desk, opened, seen=opened.record.sequence, language="kk")
    return resume_again(service, opened)


def resume_again(service: Service, opened: Opened) -> Opened:
    return open_by_id(service.desk, opened.record.id)


def looked(service: Service, of: Round, vendor: str) -> screenings.Looked:
    return screenings.look_at(service.desk, of, vendor)


def say(service: Service, of: Round, vendor: str, name: str, **said: object) -> None:
    given = {"comment": "", "asks": False, "value": None, **said}
    screenings.review_answer(
        service.desk,
        of,
        looked(service, of, vendor),
        name,
        Said(**given),  # type: ignore[arg-type]
    )


def states(service: Service, of: Round) -> dict[str, str]:
    return {line.name: line.state for line in lines(service, of)}


def test_vendors_are_invited_once_and_each_has_a_link_of_its_own(
    service: Service, of: Round
) -> None:
    ids = invite(service, of, *NAMES)
    assert screenings.add_vendors(service.desk, of, KEY, [NewVendor("ALATAU")]) == 0
    assert screenings.add_vendors(service.desk, of, KEY, [NewVendor("Alatau", "a@b.kz")]) == 1
    secrets = {secret_of(service, of, vendor) for vendor in ids.values()}
    assert len(secrets) == 3
    assert {len(secret) for secret in secrets} == {43}
    assert set(states(service, of).values()) == {"invited"}


def test_a_link_opens_the_answers_of_its_vendor_alone(service: Service, of: Round) -> None:
    ids = invite(service, of, "Alatau", "Steppe")
    first, again = come_in(service, of, ids["Alatau"]), come_in(service, of, ids["Alatau"])
    other = come_in(service, of, ids["Steppe"])
    assert first.record.id == again.record.id != other.record.id
    assert states(service, of) == {"Alatau": "opened", "Steppe": "opened"}
    for secret in ("nothing", screenings.link_secret("another key", ids["Alatau"], 1)):
        with pytest.raises(screenings.LinkOverError):
            screenings.find_by_link(service.desk, secret)


def test_the_edition_stays_that_of_the_screening(service: Service, of: Round) -> None:
    ids = invite(service, of, "Alatau", "Steppe")
    opened = come_in(service, of, ids["Alatau"])
    service.go_to(SECOND)
    assert newer_edition(service.desk, opened) is None
    screenings.renew_link(service.desk, of, KEY, ids["Steppe"])
    assert come_in(service, of, ids["Steppe"]).record.edition == opened.record.edition < SECOND


def test_a_vendor_goes_from_invited_to_submitted_and_is_locked(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    opened = give(service, come_in(service, of, vendor), "name", "Crane")
    assert states(service, of) == {"Alatau": "answering"}
    opened = hand_in(service, opened)
    (line,) = lines(service, of)
    assert (line.state, line.claimed, line.accepted) == ("submitted", "high", "high")
    assert opened.is_locked
    with pytest.raises(LockedAnswerError):
        give(service, opened, "users", 6)


def test_a_window_that_was_open_before_the_submission_changes_nothing(
    service: Service, of: Round
) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    opened = come_in(service, of, vendor)
    for name, raw in ANSWERS.items():
        opened = give(service, opened, name, raw)
    submit(service.desk, opened, seen=opened.record.sequence, language="kk")
    service.desk.recent.keep(opened)
    with pytest.raises(LockedAnswerError):
        give(service, opened, "users", 6)


def test_asking_again_opens_exactly_what_is_marked(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    hand_in(service, come_in(service, of, vendor))
    say(service, of, vendor, "users", comment="Only five?", asks=True)
    say(service, of, vendor, "name", comment="Internal: a known name.")
    assert screenings.ask_again(service.desk, of, looked(service, of, vendor)) == ("users",)
    assert states(service, of) == {"Alatau": "asked"}
    opened = come_in(service, of, vendor)
    invitation = screenings.find_by_assessment(service.desk, opened)
    assert invitation is not None
    assert [review.comment for review in invitation.asked(opened)] == ["Only five?"]
    with pytest.raises(LockedAnswerError):
        give(service, opened, "harms", ["none"])
    opened = hand_in(service, opened, users=5000)
    assert opened.is_locked
    assert states(service, of) == {"Alatau": "submitted"}
    assert looked(service, of, vendor).asks == ()


def test_what_an_asked_answer_newly_leads_to_can_be_answered(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    opened = hand_in(service, come_in(service, of, vendor), **{"name": "x", "in-scope": "no"})
    say(service, of, vendor, "in-scope", asks=True)
    screenings.ask_again(service.desk, of, looked(service, of, vendor))
    opened = give(service, come_in(service, of, vendor), "in-scope", "yes")
    assert not opened.is_locked_to("harms")
    assert opened.is_locked_to("name")
    assert hand_in(service, opened).record.last_revision == 2


def test_an_own_value_gives_the_accepted_conclusion_beside_the_claimed(
    service: Service, of: Round
) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    hand_in(service, come_in(service, of, vendor))
    harms = looked(service, of, vendor).submitted.questionnaire.by_id["harms"]  # type: ignore[union-attr]
    say(service, of, vendor, "harms", value=read_answer(harms, ["none"], service.desk.today()))
    (line,) = lines(service, of)
    assert (line.claimed, line.accepted) == ("high", "low")
    seen = looked(service, of, vendor)
    assert seen.submitted is not None
    assert seen.accepted is not None
    assert seen.submitted.conclusion.scale("risk").possible == ("high",)
    assert seen.accepted.conclusion.scale("risk").possible == ("low",)
    assert [line.name for line in lines(service, of, level="low")] == ["Alatau"]
    assert lines(service, of, level="high") == []
    say(service, of, vendor, "harms")
    assert [line.accepted for line in lines(service, of)] == ["high"]


def test_an_own_value_is_about_one_submission(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    hand_in(service, come_in(service, of, vendor))
    question = looked(service, of, vendor).submitted.questionnaire.by_id["harms"]  # type: ignore[union-attr]
    own = read_answer(question, ["none"], service.desk.today())
    say(service, of, vendor, "harms", value=own, asks=True)
    screenings.ask_again(service.desk, of, looked(service, of, vendor))
    hand_in(service, come_in(service, of, vendor), harms=["property"])
    assert not looked(service, of, vendor).has_own_values
    assert [line.accepted for line in lines(service, of)] == ["high"]


def test_a_decision_is_about_one_submission(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    hand_in(service, come_in(service, of, vendor))
    screenings.decide(service.desk, of, looked(service, of, vendor), "returned", "Too thin")
    assert states(service, of) == {"Alatau": "returned"}
    opened = hand_in(service, come_in(service, of, vendor), users=7)
    assert states(service, of) == {"Alatau": "submitted"}
    assert not looked(service, of, vendor).is_decided
    screenings.decide(service.desk, of, looked(service, of, vendor), "accepted", "Good")
    assert states(service, of) == {"Alatau": "accepted"}
    with pytest.raises(LockedAnswerError):
        give(service, resume_again(service, opened), "users", 8)


def test_there_is_nothing_to_decide_before_a_submission(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    with pytest.raises(screenings.NotSubmittedError):
        screenings.decide(service.desk, of, looked(service, of, vendor), "accepted", "")
    come_in(service, of, vendor)
    for attempt in (
        lambda: screenings.ask_again(service.desk, of, looked(service, of, vendor)),
        lambda: say(service, of, vendor, "name", comment="x"),
    ):
        with pytest.raises(screenings.NotSubmittedError):
            attempt()


def test_a_renewed_link_replaces_the_old_and_a_withdrawn_one_opens_nothing(
    service: Service, of: Round
) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    old = secret_of(service, of, vendor)
    opened = come_in(service, of, vendor)
    screenings.renew_link(service.desk, of, KEY, vendor)
    for attempt in (screenings.find_by_link, resume):
        with pytest.raises((screenings.LinkOverError, NoAssessmentError)):
            attempt(service.desk, old)
    assert come_in(service, of, vendor).record.id == opened.record.id
    new = secret_of(service, of, vendor)
    screenings.withdraw_link(service.desk, of, vendor)
    with pytest.raises(NoAssessmentError):
        resume(service.desk, new)


def test_a_link_expires_and_the_answers_stay(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    secret = secret_of(service, of, vendor)
    opened = give(service, come_in(service, of, vendor), "name", "Crane")
    service.wait(days=91)
    with pytest.raises(screenings.LinkOverError):
        screenings.find_by_link(service.desk, secret)
    with pytest.raises(AssessmentExpiredError):
        resume(service.desk, secret)
    assert service.desk.store.purge(service.moments[-1] + timedelta(days=3650)) == 0
    screenings.renew_link(service.desk, of, KEY, vendor)
    assert come_in(service, of, vendor).record.answers == opened.record.answers


def test_who_is_late_is_told_until_it_has_submitted(service: Service, of: Round) -> None:
    ids = invite(service, of, *NAMES)
    hand_in(service, come_in(service, of, ids["Alatau"]))
    assert lines(service, of, state="late") == []
    service.go_to(date(2026, 6, 21))
    assert [line.name for line in lines(service, of, state="late")] == ["Steppe", "Жайық"]
    page = screenings.list_vendors(service.desk, of, Wanted("risk", ("low", "high")))
    assert page.states == {"invited": 2, "submitted": 1, "late": 2}
    assert page.levels == {"": 2, "high": 1}


def test_a_list_is_sorted_filtered_searched_and_paged(service: Service, of: Round) -> None:
    ids = invite(service, of, *NAMES)
    hand_in(service, come_in(service, of, ids["Steppe"]))
    hand_in(service, come_in(service, of, ids["Жайық"]), **{**ANSWERS, "harms": ["none"]})

    def names(**wanted: object) -> list[str]:
        return [line.name for line in lines(service, of, **wanted)]

    assert names() == ["Alatau", "Steppe", "Жайық"]
    assert names(order="-name") == ["Жайық", "Steppe", "Alatau"]
    assert names(order="-level") == ["Steppe", "Жайық", "Alatau"]
    assert names(order="level")[0] == "Alatau"
    assert names(order="nonsense") == names()
    assert names(text="ЖАЙ") == ["Жайық"]
    assert names(text="%") == []
    assert names(state="submitted") == ["Steppe", "Жайық"]
    assert names(first=1, most=1) == ["Steppe"]


def test_a_screening_is_of_its_workspace_alone(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    other = workspaces.found(service.desk, of.seat.user, "Other")
    seat = workspaces.take_seat(service.desk, of.seat.user, other.id)
    with pytest.raises(screenings.NoScreeningError):
        screenings.find_screening(service.desk, seat, of.screening.id)
    second = screenings.begin_screening(service.desk, seat, "small", TERMS)
    elsewhere = screenings.find_screening(service.desk, seat, second.id)
    for attempt in (screenings.look_at, screenings.find_vendor, screenings.remove_vendor):
        with pytest.raises(screenings.NoVendorError):
            attempt(service.desk, elsewhere, vendor)


def test_a_closed_screening_lets_nobody_new_in(service: Service, of: Round) -> None:
    ids = invite(service, of, "Alatau")
    screenings.close_screening(service.desk, of, closes=True)
    with pytest.raises(screenings.LinkOverError):
        come_in(service, of, ids["Alatau"])


def test_a_removed_vendor_is_gone_with_its_answers(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    opened = come_in(service, of, vendor)
    screenings.remove_vendor(service.desk, of, vendor)
    assert service.desk.store.find(opened.record.id) is None
    assert lines(service, of) == []


def test_a_list_is_read_however_its_lines_are_parted() -> None:
    for text in ("A; a@b.kz; 1\nB", "A\ta@b.kz\t1\r\nB", "A,a@b.kz,1\n\nB\n"):
        lines = screenings.read_vendor_text(text)
        assert [line.vendor for line in lines] == [NewVendor("A", "a@b.kz", "1"), NewVendor("B")]
        assert {line.fault for line in lines} == {""}


def test_the_first_line_may_name_the_columns_in_any_order() -> None:
    (line,) = screenings.read_vendor_text("БСН;E-mail;Атауы\n7;a@b.kz;Жайық")
    assert (line.vendor, line.number) == (NewVendor("Жайық", "a@b.kz", "7"), 2)


def test_the_same_vendor_twice_in_a_list_counts_once() -> None:
    lines = screenings.read_vendor_text("Жайық\nЖАЙЫҚ\nЖайық;a@b.kz")
    assert [line.fault for line in lines] == ["", "twice", ""]


def test_a_list_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(screenings.NoListError) as refused:
        screenings.read_vendor_file("list.csv", b"x" * 2_000_001)
    assert refused.value.reason == "large"


@example([NewVendor("", "\t", "0")])
@given(st.lists(st.builds(NewVendor, *[st.text(max_size=9)] * 3), max_size=9))
def test_what_was_read_is_written_and_read_as_the_same(vendors: list[NewVendor]) -> None:
    read = [line.vendor for line in screenings.read_vendor_text(_as_table(vendors))]
    again = [
        line.vendor for line in screenings.read_vendor_text(screenings.write_vendor_text(read))
    ]
    assert again == read


def _as_table(vendors: list[NewVendor]) -> str:
    rows = ["name\temail\treference"]
    return "\n".join([*rows, *(f"{v.name}\t{v.email}\t{v.reference}" for v in vendors)])


def test_a_report_is_taken_in_whole_or_not_at_all(service: Service, of: Round) -> None:
    vendor = invite(service, of, "Alatau")["Alatau"]
    questionnaire = of.questionnaire
    answers = {
        name: read_answer(questionnaire.by_id[name], raw, service.desk.today())
        for name, raw in ANSWERS.items()
    }
    with pytest.raises(screenings.WrongReportError, match="incomplete"):
        screenings.take_in(
            service.desk, of, looked(service, of, vendor), {"name": answers["name"]}, {}
        )
    assert states(service, of) == {"Alatau": "invited"}
    give(service, come_in(service, of, vendor), "name", "Another")
    screenings.take_in(service.desk, of, looked(service, of, vendor), answers, {"sha256": "x"})
    opened = looked(service, of, vendor).opened
    assert opened is not None
    assert opened.answers == answers
    assert states(service, of) == {"Alatau": "submitted"}
    assert come_in(service, of, vendor).record.id == opened.record.id
    with pytest.raises(screenings.WrongReportError, match="locked"):
        screenings.take_in(service.desk, of, looked(service, of, vendor), answers, {})
