"""What to do next: a few things in order of urgency, never a hint to answer otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from riskq.engine import Truth
from riskq.questionnaire import DutyState, ScaleAt, walk
from riskq.report.duty_views import DutyView, ListingView, NoticeView, StepView
from riskq.report.subject import Subject
from riskq.report.views import SectionView

__all__ = ["next_steps"]

MOST_STEPS = 5
MOST_ITEMS = 3


def next_steps(
    subject: Subject,
    notices: Sequence[NoticeView],
    duties: Sequence[DutyView],
    listing: ListingView,
    sections: Sequence[SectionView],
) -> tuple[StepView, ...]:
    """At most five steps, the most urgent first."""
    steps = [
        *_grave(subject, notices),
        *_missing_duties(subject, duties),
        *_overdue(subject, duties),
        *_listing(subject, listing),
        *_open_questions(subject),
        *_unsure(subject, sections),
        *_scenarios(subject, sections),
        *_partly(subject, duties),
    ]
    last = subject.say("Repeat the assessment when the system, its use or the law changes.")
    return (*steps[: MOST_STEPS - 1], StepView(last))


def _grave(subject: Subject, notices: Sequence[NoticeView]) -> Iterator[StepView]:
    for notice in notices:
        if notice.is_grave and not notice.is_open:
            text = subject.say("Act without delay.")
            yield StepView(f"{text} {notice.title}.", is_urgent=True)


def _sure(duties: Sequence[DutyView], state: DutyState) -> list[DutyView]:
    return [duty for duty in duties if duty.state is state and not duty.is_open]


def _missing_duties(subject: Subject, duties: Sequence[DutyView]) -> Iterator[StepView]:
    missing = [duty.title for duty in _sure(duties, DutyState.MISSING) if not _is_late(duty)]
    if missing:
        yield StepView(subject.say("See to the duties that are not done:"), _few(subject, missing))


def _overdue(subject: Subject, duties: Sequence[DutyView]) -> Iterator[StepView]:
    for duty in duties:
        if duty.deadline is not None and _is_late(duty) and not duty.is_open:
            text = subject.say("Make up for what is late: %(duty)s", duty=duty.title)
            yield StepView(f"{text} ({duty.deadline.text}).")


def _is_late(duty: DutyView) -> bool:
    return duty.deadline is not None and duty.deadline.is_overdue


def _listing(subject: Subject, listing: ListingView) -> Iterator[StepView]:
    missing = [item.title for item in listing.missing if not item.is_open]
    if missing and _is_wanted(subject):
        yield StepView(subject.say("For an application, obtain:"), _few(subject, missing))


def _is_wanted(subject: Subject) -> bool:
    """Whether a duty applies that only those have who seek the headline's best level."""
    book = subject.questionnaire.rulebook
    headline = book.headline.id
    sure = {duty.id for duty in subject.conclusion.duties if duty.applies is Truth.HOLDS}
    return any(
        isinstance(part, ScaleAt) and part.scale == headline
        for duty in book.duties
        if duty.id in sure
        for part in walk(duty.when)
    )


def _open_questions(subject: Subject) -> Iterator[StepView]:
    decides = subject.conclusion.decides
    if decides:
        asks = [subject.ask(question) for question in decides]
        text = subject.say("Find out the answers on which the conclusion depends:")
        yield StepView(text, _few(subject, asks))
    journey = subject.conclusion.journey
    others = set(journey.asked) - set(journey.counted) - set(decides)
    if others:
        text = subject.say.plural(
            "Answer the %(num)s question that is left.",
            "Answer the %(num)s questions that are left.",
            len(others),
        )
        yield StepView(text)


def _unsure(subject: Subject, sections: Sequence[SectionView]) -> Iterator[StepView]:
    """What was answered with "I don't know", and does not stand among what decides already."""
    answers = [answer for section in sections for answer in section.answers if answer.is_unsure]
    others = [answer.ask for answer in answers if answer.id not in subject.conclusion.decides]
    if others:
        text = subject.say.plural(
            'Find out what was answered with "I don\'t know" (%(num)s question):',
            'Find out what was answered with "I don\'t know" (%(num)s questions):',
            len(others),
        )
        yield StepView(text, _few(subject, others))


def _scenarios(subject: Subject, sections: Sequence[SectionView]) -> Iterator[StepView]:
    answers = (answer for section in sections for answer in section.answers)
    lacking = sum(answer.scenario_missing for answer in answers)
    if lacking:
        text = subject.say.plural(
            "Write down the failure scenario that is missing (%(num)s).",
            "Write down the failure scenarios that are missing (%(num)s).",
            lacking,
        )
        yield StepView(text)


def _partly(subject: Subject, duties: Sequence[DutyView]) -> Iterator[StepView]:
    titles = [duty.title for duty in _sure(duties, DutyState.PARTLY)]
    if titles:
        yield StepView(subject.say("Complete the duties done in part:"), _few(subject, titles))


def _few(subject: Subject, texts: Iterable[str]) -> tuple[str, ...]:
    """The first few texts, and how many more there are."""
    known = list(texts)
    if len(known) <= MOST_ITEMS:
        return tuple(known)
    more = len(known) - MOST_ITEMS + 1
    rest = subject.say.plural("and %(num)s more", "and %(num)s more", more)
    return (*known[: MOST_ITEMS - 1], rest)
