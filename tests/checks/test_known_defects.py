"""Defects of published self-assessment tools, written as riskq data, are each found by a code.

The tools let people finish, and told them something wrong. Each defect is brought into a sound
questionnaire about an assistant for classrooms.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from riskq.checks import Checked, check_edition
from riskq.i18n import LANGUAGES
from tests.builders import LAW, Folder

QUESTIONS = """\
questionnaire: small
edition: 2026-05-01
sections:
  - id: use
    questions:
      - {id: audience, kind: one, options: [pupils, teachers, nobody], unsure: true, cites: [act/1]}
      - {id: grading, kind: one, options: [yes, no], ask_if: {audience: pupils}, cites: [act/1]}
      - {id: records, kind: one, options: [none, names, health], cites: [act/2]}
"""
RULES = """\
in_force: {from: 2026-05-01}
acts: [act]
scales:
  way:
    headline: true
    levels: [none, light, full]
    rules:
      - {id: nobody, level: none, cites: [act/1], when: {audience: nobody}}
      - {id: graded, level: full, cites: [act/1], when: {grading: yes}}
      - {id: health, level: full, cites: [act/2], when: {records: health}}
      - {id: rest, level: light, cites: [act/2], when: always}
"""
TEXT = """\
language: LANGUAGE
title: Classroom
summary: An assistant.
interpretation: Nobody's.
answers: {yes: "Yes", no: "No", unsure: Unsure, pupils: Pupils, teachers: Teachers, nobody: Nobody,
  none: None, names: Names, health: Health}
sections: {use: {title: Use}}
questions:
  audience: {ask: For whom?}
  grading: {ask: Does it grade?}
  records: {ask: What is kept?}
scales:
  way: {title: Way, levels: {none: {label: None}, light: {label: Light}, full: {label: Full}}}
rules:
  nobody: {reason: Unused., verdict: None.}
  graded: {reason: Grades., verdict: Full.}
  health: {reason: Health., verdict: Full.}
  rest: {reason: Rest., verdict: Light.}
"""
CASE = """\
id: teachers
title: {kk: Мұғалім, ru: Учителя, en: Teachers}
source: {kind: law, text: {kk: 1-бап, ru: Статья 1, en: Article 1}}
on: 2026-11-01
answers: {audience: teachers, records: names}
expect: {scales: {way: light}}
"""


@pytest.fixture
def classroom(tmp_path: Path) -> Folder:
    """The sound questionnaire, for a test to break."""
    folder = Folder(tmp_path)
    folder.write("questions.yml", QUESTIONS).write("rules.yml", RULES).write("law/act.yml", LAW)
    for language in LANGUAGES:
        folder.write(f"text/{language}.yml", TEXT.replace("LANGUAGE", language))
    return folder.write("cases/teachers.yml", CASE)


def errors(folder: Folder) -> list[str]:
    """The codes of everything that makes the edition unfit to be published."""
    checked: Checked = check_edition(folder.edition)
    return [one.code for one in checked.findings if one.severity.value == "error"]


def test_the_questionnaire_is_sound(classroom: Folder) -> None:
    assert errors(classroom) == []


def test_a_rule_that_tests_an_option_its_question_does_not_have(classroom: Folder) -> None:
    # Renamed in the questions and not in the rules, so that the rule never fired.
    classroom.change("rules.yml", "{records: health}", "{records: medical}")
    assert errors(classroom) == ["unknown-option"]


def test_a_redirect_that_an_earlier_one_covers_completely(classroom: Folder) -> None:
    # "Anything kept goes this way" stood before "health goes that way".
    classroom.change("rules.yml", "{grading: yes}", "{records: {any-but: [none]}}")
    assert errors(classroom) == ["rule-shadowed", "case-differs"]


def test_a_level_that_no_answers_reach(classroom: Folder) -> None:
    # The last level asked for grading by something that is used by nobody, which hides grading.
    classroom.change(
        "rules.yml", "when: {audience: nobody}", "when: {audience: [nobody, teachers]}"
    )
    both = "{all: [{audience: nobody}, {grading: yes}]}"
    classroom.change("rules.yml", "when: {grading: yes}", f"when: {both}")
    classroom.change(
        "rules.yml", "level: full, cites: [act/2], when", "level: light, cites: [act/2], when"
    )
    assert "level-never-reached" in errors(classroom)
    assert "rule-never-holds" in errors(classroom)


def test_an_answer_set_that_counts_a_hidden_question(classroom: Folder) -> None:
    # Whoever changed pupils to teachers kept the answer on grading, and it went on deciding.
    hidden = "answers: {audience: teachers, grading: yes, records: names}"
    classroom.change("cases/teachers.yml", "answers: {audience: teachers, records: names}", hidden)
    classroom.change("cases/teachers.yml", "way: light", "way: full")
    assert errors(classroom) == ["case-differs", "case-answers-hidden"]
