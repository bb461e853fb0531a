"""What is said to be proved of an edition, each sentence with the findings that would belie it.

A sentence that no finding of ``riskq check`` can belie has no place here.
"""

from __future__ import annotations

from msgspec import Struct

from riskq.i18n import Words

__all__ = ["Claim", "claims"]


class Claim(Struct, frozen=True):
    """A sentence, and the codes of the findings (docs/findings.md) that belie it."""

    text: str
    codes: frozenset[str]


def claims(say: Words) -> tuple[Claim, ...]:
    """Everything that the page of proofs claims, in its order."""
    return (*_of_answers(say), *_of_files(say))


def _of_answers(say: Words) -> tuple[Claim, ...]:
    """What answers come to."""
    return (
        Claim(
            say("Every question can come to be asked, and every journey ends."),
            frozenset({"contradictory-ask-if", "question-never-asked", "later-question", "circle"}),
        ),
        Claim(
            say("Every journey ends with exactly one level on every scale."),
            frozenset({"no-level", "scale-never-applies"}),
        ),
        Claim(
            say(
                "Every rule decides for some answers, every level is reached, every duty, warning "
                "and fine is shown to somebody."
            ),
            _REACHED,
        ),
        Claim(
            say(
                "No rule rests on an answer that cannot be given where the rule counts. An answer "
                "to a question that is not asked never changes a conclusion."
            ),
            frozenset({"option-never-with-rule", "part-never-holds"}),
        ),
    )


def _of_files(say: Words) -> tuple[Claim, ...]:
    """What conditions and texts hold."""
    return (
        Claim(
            say(
                "No condition holds a part or an option that changes nothing, but for what "
                "repeats when a question is asked, as the law does."
            ),
            _IDLE,
        ),
        Claim(
            say(
                "A graver answer never leads to a lighter level, where the scale says which "
                "answers are graver."
            ),
            frozenset({"monotone-violated"}),
        ),
        Claim(
            say(
                "Texts are complete in three languages, with the same numbers. Each article cited "
                "stands in our list of acts, and by that list its act was in force on the first "
                "day of the edition."
            ),
            _WRITTEN,
        ),
    )


_REACHED = frozenset(
    {
        *("rule-never-holds", "rule-shadowed", "equal-rules", "level-never-reached"),
        *("duty-never-applies", "state-never-reached", "notice-never-shown", "fine-never-shown"),
        *("requirement-never-shown", "requirement-never-met", "rule-never-shown"),
    }
)
_IDLE = frozenset(
    {"part-without-effect", "option-without-effect", "option-shadowed", "always-holds"}
)
_WRITTEN = frozenset(
    {
        *("missing-text", "text-lacking", "untranslated", "differing-numbers"),
        *("differing-placeholders", "wrong-language"),
        *("unknown-act", "unknown-act-of-this-edition", "unknown-article", "act-not-in-force"),
    }
)
