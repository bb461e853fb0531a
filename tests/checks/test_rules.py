"""What is told of rules that hide something in their conditions, and what is not."""

from __future__ import annotations

from tests.checks.drafts import scale, told_of

Y = "id: y, kind: one, options: [yes, no]"
Z = "id: z, kind: one, options: [yes, no]"
Z_IF_Y = "id: z, kind: one, options: [yes, no, partly], ask_if: {y: yes}"
W = "id: w, kind: one, options: [yes, no]"
X = "id: x, kind: one, options: [a, b, c]"
NOTICE = "notices:\n  - {id: n, when: {z: yes}, cites: [act/1]}\n"


def test_an_option_alone_that_never_counts_is_told_like_one_of_several() -> None:
    for options in ("yes", "[yes, no]"):
        when = f"{{all: [{{y: no}}, {{any: [{{z: {options}}}, {{w: yes}}]}}]}}"
        rules = scale(("high", when), ("low", "always"), levels="low, high")
        told = told_of([Y, Z_IF_Y, W], rules + NOTICE)
        what = 'in the rule "r0" the option "yes" of "z" can never be chosen where it would count'
        assert ("option-never-with-rule", what) in told


def test_an_option_alone_without_effect_is_a_part_without_effect() -> None:
    when = "{any: [{x: a}, {all: [{x: a}, {y: yes}]}]}"
    told = told_of([X, Y], scale(("high", when), ("low", "always"), levels="low, high"))
    assert [code for code, _ in told] == ["part-without-effect", "answer-never-matters"]


def test_an_option_is_shadowed_only_where_the_rule_needs_it() -> None:
    first = ("high", "{all: [{y: yes}, {x: a}]}")
    second = "{any: [{y: yes}, {all: [{not: {x: a}}, {z: yes}]}]}"
    assert told_of([X, Y, Z], scale(first, ("mid", second), ("low", "always"))) == []
    second = "{any: [{all: [{y: yes}, {x: a}]}, {all: [{x: b}, {z: yes}]}]}"
    told = told_of([X, Y, Z], scale(first, ("mid", second), ("low", "always")))
    why = "never decides: where the rule hangs on it, one before it holds already"
    assert told == [
        ("option-shadowed", f'in the rule "r1" the option "{option}" of "{question}" {why}')
        for option, question in (("yes", "y"), ("a", "x"))
    ]


def test_a_question_that_decides_whether_another_is_asked_matters() -> None:
    rules = scale(("high", "{z: yes}"), ("low", "always"), levels="low, high")
    text = "id: t, kind: text, length: {max: 9}, ask_if: {y: yes}"
    assert told_of([Y, text, Z], rules) == []
    (told,) = told_of([f"{Y}, record: true", text, Z], rules)
    assert told == ("record-matters", '"y" is marked record: true, and something depends on it')


IF_Y = "    applies_if: {y: yes}\n"


def test_what_is_had_only_where_the_scale_does_not_apply_is_told() -> None:
    rules = scale(("high", "{y: no}"), ("mid", "{z: yes}"), ("low", "always"), more=IF_Y)
    assert told_of([Y, Z], rules) == [
        ("rule-never-shown", 'the rule "r0" decides only where the scale "risk" does not apply'),
        (
            "level-never-reached",
            'the level "high" of "risk" is only reached where the scale does not apply',
        ),
    ]


def test_a_level_may_fall_where_its_scale_does_not_apply() -> None:
    rules = scale(
        *(("low", "{all: [{y: no}, {x: [b, c]}]}"), ("mid", "{y: no}"), ("high", "{x: c}")),
        *(("mid", "{x: b}"), ("low", "always")),
        more="    applies_if: {y: yes}\n    monotone: {x: [a, b, c]}\n",
    )
    assert "monotone-violated" not in {code for code, _ in told_of([Y, X], rules)}
    falling = rules.replace("applies_if: {y: yes}", "applies_if: {y: no}")
    assert "monotone-violated" in {code for code, _ in told_of([Y, X], falling)}


def test_of_many_options_each_alone_has_its_place_in_the_order() -> None:
    many = "id: m, kind: many, options: [a, b, {id: none, exclusive: true}]"
    rules = (("high", "{m: a}"), ("mid", "{m: b}"), ("low", "always"))
    told = told_of([many], scale(*rules, more="    monotone: {m: [none, a, b]}\n"))
    what = 'on "risk" {m: [b]} gives a lighter level than {m: [a]}'
    assert told == [("monotone-violated", what)]
    assert told_of([many], scale(*rules, more="    monotone: {m: [none, b, a]}\n")) == []


def test_of_numbers_the_message_shows_numbers() -> None:
    number = "id: n, kind: number, range: {min: 0, max: 9}, options: [unknown]"
    rules = scale(
        *(("low", "{n: {at-least: 5}}"), ("high", "always")),
        levels="low, high",
        more="    monotone: {n: [less, more]}\n",
    )
    what = 'on "risk" {n: 5} gives a lighter level than {n: 0}'
    assert told_of([number], rules) == [("monotone-violated", what)]


def test_what_is_written_for_nothing_is_told() -> None:
    facts = "scores: [sum]\nfacts:\n  f: {x: a}\n"
    notice = "notices:\n  - {id: n, when: {any: [{y: yes}, {y: no}]}, cites: [act/1]}\n"
    rules = scale(("high", "{x: [b, c]}"), ("low", "{y: [yes, no]}"), levels="low, high")
    assert told_of([X, Y], facts + rules + notice) == [
        ("unused-fact", 'the fact "f" is named in no condition'),
        ("unused-score", 'the score "sum" is compared in no condition'),
        ("always-holds", 'the notice "n" holds with all answers'),
        ("answer-never-matters", 'no answer to "y" can ever matter to anything'),
    ]
