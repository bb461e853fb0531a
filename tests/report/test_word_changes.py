"""Of two texts only the words that differ are marked, and each is told to be whose it is."""

from __future__ import annotations

from riskq.report import Subject, WordFact
from riskq.report.word_changes import changed_pieces, words_views
from tests.ai_law import EDITION, questionnaire


def test_of_a_text_only_the_words_that_differ_are_marked() -> None:
    pieces = changed_pieces("One two\nthree.\n\nFour.", "One 2 three.\n\nFour and\nfive.")
    told = [(piece.change, piece.text) for piece in pieces]
    assert told == [
        ("", "One"),
        ("del", "two"),
        ("ins", "2"),
        ("", "three. \n\n"),
        ("del", "Four."),
        ("ins", "Four and five."),
    ]


def test_a_text_stands_below_the_title_of_what_it_belongs_to() -> None:
    subject = Subject(questionnaire(), {}, EDITION, "ru")
    paths = ("questions.audit.help", "rules.minimal.reason", "roles.owner", "interpretation")
    views = words_views([WordFact(path, "Было", "Стало") for path in paths], subject, subject)
    prose = questionnaire().prose["ru"]
    assert [view.title for view in views] == [
        prose.questions["audit"].ask,
        prose.scales["risk"].title,
        prose.roles["owner"],
        "Опросник в целом",
    ]
