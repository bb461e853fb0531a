"""The commands on reports that somebody received: verify one, go on from one."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from riskq.cli.terminal import FOUND, Commands, complain, print_form, visible
from riskq.clock import today
from riskq.i18n import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from riskq.report import VerifiedView
    from riskq.services import Issue

__all__ = ["add_to"]

_OPEN = 3
"""The exit code for a file that nothing speaks against and not all speaks for."""


def add_to(commands: Commands) -> None:
    """Add the commands to the program."""
    verify = commands.add_parser(
        "verify",
        help="tell whether a report is genuine",
        description="Exit code 0: genuine. 1: something speaks against it. 3: not everything could"
        " be settled, such as who sealed it.",
    )
    verify.add_argument("file", help="the PDF")
    verify.add_argument(
        "--certificate",
        action="append",
        default=[],
        metavar="FILE",
        help="a certificate (PEM) of a sealer whom you trust; may be given several times",
    )
    verify.add_argument("--format", choices=("text", "json"), default="text")
    verify.add_argument("--lang", choices=LANGUAGES, default="en", help="of the text")
    verify.set_defaults(run=_verify)
    take = commands.add_parser(
        "import", help="go on from a report or a download: a new assessment, or a file of answers"
    )
    take.add_argument("file", help="a report (PDF) or a download (JSON)")
    take.add_argument("--lang", choices=LANGUAGES, default="kk", help="of the assessment")
    take.add_argument(
        "-o", "--output", metavar="FILE", help="write the answers there, and start no assessment"
    )
    take.set_defaults(run=_import)


def _verify(arguments: argparse.Namespace) -> int:
    from riskq.questionnaire import Catalogue
    from riskq.report import Inspector, Mark, Renderer, compose_verification
    from riskq.services import Verifier
    from riskq.settings import read_seal_settings

    pdf = Path(arguments.file).read_bytes()
    trusted = tuple(Path(name) for name in arguments.certificate)
    for path in trusted:
        path.read_bytes()
    inspector = Inspector(read_seal_settings(), also=trusted)
    with Renderer() as renderer:
        verified = Verifier(Catalogue(), inspector, renderer).verify(pdf, today(), arguments.lang)
    view = compose_verification(verified, arguments.lang)
    if arguments.format == "json":
        print_form(_verified_form(view))
    else:
        print(visible("\n".join(_verified_lines(view))))
    return {Mark.GOOD: 0, Mark.BAD: FOUND, Mark.OPEN: _OPEN}[view.mark]


def _verified_form(view: VerifiedView) -> object:
    return {
        "verdict": view.mark.value,
        "text": view.verdict,
        "facts": [
            {"id": fact.id, "verdict": fact.mark.value, "text": fact.text, "more": list(fact.more)}
            for fact in view.facts
        ],
        "levels": {scale.id: scale.state_text for scale in view.scales},
    }


def _verified_lines(view: VerifiedView) -> Iterator[str]:
    yield view.verdict
    signs = {"good": "+", "bad": "!", "open": "?"}
    for fact in view.facts:
        yield ""
        yield f"[{signs[fact.mark.value]}] {fact.title}: {fact.text}"
        yield from (f"    {line}" for line in fact.more)
    if view.particulars or view.scales:
        yield ""
    yield from (f"{title}: {text}" for title, text in view.particulars)
    yield from (f"{scale.title}: {scale.state_text}" for scale in view.scales)
    yield from (f"{one.title}: {one.then} → {one.now}" for one in view.changed)


def _import(arguments: argparse.Namespace) -> int:
    from riskq.report import Inspector
    from riskq.services import read_file
    from riskq.settings import read_seal_settings

    issue = read_file(Path(arguments.file).read_bytes(), Inspector(read_seal_settings()))
    if arguments.output:
        text = json.dumps(issue.raw_answers, ensure_ascii=False, indent=1)
        Path(arguments.output).write_text(text + "\n", "utf-8")
        return 0
    return _start(issue, arguments.lang)


def _start(issue: Issue, language: str) -> int:
    """Start an assessment in the service's own database, and print its private link."""
    from riskq.questionnaire import Catalogue
    from riskq.services import Desk, import_issue
    from riskq.settings import read_settings
    from riskq.store import open_store

    settings = read_settings()
    store = open_store(settings.database)
    try:
        desk = Desk(store, Catalogue(), keep_days=settings.keep_days)
        imported = import_issue(desk, issue, language)
    finally:
        store.close()
    for name in imported.not_taken:
        complain(f'The answer to "{name}" is not taken by the edition in force.')
    origin = settings.origin or "http://127.0.0.1:8000"
    print(f"{origin}/{language}/r/{imported.started.secret}")
    return 0
