"""An edition loads whole, or tells everything that is wrong with any of its files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from riskq.errors import Problem, QuestionnaireError, UnknownQuestionnaireError
from riskq.questionnaire import Catalogue, Kind, digest_of, load_edition
from tests.builders import Folder

QUESTIONS, RULES, TEXT = "questions.yml", "rules.yml", "text/en.yml"
SHOWN = "small/2026-05-01/"


def problems_of(folder: Folder) -> tuple[Problem, ...]:
    """The problems that loading the edition or its cases tells; at least one."""
    told = (*problems_at(folder.load), *problems_at(folder.load_cases))
    assert told
    return told


def problems_at(load: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        load()
    except QuestionnaireError as error:
        return error.problems
    return ()


def test_a_sound_edition_loads(folder: Folder) -> None:
    questionnaire = folder.load()
    assert (questionnaire.id, questionnaire.edition) == ("small", date(2026, 5, 1))
    assert [question.id for question in questionnaire.questions] == [
        *("name", "in-scope", "harms", "users", "reviewed")
    ]
    assert questionnaire.by_id["users"].kind is Kind.NUMBER
    assert questionnaire.section_of["users"].id == "harm"
    assert questionnaire.rulebook.headline.id == "risk"
    assert set(questionnaire.prose) == {"kk", "ru", "en"}
    assert [case.id for case in folder.load_cases()] == ["harmful"]


def test_a_bad_id_is_not_spread_by_the_advice_that_follows_it(folder: Folder) -> None:
    folder.change(QUESTIONS, "id: in-scope", "id: In Scope")
    (problem,) = problems_of(folder)
    assert 'such as "in-scope"' in problem.mend


def test_a_bad_id_without_latin_letters_gets_no_example(folder: Folder) -> None:
    folder.change(QUESTIONS, "id: in-scope", "id: қолданыс")
    problem = problems_of(folder)[0]
    assert problem.mend == "Write lower-case Latin letters, digits and hyphens."


@pytest.mark.parametrize(
    ("name", "old", "new", "mend"),
    [
        (RULES, "{at-least: 1000}}, cites", "{at-least: 0,5}}, cites", "write decimals with a"),
        (RULES, "{at-least: 1000}}, cites", '{at-least: "0,5"}}, cites', "Write 0.5, with a point"),
        (QUESTIONS, "max: 1000000", "max: 0,5", "write decimals with a point"),
        (QUESTIONS, "max: 1000000", 'max: "0,5"', "Write 0.5, with a point"),
        (TEXT, "{ask: How many use it?}", "{ask: How many, in all?}", "quote the text"),
        (QUESTIONS, "minutes: 5", "minutes: five", "Write a number."),
    ],
)
def test_a_comma_gets_advice_of_its_own(
    folder: Folder, name: str, old: str, new: str, mend: str
) -> None:
    folder.change(name, old, new)
    assert mend in problems_of(folder)[0].mend


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        (
            *("{users: {at-least: 1000}}, cites", "{users: 1000}, cites"),
            *('"users" is a number, ', "{users: {at-least: 1000}}"),
        ),
        (
            *("missing: {any: [{reviewed: never}", "missing: {any: [{reviewed: 2026-01-01}"),
            *('"reviewed" is a date, ', "{reviewed: {at-least: 2026-01-01}}"),
        ),
        (
            *("{users: {at-least: 1000}}, cites", "{users: unsure}, cites"),
            *('"users" does not offer "I don\'t know"', 'Add unsure: true to the question "users"'),
        ),
        (
            *("harmful: {harms: {any-but: [none]}}", "harmful: {harms: {any-but: [unsure]}}"),
            *('"I don\'t know" is no option', "Write {harms: unsure}"),
        ),
    ],
)
def test_a_test_of_what_is_no_option_is_told_how_to_write_it(
    folder: Folder, old: str, new: str, what: str, mend: str
) -> None:
    folder.change(RULES, old, new)
    (problem,) = problems_of(folder)
    assert what in problem.what
    assert mend in problem.mend


def test_a_faulty_case_keeps_nobody_from_answering(folder: Folder) -> None:
    folder.write("cases/harmful.yml", "id: [")
    assert folder.load().id == "small"


BROKEN = [
    (QUESTIONS, "minutes: 5", "minutes: soon", '"soon" is not a number'),
    (QUESTIONS, "minutes: 5", "minutes: 0.5", '"0.5" does not fit'),
    (QUESTIONS, "minutes: 5", "minuten: 5", '"minuten" is not a key here'),
    (QUESTIONS, "edition: 2026-05-01", "edition: today", '"today" is not a date'),
    (QUESTIONS, "edition: 2026-05-01\n", "", 'the key "edition" is missing'),
    (QUESTIONS, "id: in-scope", "id: In Scope", '"In Scope" is not a valid id'),
    (QUESTIONS, "kind: number", "kind: nummer", '"nummer" is not known here'),
    (QUESTIONS, "justify: true", "justify: yes", '"yes" is neither true nor false'),
    (QUESTIONS, "cites: [act/2.1]", "cites: act/2.1", "a list is wanted here"),
    (QUESTIONS, "max: 80", "max: 80000", '"80000" does not fit'),
    (QUESTIONS, "{min: 1, max: 80}", "80", "a mapping is wanted here"),
    (RULES, "levels: [low, high]", "levels: []", "at least 1 must stand here"),
    (RULES, "every: 1 year", "every: year", '"year" is not a period'),
    (RULES, "out-of-scope,", "out-of-scope, id: twice,", 'says "id" a second time'),
    (RULES, "when: always}\n  risk", "when: [always]}\n  risk", "a list is not a condition"),
    (RULES, "{harms: {any-but: [none]}}", "{harms: {any-butt: [none]}}", "is not a test"),
    (TEXT, "title: Small", 'title: ""', "the text is empty"),
    ("law/act.yml", "  act:\n", "  act:\n    id: other\n", '"id" is not a key here'),
    ("law/act.yml", "{from: 2026-01-01}", "2026-01-01", "a mapping is wanted here"),
]


@pytest.mark.parametrize(("name", "old", "new", "what"), BROKEN)
def test_what_does_not_fit_the_format_is_told(
    folder: Folder, name: str, old: str, new: str, what: str
) -> None:
    folder.change(name, old, new)
    assert any(what in problem.what for problem in problems_of(folder))


UNLINKED = [
    (QUESTIONS, "id: users,", "id: name,", "duplicate-question"),
    (QUESTIONS, "[people, property,", "[people, people,", "duplicate-option"),
    (QUESTIONS, "id: users,", "id: score,", "reserved-id"),
    (QUESTIONS, "options: [never], unsure: true", "options: [unsure]", "reserved-id"),
    (QUESTIONS, "options: [yes, no], unsure: true, ", "", "no-options"),
    (QUESTIONS, "kind: text, length: {min: 1, max: 80}", "kind: text", "no-length"),
    (QUESTIONS, "{min: 1, max: 80}}", "{min: 1, max: 80}, unsure: true}", "needless-key"),
    (QUESTIONS, "kind: date,", "kind: date, range: {min: 0, max: 1},", "needless-key"),
    (QUESTIONS, "max: 1000000", "max: -1", "bad-range"),
    (QUESTIONS, "options: [never]", "options: [{id: never, exclusive: true}]", "needless-key"),
    (QUESTIONS, "[people,", "[{id: people, points: {s: 1}},", "unknown-score"),
    (QUESTIONS, "scale: {scope: inside}", "users: unknown", "later-question"),
    (QUESTIONS, "scale: {scope: inside}", "fact: harmful", "later-question"),
    (QUESTIONS, "scale: {scope: inside}", "scale: {risk: low}", "later-question"),
    (QUESTIONS, "cites: [act/1]", "cites: [act/7]", "unknown-article"),
    (QUESTIONS, "cites: [act/1]", "cites: [akt/1]", "unknown-act-of-this-edition"),
    (QUESTIONS, "questionnaire: small", "questionnaire: tiny", "wrong-folder"),
    (RULES, "acts: [act]", "acts: [act, other]", "unknown-act"),
    (RULES, "{fact: harmful}, ", "{fact: harmfull}, ", "unknown-fact"),
    (RULES, "when: {scale: {risk: high}}", "when: {scale: {risc: high}}", "unknown-scale"),
    (RULES, "_if: {scale: {scope: inside}}", "_if: {scale: {scope: no}}", "unknown-level"),
    (RULES, "{fact: harmful}, ", "{score: {s: {at-least: 1}}}, ", "unknown-score"),
    (RULES, "when: {in-scope: no}", "when: {in-scop: no}", "unknown-question"),
    (RULES, "when: {in-scope: no}", "when: {in-scope: non}", "unknown-option"),
    (RULES, "when: {in-scope: no}", "when: {users: unsure}", "unknown-option"),
    (RULES, "when: {in-scope: no}", "when: {in-scope: {at-least: 1}}", "wrong-test"),
    (RULES, "when: {in-scope: no}", "when: {name: {older-than: 1 day}}", "wrong-test"),
    (RULES, "level: outside", "level: outsite", "unknown-level"),
    (RULES, "levels: [low, high]", "levels: [low, high, low]", "duplicate-level"),
    (RULES, "- {id: low,", "- {id: in-scope,", "duplicate-rule"),
    (RULES, "  scope:\n", "  scope:\n    headline: true\n", "second-headline"),
    (RULES, "{after: reviewed,", "{after: users,", "unknown-question-of-kind-date"),
    (RULES, "    who: [owner]\n", "    who: [owner]\n    fine: big\n", "unknown-fine"),
    (RULES, "  harmful: {harms: {any-but: [none]}}", "  harmful: {not: {fact: harmful}}", "circle"),
    (RULES, "{reviewed: never}, {", "{reviewed: {below: 2026-01-01}}, {", "mixed-dates"),
    (RULES, "{reviewed: never}, {", "{reviewed: {older-than: 365 days}}, {", "mixed-dates"),
    (TEXT, "language: en", "language: ru", "wrong-language"),
    (TEXT, "  users: {ask: How many use it?}\n", "", "missing-text"),
    (TEXT, "      people: People\n", "", "missing-text"),
    (TEXT, "      people: People\n", "      people: People\n      peeple: People\n", "extra-text"),
    (TEXT, "    justify: How?\n", "", "missing-text"),
    (TEXT, "{ask: How many use it?}", "{ask: How many use it?, justify: Why?}", "extra-text"),
    (TEXT, ", high: {label: High}", "", "missing-text"),
    (TEXT, ", verdict: Low.", "", "missing-text"),
    (TEXT, "roles: {owner: Owner}", "roles: {owner: Owner, user: User}", "extra-text"),
    (TEXT, "title: Small\n", "", "missing-key"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "code"), UNLINKED)
def test_what_does_not_fit_together_is_told(
    folder: Folder, name: str, old: str, new: str, code: str
) -> None:
    folder.change(name, old, new)
    assert code in {problem.code for problem in problems_of(folder)}


def test_fines_documents_and_bodies_must_name_what_exists(folder: Folder) -> None:
    rules = folder.path(RULES).read_text("utf-8")
    folder.write(
        RULES,
        rules
        + """\
