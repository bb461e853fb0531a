"""No word of another language gets into a report."""

from __future__ import annotations

import pytest

from tests.ai_law import cases
from tests.catalogues import TRANSLATED, forms, messages_of, used_in
from tests.marks import some_quickly
from tests.report.reports import report_of, texts_of


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("case", some_quickly(cases(), 5))
def test_no_english_message_is_left_in_a_report(case: str, language: str) -> None:
    english = {text for message in used_in("report") for text in message if " " in text}
    said = set(texts_of(report_of(case, language)))
    assert said & english == set()


@pytest.mark.parametrize("case", cases())
def test_no_russian_word_of_the_interface_is_in_a_kazakh_report(case: str) -> None:
    said = set(texts_of(report_of(case, "kk")))
    russian, kazakh = (
        {text for item in messages_of("report", language) for text in forms(item.string)}
        for language in ("ru", "kk")
    )
    assert said & (russian - kazakh) == set()
