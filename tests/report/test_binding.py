"""Numbers and their words stay on one line, and every text stays as it was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskq.report import Renderer, bind_numbers
from riskq.report.binding import _APART, _pairs
from tests.papers import pages_of
from tests.report.documents import make_job, wrap

SPAN = re.compile(r'<span class="whole-word">([^<]*)</span>')


def bound(text: str) -> list[str]:
    return SPAN.findall(bind_numbers(f"<p>{text}</p>"))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Заңның 17-бабының 1-тармағы", ["17-бабының", "1-тармағы"]),
        ("17-бап, 1-тармақ, 3) тармақша", ["17-бап", "1-тармақ", "3) тармақша"]),
        ("ӘҚБтК-нің 641-1-бабы", ["ӘҚБтК-нің", "641-1-бабы"]),
        ("№ 196/НҚ бұйрық", ["№ 196/НҚ"]),
        ("№ 230-VIII Заң бойынша", ["№ 230-VIII"]),
        ("10-ның 32-дәрежесінен", ["10-ның", "32-дәрежесінен"]),
        ("2026-08-25, бет-әлпет, 2024 – 2026", []),
    ],
)
def test_a_number_and_its_word_are_bound(text: str, whole: list[str]) -> None:
    assert bound(text) == whole


@pytest.mark.parametrize(
    "html",
    [
        '<input value="17-бап">',
        '<a title="17-бап" href="/kk/17-bap">1</a>',
        "<textarea>17-бап &lt;b&gt; 3) тармақша</textarea>",
        "<title>17-бап</title>",
        "<svg><text x='1'>17-бап</text><text><tspan>3) тармақша</tspan></text></svg>",
        "<p>&#39;-бап</p>",
    ],
)
def test_what_is_no_line_of_text_is_left_alone(html: str) -> None:
    assert bind_numbers(html) == html


@pytest.mark.parametrize(
    "text",
    [
        f"1-{'а' * 25}",
        f"{'1' * 6}-бап",
        "1) сөз",
        "a.17-бап",
        "№ 95/НҚНҚНҚ",
        "№",
    ],
)
def test_what_is_longer_or_other_than_ours_may_be_broken(text: str) -> None:
    assert bound(text) == []


def test_paper_says_what_was_written(renderer: Renderer) -> None:
    text = "ЖИ туралы заң, 17-бап, 1-тармақ, 3) тармақша, № 196/НҚ бұйрық"
    pdf = renderer.render(make_job(wrap(f"<p>{text}</p>")))
    (told,) = pages_of(pdf)
    assert text in told


def test_no_reference_is_torn_on_paper(renderer: Renderer) -> None:
    pairs = "17-бабының 641-1-тармағы № 196/НҚ 3) тармақша"
    rows = "".join(f"<p>{'а' * count} {pairs}</p>" for count in range(40, 130))
    text = "\n".join(pages_of(renderer.render(make_job(wrap(rows)))))
    assert [text.count(pair) for pair in ("17-бабының", "641-1-тармағы")] == [90, 90]
    assert [text.count(pair) for pair in ("№ 196/НҚ", "3) тармақша")] == [90, 90]


def looked_through_each_time(html: str) -> str:
    """What ``bind_numbers`` gives, with every pair judged by all that stands before it."""
    parts, done = [], 0
    for start, end in _pairs(html):
        opening = html.rfind("<", 0, start)
        if html.rfind(">", 0, start) < opening or html.startswith(_APART, opening):
            continue
        parts += [html[done:start], '<span class="whole-word">', html[start:end], "</span>"]
        done = end
    return "".join((*parts, html[done:]))


PIECES = ("<p>", "</p>", '<a title="1-', '">', "<textarea>", "</textarea>", "<option>")
TEXTS = ("1-а", "№ 95/НҚ", "17-бап", "3) тармақша", " ", "ЖИ-", "мо", "&lt;1-а&gt;", "-нің")


@given(st.lists(st.sampled_from(PIECES + TEXTS), max_size=12).map("".join))
def test_a_pair_is_judged_by_the_markup_before_it(html: str) -> None:
    assert bind_numbers(html) == looked_through_each_time(html)


def test_a_very_long_text_of_pairs_is_read_once() -> None:
    # To look through all that stands before each pair would take minutes.
    text = "+м+о+№1" * 60_000
    assert bind_numbers(f"<textarea>{text}</textarea>") == f"<textarea>{text}</textarea>"
    assert bind_numbers(f"<p>{text}</p>").count("whole-word") == 60_000