fines:
  - id: big
    when: always
    cites: [act/2]
    by: nobody
    unit: coin
    first: {small: 1}
    repeat: {small: 2}
documents: {question: harms, scale: risk, levels: {hihg: [people]}, cites: [act/2]}
bodies: {question: harms, options: {pets: [ministry]}, cites: [act/2]}
""",
    )
    codes = {problem.code for problem in problems_of(folder)}
    assert {"unknown-question", "unknown-unit", "unknown-level", "unknown-option"} <= codes


def test_a_circle_names_only_those_who_are_on_it(folder: Folder) -> None:
    circle = (
        "  harmful: {fact: b}\n  b: {any: [{fact: c}, {in-scope: no}]}\n  c: {not: {fact: b}}\n"
    )
    folder.change(RULES, "  harmful: {harms: {any-but: [none]}}\n", circle)
    told = [problem for problem in problems_of(folder) if problem.code == "circle"]
    assert [problem.what for problem in told] == [
        'the fact "b" leads back to itself',
        'the fact "c" leads back to itself',
    ]
    assert told[0].mend == "Break the circle fact b → fact c → fact b."


def test_facts_that_name_each_other_twice_cost_no_time(folder: Folder) -> None:
    facts = "".join(
        f"  f{i}: {{all: [{{fact: f{i - 1}}}, {{fact: f{i - 1}}}]}}\n" for i in range(1, 60)
    )
    folder.change(RULES, "facts:\n", "facts:\n  f0: {in-scope: yes}\n" + facts)
    assert {problem.code for problem in problems_of(folder)} == {"missing-text"}


TEN_FAULTS = [
    (QUESTIONS, "minutes: 5", "minutes: five", '"five" is not a number'),
    (QUESTIONS, "kind: number", "kind: nummer", '"nummer" is not known here'),
    (RULES, "{from: 2026-05-01}", "{form: 2026-05-01}", '"form" is not a key here'),
    (RULES, "level: outside", "level: [outside]", "one value is wanted here"),
    (RULES, "when: {in-scope: no}", "when: {in-scope: {}}", "this test is empty"),
    (RULES, "who: [owner]", "who: owner", "a list is wanted here"),
    (TEXT, "title: The system", "title: <b>The system</b>", "contains markup"),
    (TEXT, "roles: {owner: Owner}", "roles: {owner: Owner}\nroles: {}", "a second time"),
    ("law/act.yml", "read: full", "read: maybe", '"maybe" is not known here'),
    ("cases/harmful.yml", "kind: law", "kind: rumour", '"rumour" is not known here'),
]


def test_ten_faults_get_ten_messages_with_their_lines(folder: Folder) -> None:
    for name, old, new, _ in TEN_FAULTS:
        folder.change(name, old, new)
    problems = problems_of(folder)
    for name, _, new, what in TEN_FAULTS:
        line = folder.line_of(name, new.rpartition("\n")[2])
        shown = name if name.startswith("law/") else SHOWN + name
        found = [problem for problem in problems if what in problem.what]
        assert [problem.where for problem in found] == [f"{shown}:{line}"], what
        assert all(problem.mend for problem in found)


def test_ten_broken_links_get_ten_messages_with_their_lines(folder: Folder) -> None:
    chosen = [entry for entry in UNLINKED if entry[3].startswith(("unknown-question", "extra"))]
    chosen += [entry for entry in UNLINKED if entry[3] in {"second-headline", "wrong-language"}]
    for name, old, new, code in chosen:
        folder.change(name, old, new)
        problems = problems_of(folder)
        assert code in {problem.code for problem in problems}
        assert all(problem.where.startswith(SHOWN) and ":" in problem.where for problem in problems)
        folder.change(name, new, old)


def test_a_misspelt_name_is_told_with_the_nearest_one(folder: Folder) -> None:
    folder.change(RULES, "when: {in-scope: no}", "when: {in-scop: no}")
    (problem,) = problems_of(folder)
    line = folder.line_of(RULES, "in-scop:")
    mend = 'Did you mean "in-scope"?'
    assert str(problem) == f'{SHOWN}rules.yml:{line}: "in-scop" is no question. {mend}'


def test_missing_and_empty_files_are_told(folder: Folder) -> None:
    folder.write(RULES, "# nothing\n").path(TEXT).unlink()
    assert [problem.code for problem in problems_of(folder)] == ["empty-file", "unreadable-file"]


def test_two_cases_or_acts_of_one_id_are_told(folder: Folder) -> None:
    folder.write("cases/again.yml", folder.path("cases/harmful.yml").read_text("utf-8"))
    folder.write("law/again.yml", folder.path("law/act.yml").read_text("utf-8"))
    codes = {problem.code for problem in problems_of(folder)}
    assert codes == {"duplicate-case", "duplicate-act"}


def test_the_digest_changes_with_the_words_but_not_with_the_cases(folder: Folder) -> None:
    before = folder.load().digest
    assert before == digest_of(folder.edition)
    folder.change("cases/harmful.yml", "A harmful one", "Another one")
    assert folder.load().digest == before
    folder.change(TEXT, "title: Small", "title: Smaller")
    assert folder.load().digest != before


def test_the_catalogue_knows_what_is_in_force_on_a_day(folder: Folder) -> None:
    newer = folder.root / "small" / "2026-09-01"
    newer.mkdir()
    (newer / "questions.yml").write_text("", encoding="utf-8")
    for name in ("2026-13-45", "draft"):
        (folder.root / "small" / name).mkdir()
        (folder.root / "small" / name / "questions.yml").write_text("", encoding="utf-8")
    catalogue = Catalogue(folder.root)
    first, second = date(2026, 5, 1), date(2026, 9, 1)
    assert catalogue.names() == ("small",)
    assert catalogue.editions("small") == (first, second)
    assert catalogue.in_force("small", date(2026, 4, 30)) == first
    assert catalogue.in_force("small", date(2026, 8, 31)) == first
    assert catalogue.in_force("small", second) == second
    assert catalogue.load("small", first) is catalogue.load("small", first)


def test_the_catalogue_says_what_there_is_instead(folder: Folder) -> None:
    catalogue = Catalogue(folder.root)
    with pytest.raises(UnknownQuestionnaireError, match='Did you mean "small"'):
        catalogue.editions("smal")
    with pytest.raises(UnknownQuestionnaireError, match="no questionnaire"):
        catalogue.editions("../small")
    with pytest.raises(UnknownQuestionnaireError, match=r"x{60}…"):
        catalogue.editions("x" * 5000)
    with pytest.raises(UnknownQuestionnaireError, match='has no edition "2026-05-02"'):
        catalogue.load("small", date(2026, 5, 2))


@pytest.mark.parametrize("name", Catalogue().names())
def test_every_published_edition_loads(name: str) -> None:
    catalogue = Catalogue()
    for day in catalogue.editions(name):
        assert load_edition(catalogue.edition(name, day)).edition == day


def test_messages_never_show_where_the_folder_lies(folder: Folder, tmp_path: Path) -> None:
    folder.change(RULES, "levels: [low, high]", "levels: []")
    assert str(tmp_path) not in "\n".join(map(str, problems_of(folder)))


def test_what_one_process_has_read_another_need_not_read() -> None:
    handed = Catalogue().hand_over(date(2026, 11, 2))
    code = (
        "import sys; from riskq.questionnaire import Catalogue, take_over;"
        "take_over(sys.stdin.buffer.read());"
        "law = Catalogue().load('kz-ai-law', '2026-08-25');"
        "sys.exit('yaml' in sys.modules or law.digest != sys.argv[1])"
    )
    digest = Catalogue().load("kz-ai-law", "2026-08-25").digest
    subprocess.run([sys.executable, "-c", code, digest], input=handed, check=True, timeout=60)
