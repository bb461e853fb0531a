"""The pages of workspaces: what belongs to one, who does, and what happened there."""

from riskq.web.workspaces.about import about
from riskq.web.workspaces.branding import branding
from riskq.web.workspaces.claiming import claiming
from riskq.web.workspaces.clients import clients
from riskq.web.workspaces.copying import copying
from riskq.web.workspaces.due import calendars, due
from riskq.web.workspaces.history import history
from riskq.web.workspaces.home import own_workspaces, workspace_home
from riskq.web.workspaces.hooks import hooks
from riskq.web.workspaces.members import members
from riskq.web.workspaces.pages import RIGHTS
from riskq.web.workspaces.printing import printing
from riskq.web.workspaces.removing import removing
from riskq.web.workspaces.tokens import tokens

__all__ = ["PARTS", "RIGHTS"]

PARTS = (
    *(own_workspaces, workspace_home.blueprint, members.blueprint, history.blueprint),
    *(claiming, calendars, clients.blueprint, about.blueprint, copying.blueprint),
    *(due.blueprint, branding.blueprint, printing.blueprint, tokens.blueprint),
    *(hooks.blueprint, removing.blueprint),
)
"""What the application registers."""
