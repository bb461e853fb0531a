"""The command for those who install: compiles what each start would compile otherwise."""

from __future__ import annotations

import argparse
import compileall
from pathlib import Path
from typing import TYPE_CHECKING

from riskq.cli.terminal import FAULTY, Commands, complain

if TYPE_CHECKING:
    from riskq.questionnaire import Edition, Questionnaire

__all__ = ["add_to"]

_PACKAGE = Path(__file__).resolve().parent.parent


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    adding = commands.add_parser(
        "compile",
        help="compile the program and read its questionnaires, once, when it was installed",
    )
    adding.set_defaults(run=_compile)


def _compile(_: argparse.Namespace) -> int:
    """Compile the modules and the templates beside them, and keep what the editions are read as."""
    from riskq.compiled_templates import compile_all
    from riskq.questionnaire import Catalogue, keep_all
    from riskq.report import document_templates
    from riskq.web import page_templates

    # It names the files that it cannot write.
    if not compileall.compile_dir(_PACKAGE, quiet=1):
        return FAULTY
    for templates in (page_templates(), document_templates()):
        compile_all(templates)
    keep_all(Catalogue().meant(()), _read)
    return 0


def _read(edition: Edition) -> Questionnaire | None:
    """The edition; None, which is told, where its files are faulty. Whoever uses it is told too."""
    from riskq.errors import QuestionnaireError
    from riskq.questionnaire import load_edition

    try:
        return load_edition(edition)
    except QuestionnaireError as error:
        complain(error)
        return None
