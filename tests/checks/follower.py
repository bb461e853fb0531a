"""A person with a pen, who does what the instructions of a form say and knows nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from riskq.engine import Answer, Answers, Chosen, Counted, Dated, Unsure
from riskq.questionnaire import (
    UNSURE,
    AllOf,
    Always,
    AnyOf,
    Beyond,
    Compares,
    Condition,
    Includes,
    Not,
    OlderThan,
)
from tests.engine.brute_force import COMPARE

__all__ = ["Step", "ticked", "walk_on_paper"]


@dataclass(frozen=True)
class Step:
    """One question as the person sees it: whether to answer it, and where its options lead.

    ``section_when`` stands above the first question of a section.
    """

    when: Condition
    section_when: Condition | None
    otherwise: str
    jumps: Mapping[str, str]


def ticked(answer: Answer) -> tuple[str, ...]:
    """The boxes that the answer ticks."""
    if isinstance(answer, Unsure):
        return (UNSURE,)
    return answer.options if isinstance(answer, Chosen) else ()


def reads(condition: Condition, written: Answers, on: date) -> bool:
    """Whether a person finds a condition fulfilled by what is written down."""
    match condition:
        case Always():
            return True
        case AllOf(parts=parts):
            return all(reads(part, written, on) for part in parts)
        case AnyOf(parts=parts):
            return any(reads(part, written, on) for part in parts)
        case Not(part=part):
            return not reads(part, written, on)
        case Includes() | Beyond() | Compares() | OlderThan():
            answer = written.get(condition.question)
            return answer is not None and fits(condition, answer, on)
        case _:
            raise AssertionError(f"Nobody at a table can check {condition}")


def fits(test: Includes | Beyond | Compares | OlderThan, answer: Answer, on: date) -> bool:
    """Whether one written answer is what a line asks for."""
    match test:
        case Includes(options=options):
            return any(option in options for option in ticked(answer))
        case Beyond(options=options):
            is_free = isinstance(answer, Counted | Dated)
            return is_free or any(option not in options for option in ticked(answer))
        case Compares(comparison=comparison, bound=bound):
            value = answer.number if isinstance(answer, Counted) else None
            left = answer.day if isinstance(answer, Dated) else value
            return left is not None and COMPARE[comparison](left, bound)
        case OlderThan(period=period):
            return isinstance(answer, Dated) and answer.day < period.before(on)


def walk_on_paper(steps: Mapping[str, Step], truth: Answers, on: date) -> Iterator[str]:
    """The questions that a person comes to, who answers each as told by ``truth``.

    A question without a truth stays empty, and the person goes on with the next.
    """
    names = [*steps, ""]
    written: dict[str, Answer] = {}
    here = names[0]
    while here:
        step, following = steps[here], names[names.index(here) + 1]
        if step.section_when is not None and not reads(step.section_when, written, on):
            here = step.otherwise
        elif not reads(step.when, written, on):
            here = following
        else:
            yield here
            answer = truth.get(here)
            arrows: list[str] = []
            if answer is not None:
                written[here] = answer
                arrows = [step.jumps[box] for box in ticked(answer) if box in step.jumps]
            # Whoever ticked several boxes follows the first arrow that is met.
            here = arrows[0] if arrows else following
