"""What a reader is told of a field of the format: its name, and its value in words.

The values are those of the model; each edition words its own.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from riskq.i18n import write_amount
from riskq.questionnaire import Due, Kind, Length, Range, Reading, TimeSpan, UnitValue
from riskq.report.comparison_views import FieldFact
from riskq.report.duties import unit_name
from riskq.report.field_names import field_names
from riskq.report.reasons import period_text
from riskq.report.subject import Subject
from riskq.report.thing_titles import option_label, thing_title

__all__ = ["field_label", "field_value"]


def field_label(fact: FieldFact, new: Subject, old: Subject) -> str:
    """What the field is called, with the words of its entry where it has several."""
    label = field_names(new.say)[fact.kind, fact.field]
    if not fact.key:
        return label
    entry = _Teller(new, fact).key() or _Teller(old, fact).key() or fact.key
    return f"{label}: {entry}"


def field_value(fact: FieldFact, subject: Subject, value: object) -> str:
    """What one edition writes there, in words; empty for nothing."""
    return _Teller(subject, fact).told(value)


class _Teller(Struct, frozen=True):
    """Words the values of one field in one edition."""

    subject: Subject
    fact: FieldFact

    def key(self) -> str | None:
        """The words of the entry, ``None`` where the edition has none for it."""
        name, key, book = self.fact.field, self.fact.key, self.subject.questionnaire.rulebook
        fine = next((one for one in book.fines if one.id in self.fact.path), None)
        finders: dict[str, Callable[[], str | None]] = {
            "monotone": lambda: thing_title(self.subject, "question", (key,)),
            "first": lambda: self.label(fine.by if fine else "", key),
            "repeat": lambda: self.label(fine.by if fine else "", key),
            "levels": lambda: self.level(book.documents.scale if book.documents else "", key),
            "options": lambda: self.label(book.bodies.question if book.bodies else "", key),
            "units": lambda: unit_name(self.subject, key),
        }
        return finders[name]() if name in finders else None

    def told(self, value: object) -> str:
        """A value in words."""
        say = self.subject.say
        match value:
            case None:
                told = ""
            case bool():
                told = say("yes") if value else say("no")
            case Kind() | Reading():
                told = self.choice(value)
            case str():
                told = self.name(value)
            case int() | Decimal():
                told = self.number(value)
            case tuple():
                told = self.several(value)
            case _:
                told = self.record(value)
        return told

    def record(self, value: object) -> str:
        """A deadline, a length, a range, or what a unit is worth in words."""
        say = self.subject.say
        match value:
            case Due(after=after, every=every):
                ask = thing_title(self.subject, "question", (after,)) or after
                period = period_text(self.subject, every)
                told = say("%(period)s after the answer to “%(ask)s”", period=period, ask=ask)
            case Length(min=least, max=most):
                told = say("%(least)s to %(most)s characters", least=least, most=most)
            case Range(min=low, max=high):
                told = say("%(low)s to %(high)s", low=low, high=high)
            case UnitValue():
                told = self.worth(value)
            case TimeSpan():
                told = self.span(value)
            case _:
                told = str(value)
        return told

    def worth(self, value: UnitValue) -> str:
        """What one unit is worth, since when, and where that stands."""
        amount = write_amount(value.tenge, self.subject.language)
        names = "; ".join(cited.name for cited in self.subject.cites(value.cites))
        return f"{amount} ({self.span(TimeSpan(value.start, value.end))}; {names})"

    def span(self, span: TimeSpan) -> str:
        """From which day, and to which day where that is known."""
        say, start = self.subject.say, self.subject.day(span.start)
        if span.end is None:
            return say("from %(day)s", day=start)
        return say("from %(start)s to %(end)s", start=start, end=self.subject.day(span.end))

    def choice(self, value: Kind | Reading) -> str:
        """What sort of answer a question takes, or whether a rule is what the law says."""
        say = self.subject.say
        texts: dict[Kind | Reading, str] = {
            Kind.ONE: say("one option"),
            Kind.MANY: say("several options"),
            Kind.TEXT: say("a line of text"),
            Kind.LONG_TEXT: say("a longer text"),
            Kind.NUMBER: say("a number"),
            Kind.DATE: say("a date"),
            Reading.PLAIN: say("what the law says"),
            Reading.CAUTIOUS: say("a cautious reading"),
        }
        return texts[value]

    def number(self, number: Decimal | int) -> str:
        """A number; of a fine with its unit."""
        if self.fact.kind != "fine":
            return str(number)
        fines = self.subject.questionnaire.rulebook.fines
        unit = next((fine.unit for fine in fines if fine.id == self.fact.path[-1]), "")
        return f"{number} {unit_name(self.subject, unit)}"

    def several(self, values: tuple[object, ...]) -> str:
        """Several values: names by commas, and what holds commas by semicolons."""
        sign = "; " if self.fact.field == "units" or "order of" in self.fact.field else ", "
        return sign.join(map(self.told, values))

    def name(self, name: str) -> str:
        """The thing that an id names in this field."""
        finders: dict[str, Callable[[str], str | None]] = {
            "who": self.subject.prose.roles.get,
            "acts": lambda act: thing_title(self.subject, "act", (act,)),
            "acts of one": lambda act: thing_title(self.subject, "act", (act,)),
            "unit": lambda unit: unit_name(self.subject, unit),
            "by": lambda ask: thing_title(self.subject, "question", (ask,)),
            "levels": self.of_levels,
            "options": self.subject.prose.bodies.get,
            "monotone": self.graver,
            "order of options": lambda option: self.label(self.fact.path[-1], option),
        }
        sort = self.fact.field.removeprefix("order of ").removesuffix("s")
        sort = {"dutie": "duty"}.get(sort, sort)
        find = finders.get(self.fact.field)
        found = find(name) if find else thing_title(self.subject, sort, (name,))
        return found or name

    def of_levels(self, name: str) -> str | None:
        """A level of a scale, or a document that a level requires."""
        if self.fact.kind == "scale":
            return self.level(self.fact.path[-1], name)
        documents = self.subject.questionnaire.rulebook.documents
        return self.label(documents.question if documents else "", name)

    def graver(self, name: str) -> str:
        """An answer in the order of gravity; of a number there are fewer and more."""
        ends = {"less": self.subject.say("fewer"), "more": self.subject.say("more")}
        return ends.get(name) or self.label(self.fact.key, name)

    def level(self, scale: str, level: str) -> str | None:
        """The label of a level, ``None`` where the edition has no such level."""
        text = self.subject.prose.scales.get(scale)
        return text.levels[level].label if text and level in text.levels else None

    def label(self, question: str, option: str) -> str:
        """The label of an option."""
        return option_label(self.subject, question, option)
