"""The command that looks a deployment over."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from riskq.cli.terminal import FAULTY, FOUND, Commands, complain, visible
from riskq.clock import now
from riskq.settings import Settings, read_settings

if TYPE_CHECKING:
    from riskq.services import Finding

__all__ = ["add_to"]

_QUEUE = "queue"
_SIGNS = {"well": "[+]", "look": "[?]", "fault": "[x]"}


def add_to(commands: Commands) -> None:
    """Add the command to the program."""
    doctor = commands.add_parser(
        "doctor", help="what is wrong with this deployment, and how to mend it"
    )
    doctor.add_argument(
        "part", nargs="*", metavar="PART", help="what to look at, such as database; without, all"
    )
    doctor.set_defaults(run=_look_over)


def _look_over(arguments: argparse.Namespace) -> int:
    """Print what is found of each part as it is found; 1 if anything must be mended."""
    from riskq.services import PARTS, look_over

    known = (*PARTS, _QUEUE)
    parts = arguments.part or known
    for unknown in sorted(set(parts) - set(known)):
        complain(f'"{unknown}" is no part. These are: {", ".join(known)}.')
        return FAULTY
    settings = read_settings()
    has_fault = False
    for one in chain(look_over(settings, now(), parts), _queue(settings, parts)):
        has_fault |= one.state == "fault"
        print(visible(f"{_SIGNS[one.state]} {one.part}: {one.what}"), flush=True)
        if one.mend:
            print(visible(f"    {one.mend}"), flush=True)
    return FOUND if has_fault else 0


def _queue(settings: Settings, parts: Collection[str]) -> Iterator[Finding]:
    from riskq.jobs import Jobs, JobsError
    from riskq.services import Finding

    if _QUEUE not in parts:
        return
    try:
        jobs = Jobs(settings)
        waiting = jobs.waiting
        jobs.close()
    except JobsError as error:
        yield Finding(_QUEUE, "fault", str(error), "Mend what it names, and look again.")
    except Exception as error:  # noqa: BLE001 - Whatever the queue's library raises, it does not answer.
        mend = "Look at RISKQ_QUEUE, and whether its Redis runs, or at the database."
        yield Finding(_QUEUE, "fault", f"The queue does not answer ({error}).", mend)
    else:
        yield Finding(_QUEUE, "well", f"It answers; messages that wait: {waiting}.")
