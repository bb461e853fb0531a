"""The command that prints a questionnaire on paper."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from riskq.cli.terminal import Commands, read_day
from riskq.clock import today
from riskq.i18n import LANGUAGES

__all__ = ["add_to"]

_ADDRESS = re.compile(r"https?://[!-~]{1,200}")
"""Plain signs alone, as browsers send an address, and no more of them than a code shows well."""


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    form = commands.add_parser("form", help="print the questions for a meeting")
    form.add_argument("questionnaire", help="such as kz-ai-law")
    form.add_argument("--edition", type=read_day, help="the edition to print (that in force)")
    form.add_argument("--lang", choices=LANGUAGES, required=True)
    form.add_argument(
        "--address",
        type=_read_address,
        metavar="URL",
        help="where to go on with the questions on the screen; printed as a code too",
    )
    form.add_argument("-o", "--output", required=True, metavar="FILE", help="the PDF to write")
    form.set_defaults(run=_form)


def _read_address(text: str) -> str:
    if _ADDRESS.fullmatch(text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no address such as https://riskq.example.kz/kk/")


def _form(arguments: argparse.Namespace) -> int:
    from riskq.questionnaire import Catalogue
    from riskq.services import form_pdf
    from riskq.settings import read_brand_settings

    brand = read_brand_settings()
    catalogue, name = Catalogue(), arguments.questionnaire
    edition = arguments.edition or catalogue.in_force(name, today())
    pdf = form_pdf(catalogue.load(name, edition), arguments.lang, arguments.address or "", brand)
    Path(arguments.output).write_bytes(pdf)
    return 0
