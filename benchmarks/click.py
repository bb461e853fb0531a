"""From the click to the report, and from the address to the first paint.

Run: .venv/bin/python -m benchmarks.click [--rounds N]

A person walks to the result and reads for three seconds; the report in that language was made
ahead meanwhile. The report in another language was not. Beside them stands bare WeasyPrint with a
report of the same size (``benchmarks.documents``). First paint is what Chromium tells of the start
page, with an empty cache, beside a static page.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import re
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from benchmarks.people import Person, quantile
from benchmarks.service import RISKQ, serving

READING = 3.0
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STATIC = "<!doctype html><html lang=kk><title>static</title><h1>Сұрақ</h1><p>Жауап</p>"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


def to_the_result(origin: str) -> Person:
    """Walk with first choices, submit, and stay on the result."""
    person = Person(origin)
    person.get("/kk/")
    person.submit(person.forms()[0])
    while "/q/" in person.path:
        person.submit(person.forms()[-1])
    person.submit(next(form for form in person.forms() if "/submit" in form))
    return person


def clicks(origin: str, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds from the click to the last byte: made ahead, and not."""
    ahead: list[float] = []
    cold: list[float] = []
    for _ in range(rounds):
        person = to_the_result(origin)
        links = re.findall(r'href="([^"]+\.pdf)"', person.body)
        time.sleep(READING)
        for link, times in ((links[0], ahead), (links[1], cold)):
            began = time.perf_counter()
            person.connection.request("GET", link, headers={"Cookie": cookie(person)})
            answer = person.connection.getresponse()
            if not answer.read().startswith(b"%PDF"):
                raise SystemExit(f"{link} gave {answer.status}")
            times.append(time.perf_counter() - began)
    return ahead, cold


def cookie(person: Person) -> str:
    """The person's cookies as a header."""
    return "; ".join(f"{name}={value}" for name, value in person.cookies.items())


@contextmanager
def static_page() -> Iterator[str]:
    """A page from a plain file server."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = STATIC.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def answers_of(page: Page) -> list[Response]:
    """A list that grows with every answer that the page gets."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    return answers


def first_paint(browser: Browser, address: str, rounds: int) -> tuple[float, int]:
    """The median first paint in milliseconds, and the bytes that the page takes, compressed."""
    times: list[float] = []
    size = 0
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 360, "height": 800})
        page = context.new_page()
        answers = answers_of(page)
        page.goto(address, wait_until="networkidle")
        times.append(float(page.evaluate(PAINT)))
        bodies = [answer.body() for answer in answers]
        size = sum(min(len(body), len(gzip.compress(body))) for body in bodies)
        context.close()
    return statistics.median(times), size


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--rounds", type=int, default=10)
    rounds = reading.parse_args().rounds
    chromium = shutil.which("chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(RISKQ, Path(folder)) as (origin, _),
        static_page() as plain,
        sync_playwright() as playwright,
    ):
        ahead, cold = clicks(origin, rounds)
        for name, times in (("made ahead", ahead), ("not made ahead", cold)):
            middle, late = quantile(times, 0.5), quantile(times, 0.95)
            print(f"click to report, {name}: median {middle:.0f} ms, p95 {late:.0f} ms")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, address in (("riskq", origin + "/kk/"), ("static page", plain)):
            paint, size = first_paint(browser, address, rounds)
            print(f"first paint, {name}: {paint:.0f} ms; {size / 1000:.1f} kB compressed")
        browser.close()


if __name__ == "__main__":
    main()
