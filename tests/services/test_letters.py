"""The outbox and the postman: nothing is lost, nothing is sent twice, and every no is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskq.mail_settings import MailSettings
from riskq.questionnaire import Catalogue
from riskq.services import Desk, letters
from riskq.services.letters.line import SendError, message_of
from riskq.store import OUTBOX, WORKSPACES, Workspace, drop_letters, history, open_store
from tests import mail_server
from tests.keys import KEYS
from tests.mail_server import MailServer

SECRET = "a secret of the tests, long enough to be one"
TO, BOOK = "info@vendor.example", "workspace:w"


class Clock:
    """A clock that stands still until it is moved."""

    moment = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "riskq.db"


@pytest.fixture
def desk(database: Path, clock: Clock) -> Iterator[Desk]:
    store = open_store(database)
    workspace = Workspace(BOOK.partition(":")[2], "Alatau", clock())
    store.change(lambda unit: WORKSPACES.add(unit, workspace))
    yield Desk(store, Catalogue(), clock, keys=KEYS)
    store.close()


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server.running() as running:
        yield running


def put(desk: Desk, about: str = "vendor", to: str = TO, kind: str = "invitation") -> None:
    """Put a letter into the outbox."""
    letter = letters.Letter(
        to, "buyer@alatau.example", "Сұрақтар: “Дауыс”", "Сәлем!\n\nhttps://x/y"
    )
    new = letters.NewLetter(BOOK, about, kind, "Sorting Ltd", letter)
    assert letters.queue_letters(desk, SECRET, [new], "aida") == 1


def post(desk: Desk, settings: MailSettings, secret: str = SECRET) -> int:
    """Send what is due."""
    return letters.Postman(desk, settings, secret).send_due()


def standing(desk: Desk, about: str = "vendor") -> tuple[str, str]:
    """State and reason of the newest letter."""
    (one,) = letters.letters_to(desk, about)
    return one.state, one.reason


def told(desk: Desk) -> list[str]:
    """What the book tells, the oldest first."""
    found = desk.store.read(lambda unit: history.events(unit, BOOK, most=50))
    return [event.action for event in reversed(found)]


def test_a_letter_arrives_as_it_was_written(desk: Desk, mail: MailServer) -> None:
    put(desk)
    assert standing(desk) == ("queued", "")
    assert post(desk, mail.settings()) == 1
    (letter,) = mail.letters
    assert mail.envelopes == [("riskq@alatau.example", TO)]
    assert str(letter["From"]) == "riskq · Алатау <riskq@alatau.example>"
    assert (letter["To"], letter["Reply-To"]) == (TO, "buyer@alatau.example")
    assert letter["Subject"] == "Сұрақтар: “Дауыс”"
    assert letter["Message-ID"].endswith("@alatau.example>")
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().split() == ["Сәлем!", "https://x/y"]
    assert standing(desk) == ("sent", "")
    assert told(desk) == ["letter-queued", "letter-sent"]
    assert post(desk, mail.settings()) == 0


def test_many_letters_go_over_one_line(desk: Desk, mail: MailServer) -> None:
    for number in range(5):
        put(desk, f"vendor-{number}", f"info@vendor-{number}.example")
    assert post(desk, mail.settings("smtp", "riskq", "a password")) == 5
    assert len(mail.letters) == 5
    assert mail.logins == ["\0riskq\0a password"]


def test_what_waits_is_encrypted_and_what_is_done_is_forgotten(
    desk: Desk, mail: MailServer, database: Path
) -> None:
    put(desk)
    held = b"".join(path.read_bytes() for path in database.parent.glob("riskq.db*"))
    assert b"https://x/y" not in held
    assert b"Sorting Ltd" in held
    assert TO.encode() not in held
    post(desk, mail.settings())
    (row,) = desk.store.read(lambda unit: OUTBOX.find(unit, ""))
    assert row.sealed == b""


def test_another_letter_about_the_same_takes_the_place_of_one_that_waits(
    desk: Desk, mail: MailServer
) -> None:
    put(desk)
    put(desk, kind="reminder")
    assert post(desk, mail.settings()) == 1
    assert standing(desk) == ("sent", "")


def test_a_letter_that_was_dropped_is_not_sent(desk: Desk, mail: MailServer) -> None:
    put(desk)
    assert desk.store.change(lambda unit: drop_letters(unit, "vendor")) == 1
    assert post(desk, mail.settings()) == 0
    assert mail.letters == []


def test_a_letter_is_tried_four_times_with_growing_pauses(
    desk: Desk, mail: MailServer, clock: Clock
) -> None:
    mail.says["DATA"] = "451 not now"
    put(desk)
    for pause in (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)):
        assert post(desk, mail.settings()) == 1
        assert standing(desk) == ("queued", "refused")
        clock.moment += pause - timedelta(seconds=1)
        assert post(desk, mail.settings()) == 0
        clock.moment += timedelta(seconds=1)
    assert post(desk, mail.settings()) == 1
    assert standing(desk) == ("failed", "refused")
    clock.moment += timedelta(days=9)
    assert post(desk, mail.settings()) == 0
    assert told(desk) == ["letter-queued", "letter-failed"]


def test_a_letter_that_is_taken_at_a_later_try_is_sent(
    desk: Desk, mail: MailServer, clock: Clock
) -> None:
    mail.says["RCPT"] = "450 busy"
    put(desk)
    post(desk, mail.settings())
    mail.says.clear()
    clock.moment += timedelta(minutes=1)
    post(desk, mail.settings())
    assert standing(desk) == ("sent", "")
    assert len(mail.letters) == 1


@pytest.mark.parametrize(
    ("verb", "answer", "reason"),
    [
        ("RCPT", "550 no such person", "address"),
        ("MAIL", "553 not you", "refused"),
        ("DATA", "554 no", "refused"),
    ],
)
def test_a_final_no_is_not_tried_again(
    desk: Desk, mail: MailServer, verb: str, answer: str, reason: str
) -> None:
    mail.says[verb] = answer
    put(desk)
    put(desk, "another")
    assert post(desk, mail.settings()) == 2
    assert standing(desk) == ("failed", reason)


def test_while_the_server_is_away_the_others_wait(desk: Desk, clock: Clock) -> None:
    with mail_server.running() as gone:
        settings = gone.settings()
    put(desk)
    put(desk, "another")
    assert post(desk, settings) == 1
    states = {standing(desk, about) for about in ("vendor", "another")}
    assert states == {("queued", "connection"), ("queued", "")}
    clock.moment += timedelta(minutes=1)
    assert post(desk, settings) == 1


def test_a_server_that_says_no_to_everybody_is_like_one_that_is_away(
    desk: Desk, mail: MailServer
) -> None:
    mail.says |= {"EHLO": "554 no", "HELO": "554 no"}
    put(desk)
    post(desk, mail.settings())
    assert standing(desk) == ("queued", "connection")


def test_a_server_that_lets_nobody_in_is_told(desk: Desk, mail: MailServer) -> None:
    mail.says["AUTH"] = "535 who are you"
    put(desk)
    post(desk, mail.settings("smtp", "riskq", "wrong"))
    assert standing(desk) == ("queued", "login")


@pytest.mark.parametrize("kind", ["smtps", "smtp+tls"])
def test_letters_and_passwords_go_encrypted_to_a_server_that_is_known(
    desk: Desk, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = mail_server.certificate(tmp_path)
    with mail_server.running(files, at_once=kind == "smtps") as mail:
        put(desk)
        post(desk, mail.settings(kind, "riskq", "a password"))
        assert standing(desk) == ("queued", "tls")
        assert mail.logins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
        put(desk)
        post(desk, mail.settings(kind, "riskq", "a password"))
        assert standing(desk) == ("sent", "")
        assert mail.logins == ["\0riskq\0a password"]


def test_a_server_that_does_not_encrypt_gets_nothing(desk: Desk, mail: MailServer) -> None:
    mail.says["STARTTLS"] = "502 what"
    put(desk)
    post(desk, mail.settings("smtp+tls", "riskq", "a password"))
    assert standing(desk) == ("queued", "tls")
    assert (mail.logins, mail.letters) == ([], [])


def test_what_a_killed_worker_had_taken_is_sent_by_the_next(
    desk: Desk, mail: MailServer, clock: Clock
) -> None:
    put(desk)
    postman = letters.Postman(desk, mail.settings(), SECRET)
    assert desk.store.change(postman._take) is not None
    assert postman.send_due() == 0
    clock.moment += timedelta(minutes=5)
    assert postman.send_due() == 1
    assert standing(desk) == ("sent", "")


def test_a_letter_of_which_every_worker_dies_is_given_up(
    desk: Desk, mail: MailServer, clock: Clock
) -> None:
    put(desk)
    postman = letters.Postman(desk, mail.settings(), SECRET)
    for _ in range(4):
        assert desk.store.change(postman._take) is not None
        clock.moment += timedelta(minutes=5)
    assert desk.store.change(postman._take) is None
    assert standing(desk) == ("failed", "crashed")


def test_a_letter_of_another_secret_is_given_up(desk: Desk, mail: MailServer) -> None:
    put(desk)
    post(desk, mail.settings(), "another secret of the service, as long as it")
    assert standing(desk) == ("failed", "unreadable")
    assert mail.letters == []


@given(st.text(max_size=80), st.text(max_size=200))
def test_nothing_that_is_typed_makes_another_header(subject: str, text: str) -> None:
    settings = MailServer(25).settings()
    letter = letters.Letter(TO, "", f"Subject{subject}", text)
    try:
        message = message_of(letter, settings, datetime(2026, 11, 9, tzinfo=UTC))
        head = message.as_bytes().partition(b"\r\n\r\n")[0]
    except (SendError, UnicodeError):
        return
    names = {line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"}
    known = {b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version"}
    assert names - known <= {b"Content-Type", b"Content-Transfer-Encoding"}


@pytest.mark.parametrize("to", ["a@b.kz\r\nBcc: c@d.kz", "a@b.kz, c@d.kz", "", "a", "\x00@b.kz"])
def test_a_letter_to_what_is_no_address_is_given_up(desk: Desk, mail: MailServer, to: str) -> None:
    put(desk, to=to)
    post(desk, mail.settings())
    assert standing(desk) == ("failed", "address")
    assert mail.letters == []
