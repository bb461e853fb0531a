"""Judges a table: each result as a column expression over the codes of the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import polars as pl

from riskq.bulk.aside import Asides
from riskq.bulk.automata import Automaton, automaton_of
from riskq.bulk.cells import NOT_ANSWERED, SEPARATOR, CellReader, Say, say_plainly
from riskq.bulk.coding import CellFault, code_cells, find_faults
from riskq.bulk.columns import Columns, result_names
from riskq.bulk.deciding import Deciding
from riskq.bulk.joint import JointScale
from riskq.engine import FALSE, TRUE, Outcome, Truth, compile_questionnaire, naming
from riskq.errors import TooLargeError
from riskq.questionnaire import Condition, Duty, DutyState, Questionnaire, Scale

__all__ = ["TableJudge"]

_TRUE, _FALSE, _OPEN = "yes", "no", "open"
_TRUTHS = {Truth.HOLDS: _TRUE, Truth.FAILS: _FALSE, Truth.OPEN: _OPEN}
_MOST_TOLD = 200_000
"""So many lists of reasons are written out for one scale, and no more."""


class TableJudge:
    """Judges the rows of tables with the same columns, as of one day.

    ``whole`` adds the duties and the notices to what is told of each row; ``say`` words what is
    wrong with cells. Making one raises ``TooLargeError`` where the rules join too many questions
    for tables.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        columns: Columns,
        on: date,
        *,
        whole: bool = False,
        say: Say = say_plainly,
    ) -> None:
        self.questionnaire = questionnaire
        self.columns = columns
        self.results = result_names(questionnaire, whole=whole)
        self._compiled = compile_questionnaire(questionnaire)
        pairs = zip(questionnaire.questions, self._compiled.classes, strict=True)
        readers = {i: CellReader(*pair, on, say) for i, pair in enumerate(pairs)}
        given = {i: one for i, one in readers.items() if one.question.id in columns.questions}
        self._readers = {_code(variable): reader for variable, reader in given.items()}
        self._places = columns.questions
        # What the table has no column for is never answered.
        self._codes = [r.codes if i in given else r.codes[:1] for i, r in readers.items()]
        self._automata: dict[int, Automaton] = {}
        names = [question.id for question in questionnaire.questions]
        places = {variable: _code(variable) for variable in given}
        self._deciding = Deciding(self._compiled, self._codes, places, names)
        self._asides = Asides([(names[v], self._is_aside(v)) for v in given])
        with naming(questionnaire):
            self._asked = tuple(self._asked_columns())
            self._expressions = (*self._all(), *(self._rest() if whole else ()))

    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The carried columns of the rows and their results.

        The columns of ``frame`` are texts and called by their numbers, as carried ones still are.
        """
        if frame.is_empty():
            return pl.DataFrame(
                schema=dict.fromkeys((*self.columns.carried, *self.results), pl.String)
            )
        # The texts of the answers are let go: they are the most of a table.
        kept = frame.select(self.columns.carried.keys())
        kept = pl.DataFrame([*kept.get_columns(), *code_cells(self._readers, self._places, frame)])
        coded = kept.with_columns(self._asked)
        judged = coded.with_columns(self._expressions)
        flags = {scale.id: _open(scale.id) for scale in self.questionnaire.rulebook.scales}
        return judged.with_columns(
            self._deciding.column(judged, flags).alias("decides"),
            self._asides.column(coded),
        ).select(*self.columns.carried, *self.results)

    def faults(self, frame: pl.DataFrame, most: int) -> tuple[int, list[CellFault]]:
        """How many cells of the rows judged last could not be read, and the first of them."""
        return find_faults(self._readers, self._places, frame, most)

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
        name, levels = scale.id, scale.levels
        joint = JointScale(self._compiled, name)
        ends = [joint.end(bits) for bits in self._ends(joint.root)]
        shown = [SEPARATOR.join(level for level in levels if level in end.shown) for end in ends]
        yield self._read_ends(joint.root, shown).alias(name)
        applies = [_TRUTHS[end.applies] for end in ends]
        yield self._read_ends(joint.root, applies).alias(f"{name}.applies")
        outcomes = [end.outcome for end in ends]
        yield self._because(scale, joint.root, outcomes).alias(f"{name}.because")
        is_open = [len(outcome.possible) > 1 for outcome in outcomes]
        yield self._read_ends(joint.root, is_open).alias(_open(name))

    def _because(self, scale: Scale, root: int, outcomes: Sequence[Outcome]) -> pl.Expr:
        """The rules that give the level: those that may decide, and later ones that hold too."""
        later = {rule: node for outcome in outcomes for rule, node in outcome.later}
        holding = [(rule.id, later[rule.id]) for rule in scale.rules if rule.id in later]
        if len(outcomes) << len(holding) > _MOST_TOLD:
            raise TooLargeError(f'the scale "{scale.id}" has too many rules for tables of answers.')
        told = []
        for outcome in outcomes:
            may = [rule for rule, _ in outcome.later]
            for bits in range(1 << len(holding)):
                also = (rule for i, (rule, _) in enumerate(holding) if bits >> i & 1)
                told.append(SEPARATOR.join((*outcome.because, *(r for r in also if r in may))))
        place = self._end(root) * (1 << len(holding))
        for i, (_, node) in enumerate(holding):
            place += self._holds(node).cast(pl.UInt32) * (1 << i)
        return _looked_up(told, place)

    def _truth(self, node: int) -> pl.Expr:
        true, false = (self._compiled.diagrams.bit[leaf] for leaf in (TRUE, FALSE))
        return self._read(node, lambda bits: {true: _TRUE, false: _FALSE}.get(bits, _OPEN))

    def _holds(self, node: int) -> pl.Expr:
        true = self._compiled.diagrams.bit[TRUE]
        return self._read(node, lambda bits: bits == true)

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

    def _asked_columns(self) -> Iterator[pl.Expr]:
        """Whether questions are asked, or may be: one column for all that are asked alike."""
        false = self._compiled.diagrams.bit[FALSE]
        for node in dict.fromkeys(self._compiled.asked):
            yield self._read(node, lambda bits: bits != false).alias(_asked(node))

    def _is_asked(self, variable: int) -> pl.Expr:
        return pl.col(_asked(self._compiled.asked[variable]))

    def _next(self) -> pl.Expr:
        """The first question that is asked, or may be, and has no answer."""
        names = [question.id for question in self.questionnaire.questions]
        waiting = (
            pl.when(self._is_asked(variable) & ~self._answered(variable)).then(
                pl.lit(variable, pl.UInt32)
            )
            for variable in range(len(names))
        )
        return _looked_up([*names, ""], pl.coalesce(*waiting, pl.lit(len(names), pl.UInt32)))

    def _answered(self, variable: int) -> pl.Expr:
        if _code(variable) not in self._readers:
            return pl.lit(value=False)
        return pl.col(_code(variable)) != NOT_ANSWERED

    def _is_aside(self, variable: int) -> pl.Expr:
        return ~self._is_asked(variable) & self._answered(variable)

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
        if len(set(told)) == 1:
            return pl.lit(told[0])
        return _looked_up(told, self._end(node))

    def _end(self, node: int) -> pl.Expr:
        """The state in which a row ends."""
        automaton = self._automaton(node)
        if not automaton.steps:
            return pl.repeat(automaton.start, pl.len(), dtype=pl.UInt32)
        state: pl.Expr = pl.lit(automaton.start, pl.UInt32)
        for step in automaton.steps:
            place = state * step.width + pl.col(_code(step.variable))
            state = _looked_up(step.moves, place, pl.UInt32)
        return state


def _looked_up(
    told: Sequence[str | bool | int], place: pl.Expr, kind: type[pl.DataType] | None = None
) -> pl.Expr:
    return pl.lit(pl.Series(told, dtype=kind)).gather(place)


def _code(variable: int) -> str:
    """The column of an answer's codes; no name in a table that we read holds a null character."""
    return f"\0code {variable}"


def _asked(node: int) -> str:
    """The column that tells whether questions are asked."""
    return f"\0asked {node}"


def _open(scale: str) -> str:
    """The column that tells whether the level of a scale is open."""
    return f"\0open {scale}"


def _listed(parts: Sequence[pl.Expr]) -> pl.Expr:
    return pl.concat_str(parts, separator=SEPARATOR, ignore_nulls=True) if parts else pl.lit("")
