"""Users and how they sign in: passwords, one-time codes, sessions, and what stops who guesses."""

from riskq.services.accounts.errors import (
    LinkUsedError,
    LockedError,
    NoUserError,
    UserExistsError,
    WeakPasswordError,
    WrongCodeError,
    WrongPasswordError,
)
from riskq.services.accounts.password_rules import LEAST_PASSWORD, judge_password
from riskq.services.accounts.second_factor import (
    NewFactor,
    begin_factor,
    confirm_factor,
    count_recovery_codes,
    remove_factor,
)
from riskq.services.accounts.sessions import SignedIn, begin_session, end, list_sessions, who
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
    add_with_password,
    change_name,
    change_password,
    follow_password_link,
    is_email,
    list_users,
    make_password_link,
    set_password,
)
from riskq.services.passwords import BusyError

__all__ = [
    "LEAST_PASSWORD",
    "BusyError",
    "Entrance",
    "LinkUsedError",
    "LockedError",
    "NewFactor",
    "NoUserError",
    "SignedIn",
    "UserExistsError",
    "WeakPasswordError",
    "WrongCodeError",
    "WrongPasswordError",
    "add_user",
    "add_with_password",
    "begin_factor",
    "begin_session",
    "change_name",
    "change_password",
    "confirm_factor",
    "confirm_password",
    "count_recovery_codes",
    "end",
    "enter_code",
    "find_user",
    "follow_password_link",
    "is_email",
    "judge_password",
    "list_sessions",
    "list_users",
    "make_password_link",
    "plain_email",
    "remove_factor",
    "set_password",
    "sign_in",
    "who",
]
