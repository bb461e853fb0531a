"""What can go wrong in a workspace."""

from __future__ import annotations

from riskq.errors import RiskqError

__all__ = [
    "HeldElsewhereError",
    "InvitationOverError",
    "LastOwnerError",
    "MemberAlreadyError",
    "NoMemberError",
    "NoWorkspaceError",
]


class NoWorkspaceError(RiskqError):
    """There is no such workspace, or the user does not belong to it; which, is not said."""


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
