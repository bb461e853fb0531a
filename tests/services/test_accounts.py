"""Whoever knows the password and has the second factor comes in, and nobody who guesses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pyotp
import pytest
from msgspec.structs import replace

from riskq.services import Passwords, accounts, passwords, persons
from riskq.services.accounts import SignedIn
from riskq.services.accounts.guessing import network_of
from riskq.store import User, history
from tests.services.conftest import Service
from tests.users import CHEAP, EMAIL, PASSWORD, add_user

OTHER_PASSWORD = "nine yellow camels"


def add(service: Service) -> User:
    return add_user(service.desk)


def enter(
    service: Service, email: str = EMAIL, password: str = PASSWORD, address: str = "192.0.2.1"
) -> str:
    found = accounts.sign_in(service.desk, email, password, address=address, browser="Firefox")
    return found.secret


def signed_in(service: Service) -> SignedIn:
    found = accounts.who(service.desk, enter(service))
    assert found is not None
    return found


def actions(service: Service, user: User) -> list[str]:
    told = service.desk.store.read(lambda unit: history.events(unit, f"user:{user.id}", most=99))
    return [event.action for event in reversed(told)]


def add_factor(service: Service) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    user = signed_in(service).user
    factor = accounts.begin_factor(user, "riskq")
    app = pyotp.TOTP(factor.secret)
    codes = accounts.confirm_factor(service.desk, user, factor.secret, code_of(service, app))
    service.wait(seconds=30)
    return app, codes


def code_of(service: Service, app: pyotp.TOTP) -> str:
    return app.at(service.moments[-1])


def give_code(service: Service, code: str) -> str:
    half = accounts.sign_in(service.desk, EMAIL, PASSWORD, address="a", browser="")
    assert not half.secret
    return accounts.enter_code(service.desk, half.user, code, address="a", browser="").secret


def test_the_right_password_opens_a_session(service: Service) -> None:
    user = add(service)
    found = accounts.who(service.desk, enter(service, " Aida@Alatau.example "))
    assert found is not None
    assert (found.user.id, found.session.browser) == (user.id, "Firefox")
    assert actions(service, user) == [
        "user-added",
        "password-link-made",
        "password-set",
        "signed-in",
    ]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, PASSWORD.title()),
        (EMAIL, ""),
        (EMAIL, "x" * 9999),
        ("other@alatau.example", PASSWORD),
    ],
)
def test_anything_else_is_refused_in_the_same_words(
    service: Service, email: str, password: str
) -> None:
    add(service)
    with pytest.raises(accounts.WrongPasswordError) as refused:
        enter(service, email, password)
    assert str(refused.value) == "E-mail and password do not belong together."


class Removing(Passwords, frozen=True):
    """Passwords of somebody whose account is deleted while the password is being looked at."""

    remove: Callable[[], None] = lambda: None

    def fits(self, kept: str | None, password: str, patience: float | None = None) -> bool:
        """Look at it, and come too late."""
        found = super().fits(kept, password, patience)
        self.remove()
        return found


def test_who_is_deleted_while_signing_in_is_refused_in_the_same_words(service: Service) -> None:
    user = add(service)
    remove = partial(persons.remove_account, service.desk, user, "operator")
    desk = replace(service.desk, passwords=Removing(1, 8, 1, remove))
    with pytest.raises(accounts.WrongPasswordError, match="do not belong together"):
        accounts.sign_in(desk, EMAIL, PASSWORD, address="192.0.2.1", browser="Firefox")


def test_a_user_without_a_password_cannot_come_in(service: Service) -> None:
    accounts.add_user(service.desk, EMAIL, "", "ru")
    with pytest.raises(accounts.WrongPasswordError):
        enter(service, EMAIL, "")


def test_an_address_of_very_many_marks_is_nobodys(service: Service) -> None:
    # To bring that many marks into order would take minutes.
    email = EMAIL + "\u0316\u0301" * 200_000
    with pytest.raises(accounts.WrongPasswordError):
        accounts.sign_in(service.desk, email, PASSWORD, address="192.0.2.1", browser="")


@pytest.mark.parametrize("email", [EMAIL, "nobody@alatau.example"])
def test_five_failures_lock_an_account_for_a_quarter_of_an_hour(
    service: Service, email: str
) -> None:
    user = add(service)
    for _ in range(5):
        with pytest.raises(accounts.WrongPasswordError):
            enter(service, email, "a wrong password")
    with pytest.raises(accounts.LockedError) as locked:
        enter(service, email, PASSWORD)
    service.wait(minutes=14)
    with pytest.raises(accounts.LockedError):
        enter(service, email, PASSWORD)
    service.wait(minutes=2)
    assert locked.value.until < service.moments[-1]
    if email == EMAIL:
        assert enter(service)
        assert actions(service, user)[-6:-1] == [*["sign-in-refused"] * 4, "account-locked"]


def test_a_success_forgets_the_failures(service: Service) -> None:
    add(service)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(accounts.WrongPasswordError):
                enter(service, EMAIL, "a wrong password")
        assert enter(service)


def test_an_address_that_tries_many_accounts_is_stopped(service: Service) -> None:
    add(service)
    for number in range(60):
        with pytest.raises(accounts.WrongPasswordError):
            enter(service, f"user{number}@alatau.example")
    with pytest.raises(accounts.LockedError):
        enter(service)
    assert enter(service, address="192.0.2.2")
    service.wait(minutes=16)
    assert enter(service)


@contextmanager
def hashing_taken() -> Iterator[None]:
    """A password of somebody else is being looked at."""
    with passwords._hashing:
        yield


def judged_at_once(attempt: Callable[[int], object]) -> int:
    """How many of forty attempts at once are looked at; those beyond are told to wait."""

    def judge(number: int) -> bool:
        try:
            attempt(number)
        except accounts.LockedError:
            return False
        except (accounts.WrongPasswordError, accounts.WrongCodeError):
            return True
        raise AssertionError("A wrong guess was taken.")

    with ThreadPoolExecutor(20) as pool:
        return sum(pool.map(judge, range(40)))


def test_guesses_at_once_are_no_more_than_guesses_one_by_one(service: Service) -> None:
    user = add(service)
    assert judged_at_once(lambda n: enter(service, EMAIL, f"{n} wrong", f"192.0.2.{n}")) == 5
    service.wait(minutes=16)
    assert judged_at_once(lambda n: accounts.confirm_password(service.desk, user, f"{n} no")) == 5
    service.wait(minutes=16)
    add_factor(service)

    def give(number: int) -> object:
        where = f"192.0.2.{number}"
        return accounts.enter_code(
            service.desk, user.id, f"wrong{number}", address=where, browser=""
        )

    assert judged_at_once(give) == 5


def test_who_comes_in_takes_no_attempt_from_others_of_the_address(service: Service) -> None:
    add(service)
    for _ in range(70):
        assert enter(service)


def test_whoever_sends_many_attempts_does_not_wait_for_a_turn(service: Service) -> None:
    user = add(service)
    for number in range(10):
        with pytest.raises(accounts.WrongPasswordError):
            enter(service, f"user{number}@alatau.example")
    with hashing_taken():
        for _ in range(9):
            with pytest.raises(accounts.BusyError):
                enter(service)
    assert enter(service)
    assert actions(service, user)[-1] == "signed-in"


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("2001:db8:1:2::3", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "unix", False),
    ],
)
def test_a_network_of_one_line_is_counted_as_one(one: str, other: str, are_one: bool) -> None:
    assert (network_of(one) == network_of(other)) is are_one


def test_a_second_factor_is_asked_for_once_it_is_proven(service: Service) -> None:
    user = add(service)
    app, _ = add_factor(service)
    assert accounts.who(service.desk, give_code(service, code_of(service, app)))
    assert "second-factor-set" in actions(service, user)


def test_a_factor_does_not_replace_one_that_was_set_meanwhile(service: Service) -> None:
    user = add(service)
    app, codes = add_factor(service)
    with pytest.raises(accounts.WrongCodeError):
        accounts.confirm_factor(service.desk, user, app.secret, code_of(service, app))
    assert give_code(service, codes[0])


def test_a_code_is_good_once(service: Service) -> None:
    add(service)
    app, _ = add_factor(service)
    code = code_of(service, app)
    give_code(service, code)
    with pytest.raises(accounts.WrongCodeError):
        give_code(service, code)


def test_an_old_code_and_one_of_another_secret_are_refused(service: Service) -> None:
    add(service)
    app, _ = add_factor(service)
    old = code_of(service, app)
    service.wait(minutes=2)
    for code in (old, code_of(service, pyotp.TOTP(pyotp.random_base32())), "", "abcdef", "١٢٣٤٥٦"):
        with pytest.raises(accounts.WrongCodeError):
            give_code(service, code)


def test_wrong_codes_lock_the_account(service: Service) -> None:
    add(service)
    app, _ = add_factor(service)
    for _ in range(5):
        with pytest.raises(accounts.WrongCodeError):
            give_code(service, "wrong")
    with pytest.raises(accounts.LockedError):
        give_code(service, code_of(service, app))


def test_a_password_alone_does_not_reset_the_counting_of_codes(service: Service) -> None:
    add(service)
    add_factor(service)
    for _ in range(5):
        with pytest.raises(accounts.WrongCodeError):
            give_code(service, "wrong")
    with pytest.raises(accounts.LockedError):
        enter(service)


def test_a_recovery_code_stands_in_once(service: Service) -> None:
    user = add(service)
    _, codes = add_factor(service)
    assert len(set(codes)) == 8
    assert give_code(service, codes[0].upper().replace("-", " "))
    with pytest.raises(accounts.WrongCodeError):
        give_code(service, codes[0])
    assert give_code(service, codes[1])
    assert accounts.count_recovery_codes(service.desk, user.id) == 6
    accounts.remove_factor(service.desk, user.id, user.id)
    assert enter(service)
    assert accounts.count_recovery_codes(service.desk, user.id) == 0


def test_a_factor_that_no_code_proves_is_not_set(service: Service) -> None:
    user = add(service)
    factor = accounts.begin_factor(user, "riskq")
    with pytest.raises(accounts.WrongCodeError):
        accounts.confirm_factor(service.desk, user, factor.secret, "000000")
    assert enter(service)


def test_sessions_are_listed_and_end(service: Service) -> None:
    user = add(service)
    first, second = enter(service), enter(service)
    listed = accounts.list_sessions(service.desk, user.id)
    assert len(listed) == 2
    found = accounts.who(service.desk, first)
    assert found is not None
    assert accounts.end(service.desk, user.id, found.session.id)
    assert accounts.who(service.desk, first) is None
    assert accounts.who(service.desk, second) is not None
    assert not accounts.end(service.desk, "another", listed[0].id)
    service.wait(days=31)
    assert accounts.who(service.desk, second) is None
    assert accounts.list_sessions(service.desk, user.id) == ()


def test_a_new_password_ends_the_other_sessions(service: Service) -> None:
    add(service)
    other, here = enter(service), signed_in(service)
    accounts.change_password(service.desk, here.user, PASSWORD, OTHER_PASSWORD, here.session.id)
    assert accounts.who(service.desk, other) is None
    assert [s.id for s in accounts.list_sessions(service.desk, here.user.id)] == [here.session.id]
    with pytest.raises(accounts.WrongPasswordError):
        enter(service)
    assert enter(service, password=OTHER_PASSWORD)


def test_a_new_password_needs_the_old_one(service: Service) -> None:
    add(service)
    here = signed_in(service)
    for _ in range(5):
        with pytest.raises(accounts.WrongPasswordError):
            accounts.change_password(service.desk, here.user, "guess", OTHER_PASSWORD, "")
    with pytest.raises(accounts.LockedError):
        accounts.change_password(service.desk, here.user, PASSWORD, OTHER_PASSWORD, "")


def test_a_password_link_is_good_once_and_for_two_days(service: Service) -> None:
    accounts.add_user(service.desk, EMAIL, "Aida", "kk")
    first = accounts.make_password_link(service.desk, EMAIL)
    second = accounts.make_password_link(service.desk, EMAIL)
    with pytest.raises(accounts.LinkUsedError):
        accounts.set_password(service.desk, first, PASSWORD)
    accounts.set_password(service.desk, second, PASSWORD)
    with pytest.raises(accounts.LinkUsedError):
        accounts.set_password(service.desk, second, OTHER_PASSWORD)
    third = accounts.make_password_link(service.desk, EMAIL)
    service.wait(hours=49)
    with pytest.raises(accounts.LinkUsedError):
        accounts.follow_password_link(service.desk, third)
    with pytest.raises(accounts.NoUserError):
        accounts.make_password_link(service.desk, "nobody@alatau.example")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("seven horse", "short"),
        ("x" * 201, "long"),
        ("aaaaaaaaaaaaaaaa", "known"),
        ("qwertyuiop123456", "known"),
        ("парольпароль", "known"),
        ("aida@alatau.example", "personal"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused(password: str, reason: str) -> None:
    with pytest.raises(accounts.WeakPasswordError) as refused:
        accounts.judge_password(password, "Aida", EMAIL)
    assert refused.value.reason == reason


@pytest.mark.parametrize("password", ["жеті жасыл жылқы", "correct horse battery", "T7#kd-29xPq!v"])
def test_a_long_password_is_taken_whatever_its_letters(password: str) -> None:
    accounts.judge_password(password, "Aida", EMAIL)


def test_one_address_has_one_user(service: Service) -> None:
    add(service)
    with pytest.raises(accounts.UserExistsError):
        accounts.add_user(service.desk, EMAIL.upper(), "Other", "en")
    assert [user.email for user in accounts.list_users(service.desk)] == [EMAIL]
    accounts.add_user(service.desk, "zo\u00e9@alatau.example", "Zo\u00e9", "en")
    with pytest.raises(accounts.UserExistsError):
        accounts.add_user(service.desk, "zoe\u0301@alatau.example", "Other", "en")


@pytest.mark.parametrize(
    "email",
    [
        *("", "aida", "aida@", "@x.kz", "a b@x.kz", "a@b", "<a@b.kz>", "a,b@c.kz"),
        *("ai\u200bda@x.kz", "\u202ezk.x@adia.kz", "a(b)@x.kz", "a@[x.y"),
    ],
)
def test_what_is_no_address_is_told(email: str) -> None:
    assert not accounts.is_email(email)
    assert accounts.is_email("aida.k+ai@қазына.kz")


def test_a_password_is_kept_as_dearly_as_others_after_it_was_used(service: Service) -> None:
    add(service)
    service.desk = service.desk.__class__(
        service.desk.store,
        service.desk.catalogue,
        service.desk.clock,
        passwords=Passwords(rounds=2, kilobytes=16, lanes=1),
    )
    enter(service)
    kept = signed_in(service).user.password
    assert kept is not None
    assert "m=16,t=2,p=1" in kept
    assert CHEAP.is_outdated(kept)


@pytest.mark.in_a_file
def test_nothing_that_opens_is_stored_as_it_is(service: Service) -> None:
    add(service)
    secret = enter(service)
    link = accounts.make_password_link(service.desk, EMAIL)
    _, codes = add_factor(service)
    service.desk.store.close()
    (file,) = service.folder.root.parent.glob("riskq.db")
    content = file.read_bytes()
    for kept in (PASSWORD, secret, link, *codes):
        assert kept.encode() not in content


def test_no_network_and_no_address_is_found_in_what_is_counted(service: Service) -> None:
    add(service)
    with pytest.raises(accounts.WrongPasswordError):
        enter(service, password="wrong")
    stored = service.desk.store.read(lambda unit: unit.rows("select subject from attempts"))
    kept = {bytes(subject) for (subject,) in stored}
    guesses = {hashlib.sha256(one.encode()).digest() for one in ("192.0.2.1", EMAIL)}
    assert len(kept) == 2
    assert not kept & guesses
