"""The log of a whole service, after a whole walk, holds nothing of whoever walked."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from benchmarks.people import WRITTEN, Person
from tests.marks import some_quickly
from tests.service.served import running, walk

EMAIL, PASSWORD = "marker-mail@alatau.example", "marker horses of alatau"
QUERY, GUESS = "marker-query", "marker-guess"


def secrets_of(person: Person) -> set[str]:
    """What opens the assessment: its private link, its id, the cookie."""
    place = person.path.rpartition("/")[0]
    assert person.get(f"{place}/data.json") == 200
    assert person.get(f"{place}/link") == 200
    (link,) = set(re.findall(r"/r/([A-Za-z0-9_-]{16,})", person.body))
    return {link, place.split("/")[3], *person.cookies.values()}


def be_refused(person: Person, database: Path) -> None:
    """Sign in in vain, guess a link, ask for nothing, and meet a store that fails."""
    person.get("/kk/sign-in")
    token = ("csrf_token", person.hidden("csrf_token"))
    person.post("/kk/sign-in", [token, ("email", EMAIL), ("password", PASSWORD)])
    person.get(f"/kk/r/{GUESS}")
    person.get(f"/kk/{QUERY}?q={QUERY}")
    person.post(f"/kk/{QUERY}?q={QUERY}", [("answer", WRITTEN)])
    for part in ("", "-wal"):
        # The connections that are open find it in the file that they have, not in a new one.
        database.with_name(f"{database.name}{part}").write_bytes(b"no database at all" * 999)


@pytest.mark.parametrize("form", some_quickly(["json", "plain"], 2))
def test_a_walk_leaves_nothing_of_anybody_in_the_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], form: str
) -> None:
    database = tmp_path / "riskq.db"
    with running(database, RISKQ_LOG=form, RISKQ_METRICS="m" * 20) as served:
        person = Person(served.origin)
        with closing(person.connection):
            walk(person)
            kept = secrets_of(person)
            be_refused(person, database)
            kept |= set(person.cookies.values())
            assert person.get("/readyz") == 503
    told = capfd.readouterr().err
    if form == "json":
        lines = [json.loads(line) for line in told.splitlines()]
        assert {"/<language>/a/<assessment>/q/<name>", "/<language>/r/<secret>", "none"} <= {
            line.get("route") for line in lines
        }
        told = json.dumps(lines, ensure_ascii=False)
    assert told.count("POST") > 20
    typed = {WRITTEN, EMAIL, PASSWORD, QUERY, GUESS, "m" * 20}
    for secret in kept | typed | {quote(one) for one in typed}:
        assert secret not in told
