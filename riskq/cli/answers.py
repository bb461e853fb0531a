"""The commands on a file of answers: judge it, make its report, show its path on the map."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from riskq.cli.terminal import FAULTY, Commands, complain, print_form, read_day, visible
from riskq.clock import today
from riskq.errors import UnknownQuestionnaireError
from riskq.i18n import LANGUAGES

if TYPE_CHECKING:
    from riskq.engine import Answers
    from riskq.questionnaire import Catalogue, Questionnaire

__all__ = ["add_day", "add_to", "used_edition"]

_ANSWERS = "a .yml or .json file: question ids with their answers"


def add_to(commands: Commands) -> None:
    """Add the commands to the program."""
    assess = commands.add_parser("assess", help="judge a file of answers")
    _add_answers(assess)
    assess.add_argument("--format", choices=("text", "json"), default="text")
    assess.add_argument("--lang", choices=LANGUAGES, default="en", help="of the text")
    assess.set_defaults(run=_assess)
    report = commands.add_parser("report", help="make the report on a file of answers, or on many")
    _add_answers(report)
    report.add_argument(
        "--all",
        action="store_true",
        help="ANSWERS is a folder: make the reports on all files of answers there that lack one",
    )
    report.add_argument("--lang", choices=LANGUAGES, required=True)
    meant = "the PDF to write; with --all the folder for them (that of the answers)"
    report.add_argument("-o", "--output", metavar="FILE", help=meant)
    report.set_defaults(run=_report)
    graph = commands.add_parser("graph", help="draw the map of a questionnaire")
    meant = "such as kz-ai-law, kz-ai-law/2026-01-18, or the folder of an edition"
    graph.add_argument("questionnaire", help=meant)
    graph.add_argument("--edition", type=read_day, help="the edition to draw (that in force)")
    graph.add_argument("--answers", metavar="FILE", help="answers whose path is to be shown")
    graph.add_argument("--on", type=read_day, help="the day of the answers (today)")
    graph.add_argument("--format", choices=("mermaid", "dot", "svg"), default="mermaid")
    graph.add_argument("--lang", choices=LANGUAGES, default="en")
    graph.add_argument("-o", "--output", metavar="FILE", help="the file to write (the terminal)")
    graph.set_defaults(run=_graph)


def _add_answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("questionnaire", help="such as kz-ai-law")
    parser.add_argument("answers", help=_ANSWERS)
    add_day(parser)


def add_day(parser: argparse.ArgumentParser) -> None:
    """Add what a command judges by: an edition, and the day of the assessment."""
    parser.add_argument("--edition", type=read_day, help="the edition to judge by (that in force)")
    parser.add_argument("--on", type=read_day, help="the day of the assessment (today)")


def _judged(arguments: argparse.Namespace) -> tuple[Questionnaire, Answers, date]:
    """The questionnaire, the answers and the day that a command is about."""
    from riskq.questionnaire import Catalogue
    from riskq.services import read_answers_file

    on = arguments.on or today()
    questionnaire = used_edition(Catalogue(), arguments, on)
    return questionnaire, read_answers_file(questionnaire, arguments.answers, on), on


def used_edition(catalogue: Catalogue, arguments: argparse.Namespace, on: date) -> Questionnaire:
    """The edition that is named, or that in force on the day."""
    name = arguments.questionnaire
    edition = arguments.edition or catalogue.in_force(name, on)
    if edition > on and not arguments.edition:
        told = f"No edition of {name} was in force on {on}: the first holds from {edition}."
        raise UnknownQuestionnaireError(f"{told} Name it by --edition to use it.")
    return catalogue.load(name, edition)


def _assess(arguments: argparse.Namespace) -> int:
    from riskq.engine import Judge
    from riskq.services import conclusion_form, conclusion_text, what_if_form

    questionnaire, answers, on = _judged(arguments)
    if arguments.format == "text":
        print(visible(conclusion_text(questionnaire, answers, on, arguments.lang)))
        return 0
    judge = Judge(questionnaire, answers, on)
    form = conclusion_form(questionnaire, judge.conclusion)
    form |= {"on": on.isoformat(), "what_if": what_if_form(judge)}
    print_form(form)
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from riskq.services import answers_pdf
    from riskq.settings import read_issuer

    if arguments.all:
        return _reports(arguments)
    if arguments.output is None:
        complain("Name the PDF to write by -o.")
        return FAULTY
    output = Path(arguments.output)
    if not output.parent.is_dir():
        # Told before the work is done.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output))
    questionnaire, answers, on = _judged(arguments)
    output.write_bytes(answers_pdf(questionnaire, answers, on, arguments.lang, read_issuer()))
    return 0


def _reports(arguments: argparse.Namespace) -> int:
    from riskq.questionnaire import Catalogue
    from riskq.services import write_reports
    from riskq.settings import read_issuer

    on = arguments.on or today()
    questionnaire = used_edition(Catalogue(), arguments, on)
    folder = Path(arguments.answers)
    into = Path(arguments.output or folder)
    counts: Counter[str] = Counter()
    for written in write_reports(questionnaire, folder, into, on, arguments.lang, read_issuer()):
        counts[written.state] += 1
        for fault in written.faults:
            complain(fault)
        if written.state == "made":
            print(visible(str(written.pdf)), flush=True)
    told = ", ".join(f"{counts[state]} {state}" for state in ("made", "kept", "failed"))
    print(f"{told}.", file=sys.stderr)
    if not counts:
        complain(f"{folder}: no .json, .yml or .yaml file is there.")
    return FAULTY if counts["failed"] or not counts else 0


def _graph(arguments: argparse.Namespace) -> int:
    from riskq.questionnaire import Catalogue, load_edition
    from riskq.services import map_of, map_with, read_answers_file, write_map

    catalogue, word, on = Catalogue(), arguments.questionnaire, arguments.on or today()
    if arguments.edition or word in catalogue.names():
        questionnaire = used_edition(catalogue, arguments, on)
    else:
        questionnaire = load_edition(catalogue.one_meant(word))
    view = map_of(questionnaire, arguments.lang)
    if arguments.answers is not None:
        answers = read_answers_file(questionnaire, arguments.answers, on)
        view = map_with(questionnaire, answers, on, arguments.lang)
    text = write_map(view, arguments.format)
    if arguments.output:
        Path(arguments.output).write_text(text, "utf-8")
    else:
        print(visible(text), end="")
    return 0
