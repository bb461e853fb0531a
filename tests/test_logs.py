"""The log: a line is a line whatever is told, and of an error it says where and never what."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from riskq import logs
from riskq.logs import Form

Captured = pytest.CaptureFixture[str]

log = logging.getLogger("riskq.test")

HOSTILE = [
    "\n2026-11-29T05:11:16.123Z ERROR riskq.web: forged",
    '\r\n{"time": "2026-11-29", "level": "error", "message": "forged"}',
    *(f"{sign}forged" for sign in "\x00\x08\x0b\x0c\x1b\x7f\x85\x9b\u2028\u2029\u202e\u2066\ufeff"),
    "\x1b[2J\x1b]0;forged\x07",
    "\ud800forged",
    "%s %d %(forged)s {forged}",
]


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Leaves the log of this process as it was."""
    yield
    logs.stop_log()
    logs.request_id.set("")


def raise_words() -> None:
    """An error whose words, and those of what led to it, are somebody's."""
    nothing: dict[str, str] = {}
    try:
        _ = nothing["typed-words"]
    except KeyError as error:
        raise ValueError("more-typed-words") from error


def tell(message: str, told: str) -> None:
    """Tell our handler alone: those of the tests could not carry everything."""
    record = {"name": "riskq.test", "levelno": logging.ERROR, "levelname": "ERROR"}
    logs.LineHandler().emit(logging.makeLogRecord({**record, "msg": message, "args": (told,)}))


def lines_of(capfd: Captured) -> list[str]:
    told = capfd.readouterr().err
    assert told == "" or told.endswith("\n")
    return told.splitlines()


@pytest.mark.parametrize("told", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("form", ["json", "plain"])
def test_nothing_that_is_told_can_forge_a_line(capfd: Captured, form: Form, told: str) -> None:
    logs.set_up_log(form)
    tell("What came was %s", told)
    first, *others = lines_of(capfd)
    if form == "json":
        assert json.loads(first)["message"].startswith("What came was")
        assert others == []
        assert first.isascii()
    else:
        assert " ERROR riskq.test: What came was" in first
        assert all(line.startswith("    | ") for line in others)
    assert (first + "".join(others)).isprintable()


@pytest.mark.parametrize("form", ["json", "plain", "none"])
def test_of_an_error_its_kinds_and_places_are_told(capfd: Captured, form: Form) -> None:
    logs.set_up_log(form)
    try:
        raise_words()
    except ValueError:
        log.exception("It went wrong")
    told = "\n".join(lines_of(capfd))
    assert "typed-words" not in told
    assert "in raise_words" in told
    for kind in ("ValueError", "KeyError"):
        assert kind in told


def test_a_line_for_programs_has_fields(capfd: Captured) -> None:
    logs.set_up_log("json")
    logs.request_id.set("a-1")
    try:
        raise_words()
    except ValueError:
        log.exception("It went wrong")
    (line,) = map(json.loads, lines_of(capfd))
    assert set(line) == {"time", "level", "request", "logger", "message", "exception", "trace"}
    assert (line["level"], line["request"], line["exception"]) == ("error", "a-1", "ValueError")
    assert line["trace"][-2] == "after KeyError:"
    assert line["time"].endswith("Z")


def test_requests_are_told_in_the_form_that_was_asked_for(capfd: Captured) -> None:
    told = {"method": "GET", "route": "/healthz", "status": 200, "ms": 0.4, "bytes": 3}
    logs.tell_request(told)
    assert lines_of(capfd) == []
    logs.request_id.set("a-1")
    logs.set_up_log("none")
    logs.tell_request(told)
    assert lines_of(capfd) == []
    logs.set_up_log("plain")
    logs.tell_request(told)
    (line,) = lines_of(capfd)
    assert line.endswith("Z GET /healthz 200 0.4 ms 3 B [a-1]")
    logs.set_up_log("json")
    logs.tell_request(told)
    (line,) = lines_of(capfd)
    assert told.items() <= json.loads(line).items()


@pytest.mark.parametrize("offered", ["a", "0123.4567_89-ab", "A" * 64])
def test_a_plain_id_of_a_proxy_is_taken(offered: str) -> None:
    assert logs.new_request_id(offered) == offered


@pytest.mark.parametrize(
    "offered", ["", "A" * 65, "a b", "a\n", "a\r\nSet-Cookie: x", "ә", "a;b", '"', "a\x00", "<b>"]
)
def test_any_other_id_is_replaced(offered: str) -> None:
    made = logs.new_request_id(offered)
    assert made not in (offered, "")
    assert made != logs.new_request_id(offered)
    assert logs.new_request_id(made) == made


def test_what_cannot_be_put_into_words_is_told_as_such(capfd: Captured) -> None:
    logs.set_up_log("json")
    tell("%d words", "typed-words")
    (line,) = lines_of(capfd)
    assert json.loads(line)["message"] == "unwritable"


def test_debugging_of_libraries_is_left_out(capfd: Captured) -> None:
    logs.set_up_log("plain")
    logging.getLogger("a.library").info("typed-words")
    logging.getLogger("a.library").debug("typed-words")
    assert lines_of(capfd) == []


@pytest.mark.parametrize(
    ("asked", "form"), [("json", "json"), ("plain", "plain"), ("none", "none"), ("xml", "plain")]
)
def test_the_environment_says_the_form(asked: str, form: Form) -> None:
    assert logs.form_of({"RISKQ_LOG": asked}) == form
    assert logs.form_of({}) == "plain"
