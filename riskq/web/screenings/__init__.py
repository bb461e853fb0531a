"""The pages of screenings: a buyer's, inside of a workspace, and a vendor's, by a link."""

from riskq.web.screenings.comparing import comparing
from riskq.web.screenings.exports import exports
from riskq.web.screenings.invitation import invitation
from riskq.web.screenings.inviting import inviting
from riskq.web.screenings.printing import printing
from riskq.web.screenings.reports import reports
from riskq.web.screenings.reviewing import reviewing
from riskq.web.screenings.rounds import rounds
from riskq.web.screenings.sending import sending
from riskq.web.screenings.vendor import vendor
from riskq.web.screenings.vendors import vendors

__all__ = ["PARTS"]

PARTS = (
    *(rounds.blueprint, vendors.blueprint, inviting.blueprint, vendor.blueprint),
    *(reviewing.blueprint, comparing.blueprint, exports.blueprint, reports.blueprint),
    *(sending.blueprint, printing.blueprint, invitation),
)
"""What the application registers."""
