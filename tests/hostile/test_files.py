"""Files that somebody else made: answers that are bombs, questionnaires with ten faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riskq.cli import main
from riskq.questionnaire import MAX_BYTES
from tests.builders import Folder, make_folder
from tests.marks import some_quickly

JSON = {
    "nested lists": '{"stage": ' + "[" * 100_000,
    "lists just not too deep": '{"stage": ' + "[" * 900 + "]" * 900 + "}",
    "mappings in answers": '{"stage": ' + '{"answer": ' * 900 + "1" + "}" * 901,
    "endless number": '{"risk-review": ' + "9" * 5000 + "}",
    "endless fraction": '{"risk-review": 0.' + "9" * 500_000 + "}",
    "number beyond all numbers": '{"risk-review": 1e99999999999999999999999}',
    "large exponent": '{"risk-review": 1e999999}',
    "no number": '{"risk-review": NaN}',
    "infinity": '{"risk-review": -Infinity}',
    "a key of many": "{" + '"k":1,' * 100_000 + '"k":1}',
    "many keys twice": "{" + ",".join(f'"k{i % 40_000}":1' for i in range(80_000)) + "}",
    "many keys": "{" + ",".join(f'"k{i}":1' for i in range(80_000)) + "}",
    "endless key": '{"' + "k" * 900_000 + '": 1}',
    "endless option": '{"stage": "' + "k" * 900_000 + '"}',
    "many options": json.dumps({"kazakhstan-link": ["k"] * 100_000}),
    "halves of letters": '{"\\ud800": 1, "stage": "\\udfff", "system-name": "\\ud800"}',
    "nothing letters": '{"\\u0000": 1, "stage": "\\u0000", "system-name": "a\\u0000b"}',
    "no answers": "null",
    "nothing": "",
    "cut off": '{"stage": "pil',
    "wrong kinds": '{"stage": true, "sector": null, "risk-review": [[]], "emergency": {"": {}}}',
    "too large": " " * (MAX_BYTES + 1),
}
YAML = {
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "alias of itself": "stage: &a [*a]\n",
    "merge": "<<: {stage: pilot}\n",
    "code": "stage: !!python/object/apply:os.system ['id']\n",
    "nested lists": "stage: " + "[" * 200_000,
    "nested mappings": "\n".join(" " * level + "a:" for level in range(1000)),
    "keys that are lists": "? [a, b]\n: c\n? {a: b}\n: d\n",
    "keys twice": "stage: pilot\nstage: pilot\n",
    "two documents": "stage: pilot\n---\nstage: pilot\n",
    "other version": "%YAML 9.9\n---\nstage: pilot\n",
    "controls": '"\\e[31mred": x\nstage: "\\e]0;owned\\a"\n',
    "raw control": "stage: \x1b[31m\n",
    "half of a letter": 'system-name: "\\ud800"\n',
    "no letter": 'system-name: "\\0"\n',
    "no as a country": "model-based: off\n",
    "no number": "risk-review: .nan\n",
    "endless key": '"' + "k" * 900_000 + '": 1\n',
    "many keys": "\n".join(f"k{i}: 1" for i in range(80_000)),
    "too large": "#" * (MAX_BYTES + 1),
}
BYTES = {"no letters": b"\xff\xfe\xff", "old letters": "стадия: x".encode("cp1251")}
FILES: dict[str, str | bytes] = {
    **{f"{name}.json": text for name, text in JSON.items()},
    **{f"{name}.yml": text for name, text in YAML.items()},
    **{f"{name}.{end}": raw for name, raw in BYTES.items() for end in ("json", "yml")},
}


@pytest.mark.parametrize("name", some_quickly(FILES, 6))
def test_a_bad_file_of_answers_is_told_in_a_few_short_lines(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, file = FILES[name], tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["assess", "kz-ai-law", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count(str(file)) or name.startswith("many keys")
    assert len(told.err) < 5_000
    assert "Traceback" not in told.err


def test_a_file_without_an_end_is_not_read_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("answers.json", "answers.yml"):
        (tmp_path / name).symlink_to("/dev/zero")
        assert main(["assess", "kz-ai-law", str(tmp_path / name)]) == 2
        assert str(tmp_path / name) in capsys.readouterr().err


def test_a_folder_is_no_file_of_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("answers.json", "answers.yml"):
        (tmp_path / name).mkdir()
        assert main(["assess", "kz-ai-law", str(tmp_path / name)]) == 2
        assert str(tmp_path / name) in capsys.readouterr().err


@pytest.fixture
def broken(tmp_path: Path) -> Folder:
    """A questionnaire with ten different faults in five files."""
    folder = make_folder(tmp_path)
    folder.change(
        "questions.yml", "cites: [act/1]}\n  - id: harm", "cites: [act/99]}\n  - id: harm"
    )
    folder.change("questions.yml", "kind: number", "kind: numbr")
    folder.change("questions.yml", "{min: 1, max: 80}", "{min: 80, max: 1}")
    folder.change("questions.yml", "justify: true", "justfy: true")
    folder.change("rules.yml", "{in-scope: no}", "{in-scop: no}")
    folder.change("rules.yml", "reviewed: never}", "reviewed: nevr}")
    folder.change("rules.yml", "levels: [outside, inside]", "levels: [outside, outside]")
    folder.change("text/en.yml", "title: The harm", "title: The <b>harm</b>")
    folder.change("text/ru.yml", "  users: {ask: How many use it?}\n", "")
    folder.change("text/kk.yml", "title: Scope,", "title: &x Scope,")
    return folder


def test_ten_faults_of_a_questionnaire_are_told_with_file_and_line(
    broken: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(broken.edition.folder)]) in (1, 2)
    told = capsys.readouterr()
    text = told.out + told.err
    for piece in (
        "act/99", "numbr", "80", "justfy", "in-scop", "nevr", "outside", "markup", "users", "&x",
    ):  # fmt: skip
        assert piece in text, text
    assert text.count(".yml:") >= 10
    assert str(broken.root) not in text
