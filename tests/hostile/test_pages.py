"""Every hostile text in every answer: all pages show it whole, and none becomes anything else."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from icalendar import Calendar

from tests.hostile.corpus import MARKUP, TEXTS
from tests.hostile.walked import FIELDS, bones, kept, save_everywhere, twin
from tests.marks import some_quickly
from tests.web.answered import answered
from tests.web.browser import Browser, Page

PLACES = ["", "check", "map", "result", *(f"q/{name}" for name in FIELDS)]
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def squeezed(text: str) -> str:
    """The text without any blanks, which a page may move."""
    return "".join(text.split())


def shown(browser: Browser, text: str) -> dict[str, Page]:
    """All pages that show answers, after the text has been saved everywhere."""
    save_everywhere(browser, text)
    return {place: browser.open(place) for place in PLACES}


@pytest.mark.parametrize("name", some_quickly(TEXTS, 12))
def test_pages_show_every_text_whole_and_as_text(holder: Browser, name: str) -> None:
    text = TEXTS[name]
    harmless = shown(holder, twin(kept(text, "system-purpose")))
    pages = shown(holder, text)
    for place, page in pages.items():
        assert page.status == 200
        assert bones(page.html) == bones(harmless[place].html), place
        assert not _CONTROLS.search(page.html), place
    for question in FIELDS:
        written = kept(text, question)
        fields = dict(pages[f"q/{question}"].forms[0].fields)
        assert written in (fields["answer"].replace("\r", ""), fields.get("because", ""))
        assert squeezed(written) in squeezed(pages["check"].text)


@pytest.mark.parametrize("name", some_quickly(TEXTS, 5))
def test_downloads_hold_every_text_whole(holder: Browser, name: str) -> None:
    save_everywhere(holder, TEXTS[name])
    data = holder.client.get(holder.address("data.json"))
    answers = json.loads(data.data)["answers"]
    for question in FIELDS:
        given = answers[question]
        told = given["because"] if isinstance(given, dict) else given
        assert told == kept(TEXTS[name], question)
    calendar = holder.client.get(holder.address("dates.ics")).data
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", calendar)
    (event,) = Calendar.from_ical(calendar).walk("VEVENT")
    assert kept(TEXTS[name], "system-name") in str(event["summary"])


@pytest.mark.parametrize("name", MARKUP)
def test_a_form_that_is_refused_gives_every_text_back(holder: Browser, name: str) -> None:
    save_everywhere(holder, "x")
    holder.open("q/system-purpose")
    page = holder.send(answer=MARKUP[name], csrf_token="forged")
    assert page.status == 400
    assert squeezed(MARKUP[name]) in squeezed(page.text)
    again = holder.send()
    assert again.status == 200
    holder.open("q/system-purpose")
    field = dict(holder.page.forms[0].fields)["answer"]
    assert field.replace("\r", "") == kept(MARKUP[name], "system-purpose")


@pytest.mark.parametrize("name", MARKUP)
def test_two_tabs_see_every_text_of_each_other(holder: Browser, name: str) -> None:
    save_everywhere(holder, "x")
    first = holder.open("q/system-purpose")
    holder.send(answer=MARKUP[name])
    holder.page = first
    page = holder.send(answer=f"{MARKUP[name]} too")
    assert page.status == 409
    assert page.text.count(" ".join(kept(MARKUP[name], "system-purpose").split())) >= 2
    assert "alert" not in " ".join(bones(page.html))


@pytest.mark.parametrize("name", MARKUP)
def test_a_hostile_text_instead_of_an_option_is_refused(holder: Browser, name: str) -> None:
    save_everywhere(holder, "x")
    before = holder.client.get(holder.address("data.json")).data
    for question in ("sector", "emergency", "kazakhstan-link", "risk-review"):
        holder.open(f"q/{question}")
        clean = set(bones(holder.page.html))
        page = holder.send_with({"answer": [MARKUP[name], MARKUP[name]], "answer-instead": ""})
        assert page.status == 422, question
        new = " ".join(set(bones(page.html)) - clean)
        assert not re.search(r"script|iframe|svg/|\bon\w+=", new), question
    assert holder.client.get(holder.address("data.json")).data == before


def test_no_answer_stands_in_a_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    browser = answered(Browser(app))
    save_everywhere(browser, "Unmistakable words")
    browser.open("q/sector")
    browser.send(answer="Unmistakable words")
    browser.send(answer="Unmistakable words", csrf_token="")
    assert "Unmistakable" not in caplog.text
