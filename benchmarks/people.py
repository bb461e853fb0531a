"""People who walk a questionnaire over HTTP, for the benchmarks: real cookies, real forms.

They know nothing of riskq but its HTML: each page's form is answered with its first choices. The
bare services that riskq is measured against serve the same kind of form.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

__all__ = ["Person", "Timings", "crowd", "quantile"]

_FORM = re.compile(r'<form[^>]*\bmethod="post"[^>]*>.*?</form>', re.DOTALL)
_ACTION = re.compile(r'<form[^>]*\baction="([^"]*)"')
_INPUT = re.compile(r"<(?:input|textarea)\b[^>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
WRITTEN = "Мәтін"
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Timings:
    """Seconds that requests took, by what they were."""

    get: list[float] = field(default_factory=list)
    post: list[float] = field(default_factory=list)


class Person:
    """One browser: a kept connection, its cookies, the page it is on."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.path = "/"
        self.body = ""
        self.timings = Timings()

    def get(self, path: str) -> int:
        """Open a page, and stay on it."""
        began = time.perf_counter()
        status, location = self._send("GET", path, None)
        self.timings.get.append(time.perf_counter() - began)
        self.path = path
        return self.get(location) if 300 <= status < 400 and location else status

    def submit(self, form: str) -> int:
        """Send a form with its first choices, and follow to the page after it."""
        action = _ACTION.search(form)
        target = action[1] if action and action[1] else self.path
        status, location = self.post(target, _first_choices(form))
        if status != 303:
            raise RuntimeError(f"{target} answered {status}")
        return self.get(location)

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> tuple[int, str]:
        """Send fields; gives the status and where the answer leads, without going there."""
        began = time.perf_counter()
        sent = self._send("POST", path, urlencode(fields))
        self.timings.post.append(time.perf_counter() - began)
        return sent

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page."""
        return str(re.findall(f'name="{name}" value="([^"]*)"', self.body)[-1])

    def forms(self) -> list[str]:
        """The forms of the page, as HTML."""
        return _FORM.findall(self.body)

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = dict(_HEADERS) if body is not None else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        self.body = response.read().decode(errors="replace")
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        location = response.getheader("Location") or ""
        return response.status, urlsplit(location)._replace(scheme="", netloc="").geturl()


def _first_choices(form: str) -> list[tuple[str, str]]:
    chosen: dict[str, str] = {}
    for tag in _INPUT.findall(form):
        found = dict(_ATTRIBUTE.findall(tag))
        name, kind = found.get("name"), found.get("type", "text")
        if not name or kind in ("submit", "button") or name == "because":
            continue
        if kind not in ("radio", "checkbox", "hidden"):
            chosen.setdefault(name, WRITTEN)
        elif not chosen.get(name):
            chosen[name] = found.get("value", "on")
    # Where a choice stands beside a field to write in, the choice is taken.
    return [(k, "" if f"{k}-instead" in chosen else v) for k, v in chosen.items()]


def crowd(size: int, life: Callable[[int], Timings]) -> tuple[Timings, float]:
    """Let so many people live at once; gives all their timings and the seconds it took."""
    timings = Timings()
    lock = threading.Lock()

    def live(number: int) -> None:
        own = life(number)
        with lock:
            timings.get.extend(own.get)
            timings.post.extend(own.post)

    threads = [threading.Thread(target=live, args=(number,)) for number in range(size)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return timings, time.perf_counter() - began


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which the share of all values lies, in milliseconds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000
