"""How the pages of a screening take more vendors: time and SQL statements, by how many there are.

Run: .venv/bin/python -m benchmarks.screening [--rounds N]

Screenings of 20, 200 and 2,000 vendors stand in one store; every vendor has submitted the answers
of one of three cases. The pages come from the real application by its test client. The sizes take
turns, since others use the machine too, and a figure is the middle one of all rounds. Ratios are
to the screening of 20.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

from flask.testing import FlaskClient
from msgspec import Struct

from riskq.engine import Answers, plain, read_answers
from riskq.questionnaire import Catalogue, load_cases
from riskq.services import Desk, Saving, accounts, resume, save_answer, screenings, submit
from riskq.services import workspaces as rooms
from riskq.settings import Settings
from riskq.store import HOLDER, Act, AnswerChange, NewRevision, open_store
from riskq.web import create_app

KEY = "a secret of the measurements, long enough to be one"
PASSWORD = "seven green horses"  # noqa: S105 - It opens a store that lives for a minute.
EMAIL = "buyer@measured.example"
SIZES = (20, 200, 2_000)
CASES = ("bank-possessor-antifraud", "office-assistant-user", "hospital-triage-ready")


class Template(Struct, frozen=True):
    """What a vendor with the answers of a case writes into the store."""

    changes: tuple[AnswerChange, ...]
    revision: NewRevision


class Figure(Struct, frozen=True):
    """Milliseconds of a page and its statements, one of each for every size."""

    page: str
    milliseconds: tuple[float, ...]
    statements: tuple[int, ...]


def answers_of(catalogue: Catalogue, case: str) -> Answers:
    """The answers of a case of the edition in force."""
    edition = catalogue.edition("kz-ai-law", date(2026, 8, 25))
    (found,) = [one for one in load_cases(edition) if one.id == case]
    questionnaire = catalogue.load("kz-ai-law", date(2026, 8, 25))
    return read_answers(questionnaire, cast("Mapping[str, object]", plain(found.answers)), date.max)


def first_of_case(desk: Desk, secret: str, answers: Answers) -> Template:
    """Let a vendor answer as people do; what the others then write at once."""
    screenings.begin_answers(desk, secret, "en")
    opened = resume(desk, secret)
    while (name := opened.journey.next) is not None:
        opened = save_answer(desk, opened, name, answers[name], Saving(0))
    done = submit(desk, opened, seen=opened.record.sequence, language="en").record
    levels = {scale.id: scale.possible for scale in opened.conclusion.scales}
    changes = tuple(AnswerChange(a.question, a.value, a.because, 0) for a in opened.record.answers)
    return Template(changes, NewRevision(done.snapshot, done.sha256, "en", levels))


def hand_in(desk: Desk, secret: str, template: Template) -> None:
    """Write what a vendor has answered and submitted."""
    begun = screenings.begin_answers(desk, secret, "en").id
    act, until = Act(desk.clock(), HOLDER), desk.expires()
    sequence = desk.store.save(begun, 0, template.changes, act, until)
    desk.store.submit(begun, sequence, template.revision, act)


def fill(desk: Desk) -> dict[int, str]:
    """Make the screenings; their addresses by size."""
    user = accounts.add_user(desk, EMAIL, "Buyer", "en")
    accounts.set_password(desk, accounts.make_password_link(desk, EMAIL), PASSWORD)
    seat = rooms.take_seat(desk, user, rooms.found(desk, user, "Measured").id)
    templates: dict[str, Template] = {}
    tables = {}
    for size in SIZES:
        terms = screenings.Terms(f"{size} vendors", "", None, "en")
        made = screenings.begin_screening(desk, seat, "kz-ai-law", terms)
        of = screenings.find_screening(desk, seat, made.id)
        names = [screenings.NewVendor(f"Vendor {number:04}") for number in range(size)]
        screenings.add_vendors(desk, of, KEY, names)
        for case, vendor in zip(
            itertools.cycle(CASES), screenings.vendors_of(desk, of).values(), strict=False
        ):
            secret = screenings.link_secret(KEY, vendor.id, vendor.issue)
            if case in templates:
                hand_in(desk, secret, templates[case])
            else:
                templates[case] = first_of_case(desk, secret, answers_of(desk.catalogue, case))
        tables[size] = f"/en/w/{seat.workspace.id}/screenings/{made.id}/"
    return tables


def signed_in(client: FlaskClient) -> FlaskClient:
    """The client, signed in as the buyer."""
    page = client.get("/en/sign-in").get_data(as_text=True)
    (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', page)
    sent = {"csrf_token": token, "email": EMAIL, "password": PASSWORD}
    if client.post("/en/sign-in", data=sent).status_code != 303:
        raise RuntimeError("The buyer could not sign in.")
    return client


def pages_of(client: FlaskClient, table: str) -> dict[str, str]:
    """The addresses that are measured, by what they are."""
    html = client.get(table).get_data(as_text=True)
    vendors = re.findall(r'name="vendor" value="(\w+)"', html)[:5]
    return {
        "table, first page": table,
        "table, a state": f"{table}?state=submitted",
        "table, a level": f"{table}?level=high",
        "table, by level": f"{table}?order=-level",
        "table, by day": f"{table}?order=-submitted",
        "table, searched": f"{table}?text=vendor+0001",
        "a vendor": f"{table}vendors/{vendors[0]}",
        "five compared": f"{table}compare?vendor={'&vendor='.join(vendors)}",
        "all vendors as JSON": f"{table}vendors.json",
    }


ASKED: list[str] = []
"""The statements that any connection ran so far."""


def traced(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    """Opens connections as ``connect`` does, which note what they are asked."""

    def opened(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(ASKED.append)
        return connection

    return opened


def count_statements(client: FlaskClient, path: str) -> int:
    """How many times a page asks the store."""
    ASKED.clear()
    client.get(path)
    return sum(sql.lstrip().lower().startswith(("select", "with")) for sql in ASKED)


def measure(client: FlaskClient, tables: dict[int, str], rounds: int) -> Iterator[Figure]:
    """Each page of each screening, by turns."""
    places = {size: pages_of(client, table) for size, table in tables.items()}
    for page in places[SIZES[0]]:
        paths = [places[size][page] for size in SIZES]
        took: list[list[float]] = [[] for _ in SIZES]
        for _ in range(rounds):
            for mine, path in zip(took, paths, strict=True):
                began = time.perf_counter()
                response = client.get(path)
                mine.append(1000 * (time.perf_counter() - began))
                if response.status_code != 200:
                    raise RuntimeError(f"{path} answered {response.status_code}")
        middle = tuple(statistics.median(mine) for mine in took)
        yield Figure(page, middle, tuple(count_statements(client, path) for path in paths))


def main() -> None:
    """Print the table of docs/performance.md."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--rounds", type=int, default=21)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "riskq.db")
        with (
            patch.object(sqlite3, "connect", traced(sqlite3.connect)),
            closing(open_store(path)) as store,
        ):
            desk = Desk(store, Catalogue())
            tables = fill(desk)
            app = create_app(Settings(str(path), KEY), desk=desk)
            show(measure(signed_in(app.test_client()), tables, rounds))


def show(figures: Iterable[Figure]) -> None:
    """Print each figure as soon as it is there."""
    head = "".join(f"{size:>9,}" for size in SIZES)
    print(f"milliseconds         {head}   ratios        statements")
    for one in figures:
        times = "".join(f"{each:9.1f}" for each in one.milliseconds)
        ratios = " ".join(f"{each / one.milliseconds[0]:5.2f}" for each in one.milliseconds[1:])
        print(f"{one.page:<21}{times}  {ratios}   {one.statements}", flush=True)


if __name__ == "__main__":
    main()
