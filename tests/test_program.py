"""The program knows which module has each command, and loads no other for it."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import riskq.cli
from riskq.cli import main

FOLDER = Path(riskq.cli.__file__).parent
WITHIN_ANOTHER = {"persons"}
"""Modules whose commands are parts of another's."""


def commands_of(module: str) -> list[str]:
    """The commands that a module adds."""
    commands = argparse.ArgumentParser().add_subparsers()
    import_module(f"riskq.cli.{module}").add_to(commands)
    return list(commands.choices)


def modules() -> Iterator[str]:
    for path in FOLDER.glob("*.py"):
        adds = re.search(r"^def add_to\(commands: Commands\)", path.read_text(), re.MULTILINE)
        if adds and path.stem not in WITHIN_ANOTHER:
            yield path.stem


@pytest.mark.parametrize("module", sorted(modules()))
def test_every_command_is_found(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands = commands_of(module)
    assert commands
    for command in commands:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: riskq {command} ")


def test_the_help_names_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    for command in (command for module in modules() for command in commands_of(module)):
        assert re.search(rf"^    {command}\b", told, re.MULTILINE), command


@pytest.mark.parametrize("given", [[], ["serv"], ["--host"]])
def test_no_command_is_refused_with_all_that_there_are(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_a_command_does_not_load_the_others() -> None:
    code = (
        "import sys; from riskq.cli import main\n"
        "try: main(['serve', '--help'])\n"
        "except SystemExit: print(*(name for name in sys.modules if 'riskq.cli.' in name))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {name.rpartition(".")[2] for name in done.stdout.splitlines()[-1].split()}
    assert loaded & set(modules()) == {"service", "working"}


@pytest.mark.parametrize("threads", ["0", "-1", "two", ""])
def test_a_service_by_which_nobody_would_work_does_not_start(
    threads: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["serve", f"--threads={threads}"])
    assert f'"{threads}" is no number from 1 on' in capsys.readouterr().err
