"""What can go wrong in a workspace."""

from __future__ import annotations

from riskq.errors import RiskqError

__all__ = [
    "ChangedElsewhereError",
    "ClientExistsError",
    "HeldElsewhereError",
    "InvitationOverError",
    "LastOwnerError",
    "MemberAlreadyError",
    "NoClientError",
    "NoFeedError",
    "NoMemberError",
    "NoWorkspaceError",
    "NotOwnerError",
    "TagsError",
    "TooManyClientsError",
    "WrongNameError",
]


class NoWorkspaceError(RiskqError):
    """There is no such workspace, or the user does not belong to it; which, is not said."""


class NotOwnerError(RiskqError):
    """What was asked for is for owners, and whoever asked is none, or not any more."""


class WrongNameError(RiskqError):
    """What was typed to confirm a deletion is not the name of what would go."""


class NoMemberError(RiskqError):
    """The workspace has no such member, or not any more."""


class LastOwnerError(RiskqError):
    """A workspace always has an owner; this is its last."""


class MemberAlreadyError(RiskqError):
    """The person belongs to the workspace already."""


class InvitationOverError(RiskqError):
    """The invitation was taken, withdrawn, or has expired, or is for somebody else."""


class HeldElsewhereError(RiskqError):
    """The assessment belongs to a workspace already."""


class NoClientError(RiskqError):
    """The workspace has no such client, or not any more."""


class ClientExistsError(RiskqError):
    """The workspace has a client of this name already."""


class TooManyClientsError(RiskqError):
    """The workspace has as many clients as it can have."""


class ChangedElsewhereError(RiskqError):
    """Somebody else changed what is written there between looking at it and saving."""


class TagsError(RiskqError):
    """Tags that are not taken: ``reason`` is "many", "long" or "sign", ``tag`` the one meant."""

    def __init__(self, reason: str, tag: str) -> None:
        self.reason = reason
        self.tag = tag
        super().__init__(f"The tags are not taken ({reason}): {tag}")


class NoFeedError(RiskqError):
    """There is no calendar at this address, or not any more."""
