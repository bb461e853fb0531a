"""The command line: serve the pages, judge a file of answers, make a report, check the data.

Each command loads only what it needs. What is wrong with the input goes to the error output, all
of it at once, and the exit code is 2.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import json
import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from riskq.clock import today
from riskq.errors import ProblemsError, RiskqError, UnknownQuestionnaireError
from riskq.i18n import LANGUAGES

if TYPE_CHECKING:
    from riskq.engine import Answers
    from riskq.questionnaire import Questionnaire

__all__ = ["main"]

_FAULTY, _FOUND = 2, 1
_ARENA_MAX = -8
"""The name of the setting in malloc.h."""

# A terminal obeys these, or they turn the direction of writing.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives 0 if all is well, 1 for findings, 2 for input that cannot be used."""
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A letter that a terminal lacks is written by its number; no result is held back.
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(arguments.run(arguments))
    except ProblemsError as error:
        for problem in error.problems:
            _complain(problem)
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing more can be told there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}" if error.filename else error)
    except RiskqError as error:
        _complain(error)
    return _FAULTY


def _complain(fault: object) -> None:
    """Tell a fault in one line, whatever it quotes."""
    print(_visible(str(fault)).replace("\n", "\\u000a"), file=sys.stderr)


def _visible(text: str) -> str:
    """The text with every sign that steers written by its number, as JSON does it."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="riskq", description="What a law asks of an AI system.")
    parser.add_argument("--version", action="version", version=f"riskq {version('riskq')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="run the service")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    serve.add_argument("--workers", type=int, default=1, help="processes (%(default)s)")
    serve.add_argument("--threads", type=int, default=2, help="threads a process (%(default)s)")
    serve.set_defaults(run=_serve)
    assess = commands.add_parser("assess", help="judge a file of answers")
    _add_answers(assess)
    assess.add_argument("--format", choices=("text", "json"), default="text")
    assess.add_argument("--lang", choices=LANGUAGES, default="en", help="of the text")
    assess.set_defaults(run=_assess)
    report = commands.add_parser("report", help="make the report on a file of answers")
    _add_answers(report)
    report.add_argument("--lang", choices=LANGUAGES, required=True)
    report.add_argument("-o", "--output", required=True, metavar="FILE", help="the PDF to write")
    report.set_defaults(run=_report)
    check = commands.add_parser("check", help="tell what is wrong with questionnaires")
    _add_checked(check)
    check.set_defaults(run=_check)
    diff = commands.add_parser("diff", help="compare two editions")
    diff.add_argument("old", help="the older edition, such as kz-ai-law/2026-01-18, or its folder")
    diff.add_argument("new", help="the newer edition")
    diff.add_argument("--format", choices=("text", "json"), default="text")
    diff.add_argument("--lang", choices=LANGUAGES, default="en", help="of the words compared")
    diff.set_defaults(run=_diff)
    graph = commands.add_parser("graph", help="draw the map of a questionnaire")
    graph.add_argument("questionnaire", help="such as kz-ai-law")
    graph.add_argument("--edition", type=_day, help="the edition to draw (that in force)")
    graph.add_argument("--answers", metavar="FILE", help="answers whose path is to be shown")
    graph.add_argument("--on", type=_day, help="the day of the answers (today)")
    graph.add_argument("--format", choices=("mermaid", "dot", "svg"), default="mermaid")
    graph.add_argument("--lang", choices=LANGUAGES, default="en")
    graph.add_argument("-o", "--output", metavar="FILE", help="the file to write (the terminal)")
    graph.set_defaults(run=_graph)
    return parser


def _add_answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("questionnaire", help="such as kz-ai-law")
    parser.add_argument("answers", help="a .yml or .json file: question ids with their answers")
    parser.add_argument("--edition", type=_day, help="the edition to judge by (that in force)")
    parser.add_argument("--on", type=_day, help="the day of the assessment (today)")


def _add_checked(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="*", metavar="QUESTIONNAIRE[/EDITION]|DIRECTORY")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    mutants = "change one thing about the rules at a time; tell what no case and no proof notices"
    parser.add_argument("--mutants", action="store_true", help=mutants)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day such as 2026-08-25') from None


def _serve(arguments: argparse.Namespace) -> int:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from riskq.report import check_files
    from riskq.settings import read_settings

    # Faults are told once here, not by every worker. The database is made by a process that ends:
    # workers are forks of this one, and would carry what that takes for the rest of their lives.
    settings = read_settings()
    check_files(settings.seal)
    maker = get_context("fork").Process(target=_make_database, args=(settings.database,))
    maker.start()
    maker.join()
    if maker.exitcode:
        return _FAULTY
    _share_one_pool()
    print(f"riskq: {settings.origin or f'http://{arguments.host}:{arguments.port}'}/", flush=True)
    Server(
        "riskq.web:create_app",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=arguments.threads,
        factory=True,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
    return 0


def _share_one_pool() -> None:
    """Let all threads of the workers share a pool of memory: each of its own would keep its rest.

    The setting of the environment is read before Python starts. Only glibc has such pools.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_ARENA_MAX, 1)


