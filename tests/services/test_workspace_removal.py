"""A workspace is deleted: nothing of it is left anywhere, and all else is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs

from riskq.brand import Brand
from riskq.hook_reach import Reach
from riskq.questionnaire import Catalogue
from riskq.services import (
    Desk,
    NoAssessmentError,
    accounts,
    check_books,
    hooks,
    letters,
    persons,
    resume,
    screenings,
    start,
    tokens,
    workspaces,
)
from riskq.services.workspaces import Right, Role, Seat
from riskq.store import OUTBOX, NoSuchFile, StoreUnavailable, Unit, User, open_files
from tests.keys import KEYS
from tests.stores import contents_of, new_store
from tests.users import CHEAP, add_user
from tests.web.conftest import Clock
from tests.web.members import SECRET, Place, make_place

NAME = "Steppe"
TEXTS = ("Steppe", "steppe", "Post of the Valley", "kept to ourselves", "hooks.example")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = new_store(tmp_path / "riskq.db")
    files = open_files(tmp_path / "files", spare=0)
    yield Desk(store, Catalogue(), Clock(), passwords=CHEAP, files=files, keys=KEYS)
    store.close()


@pytest.fixture
def place(desk: Desk) -> Place:
    """A workspace of others, which is to stay as it is."""
    return make_place(desk)


@pytest.fixture
def doomed(desk: Desk, place: Place) -> Place:
    """A workspace of which everything is stored that can be."""
    del place  # That of others comes first.
    made = make_place(desk, "steppe")
    seat = seat_of(desk, made)
    workspaces.make_feed(desk, seat, has_titles=True)
    workspaces.add_client(desk, seat, "Post of the Valley")
    workspaces.set_brand(desk, seat, Brand("Steppe Advice"))
    tokens.make_token(desk, seat, "Steppe export", (Right.SEE,), 30)
    hook = hooks.add_hook(desk, seat, "https://hooks.example/x", ["vendor.late"], Reach.ANY)
    hooks.send_trial(desk, seat, hook.id)
    for about, kind in ((made.vendor, "invitation"), (made.invitation, "member")):
        queue_letter(desk, seat, about, kind)
    held = workspaces.find_held(desk, seat.user, made.assessment)
    assert held is not None
    said = workspaces.describe(desk, held)
    told = structs.replace(said, note="kept to ourselves", tags=("steppe-tag",))
    workspaces.redescribe(desk, held, told, seen=said.digest)
    return made


def seat_of(desk: Desk, place: Place, role: str = "owner") -> Seat:
    user = desk.store.read(lambda unit: accounts.find_user(unit, place.email(role)))
    assert user is not None
    return workspaces.take_seat(desk, user, place.workspace)


def queue_letter(desk: Desk, seat: Seat, about: str, kind: str) -> None:
    letter = letters.Letter("info@vendor.example", seat.user.email, "Steppe", "a link")
    book = workspaces.book_of(seat.workspace.id)
    new = letters.NewLetter(book, about, kind, "Steppe letter", letter)
    letters.queue_letters(desk, SECRET, [new], seat.user.id)


def test_what_goes_is_told_before(desk: Desk, doomed: Place) -> None:
    told = workspaces.plan_removal(desk, seat_of(desk, doomed))
    assert structs.asdict(told) == {
        "assessments": 1,
        "screenings": 1,
        "vendors": 1,
        "files": 1,
        "clients": 2,
        "members": 4,
        "invitations": 1,
        "tokens": 1,
        "webhooks": 1,
    }


def test_nothing_of_the_workspace_is_left_anywhere(
    desk: Desk, doomed: Place, tmp_path: Path
) -> None:
    ids = [doomed.workspace, doomed.assessment, doomed.vendor_assessment, doomed.vendor]
    ids += [doomed.client, doomed.screening, doomed.invitation, doomed.file]
    assert all(any(one in line for line in contents_of(tmp_path / "riskq.db")) for one in ids)
    gone = workspaces.remove_workspace(desk, seat_of(desk, doomed), NAME)
    assert set(gone) == {doomed.assessment, doomed.vendor_assessment}
    people = tuple(f"{role.value}@steppe.example" for role in Role)
    for line in contents_of(tmp_path / "riskq.db"):
        told = line
        for email in people:  # Their accounts stay, and so do their addresses.
            told = told.replace(email, "")
        assert not [one for one in (*ids, *TEXTS) if one in told], line
    desk.store.close()
    # Nor is it in what the files of the database keep beside their tables.
    for path in tmp_path.glob("riskq.db*"):
        assert doomed.workspace.encode() not in path.read_bytes(), path
        assert b"Post of the Valley" not in path.read_bytes(), path


def test_the_content_of_its_files_is_removed_and_that_of_others_is_not(
    desk: Desk, place: Place, doomed: Place
) -> None:
    workspaces.remove_workspace(desk, seat_of(desk, doomed), NAME)
    assert not is_kept(desk, doomed.file)
    assert is_kept(desk, place.file)


def is_kept(desk: Desk, file: str) -> bool:
    """Whether the content of a file is still there."""
    try:
        desk.files.open(file).close()
    except NoSuchFile:
        return False
    return True


def test_what_belongs_to_others_is_as_it_was(desk: Desk, place: Place, tmp_path: Path) -> None:
    single = start(desk, "kz-ai-law", "en")
    other = workspaces.found(desk, seat_of(desk, place, "reader").user, "Of the reader")
    before = contents_of(tmp_path / "riskq.db")
    doomed = workspaces.found(desk, seat_of(desk, place).user, NAME)
    seat = workspaces.take_seat(desk, seat_of(desk, place).user, doomed.id)
    workspaces.remove_workspace(desk, seat, NAME)
    assert contents_of(tmp_path / "riskq.db") == before
    assert resume(desk, single.secret).record.id == single.id
    assert other.name == "Of the reader"


def test_another_workspace_of_the_same_people_works_on(
    desk: Desk, place: Place, doomed: Place
) -> None:
    before = {one.book: (one.events, one.head) for one in check_books(desk, {})}
    workspaces.remove_workspace(desk, seat_of(desk, doomed), NAME)
    owner = seat_of(desk, place)
    held = workspaces.find_held(desk, owner.user, place.assessment)
    assert held is not None
    assert workspaces.open_held(desk, held).answers
    assert len(workspaces.list_members(desk, owner)) == 4
    link = screenings.link_secret(SECRET, place.vendor, 1)
    assert screenings.find_by_link(desk, link).vendor.id == place.vendor
    # That the books of what went are gone is no fault; all others go on from where they were.
    assert [one for one in check_books(desk, before) if one.faults] == []


def test_a_book_of_a_workspace_that_is_still_there_must_not_be_gone(
    desk: Desk, place: Place
) -> None:
    before = {one.book: (one.events, one.head) for one in check_books(desk, {})}
    book = workspaces.book_of(place.workspace)

    def tamper(unit: Unit) -> None:
        unit.run("delete from events where book = ?", (book,))
        unit.run("delete from books where id = ?", (book,))

    desk.store.change(tamper)
    (fault,) = [one for one in check_books(desk, before) if one.faults]
    assert fault.book == book


def test_the_link_of_a_vendor_opens_nothing_any_more(desk: Desk, doomed: Place) -> None:
    secret = screenings.link_secret(SECRET, doomed.vendor, 1)
    assert resume(desk, secret).record.id == doomed.vendor_assessment
    workspaces.remove_workspace(desk, seat_of(desk, doomed), NAME)
    with pytest.raises(screenings.LinkOverError):
        screenings.find_by_link(desk, secret)
    with pytest.raises(NoAssessmentError):
        resume(desk, secret)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_only_an_owner_deletes(desk: Desk, doomed: Place, role: Role, tmp_path: Path) -> None:
    before = contents_of(tmp_path / "riskq.db")
    with pytest.raises(workspaces.NotOwnerError):
        workspaces.remove_workspace(desk, seat_of(desk, doomed, role.value), NAME)
    assert contents_of(tmp_path / "riskq.db") == before


def test_an_owner_who_is_none_any_more_deletes_nothing(desk: Desk, doomed: Place) -> None:
    seat = seat_of(desk, doomed)
    workspaces.set_role(desk, seat, doomed.users["editor"], Role.OWNER)
    workspaces.set_role(desk, seat_of(desk, doomed, "editor"), seat.user.id, Role.READER)
    with pytest.raises(workspaces.NotOwnerError):
        workspaces.remove_workspace(desk, seat, NAME)


def test_a_token_of_an_owner_deletes_nothing_without_that_right(desk: Desk, doomed: Place) -> None:
    seat = structs.replace(seat_of(desk, doomed), token="t", rights=frozenset({Right.EDIT}))
    with pytest.raises(workspaces.NotOwnerError):
        workspaces.remove_workspace(desk, seat, NAME)


def test_a_foreigner_deletes_nothing(desk: Desk, place: Place, doomed: Place) -> None:
    foreign = structs.replace(seat_of(desk, doomed), user=seat_of(desk, place).user)
    with pytest.raises(workspaces.NoWorkspaceError):
        workspaces.remove_workspace(desk, foreign, NAME)
    assert seat_of(desk, doomed).may_own


@pytest.mark.parametrize("name", ["", "steppe", "STEPPE", "Steppe!", "Alatau"])
def test_another_name_deletes_nothing(desk: Desk, doomed: Place, tmp_path: Path, name: str) -> None:
    before = contents_of(tmp_path / "riskq.db")
    with pytest.raises(workspaces.WrongNameError):
        workspaces.remove_workspace(desk, seat_of(desk, doomed), name)
    assert contents_of(tmp_path / "riskq.db") == before


def test_the_name_that_counts_is_the_one_at_that_moment(desk: Desk, doomed: Place) -> None:
    seat = seat_of(desk, doomed)
    workspaces.rename(desk, seat, "Post  of Turan")
    with pytest.raises(workspaces.WrongNameError):
        workspaces.remove_workspace(desk, seat, NAME)
    # Blanks are shown as one, so that nobody could type them as they are.
    workspaces.remove_workspace(desk, seat, "Post of Turan")


def test_what_is_gone_is_not_deleted_again(desk: Desk, doomed: Place) -> None:
    seat = seat_of(desk, doomed)
    workspaces.remove_workspace(desk, seat, NAME)
    with pytest.raises(workspaces.NoWorkspaceError):
        workspaces.remove_workspace(desk, seat, NAME)


def test_whoever_works_there_meanwhile_leaves_nothing_behind(
    desk: Desk, doomed: Place, tmp_path: Path
) -> None:
    seat, editor = seat_of(desk, doomed), seat_of(desk, doomed, "editor")
    workspaces.remove_workspace(desk, seat, NAME)
    before = contents_of(tmp_path / "riskq.db")
    with pytest.raises(workspaces.NoWorkspaceError):
        workspaces.rename(desk, seat, "Late")
    with pytest.raises(workspaces.NoWorkspaceError):
        workspaces.note_reports(desk, editor, 1, "en")
    with pytest.raises(workspaces.NoMemberError):
        workspaces.remove_member(desk, editor, editor.user.id)
    queue_letter(desk, seat, doomed.vendor, "reminder")
    assert desk.store.read(lambda unit: OUTBOX.count(unit, "")) == 0
    assert contents_of(tmp_path / "riskq.db") == before


def claim(desk: Desk, seat: Seat) -> None:
    started = start(desk, "kz-ai-law", "en")
    with workspaces.deleted_if_refused(desk, started.id):
        workspaces.claim(desk, seat, resume(desk, started.secret), "Late")


TERMS = screenings.Terms("Late", "", None, "en")
NEW: dict[str, Callable[[Desk, Seat], object]] = {
    "token": lambda desk, seat: tokens.make_token(desk, seat, "Late", (Right.SEE,), 30),
    "hook": lambda desk, seat: hooks.add_hook(
        desk, seat, "https://late.example/x", ["vendor.late"], Reach.ANY
    ),
    "calendar": lambda desk, seat: workspaces.make_feed(desk, seat, has_titles=False),
    "client": lambda desk, seat: workspaces.add_client(desk, seat, "Late"),
    "screening": lambda desk, seat: screenings.begin_screening(desk, seat, "kz-ai-law", TERMS),
    "invitation": lambda desk, seat: workspaces.invite(desk, seat, "late@x.example", Role.READER),
    "brand": lambda desk, seat: workspaces.set_brand(desk, seat, Brand("Late")),
    "assessment": claim,
}


@pytest.mark.parametrize("name", NEW)
def test_what_is_made_there_meanwhile_is_not_made(
    desk: Desk, doomed: Place, tmp_path: Path, name: str
) -> None:
    seat = seat_of(desk, doomed)
    workspaces.remove_workspace(desk, seat, NAME)
    before = contents_of(tmp_path / "riskq.db")
    with pytest.raises(workspaces.NoWorkspaceError):
        NEW[name](desk, seat)
    assert contents_of(tmp_path / "riskq.db") == before


@pytest.fixture
def alone(desk: Desk) -> User:
    return add_user(desk, "alone@valley.example", "Alone")


def test_the_only_member_can_delete_the_account_afterwards(desk: Desk, alone: User) -> None:
    made = workspaces.found(desk, alone, "Of one")
    told = persons.plan_departure(desk, alone)
    assert (told.owned_alone, told.lone) == ((made,), (made,))
    with pytest.raises(persons.OnlyOwnerError, match="delete the workspace"):
        persons.remove_account(desk, alone, alone.id)
    workspaces.remove_workspace(desk, workspaces.take_seat(desk, alone, made.id), "Of one")
    persons.remove_account(desk, alone, alone.id)
    assert desk.store.read(lambda unit: accounts.find_user(unit, alone.email)) is None


def test_a_workspace_with_other_members_is_not_that_of_a_single_one(
    desk: Desk, place: Place
) -> None:
    told = persons.plan_departure(desk, seat_of(desk, place).user)
    assert [one.id for one in told.owned_alone] == [place.workspace]
    assert told.lone == ()


def test_the_operator_lists_and_deletes_them(desk: Desk, place: Place, doomed: Place) -> None:
    listed = workspaces.list_workspaces(desk)
    assert [(one.name, told.members) for one, told in listed] == [("Alatau", 4), (NAME, 4)]
    workspaces.remove_by_operator(desk, doomed.workspace)
    assert [one.id for one, _ in workspaces.list_workspaces(desk)] == [place.workspace]
    with pytest.raises(workspaces.NoWorkspaceError):
        workspaces.remove_by_operator(desk, doomed.workspace)


class Interrupting(Clock):
    """A clock; somebody does something when it is looked at for a certain time."""

    def __init__(self, turn: int, act: Callable[[], object]) -> None:
        super().__init__()
        self.turn, self.act = turn, act

    def __call__(self) -> datetime:
        self.turn -= 1
        if self.turn == 0:
            self.act()
        return super().__call__()


@pytest.mark.parametrize("turn", range(1, 11))
def test_a_copy_that_comes_too_late_leaves_nothing_behind(
    desk: Desk, place: Place, doomed: Place, turn: int
) -> None:
    seat = seat_of(desk, doomed)
    held = workspaces.held_in(desk, seat, doomed.assessment)
    clock = Interrupting(turn, lambda: workspaces.remove_workspace(desk, seat, NAME))
    try:
        copied = workspaces.copy(structs.replace(desk, clock=clock), held, "Late")
    except (workspaces.NoWorkspaceError, NoAssessmentError):
        left = desk.store.read(lambda unit: unit.rows("select id from assessments"))
        assert {name for (name,) in left} == {place.assessment, place.vendor_assessment}
    else:
        assert clock.turn > 0
        assert workspaces.held_in(desk, seat, copied).holding.title == "Late"


def test_what_may_have_become_the_workspaces_is_left(desk: Desk, place: Place) -> None:
    seat = seat_of(desk, place)
    started = start(desk, "kz-ai-law", "en")

    def claim_late() -> None:
        with workspaces.deleted_if_refused(desk, started.id):
            workspaces.claim(desk, seat, resume(desk, started.secret), "Kept")
            raise StoreUnavailable("locked", "The disk did not answer in time.")

    with pytest.raises(StoreUnavailable):
        claim_late()
    assert workspaces.held_in(desk, seat, started.id).holding.title == "Kept"
