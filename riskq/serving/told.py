"""What the server tells the application beside the request, by keys in its environ."""

__all__ = ["BODY_FAULT", "GIVE_WAY"]

BODY_FAULT = "riskq.body_fault"
"""The status that says why the body was not read to its end; nothing where it was."""

GIVE_WAY = "riskq.give_way"
"""What to call before waiting for something that others do, so that nobody waits along."""
