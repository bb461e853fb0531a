"""The commands for whoever writes questionnaires: check them, compare two editions."""

from __future__ import annotations

import argparse

from riskq.cli.terminal import FOUND, Commands, print_form, visible
from riskq.i18n import LANGUAGES

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the commands to the program."""
    check = commands.add_parser("check", help="tell what is wrong with questionnaires")
    _add_checked(check)
    check.set_defaults(run=_check)
    diff = commands.add_parser("diff", help="compare two editions")
    diff.add_argument("old", help="the older edition, such as kz-ai-law/2026-01-18, or its folder")
    diff.add_argument("new", help="the newer edition")
    diff.add_argument("--format", choices=("text", "json"), default="text")
    diff.add_argument("--lang", choices=LANGUAGES, default="en", help="of the words compared")
    diff.set_defaults(run=_diff)


def _add_checked(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="*", metavar="QUESTIONNAIRE[/EDITION]|DIRECTORY")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    mutants = "change one thing about the rules at a time; tell what no case and no proof notices"
    parser.add_argument("--mutants", action="store_true", help=mutants)


def _check(arguments: argparse.Namespace) -> int:
    from riskq.checks import check_edition, check_form, check_text
    from riskq.questionnaire import Catalogue

    if arguments.mutants:
        return _check_mutants(arguments)
    checked = [check_edition(edition) for edition in Catalogue().meant(arguments.what)]
    if arguments.format == "json":
        print_form(check_form(checked))
    else:
        print(visible(check_text(checked)))
    return FOUND if any(one.has_errors for one in checked) else 0


def _check_mutants(arguments: argparse.Namespace) -> int:
    from riskq.checks import check_mutants, mutants_form, mutants_text
    from riskq.questionnaire import Catalogue

    checked = [check_mutants(edition) for edition in Catalogue().meant(arguments.what)]
    if arguments.format == "json":
        print_form(mutants_form(checked))
    else:
        print(visible(mutants_text(checked)))
    return FOUND if any(one.has_errors for one in checked) else 0


def _diff(arguments: argparse.Namespace) -> int:
    from riskq.checks import compare, comparison_form, comparison_text
    from riskq.questionnaire import Catalogue, load_cases, load_edition

    catalogue = Catalogue()
    old, new = (catalogue.one_meant(word) for word in (arguments.old, arguments.new))
    comparison = compare(load_edition(old), load_edition(new), load_cases(old), load_cases(new))
    if arguments.format == "json":
        print_form(comparison_form(comparison))
    else:
        print(visible(comparison_text(comparison, arguments.lang)))
    return 0
