"""A browser without scripts: follows links, keeps cookies, sends the forms that pages hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

__all__ = ["Browser", "Page", "Sent"]

_WHOLE_WORD = re.compile(r'<span class="whole-word">([^<]*)</span>')

Sent = Mapping[str, str | list[str]]


@dataclass
class PageForm:
    """A form of a page: where it goes, and what it sends as it stands."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class _Parts(HTMLParser):
    """Takes a page apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[PageForm] = []
        self.pieces: list[str] = []
        self.headings: list[str] = []
        self.language = ""
        self.text_area: list[str] | None = None
        self.is_in_heading = False
        # What only keeps a word on one line does not part it from the letters beside it.
        self.feed(_WHOLE_WORD.sub(r"\1", html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append(PageForm(given["action"], given["method"]))
        elif tag == "h1":
            self.is_in_heading = True
            self.headings.append("")
        elif tag in ("input", "textarea", "button") and "name" in given and self.forms:
            self.take_field(tag, given)

    def take_field(self, tag: str, given: dict[str, str]) -> None:
        form = self.forms[-1]
        form.names.add(given["name"])
        if tag == "textarea":
            self.text_area = []
            form.fields.append((given["name"], ""))
        elif tag == "input" and (given["type"] not in ("radio", "checkbox") or "checked" in given):
            form.fields.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text_area is not None:
            name = self.forms[-1].fields[-1][0]
            # A browser drops the line break right after the tag.
            self.forms[-1].fields[-1] = (name, "".join(self.text_area).removeprefix("\n"))
            self.text_area = None
        elif tag == "h1":
            self.is_in_heading = False

    def handle_data(self, data: str) -> None:
        if self.text_area is not None:
            self.text_area.append(data)
        if self.is_in_heading:
            self.headings[-1] += data
        self.pieces.append(data)


class Page:
    """A page as a browser understands it: its text, heading, links and forms."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.path = response.request.path
        self.headers = response.headers
        is_paper = response.mimetype == "application/pdf"
        self.html = "" if is_paper else response.get_data(as_text=True)

    @cached_property
    def _parts(self) -> _Parts:
        """What the page consists of; most pages of a walk are passed without a look at it."""
        return _Parts(self.html)

    @property
    def text(self) -> str:
        """The words of the page, one space between them."""
        return " ".join(" ".join(self._parts.pieces).split())

    @property
    def links(self) -> list[str]:
        """Where the page leads to."""
        return self._parts.links

    @property
    def forms(self) -> list[PageForm]:
        """The forms of the page, in their order."""
        return self._parts.forms

    @property
    def headings(self) -> list[str]:
        """The headings of the first level."""
        return self._parts.headings

    @property
    def language(self) -> str:
        """The language that the page says it is in."""
        return self._parts.language

    @property
    def heading(self) -> str:
        """The one heading of the page."""
        (heading,) = self.headings
        return " ".join(heading.split())


class Browser:
    """Opens pages and sends forms; ``page`` is what it shows."""

    def __init__(self, app: Flask, language: str = "en", base_url: str | None = None) -> None:
        self.client = app.test_client()
        self.language = language
        self.base_url = base_url
        self.page: Page
        self.id = ""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Page:
        """Open an address, following redirects."""
        response = self.client.get(
            path, follow_redirects=True, headers=headers, base_url=self.base_url
        )
        self.page = Page(response)
        return self.page

    def post(self, path: str, data: Sent, headers: Mapping[str, str] | None = None) -> Page:
        """Send fields to an address, whatever the page holds; follows redirects."""
        response = self.client.post(
            path, data=data, follow_redirects=True, headers=headers, base_url=self.base_url
        )
        self.page = Page(response)
        return self.page

    def send(self, **changes: str | list[str]) -> Page:
        """Send the form of the page as it stands, with some fields changed."""
        return self.send_with(changes)

    def send_with(self, changes: Sent) -> Page:
        """Send the form of the page, with fields whose names are no words."""
        chosen = self.page.forms[0]
        fields: dict[str, list[str]] = {}
        for name, value in chosen.fields:
            fields.setdefault(name, []).append(value)
        return self.post(chosen.action, {**fields, **changes})

    def start(self) -> Page:
        """Start an assessment; shows its first question."""
        self.get(f"/{self.language}/")
        page = self.send()
        self.id = page.path.split("/")[3]
        return page

    def address(self, place: str = "") -> str:
        """An address inside of the assessment, such as ``q/emergency``."""
        return f"/{self.language}/a/{self.id}/{place}"

    def open(self, place: str = "") -> Page:
        """Open a place of the assessment."""
        return self.get(self.address(place))

    @property
    def question(self) -> str:
        """The id of the question shown, or nothing."""
        path = self.page.path
        return path.rpartition("/q/")[2] if "/q/" in path else ""

    def answer(self, value: Any) -> Page:
        """Answer the question shown, in the form of an answers file, and save."""
        because = ""
        if isinstance(value, dict):
            value, because = value["answer"], str(value["because"])
        names = self.page.forms[0].names
        sent: dict[str, str | list[str]] = {
            "answer": [str(item) for item in value] if isinstance(value, list) else str(value)
        }
        if "answer-instead" in names and value in ("never", "unsure"):
            sent = {"answer": "", "answer-instead": str(value)}
        if "because" in names:
            sent["because"] = because
        return self.send_with(sent)

    def answer_all(self, answers: dict[str, object]) -> Page:
        """Answer what is asked, as long as there are answers for it."""
        while self.question in answers:
            before = self.page.path
            page = self.answer(answers[self.question])
            if page.path == before:
                break
        return self.page
