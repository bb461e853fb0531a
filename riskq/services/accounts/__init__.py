"""Users and how they sign in: passwords, one-time codes, sessions, and what stops who guesses."""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.services.accounts.errors import (
    LinkUsedError,
    LockedError,
    NoAccountError,
    NoUserError,
    OtherSubjectError,
    UnverifiedEmailError,
    UserExistsError,
    WeakPasswordError,
    WrongCodeError,
    WrongPasswordError,
)
from riskq.services.passwords import BusyError

if TYPE_CHECKING:
    from riskq.services.accounts.guessing import count_of_failures, network_of, take_return
    from riskq.services.accounts.identities import (
        Identity,
        enter_as,
        forget_identities,
        is_known_elsewhere,
        proven_email,
    )
    from riskq.services.accounts.password_rules import LEAST_PASSWORD, judge_password
    from riskq.services.accounts.second_factor import (
        NewFactor,
        begin_factor,
        confirm_factor,
        count_recovery_codes,
        remove_factor,
    )
    from riskq.services.accounts.sessions import (
        SignedIn,
        begin_session,
        book_of,
        end,
        list_sessions,
        who,
    )
    from riskq.services.accounts.signing_in import (
        Entrance,
        confirm_password,
        enter_code,
        find_user,
        plain_email,
        sign_in,
    )
    from riskq.services.accounts.users import (
        add_user,
        add_with_identity,
        add_with_password,
        change_name,
        change_password,
        follow_password_link,
        is_email,
        list_users,
        make_password_link,
        set_password,
    )
else:
    # Whoever answers questions without an account needs none of these.
    __getattr__ = handing_out(
        __name__,
        {
            "guessing": (
                "count_of_failures",
                "network_of",
                "take_return",
            ),
            "identities": (
                "Identity",
                "enter_as",
                "forget_identities",
                "is_known_elsewhere",
                "proven_email",
            ),
            "password_rules": (
                "LEAST_PASSWORD",
                "judge_password",
            ),
            "second_factor": (
                "NewFactor",
                "begin_factor",
                "confirm_factor",
                "count_recovery_codes",
                "remove_factor",
            ),
            "sessions": (
                "SignedIn",
                "begin_session",
                "book_of",
                "end",
                "list_sessions",
                "who",
            ),
            "signing_in": (
                "Entrance",
                "confirm_password",
                "enter_code",
                "find_user",
                "plain_email",
                "sign_in",
            ),
            "users": (
                "add_user",
                "add_with_identity",
                "add_with_password",
                "change_name",
                "change_password",
                "follow_password_link",
                "is_email",
                "list_users",
                "make_password_link",
                "set_password",
            ),
        },
    )

__all__ = [
    "LEAST_PASSWORD",
    "BusyError",
    "Entrance",
    "Identity",
    "LinkUsedError",
    "LockedError",
    "NewFactor",
    "NoAccountError",
    "NoUserError",
    "OtherSubjectError",
    "SignedIn",
    "UnverifiedEmailError",
    "UserExistsError",
    "WeakPasswordError",
    "WrongCodeError",
    "WrongPasswordError",
    "add_user",
    "add_with_identity",
    "add_with_password",
    "begin_factor",
    "begin_session",
    "book_of",
    "change_name",
    "change_password",
    "confirm_factor",
    "confirm_password",
    "count_of_failures",
    "count_recovery_codes",
    "end",
    "enter_as",
    "enter_code",
    "find_user",
    "follow_password_link",
    "forget_identities",
    "is_email",
    "is_known_elsewhere",
    "judge_password",
    "list_sessions",
    "list_users",
    "make_password_link",
    "network_of",
    "plain_email",
    "proven_email",
    "remove_factor",
    "set_password",
    "sign_in",
    "take_return",
    "who",
]