def _make_database(path: Path) -> None:
    from riskq.store import open_store

    try:
        open_store(path).close()
    except RiskqError as error:
        _complain(error)
        sys.exit(_FAULTY)


def _judged(arguments: argparse.Namespace) -> tuple[Questionnaire, Answers, date]:
    """The questionnaire, the answers and the day that a command is about."""
    from riskq.questionnaire import Catalogue
    from riskq.services import read_answers_file

    on = arguments.on or today()
    catalogue = Catalogue()
    edition = arguments.edition or catalogue.in_force(arguments.questionnaire, on)
    if edition > on and not arguments.edition:
        told = f"No edition of {arguments.questionnaire} was in force on {on}: the first holds"
        raise UnknownQuestionnaireError(f"{told} from {edition}. Name it by --edition to use it.")
    questionnaire = catalogue.load(arguments.questionnaire, edition)
    file = arguments.answers
    return questionnaire, read_answers_file(questionnaire, file, on) if file else {}, on


def _assess(arguments: argparse.Namespace) -> int:
    from riskq.engine import Judge
    from riskq.services import conclusion_form, conclusion_text, what_if_form

    questionnaire, answers, on = _judged(arguments)
    if arguments.format == "text":
        print(_visible(conclusion_text(questionnaire, answers, on, arguments.lang)))
        return 0
    judge = Judge(questionnaire, answers, on)
    form = conclusion_form(questionnaire, judge.conclusion)
    form |= {"on": on.isoformat(), "what_if": what_if_form(judge)}
    _print_form(form)
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from riskq.services import answers_pdf
    from riskq.settings import read_seal_settings

    questionnaire, answers, on = _judged(arguments)
    pdf = answers_pdf(questionnaire, answers, on, arguments.lang, read_seal_settings())
    Path(arguments.output).write_bytes(pdf)
    return 0


def _graph(arguments: argparse.Namespace) -> int:
    from riskq.services import map_of, map_with, write_map

    questionnaire, answers, on = _judged(arguments)
    language = arguments.lang
    if arguments.answers:
        view = map_with(questionnaire, answers, on, language)
    else:
        view = map_of(questionnaire, language)
    text = write_map(view, arguments.format)
    if arguments.output:
        Path(arguments.output).write_text(text, "utf-8")
    else:
        print(_visible(text), end="")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from riskq.checks import check_edition, check_form, check_text
    from riskq.questionnaire import Catalogue

    if arguments.mutants:
        return _check_mutants(arguments)
    checked = [check_edition(edition) for edition in Catalogue().meant(arguments.what)]
    if arguments.format == "json":
        _print_form(check_form(checked))
    else:
        print(_visible(check_text(checked)))
    return _FOUND if any(one.has_errors for one in checked) else 0


def _check_mutants(arguments: argparse.Namespace) -> int:
    from riskq.checks import check_mutants, mutants_form, mutants_text
    from riskq.questionnaire import Catalogue

    checked = [check_mutants(edition) for edition in Catalogue().meant(arguments.what)]
    if arguments.format == "json":
        _print_form(mutants_form(checked))
    else:
        print(_visible(mutants_text(checked)))
    return _FOUND if any(one.has_errors for one in checked) else 0


def _diff(arguments: argparse.Namespace) -> int:
    from riskq.checks import compare, comparison_form, comparison_text
    from riskq.questionnaire import Catalogue, load_cases, load_edition

    catalogue = Catalogue()
    old, new = (catalogue.one_meant(word) for word in (arguments.old, arguments.new))
    comparison = compare(load_edition(old), load_edition(new), load_cases(old), load_cases(new))
    if arguments.format == "json":
        _print_form(comparison_form(comparison))
    else:
        print(_visible(comparison_text(comparison, arguments.lang)))
    return 0


def _print_form(form: object) -> None:
    print(_visible(json.dumps(form, ensure_ascii=False, indent=2)))
