"""One person's data: everything that is stored of somebody with an account, and its deletion."""

from riskq.services.persons.errors import OnlyOwnerError
from riskq.services.persons.leaving import Departure, plan_departure, remove_account
from riskq.services.persons.stored import export_of

__all__ = [
    "Departure",
    "OnlyOwnerError",
    "export_of",
    "plan_departure",
    "remove_account",
]
