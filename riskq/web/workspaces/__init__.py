"""The pages of workspaces: what belongs to one, who does, and what happened there."""

from riskq.web.workspaces.claiming import claiming
from riskq.web.workspaces.history import history
from riskq.web.workspaces.home import own_workspaces, workspace_home
from riskq.web.workspaces.members import members
from riskq.web.workspaces.pages import RIGHTS
from riskq.web.workspaces.tokens import tokens

__all__ = ["PARTS", "RIGHTS"]

PARTS = (
    *(own_workspaces, workspace_home.blueprint, members.blueprint, history.blueprint),
    *(tokens.blueprint, claiming),
)
"""What the application registers."""
