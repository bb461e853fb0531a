"""Tokens: by which programs act in a workspace, with fewer rights than whoever made them."""

from typing import TYPE_CHECKING

from riskq.late import handing_out

if TYPE_CHECKING:
    from riskq.services.tokens.giving import (
        IdempotencyError,
        Keyed,
        count_old_answers,
        forget,
        forget_old_answers,
        give_again,
        keep_answer,
    )
    from riskq.services.tokens.keys import (
        MOST_DAYS,
        list_tokens,
        make_token,
        note_refused,
        revoke_token,
        seat_of_token,
    )
else:
    # Whoever answers questions without an account needs none of these.
    __getattr__ = handing_out(
        __name__,
        {
            "giving": (
                "IdempotencyError",
                "Keyed",
                "count_old_answers",
                "forget",
                "forget_old_answers",
                "give_again",
                "keep_answer",
            ),
            "keys": (
                "MOST_DAYS",
                "list_tokens",
                "make_token",
                "note_refused",
                "revoke_token",
                "seat_of_token",
            ),
        },
    )

__all__ = [
    "MOST_DAYS",
    "IdempotencyError",
    "Keyed",
    "count_old_answers",
    "forget",
    "forget_old_answers",
    "give_again",
    "keep_answer",
    "list_tokens",
    "make_token",
    "note_refused",
    "revoke_token",
    "seat_of_token",
]
