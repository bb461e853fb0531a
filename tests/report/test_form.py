"""The blank form leads to exactly the questions that are asked, and says how in plain words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import cast

import pytest
from hypothesis import given

from riskq.engine import Answers, Judge, Unsure, plain, read_answers
from riskq.i18n import LANGUAGES
from riskq.questionnaire import (
    UNSURE,
    Atom,
    Beyond,
    Catalogue,
    Includes,
    Kind,
    Questionnaire,
    load_cases,
    walk,
)
from riskq.report import FormView, form_html
from riskq.report.qr import draw_qr
from riskq.services import form_of
from tests.ai_law import NAME, questionnaire
from tests.catalogues import TRANSLATED, forms, messages_of, used_in
from tests.checks.follower import walk_on_paper
from tests.checks.test_guide import LATER, drawn_answers
from tests.engine.brute_force import truths_of
from tests.engine.strategies import SEEDS, draw_questionnaire
from tests.hostile.corpus import MARKUP
from tests.prose import with_words
from tests.report.forms import steps_of
from tests.report.reports import texts_of

EDITIONS = [day.isoformat() for day in Catalogue().editions(NAME)]
ADDRESS = "https://riskq.example.kz/kk/start/kz-ai-law"
VIEWS = {language: form_of(questionnaire(), language, ADDRESS) for language in LANGUAGES}


@cache
def rest_of(loaded: Questionnaire, on: date, *, doubt: bool) -> Answers:
    """Answers to everything: "I don't know" where it may be said, or else some other answer."""
    return {
        question.id: Unsure() if doubt and question.unsure else truths_of(loaded, question, on)[-1]
        for question in loaded.questions
    }


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_with_every_case_a_person_with_a_pen_answers_what_is_asked(edition: str) -> None:
    found = Catalogue().one_meant(f"{NAME}/{edition}")
    loaded = Catalogue().load(NAME, edition)
    steps = steps_of(form_of(loaded, "en"))
    for case in load_cases(found):
        answers = read_answers(loaded, cast("dict[str, object]", plain(case.answers)), case.on)
        came_to = tuple(walk_on_paper(steps, answers, case.on))
        journey = Judge(loaded, answers, case.on).journey
        assert [name for name in came_to if name in answers] == list(journey.counted), case.id
        for doubt in (False, True):
            whole = {**rest_of(loaded, case.on, doubt=doubt), **answers}
            asked = Judge(loaded, whole, case.on).journey.asked
            assert tuple(walk_on_paper(steps, whole, case.on)) == asked, (case.id, doubt)


@given(seed=SEEDS)
def test_no_questionnaire_leads_past_a_question_that_is_asked(seed: int) -> None:
    rng = random.Random(seed)
    drawn = with_words(draw_questionnaire(rng))
    steps = steps_of(form_of(drawn, rng.choice(LANGUAGES)))
    for _ in range(4):
        answers = drawn_answers(rng, drawn, LATER)
        asked = Judge(drawn, answers, LATER).journey.asked
        assert set(walk_on_paper(steps, answers, LATER)) >= set(asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_numbered_in_the_order_of_asking(language: str) -> None:
    view = VIEWS[language]
    assert [question.number for question in view.questions] == list(range(1, 55))
    assert [question.id for question in view.questions] == [q.id for q in questionnaire().questions]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_a_person_needs_is_on_the_paper(language: str) -> None:
    view, prose = VIEWS[language], questionnaire().prose[language]
    html = form_html(view)
    for question in questionnaire().questions:
        shown = next(each for each in view.questions if each.id == question.id)
        assert [option.id for option in shown.options] == list(question.accepts)
        assert bool(shown.scenario) == question.justify
        assert bool(shown.lines) == question.is_text
        assert prose.questions[question.id].help.startswith(shown.help)
    boxes = sum(len(question.accepts) for question in questionnaire().questions)
    assert html.count("<li>") >= boxes
    assert html.count('class="options') == sum(1 for q in questionnaire().questions if q.accepts)
    assert html.count('<h2 class="section-title"') == len(prose.sections) + 1
    assert view.digest in html


def lines_of(view: FormView) -> Iterator[tuple[str, Atom]]:
    """Each line that says when to answer, with each answer that it looks at."""
    whens = [part.when for part in view.sections] + [part.when for part in view.questions]
    for when in whens:
        if when is not None:
            told = " ".join(when.parts)
            yield from (
                (told, atom) for atom in walk(when.rule.condition) if isinstance(atom, Atom)
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_names_the_number_and_the_answers_that_it_looks_at(language: str) -> None:
    view, prose = VIEWS[language], questionnaire().prose[language]
    numbers = {question.id: question.number for question in view.questions}
    lines = list(lines_of(view))
    assert len(lines) > 25
    for told, atom in lines:
        assert re.search(rf"\b{numbers[atom.question]}\b", told)
        assert isinstance(atom, Includes | Beyond)
        assert all(prose.option(atom.question, one).label in told for one in atom.options)


def test_instructions_read_as_one_says_them_at_a_table() -> None:
    view = VIEWS["en"]
    shown = {question.id: question for question in view.questions}
    when = shown["kazakhstan-link"].when
    assert when is not None
    assert (when.lead, when.parts) == (
        "Answer only in this case:",
        ("question 7: “Yes” or “I don't know”",),
    )
    both = shown["damage"].when
    assert both is not None
    assert both.lead == "Answer only if all of this holds:"
    assert both.parts == (
        "question 22: “No” or “I don't know”",
        "question 23: “None of these” or “I don't know”",
    )
    leads = {option.id: option.leads_text for option in shown["model-based"].options}
    assert leads == {"yes": "→ question 9", "no": "→ end of the questions", UNSURE: ""}
    sections = {section.id: section for section in view.sections}
    assert sections["readiness"].otherwise_text == "Otherwise go on with question 50."
    assert sections["system"].when is None
    assert shown["significant-harm"].how == (
        "Tick all that apply; “None of these” or “I don't know” only alone."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_arrow_leads_somewhere_and_no_id_is_there_twice(language: str) -> None:
    html = form_html(VIEWS[language])
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", html) == []


def test_a_code_leads_to_the_screen_where_the_address_is_known() -> None:
    html = form_html(VIEWS["kk"])
    assert draw_qr(ADDRESS).path in html
    assert f'href="{ADDRESS}"' in html
    without = form_html(form_of(questionnaire(), "kk"))
    assert 'class="qr"' not in without
    assert "осы бланкті берген адамнан сұраңыз" in without


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_english_message_is_left_in_a_form(language: str) -> None:
    english = {text for message in used_in("report") for text in message if " " in text}
    said = form_html(VIEWS[language])
    assert [text for text in english if text in said] == []


def test_no_russian_word_of_the_interface_is_in_a_kazakh_form() -> None:
    russian, kazakh = (
        {text for item in messages_of("report", language) for text in forms(item.string)}
        for language in ("ru", "kk")
    )
    assert set(texts_of(VIEWS["kk"])) & (russian - kazakh) == set()


@pytest.mark.parametrize("name", MARKUP)
def test_no_text_becomes_anything_but_text(name: str) -> None:
    drawn = draw_questionnaire(random.Random(7))
    plain = form_html(form_of(with_words(drawn, "x"), "en"))
    html = form_html(form_of(with_words(drawn, MARKUP[name]), "en"))
    assert re.findall(r"<(\w+)", html) == re.findall(r"<(\w+)", plain)


def test_numbers_and_dates_have_room_and_say_what_fits() -> None:
    kinds = {Kind.NUMBER, Kind.DATE}
    for seed in range(40):
        drawn = with_words(draw_questionnaire(random.Random(seed)))
        html = form_html(form_of(drawn, "en"))
        wanted = sum(3 if q.kind is Kind.DATE else 1 for q in drawn.questions if q.kind in kinds)
        assert len(re.findall(r'<span class="field', html)) == wanted
