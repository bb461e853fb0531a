"""The printed form: valid, the same each time, and no question torn apart."""

from __future__ import annotations

import io
import re

import page
import pikepdf
import pytest

from riskq.i18n import LANGUAGES
from riskq.questionnaire import Catalogue
from riskq.report import Renderer, RenderError
from riskq.services import BlankForms, form_of
from tests.ai_law import NAME, questionnaire
from tests.marks import ONE_QUICKLY, some_quickly
from tests.papers import pages_of

EDITIONS = [day.isoformat() for day in Catalogue().editions(NAME)][::-1]
ADDRESS = "https://riskq.example.kz/ru/start/kz-ai-law"


def squeeze(text: str) -> str:
    """Without blanks and hyphens, since a line may break anywhere between words."""
    return re.sub(r"[\s\u00a0\u00ad-]+", "", text)


@pytest.fixture(scope="module")
def forms(renderer: Renderer) -> BlankForms:
    """Forms that are made once for all tests here."""
    return BlankForms(renderer)


def squeezed(pdf: bytes) -> list[str]:
    """The text of each page of a form, without blanks."""
    return [squeeze(each) for each in pages_of(pdf)]


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
@pytest.mark.parametrize("edition", some_quickly(EDITIONS, len(EDITIONS)))
def test_a_form_is_valid_for_archives_and_screen_readers(
    forms: BlankForms, edition: str, language: str
) -> None:
    pdf = forms.pdf(Catalogue().load(NAME, edition), language, ADDRESS)
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        found = page.validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in found.failures] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_is_torn_and_no_heading_stands_alone(forms: BlankForms, language: str) -> None:
    view = form_of(questionnaire(), language, ADDRESS)
    pages = squeezed(forms.pdf(questionnaire(), language, ADDRESS))
    for question in view.questions:
        start = squeeze(f"{question.number} {question.ask}")
        (text,) = [text for text in pages if start in text]
        block = text[text.index(start) :]
        wanted = [*(option.label for option in question.options), question.scenario]
        assert [each for each in wanted if squeeze(each) not in block] == [], question.id
    for section in view.sections:
        first = section.questions[0]
        begins = squeeze(f"{first.number} {first.ask}")
        (text,) = [text for text in pages if begins in text]
        assert squeeze(section.title) in text[: text.index(begins)]


@pytest.mark.parametrize(
    ("language", "folio", "head"),
    [
        pytest.param("kk", "2 / {} бет", "Сауалнама бланкі", marks=pytest.mark.slow),
        pytest.param("ru", "Страница 2 из {}", "Бланк опросника", marks=pytest.mark.slow),
        pytest.param("en", "Page 2 of {}", "Blank form", marks=pytest.mark.slow),
    ],
)
def test_each_page_says_what_it_is_part_of(
    forms: BlankForms, language: str, folio: str, head: str
) -> None:
    view = form_of(questionnaire(), language, ADDRESS)
    pages = squeezed(forms.pdf(questionnaire(), language, ADDRESS))
    for wanted in (folio.format(len(pages)), head, view.title, view.edition_text):
        assert squeeze(wanted) in pages[1]
    for wanted in (view.title, view.edition_text, view.digest, head):
        assert squeeze(wanted) in pages[0]


@pytest.mark.slow
def test_a_form_is_made_once_and_made_again_is_the_same(
    renderer: Renderer, forms: BlankForms
) -> None:
    made = forms.pdf(questionnaire(), "kk", ADDRESS)
    assert forms.pdf(questionnaire(), "kk", ADDRESS) is made
    assert BlankForms(renderer).pdf(questionnaire(), "kk", ADDRESS) == made
    assert forms.pdf(questionnaire(), "kk") != made


def test_a_form_that_could_not_be_made_is_made_when_it_is_next_asked_for() -> None:
    closed = Renderer()
    closed.close()
    forms = BlankForms(closed)
    for _ in range(2):
        with pytest.raises(RenderError):
            forms.pdf(questionnaire(), "en")


@pytest.mark.slow
def test_sections_and_questions_are_bookmarks(forms: BlankForms) -> None:
    view = form_of(questionnaire(), "ru", ADDRESS)
    pdf = forms.pdf(questionnaire(), "ru", ADDRESS)
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = sum(len(item.children) for item in outline.root)
    assert titles == [*(section.title for section in view.sections), "Вопросы закончились"]
    assert below >= len(view.questions)
