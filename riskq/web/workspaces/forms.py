"""The forms about clients and about the assessments of a workspace, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import Form, StringField, TextAreaField

from riskq.i18n import Words
from riskq.services import workspaces
from riskq.web.entry_forms import name_fault, typed
from riskq.web.forms import FormFault

__all__ = ["AboutForm", "ClientForm", "SeekForm", "about_sent", "changed_elsewhere"]


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
    seen = StringField()


class SeekForm(Form):
    """By what a list is looked through."""

    client = StringField()
    tag = StringField()
    text = StringField()


def about_sent(
    form: AboutForm, clients: Sequence[str], _: Words
) -> workspaces.Description | tuple[FormFault, ...]:
    """What the form says about an assessment, or everything that is wrong with it."""
    faults = list(name_fault(form, _))
    client = typed(form, "client")
    if client and client not in clients:
        faults.append(FormFault("client", _("This client was deleted meanwhile. Choose another")))
    tags: tuple[str, ...] = ()
    try:
        tags = workspaces.read_tags(typed(form, "tags"))
    except workspaces.TagsError as error:
        faults.append(FormFault("tags", _tags_text(error, _)))
    if faults:
        return tuple(faults)
    return workspaces.Description(typed(form, "name"), client or None, tags)


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
