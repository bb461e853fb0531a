"""What a page that says no says, as a value: a heading, what happened, and what one can do."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Trouble"]


class Trouble(Struct, frozen=True):
    """What a page says: a heading, what happened, and what one can do.

    ``can_resend`` and ``can_retry`` offer to send the form, or to ask for the page, once more;
    ``to_sign_in`` leads to where one signs in, ``can_delete`` to where the holder of an assessment
    deletes it: it cannot be opened.
    """

    title: str
    text: str
    can_resend: bool = False
    to_sign_in: bool = False
    can_retry: bool = False
    can_delete: bool = False
