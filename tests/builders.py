"""A small, complete and sound questionnaire as files, which tests then break or change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from riskq.i18n import LANGUAGES
from riskq.questionnaire import Case, Edition, Questionnaire, load_cases, load_edition

__all__ = ["CHANGES", "ON", "Folder", "make_folder"]

ON = date(2026, 11, 1)

QUESTIONS = """\
questionnaire: small
edition: 2026-05-01
minutes: 5
sections:
  - id: system
    questions:
      - {id: name, kind: text, length: {min: 1, max: 80}}
      - {id: in-scope, kind: one, options: [yes, no], unsure: true, cites: [act/1]}
  - id: harm
    ask_if: {scale: {scope: inside}}
    questions:
      - id: harms
        kind: many
        options: [people, property, {id: none, exclusive: true}]
        unsure: true
        justify: true
        cites: [act/2.1]
      - {id: users, kind: number, range: {min: 0, max: 1000000}, options: [unknown], cites: [act/2]}
      - {id: reviewed, kind: date, options: [never], unsure: true, cites: [act/2]}
"""

RULES = """\
in_force: {from: 2026-05-01}
acts: [act]
facts:
  harmful: {harms: {any-but: [none]}}
scales:
  scope:
    levels: [outside, inside]
    rules:
      - {id: out-of-scope, level: outside, cites: [act/1], when: {in-scope: no}}
      - {id: in-scope, level: inside, cites: [act/1], when: always}
  risk:
    headline: true
    levels: [low, high]
    applies_if: {scale: {scope: inside}}
    rules:
      - id: high-by-harm
        level: high
        cites: [act/2.1]
        when: {any: [{fact: harmful}, {users: {at-least: 1000}}]}
      - {id: low, level: low, cites: [act/2], when: always}
duties:
  - id: review
    when: {scale: {risk: high}}
    cites: [act/2]
    who: [owner]
    states:
      done: {all: [{reviewed: {any-but: [never]}}, {not: {reviewed: {older-than: 1 year}}}]}
      missing: {any: [{reviewed: never}, {reviewed: {older-than: 1 year}}]}
    due: {after: reviewed, every: 1 year}
notices:
  - {id: many-users, when: {users: {at-least: 1000}}, cites: [act/2]}
"""

TEXT = """\
language: en
title: Small
summary: A small questionnaire.
interpretation: Nobody's.
answers:
  {yes: "Yes", no: "No", none: None of these, never: Never, unknown: Unknown, unsure: I don't know}
sections:
  system: {title: The system}
  harm: {title: The harm}
questions:
  name: {ask: What is it called?}
  in-scope: {ask: Is it in scope?}
  harms:
    ask: Whom does it harm?
    justify: How?
    options:
      people: People
      property: Property
  users: {ask: How many use it?}
  reviewed: {ask: When was it reviewed?}
scales:
  scope: {title: Scope, levels: {outside: {label: Outside}, inside: {label: Inside}}}
  risk: {title: Risk, levels: {low: {label: Low}, high: {label: High}}}
rules:
  out-of-scope: {reason: It is out of scope.}
  in-scope: {reason: It is in scope.}
  high-by-harm: {reason: It harms., verdict: High.}
  low: {reason: It does not harm., verdict: Low.}
roles: {owner: Owner}
facts: {harmful: It harms}
duties:
  review: {title: Review, what: Review it every year.}
notices:
  many-users: {title: Many users, text: Many people use it.}
"""

LAW = """\
acts:
  act:
    title: {kk: Заң, ru: Закон, en: Act}
    short: {kk: Заң, ru: Закон, en: Act}
    number: "1"
    in_force: {from: 2026-01-01}
    read: full
    articles:
      "1": {kk: Қолданылу аясы, ru: Сфера, en: Scope}
      "2": {kk: Зиян, ru: Вред, en: Harm}
"""

CASE = """\
id: harmful
title: {kk: Зиянды, ru: Вредная, en: A harmful one}
source: {kind: law, text: {kk: 2-бап, ru: Статья 2, en: Article 2}}
on: 2026-11-01
answers: {name: Crane, in-scope: yes, harms: [people], users: 5, reviewed: 2026-02-01}
expect:
  scales: {scope: inside, risk: high}
  because: {risk: high-by-harm}
  duties: {review: done}
  notices: {many-users: absent}
  next: nothing
  set_aside: []
  decides: []
"""

MUTANTS = """\
tried: 72
by_case: 36
by_proof: 18
same: 1
survived:
  - why: {kk: Неге, ru: Почему, en: Why}
    mutants: ["fact harmful: {harms: {any-but: [none]}} → {harms: {any-but: [property]}}"]
"""
"""A record of the mutants of the small questionnaire, which is not written into its folder."""

CHANGES = """\
editions:
  - edition: 2026-05-01
    describes: {kk: Заң, ru: Закон, en: The act}
    points:
      - {kk: Зиян туралы, ru: О вреде, en: About harm}
    affected:
      - {kk: Иелер, ru: Владельцы, en: Owners}
    unaffected: {kk: Қалғаны, ru: Остальное, en: The rest}
"""
"""What the edition changed, which is not written into its folder either."""


@dataclass(frozen=True)
class Folder:
    """A folder of questionnaires with one edition in it."""

    root: Path

    @property
    def edition(self) -> Edition:
        """Where the files lie."""
        return Edition(self.root / "small" / "2026-05-01", self.root / "law")

    def path(self, name: str) -> Path:
        """A file, by its name in the edition's folder, below ``law/``, or beside the editions."""
        if name.startswith("changes."):
            return self.edition.folder.parent / name
        return (self.root if name.startswith("law/") else self.edition.folder) / name

    def write(self, name: str, text: str) -> Folder:
        """Write a file anew."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def change(self, name: str, old: str, new: str) -> Folder:
        """Replace one piece of a file, which must be there exactly once."""
        text = self.path(name).read_text("utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{name} says {old!r} {text.count(old)} times")
        return self.write(name, text.replace(old, new))

    def line_of(self, name: str, piece: str) -> int:
        """The line of a file in which a piece of text stands first."""
        lines = self.path(name).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if piece in line)

    def load(self) -> Questionnaire:
        """Load the edition."""
        return load_edition(self.edition)

    def load_cases(self) -> tuple[Case, ...]:
        """Load the cases of the edition."""
        return load_cases(self.edition)


def make_folder(root: Path) -> Folder:
    """Write the small questionnaire below the folder."""
    folder = Folder(root)
    folder.write("questions.yml", QUESTIONS).write("rules.yml", RULES).write("law/act.yml", LAW)
    for language in LANGUAGES:
        folder.write(f"text/{language}.yml", TEXT.replace("language: en", f"language: {language}"))
    return folder.write("cases/harmful.yml", CASE)
