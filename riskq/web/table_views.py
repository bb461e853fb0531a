"""A judged table as its page shows it: counts and rows in the words of the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from riskq import services
from riskq.i18n import Words
from riskq.questionnaire import Prose, Questionnaire, Scale

__all__ = ["CountLine", "ScaleCounts", "TableView", "table_view"]

_OPEN, _MISSING = "open", "missing"


class CountLine(Struct, frozen=True):
    """How many rows something is said of, and their share of all in hundredths."""

    label: str
    rows: int
    share: int


class ScaleCounts(Struct, frozen=True):
    """How many rows stand at each level of a scale, from the lightest, and beside the levels."""

    title: str
    levels: tuple[CountLine, ...]
    beside: tuple[CountLine, ...]


class ThingCounts(Struct, frozen=True):
    """A duty or a notice: for how many rows it holds, may hold, and is missing."""

    title: str
    holds: int
    may: int
    missing: int


class TableView(Struct, frozen=True):
    """What the page shows of a table; each row has a text for each scale."""

    summary: services.TableSummary
    scales: tuple[ScaleCounts, ...]
    duties: tuple[ThingCounts, ...]
    notices: tuple[ThingCounts, ...]
    rows: tuple[tuple[services.ShownRow, tuple[str, ...]], ...]
    faults: tuple[services.ShownFault, ...]


def table_view(
    questionnaire: Questionnaire, summary: services.TableSummary, language: str, words: Words
) -> TableView:
    """Word what came out of a table."""
    prose, book = questionnaire.prose[language], questionnaire.rulebook
    duties = {duty.id: prose.duties[duty.id].title for duty in book.duties}
    notices = {notice.id: prose.notices[notice.id].title for notice in book.notices}
    return TableView(
        summary,
        tuple(_counts(tally, prose, summary.rows, words) for tally in summary.scales),
        tuple(_things(duties, summary.duties)),
        tuple(_things(notices, summary.notices)),
        tuple((row, _texts(book.scales, row, prose, words)) for row in summary.first),
        summary.faults,
    )


def _counts(tally: services.ScaleTally, prose: Prose, rows: int, _: Words) -> ScaleCounts:
    text = prose.scales[tally.id]
    beside = ((_("still open"), tally.open), (_("not assessed"), tally.outside))

    def line(label: str, count: int) -> CountLine:
        return CountLine(label, count, 100 * count // max(rows, 1))

    return ScaleCounts(
        text.title,
        tuple(line(text.levels[level].label, count) for level, count in tally.levels.items()),
        tuple(line(label, count) for label, count in beside if count),
    )


def _things(
    titles: Mapping[str, str], counted: Mapping[str, Mapping[str, int]]
) -> Iterator[ThingCounts]:
    """Those of which any row has something, in the order of the questionnaire."""
    for name, title in titles.items():
        states = counted.get(name, {})
        if states:
            may = states.get(_OPEN, 0)
            yield ThingCounts(title, sum(states.values()) - may, may, states.get(_MISSING, 0))


def _texts(
    scales: Sequence[Scale], row: services.ShownRow, prose: Prose, words: Words
) -> tuple[str, ...]:
    pairs = zip(scales, row.scales, strict=True)
    return tuple(_state(scale, shown, prose, words) for scale, shown in pairs)


def _state(scale: Scale, shown: services.ShownScale, prose: Prose, _: Words) -> str:
    """Where a row stands on a scale, in the words of the result page."""
    labels = [prose.scales[scale.id].levels[level].label for level in shown.levels]
    if shown.applies == "no":
        return _("not assessed")
    if len(labels) == 1:
        is_sure = shown.applies == "yes"
        return labels[0] if is_sure else _("%(level)s, if the law applies", level=labels[0])
    if len(labels) == len(scale.levels):
        return _("still open")
    return _("still open (%(levels)s)", levels=", ".join(labels))
