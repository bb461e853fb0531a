"""The short forms of accounts and workspaces: their fields, what was typed, what is wrong with it.

A form checks what it can see alone; what only the services know is added by the view that asks
them. Faults are told beside the field and at the top, and nothing but passwords is lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import Form, PasswordField, StringField

from riskq.i18n import Words
from riskq.services import accounts, workspaces
from riskq.web.forms import FormFault

__all__ = [
    "MOST_NAME",
    "CodeForm",
    "ConfirmForm",
    "InviteForm",
    "JoinForm",
    "NameForm",
    "NewPasswordForm",
    "SignInForm",
    "email_fault",
    "name_fault",
    "password_text",
    "repeated_fault",
    "role_sent",
    "typed",
]

MOST_NAME = 120
"""How many characters the name of a person, a workspace or an assessment has."""


class SignInForm(Form):
    """E-mail and password."""

    email = StringField()
    password = PasswordField()


class CodeForm(Form):
    """A one-time code, or a recovery code."""

    code = StringField()


class ConfirmForm(Form):
    """The password once more, before something that matters."""

    password = PasswordField()


class NewPasswordForm(Form):
    """A new password, twice; the old one where there is one."""

    old = PasswordField()
    password = PasswordField()
    again = PasswordField()


class JoinForm(Form):
    """A name and a new password, for somebody who had no account."""

    name = StringField()
    password = PasswordField()
    again = PasswordField()


class NameForm(Form):
    """A name of something."""

    name = StringField()


class InviteForm(Form):
    """Whom to invite, and as what."""

    email = StringField()
    role = StringField()


def typed(form: Form, name: str) -> str:
    """What was typed into a field, without blanks around it; passwords are read as they are."""
    text = str(form[name].data or "")
    return text if isinstance(form[name], PasswordField) else text.strip()


def name_fault(form: Form, _: Words, field: str = "name") -> Sequence[FormFault]:
    """What is wrong with a name, if anything."""
    text = typed(form, field)
    if not text:
        return [FormFault(field, _("Enter a name"))]
    if len(text) > MOST_NAME:
        told = _("The name may have at most %(most)s characters", most=MOST_NAME)
        return [FormFault(field, told)]
    return [] if text.isprintable() else [FormFault(field, _("Enter a name in one line"))]


def email_fault(form: Form, _: Words) -> Sequence[FormFault]:
    """What is wrong with an e-mail address, if anything."""
    if accounts.is_email(typed(form, "email")):
        return []
    return [FormFault("email", _("Enter an e-mail address, such as name@example.kz"))]


def repeated_fault(form: Form, _: Words) -> Sequence[FormFault]:
    """Whether the new password was typed differently the second time."""
    if typed(form, "password") == typed(form, "again"):
        return []
    return [FormFault("again", _("The passwords differ. Type the same one twice"))]


def password_text(error: accounts.WeakPasswordError, _: Words) -> FormFault:
    """Why a password is not taken, and which would be."""
    texts = {
        "short": _(
            "The password needs at least %(least)s characters. Several words are easy to remember",
            least=accounts.LEAST_PASSWORD,
        ),
        "long": _("The password is too long"),
        "personal": _("The password must not be made of your name or e-mail address"),
    }
    common = _("Everybody who guesses tries this password early. Choose another")
    return FormFault("password", texts.get(error.reason, common))


def role_sent(form: Form) -> workspaces.Role | None:
    """The role that was chosen; None if it is none."""
    given = typed(form, "role")
    return next((role for role in workspaces.Role if role.value == given), None)
