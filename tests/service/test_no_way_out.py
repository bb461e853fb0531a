"""A whole service at work calls nobody: every process of it is watched while people use it.

The kernel tells of every connection and every datagram of the service and of all processes that it
starts, so also of those that make and read documents, and of compiled parts.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import uuid
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.people import Person
from riskq.engine import read_answers
from riskq.questionnaire import Catalogue
from riskq.services import Desk, start
from riskq.store import open_store
from tests.ai_law import NAME
from tests.service.served import Served, running
from tests.web.answered import READY, whole_answers_of

WATCH = (
    "strace",
    "-f",
    "--seccomp-bpf",
    "-qq",
    "-e",
    "trace=connect,sendto,sendmsg,sendmmsg",
    "-o",
)
CALL = re.compile(r"^\d+ +(?:connect|send\w+)\(.*\bsa_family=AF_INET.*$", re.MULTILINE)
HERE = re.compile(r'inet_addr\("127\.\d+\.\d+\.\d+"\)|"::1"|"::ffff:127\.')


class Visitor(Person):
    """A person who also sends and takes files."""

    def take(self, path: str) -> tuple[int, bytes]:
        """A file from an address."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request("GET", path, headers={"Cookie": cookies})
        response = self.connection.getresponse()
        return response.status, response.read()

    def send_file(self, path: str, fields: Mapping[str, str], file: tuple[str, bytes]) -> int:
        """Send a form with a file, and stay on the page that comes back."""
        border, (name, content) = uuid.uuid4().hex, file
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        field = "files" if path.endswith("/reports") else "file"
        head = f'--{border}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"'
        body = "".join([*parts, f"{head}\r\n\r\n"]).encode() + content
        headers = {
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
        }
        self.connection.request("POST", path, body + f"\r\n--{border}--\r\n".encode(), headers)
        response = self.connection.getresponse()
        self.body = response.read().decode()
        return response.status


def begin(database: Path) -> str:
    """An assessment with all answers; the secret of its link."""
    with closing(open_store(database)) as store:
        desk = Desk(store, Catalogue())
        loaded = desk.catalogue.load(NAME, desk.catalogue.in_force(NAME, desk.today()))
        answers = read_answers(loaded, whole_answers_of(READY), desk.today())
        return start(desk, NAME, "en", answers).secret


def use(served: Served, secret: str) -> None:
    """What people do: submit, take the report, have it verified, a table judged, a bundle made."""
    person = Visitor(served.origin)
    assert person.get(f"/en/r/{secret}") == 200
    place = person.path.rstrip("/")
    assert person.get(f"{place}/check") == 200
    (form,) = (one for one in person.forms() if "/submit" in one)
    assert person.submit(form) == 200
    status, pdf = person.take(f"{place}/report-1.pdf")
    assert (status, pdf[:5]) == (200, b"%PDF-")
    for path, file in (
        ("/en/verify", ("report.pdf", pdf)),
        ("/en/tables", ("table.csv", b"model-based\nyes\n")),
        ("/en/reports", ("a.json", json.dumps({"model-based": "no"}).encode())),
    ):
        assert person.get(path) == 200
        fields = {"csrf_token": person.hidden("csrf_token"), "questionnaire": NAME}
        assert person.send_file(path, fields, file) in (200, 303), path
    assert person.get("/kk/proof") == 200
    person.connection.close()


def calls_beyond(watched: Path) -> list[str]:
    """The calls that lead to another machine."""
    return [call for call in CALL.findall(watched.read_text("utf-8")) if not HERE.search(call)]


@pytest.mark.slow
def test_a_service_at_work_calls_nobody(tmp_path: Path) -> None:
    watched, secret = tmp_path / "watched", begin(tmp_path / "riskq.db")
    with running(tmp_path / "riskq.db", watch=(*WATCH, str(watched))) as served:
        use(served, secret)
    assert calls_beyond(watched) == []


@pytest.mark.slow
def test_the_watch_sees_a_call_of_a_child(tmp_path: Path) -> None:
    """Else that nobody is called would say nothing."""
    code = "import os, socket; os.fork(); s = socket.socket(); s.setblocking(False)"
    # An address for examples, to which no machine answers; the call is not waited for.
    command = [*WATCH, str(tmp_path / "watched"), sys.executable, "-c"]
    subprocess.run([*command, f"{code}; s.connect_ex(('192.0.2.1', 9))"], check=True)
    assert len(calls_beyond(tmp_path / "watched")) == 2
