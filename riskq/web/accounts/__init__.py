"""The pages of accounts: signing in and out, one's own account, links that give a password."""

# The views put themselves into the part; they are imported for that alone.
from riskq.web.accounts import entering, leaving, links, own  # noqa: F401 - See above.
from riskq.web.accounts.part import accounts
from riskq.web.accounts.provider import provider_door

__all__ = ["accounts", "provider_door"]
