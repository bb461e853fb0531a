"""The command line and the door of the package: the same conclusions as everywhere else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from riskq import assess, load
from riskq.cli import main
from riskq.errors import AnswersError, UnknownQuestionnaireError
from riskq.i18n import LANGUAGES
from riskq.questionnaire import DATA_FOLDER
from riskq.services import conclusion_form
from tests.ai_law import answers_of, cases
from tests.marks import some_quickly
from tests.papers import pages_of

RISKQ = (sys.executable, "-c", "import sys; from riskq.cli import main; sys.exit(main())")
QUESTIONNAIRE = load("kz-ai-law", "2026-08-25")


def write(folder: Path, name: str, text: str) -> str:
    """A file of answers."""
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("case", some_quickly(cases(), 20))
def test_assess_prints_the_conclusion_of_every_case(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, on = answers_of(case), cases()[case].on
    file = write(tmp_path, "answers.json", json.dumps(answers))
    arguments = ["assess", "kz-ai-law", file, "--edition", "2026-08-25", "--on", str(on)]
    assert main([*arguments, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    expected = conclusion_form(QUESTIONNAIRE, assess(QUESTIONNAIRE, answers, on))
    expected["on"] = on.isoformat()
    assert set(printed.pop("what_if")) == set(printed["scales"])
    assert printed == json.loads(json.dumps(expected))


@pytest.mark.parametrize("language", LANGUAGES)
def test_assess_tells_the_conclusion_in_words(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "answers.yml", "model-based: no\n")
    assert main(["assess", "kz-ai-law", file, "--lang", language]) == 0
    assert QUESTIONNAIRE.prose[language].title in capsys.readouterr().out


def test_a_command_that_is_broken_off_says_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "answers.yml")
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from riskq.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "assess", "kz-ai-law", str(tmp_path / "answers.yml")]
    # What is to be written opens when the command reads.
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE) as child,
        (tmp_path / "answers.yml").open("wb"),
    ):
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=60)
    assert (child.returncode, told) == (130, b"")


def test_every_fault_of_a_file_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "modelbased: yes\nsector: moon\nkazakhstan-link: [none, users-in-kz]\n"
    file = write(tmp_path, "answers.yml", text)
    assert main(["assess", "kz-ai-law", file]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in told] == [f"{file}:{line}" for line in (1, 2, 3)]
    assert 'Did you mean "model-based"?' in told[0]


def test_every_key_of_the_json_is_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[1] / "docs" / "json.md").read_text("utf-8")
    file = write(tmp_path, "answers.yml", "model-based: yes\n")
    assert main(["assess", "kz-ai-law", file, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    scale = printed["scales"]["risk"]
    named = {*printed, *scale, *scale["because"][0], *printed["duties"][0]}
    named |= {*printed["requirements"][0], *(f"journey.{key}" for key in printed["journey"])}
    assert [key for key in sorted(named) if f"`{key}`" not in page and key != "journey"] == []


def test_what_only_may_hold_is_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = "model-based: yes\nkazakhstan-link: [operated-in-kz]\nrole: owner\n"
    file = write(tmp_path, "answers.yml", f"{known}manipulation: unsure\n")
    assert main(["assess", "kz-ai-law", file]) == 0
    told = capsys.readouterr().out
    sure, _, perhaps = told.partition("These may apply; it depends on answers that are still open:")
    title = QUESTIONNAIRE.prose["en"].notices["prohibited-present"].title
    assert title not in sure
    assert f"? {title}" in perhaps
    suspension = QUESTIONNAIRE.prose["en"].duties["suspension"].title
    assert suspension in perhaps.partition("These duties may apply")[2]


def test_a_download_and_a_case_are_files_of_answers_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = {"model-based": "no"}
    download = json.dumps({"format": "riskq-assessment/1", "answers": inner})
    files = [
        write(tmp_path, "download.json", download),
        write(tmp_path, "case.yml", "id: any\nanswers:\n  model-based: no\n"),
        write(tmp_path, "plain.json", json.dumps(inner)),
    ]
    printed = []
    for file in files:
        assert main(["assess", "kz-ai-law", file, "--format", "json"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] == printed[2]


def test_a_day_before_the_first_edition_is_refused_unless_an_edition_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "answers.yml", "model-based: no\n")
    arguments = ["assess", "kz-ai-law", file, "--on", "2025-01-01"]
    assert main(arguments) == 2
    assert "was in force on 2025-01-01" in capsys.readouterr().err
    assert main([*arguments, "--edition", "2026-08-25"]) == 0


def test_a_place_that_cannot_be_written_to_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "answers.yml", "model-based: no\n")
    output = str(tmp_path / "none" / "report.pdf")
    assert main(["report", "kz-ai-law", file, "--lang", "ru", "-o", output]) == 2
    assert f"{output}: No such file or directory" in capsys.readouterr().err


def test_output_that_nobody_reads_on_is_no_fault(tmp_path: Path) -> None:
    file = write(tmp_path, "answers.yml", "model-based: yes\n")
    command = [*RISKQ, "assess", "kz-ai-law", file, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"riskq {version('riskq')}\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("answers.json", '{"stage": "pilot", "stage": "idea"}', "stage: given more than once"),
        ("answers.json", '{"stage": ', ":1: "),
        ("answers.json", "[]", "not a mapping"),
        ("answers.json", '{"risk-review": NaN}', "NaN is no number"),
        ("answers.yml", "- stage\n", ":1: the answers are not a mapping"),
        ("answers.yml", "stage: pilot\nstage: idea\n", ":2: "),
        ("answers.txt", "stage: pilot\n", "neither YAML nor JSON"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(
    name: str, text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["assess", "kz-ai-law", write(tmp_path, name, text)]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["assess", "kz-law", "answers.yml"], 'Did you mean "kz-ai-law"?'),
        (["assess", "kz-ai-law", "a.yml", "--edition", "2020-01-01"], "has no edition"),
        (["assess", "kz-ai-law", "no-such.yml"], "no-such.yml"),
        (["graph", "kz-law"], 'Did you mean "kz-ai-law"?'),
        (["graph", "kz-ai-law", "--answers", "no-such.yml"], "no-such.yml"),
        (["form", "kz-law", "--lang", "kk", "-o", "x"], 'Did you mean "kz-ai-law"?'),
        (
            ["form", "kz-ai-law", "--edition", "2020-01-01", "--lang", "kk", "-o", "x"],
            "has no edition",
        ),
        (["graph", "kz-ai-law", "--answers", ""], "is neither YAML nor JSON"),
        (["graph", str(DATA_FOLDER)], "means several editions. Name one of: 2026-01-18"),
        (["assess", "kz-ai-law", ""], "is neither YAML nor JSON"),
        (["check", "kz-law"], 'Did you mean "kz-ai-law"?'),
        (["check", "kz-ai-law/2026-08-24"], 'Did you mean "2026-08-25"?'),
        (["check", "/no-such"], 'There is no folder "/no-such".'),
        (["check", str(DATA_FOLDER / "law")], "There is no edition in the folder"),
        (["check", "/"], 'There is no edition in the folder "/".'),
    ],
)
def test_what_is_not_there_is_said(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert told in capsys.readouterr().err


@pytest.mark.slow
def test_report_writes_the_pdf_and_before_its_seal_always_the_same(tmp_path: Path) -> None:
    file = write(tmp_path, "answers.yml", "model-based: yes\nkazakhstan-link: [users-in-kz]\n")
    made = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    for output in made:
        arguments = ["report", "kz-ai-law", file, "--lang", "kk", "--on", "2026-11-09"]
        assert main([*arguments, "-o", str(output)]) == 0
    first, second = (output.read_bytes() for output in made)
    before = first.index(b"%%EOF")
    assert first.startswith(b"%PDF-")
    assert first[:before] == second[:before]
    assert first != second


@pytest.mark.slow
def test_form_prints_the_questions_and_always_the_same(tmp_path: Path) -> None:
    made = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    for output in made:
        arguments = ["form", "kz-ai-law", "--edition", "2026-01-18", "--lang", "ru"]
        address = "https://riskq.example.kz/ru/start/kz-ai-law"
        assert main([*arguments, "--address", address, "-o", str(output)]) == 0
    first, second = (output.read_bytes() for output in made)
    assert first == second
    text = pages_of(first)[0]
    assert "18 января 2026 года" in text
    assert "riskq.example.kz" in text


@pytest.mark.parametrize(
    "address",
    ["riskq.example.kz", "javascript:alert(1)", "https://a b", "https://Ұ", "https://" + "x" * 300],
)
def test_what_is_no_address_is_refused(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "form.pdf"
    with pytest.raises(SystemExit) as refused:
        main(["form", "kz-ai-law", "--lang", "kk", "--address", address, "-o", str(output)])
    assert refused.value.code == 2
    assert "is no address such as https://" in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.parametrize(
    ("form", "begins"), [("mermaid", "%% "), ("dot", "digraph "), ("svg", "<?xml ")]
)
def test_graph_draws_a_questionnaire_in_each_format(
    form: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["graph", "kz-ai-law", "--edition", "2026-08-25", "--lang", "ru", "--format", form]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(begins)
    output = tmp_path / "map"
    assert main([*arguments, "-o", str(output)]) == 0
    assert output.read_text("utf-8") == printed
    assert capsys.readouterr().out == ""
    file = write(tmp_path, "answers.yml", "model-based: no\n")
    assert main([*arguments, "--answers", file]) == 0
    assert capsys.readouterr().out != printed


@pytest.mark.parametrize(
    "word", ["kz-ai-law/2026-01-18", str(DATA_FOLDER / "kz-ai-law" / "2026-01-18")]
)
def test_graph_takes_an_edition_as_other_commands_do(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["graph", word]) == 0
    drawn = capsys.readouterr().out
    assert main(["graph", "kz-ai-law", "--edition", "2026-01-18"]) == 0
    assert capsys.readouterr().out == drawn


def test_the_published_questionnaires_have_no_errors() -> None:
    assert main(["check"]) == 0


def test_the_package_loads_and_assesses() -> None:
    conclusion = assess(load("kz-ai-law"), {"model-based": "no"}, date(2026, 11, 9))
    assert conclusion.scale("scope").level == "outside-not-ai"


def test_the_package_tells_every_fault() -> None:
    with pytest.raises(AnswersError) as caught:
        assess(QUESTIONNAIRE, {"modelbased": "no", "stage": 7})
    assert [problem.where for problem in caught.value.problems] == ["modelbased", "stage"]


def test_the_package_names_the_editions_that_there_are() -> None:
    with pytest.raises(UnknownQuestionnaireError, match="2026-08-25"):
        load("kz-ai-law", "2026-08-24")


@pytest.mark.slow
def test_reports_on_all_files_of_a_folder_are_made_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "a.json", '{"model-based": "no"}')
    write(tmp_path, "b.yml", "model-based: perhaps\n")
    write(tmp_path, "notes.txt", "no answers")
    into = tmp_path / "reports"
    command = ["report", "kz-ai-law", "--all", str(tmp_path), "--lang", "kk", "-o", str(into)]
    assert main(command) == 2
    told = capsys.readouterr()
    made = into / "a.json-kk.pdf"
    assert told.out == f"{made}\n"
    assert f"{tmp_path / 'b.yml'}:1: " in told.err
    assert "1 made, 0 kept, 1 failed." in told.err
    assert [path.name for path in into.iterdir()] == [made.name]
    before = made.read_bytes()
    write(tmp_path, "b.yml", "model-based: yes\n")
    (into / "b.yml-kk.pdf").write_bytes(b"newer")
    assert main(command) == 0
    assert "0 made, 2 kept, 0 failed." in capsys.readouterr().err
    assert made.read_bytes() == before


def test_a_report_needs_a_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "answers.yml", "model-based: no\n")
    assert main(["report", "kz-ai-law", file, "--lang", "kk"]) == 2
    assert "by -o" in capsys.readouterr().err


def test_a_folder_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = str(tmp_path / "none")
    assert main(["report", "kz-ai-law", "--all", none, "--lang", "kk"]) == 2
    assert none in capsys.readouterr().err


def test_faults_of_a_brand_are_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RISKQ_BRAND_NAME", "x" * 81)
    monkeypatch.setenv("RISKQ_BRAND_COLOUR", "#ffd700")
    answers, pdf = write(tmp_path, "answers.yml", "model-based: no\n"), tmp_path / "x.pdf"
    for command in (["form", "kz-ai-law"], ["report", "kz-ai-law", answers]):
        assert main([*command, "--lang", "kk", "-o", str(pdf)]) == 2
        told = capsys.readouterr().err
        assert "RISKQ_BRAND_NAME: the text has 81 characters" in told
        assert "RISKQ_BRAND_COLOUR: #ffd700" in told
    assert not pdf.exists()
