"""What each role may do in a workspace."""

from __future__ import annotations

from enum import Enum

__all__ = ["Right", "Role"]


class Right(Enum):
    """What a member may do; nothing is allowed to everybody."""

    SEE = "see"
    """Read what belongs to the workspace."""
    REVIEW = "review"
    """Comment on the answers of others, ask for more, and decide."""
    EDIT = "edit"
    """Make, change and delete what belongs to the workspace."""
    OWN = "own"
    """Say who belongs to the workspace, and what it is called."""


class Role(Enum):
    """A member's role; the strongest first."""

    OWNER = "owner"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    READER = "reader"

    def may(self, right: Right) -> bool:
        """Whether the role has a right."""
        return right in _RIGHTS[self]


_RIGHTS = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: frozenset({Right.SEE, Right.REVIEW, Right.EDIT}),
    Role.REVIEWER: frozenset({Right.SEE, Right.REVIEW}),
    Role.READER: frozenset({Right.SEE}),
}
