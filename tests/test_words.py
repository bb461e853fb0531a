"""One thing has one name: on a page, in the report, in the questionnaire and in the glossary."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from riskq.questionnaire import DATA_FOLDER
from tests.catalogues import DOMAINS, TRANSLATED, forms, messages_of

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"
OLD_WORDS = {
    "kk": ["өзін-өзі бағалау", "шетке қойылған", "істен шығу сценарий", "ресми емес аударма"],
    "ru": ["отложенные ответы", "отчёт", "ещё"],
}


@cache
def said(domain: str, language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {forms(item.id): forms(item.string) for item in messages_of(domain, language)}


def text_of(language: str) -> str:
    """Everything that people read in a language, and the glossary."""
    words = [" ".join(text) for domain in DOMAINS for text in said(domain, language).values()]
    files = [GLOSSARY, *DATA_FOLDER.glob(f"kz-ai-law/*/text/{language}.yml")]
    prose = [path.read_text(encoding="utf-8") for path in files]
    return " ".join(" ".join([*words, *prose]).split()).lower()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_page_and_the_report_use_the_same_words(language: str) -> None:
    page, report = said("web", language), said("report", language)
    assert {name: page[name] for name in page.keys() & report.keys()} == {
        name: report[name] for name in page.keys() & report.keys()
    }


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_second_word_for_a_thing_is_left_anywhere(language: str) -> None:
    text = text_of(language)
    assert [word for word in OLD_WORDS[language] if word in text] == []
