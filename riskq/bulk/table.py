"""Judges a table: each result as a column expression over the codes of the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import polars as pl

from riskq.bulk.aside import Asides
from riskq.bulk.automata import Automaton, automaton_of
from riskq.bulk.cells import NOT_ANSWERED, SEPARATOR, CellReader
from riskq.bulk.coding import code_cells
from riskq.bulk.columns import Columns, result_names
from riskq.bulk.deciding import Deciding
from riskq.engine import FALSE, TRUE, compile_questionnaire, naming
from riskq.questionnaire import Condition, Duty, DutyState, Questionnaire, Scale

__all__ = ["TableJudge"]

_TRUE, _FALSE, _OPEN = "yes", "no", "open"


class TableJudge:
    """Judges the rows of tables with the same columns, as of one day.

    ``whole`` adds the duties and the notices to what is told of each row. Making one raises
    ``TooLargeError`` where the rules join too many questions for tables.
    """

    def __init__(
        self, questionnaire: Questionnaire, columns: Columns, on: date, *, whole: bool = False
    ) -> None:
        self.questionnaire = questionnaire
        self.columns = columns
        self.results = result_names(questionnaire, whole=whole)
        self._compiled = compile_questionnaire(questionnaire)
        pairs = zip(questionnaire.questions, self._compiled.classes, strict=True)
        readers = {i: CellReader(*pair, on) for i, pair in enumerate(pairs)}
        given = {i: one for i, one in readers.items() if one.question.id in columns.questions}
        self._readers = {_code(variable): reader for variable, reader in given.items()}
        # What the table has no column for is never answered.
        self._codes = [r.codes if i in given else r.codes[:1] for i, r in readers.items()]
        self._automata: dict[int, Automaton] = {}
        names = [question.id for question in questionnaire.questions]
        places = {variable: _code(variable) for variable in given}
        self._deciding = Deciding(self._compiled, self._codes, places, names)
        self._asides = Asides([(names[v], self._is_aside(v)) for v in given])
        with naming(questionnaire):
            self._expressions = (*self._all(), *self._asides.expressions())
            self._whole = tuple(self._rest()) if whole else ()

    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The carried columns of the rows and their results; columns of ``frame`` are texts."""
        if frame.is_empty():
            return pl.DataFrame(schema=dict.fromkeys((*self.columns.carried, *self.results), str))
        coded = frame.with_columns(code_cells(self._readers, frame))
        judged = coded.with_columns(*self._expressions, *self._whole)
        flags = {scale.id: _open(scale.id) for scale in self.questionnaire.rulebook.scales}
        return judged.with_columns(
            self._deciding.column(judged, flags).alias("decides"),
            self._asides.column(judged).alias("set_aside"),
        ).select(*self.columns.carried, *self.results)

    def _all(self) -> Iterator[pl.Expr]:
        for scale in self.questionnaire.rulebook.scales:
            yield from self._scale(scale)
        yield self._next().alias("next")

    def _rest(self) -> Iterator[pl.Expr]:
        book = self.questionnaire.rulebook
        yield _listed([self._duty(duty) for duty in book.duties]).alias("duties")
        notices = [self._notice(item.id, item.when) for item in book.notices]
        yield _listed(notices).alias("notices")

    def _scale(self, scale: Scale) -> Iterator[pl.Expr]:
        """The levels still possible, whether they mean anything, and the rules that give them."""
        compiled, name = self._compiled.scales[scale.id], scale.id
        diagrams = self._compiled.diagrams
        levels = scale.levels

        def level(bits: int) -> str:
            reached = {value for value in diagrams.values(bits) if isinstance(value, int)}
            return SEPARATOR.join(item for i, item in enumerate(levels) if i in reached)

        yield self._read(self._compiled.relevant[name], level).alias(name)
        yield self._truth(self._compiled.applies[name]).alias(f"{name}.applies")
        outcomes = [compiled.outcome(bits, diagrams) for bits in self._ends(compiled.rule)]
        parts = [self._read_ends(compiled.rule, [SEPARATOR.join(o.because) for o in outcomes])]
        later = {rule: node for outcome in outcomes for rule, node in outcome.later}
        for rule in (item.id for item in scale.rules if item.id in later):
            may = [rule in [one for one, _ in outcome.later] for outcome in outcomes]
            holds = self._read_ends(compiled.rule, may) & (self._truth(later[rule]) == _TRUE)
            parts.append(pl.when(holds).then(pl.lit(rule)))
        yield _listed(parts).alias(f"{name}.because")
        is_open = [len(outcome.possible) > 1 for outcome in outcomes]
        yield self._read_ends(compiled.rule, is_open).alias(_open(name))

    def _truth(self, node: int) -> pl.Expr:
        true, false = (self._compiled.diagrams.bit[leaf] for leaf in (TRUE, FALSE))
        return self._read(node, lambda bits: {true: _TRUE, false: _FALSE}.get(bits, _OPEN))

    def _never(self, node: int) -> pl.Expr:
        false = self._compiled.diagrams.bit[FALSE]
        return self._read(node, lambda bits: bits == false)

    def _duty(self, duty: Duty) -> pl.Expr:
        """``id:state`` of a duty that applies, ``id:open`` of one that may."""
        diagrams = self._compiled.diagrams

        def state(bits: int) -> str:
            known = [value for value in diagrams.values(bits) if isinstance(value, DutyState)]
            return f"{duty.id}:{(known[0] if len(known) == 1 else DutyState.UNKNOWN).value}"

        applies = self._truth(self._compiled.condition(duty.when))
        told = self._read(self._compiled.duty_states[duty.id], state)
        return (
            pl.when(applies == _TRUE)
            .then(told)
            .when(applies == _OPEN)
            .then(pl.lit(f"{duty.id}:{_OPEN}"))
        )

    def _notice(self, name: str, when: Condition) -> pl.Expr:
        holds = self._truth(self._compiled.condition(when))
        return (
            pl.when(holds == _TRUE)
            .then(pl.lit(name))
            .when(holds == _OPEN)
            .then(pl.lit(f"{name}:{_OPEN}"))
        )

    def _next(self) -> pl.Expr:
        """The first question that is asked, or may be, and has no answer."""
        asked = zip(self.questionnaire.questions, self._compiled.asked, strict=True)
        waiting = (
            pl.when(~self._never(node) & ~self._answered(variable)).then(pl.lit(question.id))
            for variable, (question, node) in enumerate(asked)
        )
        return pl.coalesce(*waiting, pl.lit(""))

    def _answered(self, variable: int) -> pl.Expr:
        if _code(variable) not in self._readers:
            return pl.lit(value=False)
        return pl.col(_code(variable)) != NOT_ANSWERED

    def _is_aside(self, variable: int) -> pl.Expr:
        return self._never(self._compiled.asked[variable]) & self._answered(variable)

    def _automaton(self, node: int) -> Automaton:
        found = self._automata.get(node)
        if found is None:
            found = automaton_of(self._compiled.diagrams, node, self._codes)
            self._automata[node] = found
        return found

    def _ends(self, node: int) -> tuple[int, ...]:
        return self._automaton(node).bits

    def _read(self, node: int, told: Callable[[int], str | bool]) -> pl.Expr:
        """What is told of the leaves that a row reaches."""
        return self._read_ends(node, [told(bits) for bits in self._ends(node)])

    def _read_ends(self, node: int, told: Sequence[str | bool]) -> pl.Expr:
        automaton = self._automaton(node)
        if not automaton.steps:
            return pl.lit(told[automaton.start])
        return pl.lit(pl.Series(told)).gather(self._walk(automaton))

    def _walk(self, automaton: Automaton) -> pl.Expr:
        state: pl.Expr = pl.lit(automaton.start, pl.UInt32)
        for step in automaton.steps:
            moves = pl.lit(pl.Series(step.moves, dtype=pl.UInt32))
            state = moves.gather(state * step.width + pl.col(_code(step.variable)))
        return state


def _code(variable: int) -> str:
    """The column of an answer's codes; no name in a table that we read holds a null character."""
    return f"\0code {variable}"


def _open(scale: str) -> str:
    """The column that tells whether the level of a scale is open."""
    return f"\0open {scale}"


def _listed(parts: Sequence[pl.Expr]) -> pl.Expr:
    return pl.concat_str(parts, separator=SEPARATOR, ignore_nulls=True) if parts else pl.lit("")
