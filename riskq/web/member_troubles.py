"""What the pages that say no say of workspaces: to members, and to those who are none."""

from __future__ import annotations

from riskq.i18n import Words
from riskq.web.trouble import Trouble

__all__ = [
    "held_elsewhere",
    "invitation_over",
    "link_used",
    "no_client",
    "no_feed",
    "no_member",
    "no_workspace",
]


def no_workspace(_: Words) -> Trouble:
    """A workspace that is not there for whoever asks."""
    return Trouble(
        _("There is no workspace here"),
        _(
            "There is no such workspace, or you do not belong to it. Ask one of its administrators"
            " to invite you."
        ),
    )


def no_member(_: Words) -> Trouble:
    """A member who is none."""
    return Trouble(
        _("There is no such member"),
        _("The person does not belong to this workspace, or not any more."),
    )


def no_client(_: Words) -> Trouble:
    """A client who is none."""
    return Trouble(
        _("There is no such client"),
        _("This workspace has no such client, or not any more."),
    )


def no_feed(_: Words) -> Trouble:
    """A calendar that is over."""
    return Trouble(
        _("There is no calendar here"),
        _("The address was ended or replaced, or its owner has left the workspace."),
    )


def invitation_over(_: Words) -> Trouble:
    """An invitation that does not work."""
    return Trouble(
        _("This invitation does not work"),
        _(
            "It was taken or withdrawn already, a week has passed, or it is for another e-mail"
            " address than the one that is signed in here. Ask for a new one."
        ),
    )


def link_used(_: Words) -> Trouble:
    """A link that was good once."""
    return Trouble(
        _("This link does not work any more"),
        _("It was used already, or two days have passed. Ask whoever gave it for a new one."),
    )


def held_elsewhere(_: Words) -> Trouble:
    """An assessment that is taken already."""
    return Trouble(
        _("The assessment belongs to a workspace already"),
        _("Somebody has taken it into a workspace meanwhile. Its members can open it there."),
    )
