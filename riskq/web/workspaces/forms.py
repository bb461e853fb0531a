"""The forms about clients and about the assessments of a workspace, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from wtforms import Form, StringField, TextAreaField

from riskq.i18n import Words
from riskq.services import workspaces
from riskq.web.entry_forms import name_fault, typed
from riskq.web.forms import FormFault

__all__ = [
    "AboutForm",
    "ClientForm",
    "CopyForm",
    "SeekForm",
    "about_sent",
    "changed_elsewhere",
    "client_choices",
    "client_fault",
    "note_fault",
    "note_sent",
]

_LOCAL_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)
_NO_DAY = date.min


class ClientForm(Form):
    """What is written about a client."""

    client_name = StringField()
    note = TextAreaField()
    seen = StringField()


class AboutForm(Form):
    """What is written about an assessment."""

    name = StringField()
    client = StringField()
    tags = StringField()
    note = TextAreaField()
    review_on = StringField()
    seen = StringField()


class CopyForm(Form):
    """What a copy is called, and for whom it is."""

    name = StringField()
    client = StringField()


class SeekForm(Form):
    """By what a list is looked through."""

    client = StringField()
    tag = StringField()
    text = StringField()


def about_sent(
    form: AboutForm, clients: Sequence[str], _: Words
) -> workspaces.Description | tuple[FormFault, ...]:
    """What the form says about an assessment, or everything that is wrong with it."""
    faults = [*name_fault(form, _), *client_fault(form, clients, _)]
    tags: tuple[str, ...] = ()
    try:
        tags = workspaces.read_tags(typed(form, "tags"))
    except workspaces.TagsError as error:
        faults.append(FormFault("tags", _tags_text(error, _)))
    faults += note_fault(form, _)
    review_on = day_sent(typed(form, "review_on"))
    if review_on is _NO_DAY:
        told = _("Write the day as year, month and day, for example 2026-08-25.")
        faults.append(FormFault("review_on", told))
    if faults:
        return tuple(faults)
    client = typed(form, "client") or None
    return workspaces.Description(typed(form, "name"), client, tags, note_sent(form), review_on)


def day_sent(text: str) -> date | None:
    """A day that was typed, also as people here write days; None for none.

    What is no day, or no day of our times, gives ``_NO_DAY``.
    """
    local = _LOCAL_DAY.fullmatch(text)
    if local:
        day, month, year = local.groups()
        text = f"{year}-{month:0>2}-{day:0>2}"
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return _NO_DAY
    return found if 2020 <= found.year <= 2100 else _NO_DAY


def client_choices(clients: Sequence[workspaces.ListedClient], _: Words) -> list[tuple[str, str]]:
    """The clients to choose from, as values and labels; the first is none."""
    return [("", _("Without a client")), *((one.id, one.name) for one in clients)]


def client_fault(form: Form, clients: Sequence[str], _: Words) -> Sequence[FormFault]:
    """Whether the client that was chosen is one; none chosen is right as well."""
    if typed(form, "client") in ("", *clients):
        return []
    return [FormFault("client", _("This client was deleted meanwhile. Choose another"))]


def note_sent(form: Form) -> str:
    """The private note that was typed."""
    return workspaces.as_kept(typed(form, "note"))


def note_fault(form: Form, _: Words) -> Sequence[FormFault]:
    """What is wrong with a private note, if anything."""
    text = note_sent(form)
    if len(text) > workspaces.MOST_NOTE:
        told = _("The text has %(given)s characters. Shorten it to at most %(limit)s.")
        return [FormFault("note", told % {"given": len(text), "limit": workspaces.MOST_NOTE})]
    if not workspaces.can_be_kept(text):
        told = _("The text has a character that cannot be stored. Delete it.")
        return [FormFault("note", told)]
    return []


def _tags_text(error: workspaces.TagsError, _: Words) -> str:
    if error.reason == "many":
        told = _("An assessment may have at most %(most)s tags", most=workspaces.MOST_TAGS)
    elif error.reason == "long":
        told = _(
            "The tag “%(tag)s” is too long: at most %(most)s characters",
            tag=error.tag,
            most=workspaces.LONGEST_TAG,
        )
    else:
        told = _("A tag has a sign that cannot be shown. Delete it")
    return told


def changed_elsewhere(_: Words) -> FormFault:
    """That somebody else was first; the page shows what was typed and what stands now."""
    told = _(
        "Somebody has changed this while you were writing. What stands now is shown below; save"
        " once more to replace it"
    )
    return FormFault("", told)
