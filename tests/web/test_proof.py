"""How we know that it is right: the public pages of proofs, cases and comparisons."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from markupsafe import escape

from riskq.i18n import LANGUAGES, write_day
from riskq.questionnaire import Catalogue, load_cases, load_changes, load_mutation_record
from tests.marks import ONE_QUICKLY
from tests.web.browser import Browser

NAME = "kz-ai-law"
DAYS = [day.isoformat() for day in Catalogue().editions(NAME)]


@pytest.mark.parametrize("language", ONE_QUICKLY)
@pytest.mark.parametrize("day", DAYS)
def test_each_edition_has_its_proof_with_every_case(app: Flask, language: str, day: str) -> None:
    page = Browser(app, language).get(f"/{language}/proof/{NAME}/{day}")
    assert page.status == 200
    edition = Catalogue().edition(NAME, day)
    for case in load_cases(edition):
        assert " ".join(case.title[language].split()) in page.text
        assert " ".join(case.source.text[language].split()) in page.text
    record = load_mutation_record(edition)
    assert record is not None
    assert str(record.tried) in page.text
    for group in record.survived:
        assert " ".join(group.why[language].split()) in page.text
    loaded = Catalogue().load(NAME, day)
    assert loaded.digest in page.text
    for limit in loaded.prose[language].limits.values():
        assert " ".join(limit.title.split()) in page.text


def test_the_proof_says_that_nothing_was_found_and_how_much_was_looked_at(app: Flask) -> None:
    text = Browser(app).get("/en/proof").text
    assert "The check finds nothing: no error and no warning." in text
    assert "more than 10 to the power of 32 ways" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_a_proof_leads_to_the_open_points_of_its_own_edition(
    app: Flask, language: str, day: str
) -> None:
    browser = Browser(app, language)
    links = browser.get(f"/{language}/proof/{NAME}/{day}").links
    law = f"/{language}/law/{NAME}/{day}"
    page = browser.get(law)
    loaded = Catalogue().load(NAME, day)
    assert page.status == 200
    assert write_day(loaded.edition, language) in page.text
    for name, limit in loaded.prose[language].limits.items():
        assert f"{law}#{name}" in links
        assert f'id="{name}"' in page.html
        assert " ".join(limit.text.split()) in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_editions_are_named_by_their_days_in_full(app: Flask, language: str) -> None:
    text = Browser(app, language).get(f"/{language}/proof/{NAME}/{DAYS[0]}").text
    for day in DAYS:
        assert day not in text
        assert text.count(write_day(date.fromisoformat(day), language)) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_stands_apart_from_the_word_before_it(app: Flask, language: str) -> None:
    html = Browser(app, language).get(f"/{language}/law").html
    before = re.findall(r'(.)<span class="mark">', html)
    assert before
    assert set(before) == {" "}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_editions_are_compared_in_words(app: Flask, language: str) -> None:
    page = Browser(app, language).get(f"/{language}/compare/{NAME}/{DAYS[0]}/{DAYS[1]}")
    prose = Catalogue().load(NAME, DAYS[1]).prose[language]
    assert page.status == 200
    assert prose.duties["automated-decisions"].title in page.text
    assert prose.questions["decision-safeguards"].ask in page.text
    assert prose.option("decision-safeguards", "human-review").label in page.text
    if language != "en":
        for word in ("missing", "partly", "holds", "human-review"):
            assert f" {word} " not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_differ_stand_below_what_they_belong_to(app: Flask, language: str) -> None:
    page = Browser(app, language).get(f"/{language}/compare/{NAME}/{DAYS[0]}/{DAYS[1]}")
    prose = Catalogue().load(NAME, DAYS[1]).prose[language]
    words = page.html.partition("changed-words")[2]
    assert f"<h3>{escape(prose.questions['critical-object'].ask)}</h3>" in words
    assert f"<h3>{escape(prose.limits['entry-into-force'].title)}</h3>" in words
    assert f"<h3>{escape(prose.scales['trusted-list'].title)}</h3>" in words
    kept = re.findall(r"<p>(?!<del>|<ins>).+<(?:del|ins)>", words)
    assert len(kept) > 20


@pytest.mark.parametrize("language", ONE_QUICKLY)
@pytest.mark.parametrize("path", [f"proof/{NAME}/{DAYS[1]}", f"compare/{NAME}/{DAYS[0]}/{DAYS[1]}"])
def test_what_an_edition_changed_and_whom_it_concerns_is_told(
    app: Flask, language: str, path: str
) -> None:
    log = load_changes(Catalogue().edition(NAME, DAYS[1]))
    assert log is not None
    told = log.of(date.fromisoformat(DAYS[1]))
    assert told is not None
    text = Browser(app, language).get(f"/{language}/{path}").text
    for part in (told.describes, *told.points, *told.affected, told.unaffected):
        assert " ".join(part[language].split()) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_tells_what_is_written_differently(app: Flask, language: str) -> None:
    text = Browser(app, language).get(f"/{language}/compare/{NAME}/{DAYS[0]}/{DAYS[1]}").text
    acts = Catalogue().load(NAME, DAYS[1]).law.acts
    for act in ("kz-digital", "kz-order-171"):
        assert acts[act].short[language] in text
    for day in ("2026-01-18", "2026-08-24", DAYS[1]):
        assert write_day(date.fromisoformat(day), language) in text


def test_the_proof_says_what_repeats_and_what_is_looked_up(app: Flask) -> None:
    text = Browser(app).get("/en/proof").text
    assert "but for what repeats when a question is asked, as the law does" in text
    assert "Each article cited stands in our list of acts" in text
    assert "Not so here" not in text


@pytest.mark.parametrize(
    "path",
    ["proof/none", "proof/kz-ai-law/2020-01-01", "proof/kz-ai-law/..",
     "compare/kz-ai-law/2026-01-18/2026-01-19", "compare/none/2026-01-18/2026-08-25",
     "law/none/2026-08-25", "law/kz-ai-law/2020-01-01"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(app: Flask, path: str) -> None:
    assert Browser(app).get(f"/en/{path}").status == 404
