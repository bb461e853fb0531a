"""The pages of accounts: signing in and out, one's own account, links that give a password."""

# The views put themselves into the part; they are imported for that alone.
from riskq.web.accounts import entering, leaving, links, own  # noqa: F401 - See above.
from riskq.web.accounts.part import accounts
from riskq.web.accounts.provider import provider_door
from riskq.web.accounts.proving import is_fresh, refuse_stranger, sign_in_anew

__all__ = ["accounts", "is_fresh", "provider_door", "refuse_stranger", "sign_in_anew"]
