"""What the pages that say no say: a heading, what happened, and what one can do, for each error."""

from __future__ import annotations

from collections.abc import Callable

from riskq.errors import UnknownQuestionnaireError
from riskq.i18n import Words
from riskq.services import (
    AssessmentExpiredError,
    ChangedMeanwhileError,
    EditionChangedError,
    LockedAnswerError,
    NoAssessmentError,
    NoBundleError,
    NotAskedError,
    UnreadableError,
    accounts,
    evidence,
    screenings,
    workspaces,
)
from riskq.web.member_troubles import (
    held_elsewhere,
    invitation_over,
    link_used,
    no_client,
    no_feed,
    no_member,
    no_workspace,
)
from riskq.web.trouble import Trouble

__all__ = ["TROUBLES", "Trouble", "role_too_small"]


def _no_assessment(_: Words) -> Trouble:
    return Trouble(
        _("There is no assessment here"),
        _(
            "This browser cannot open an assessment at this address. If it is yours, open it by"
            " your private link. If the link leads here too, check that all of it was copied;"
            " otherwise the assessment was deleted."
        ),
    )


def _expired(_: Words) -> Trouble:
    return Trouble(
        _("This assessment has expired"),
        _(
            "Assessments are removed some time after their last change, as the start page says."
            " This one can no longer be opened. You can start a new one."
        ),
        can_delete=True,
    )


def _edition_changed(_: Words) -> Trouble:
    return Trouble(
        _("The questionnaire was changed"),
        _(
            "The files of the questionnaire are not those that this assessment was made with, so"
            " it cannot be shown. Your answers are safe. Please tell whoever runs this service."
        ),
        can_delete=True,
    )


def _unreadable(_: Words) -> Trouble:
    return Trouble(
        _("The answers cannot be read"),
        _(
            "They are stored encrypted, and do not open: they are damaged, or the service is"
            " without their key. Nothing was changed or deleted. Please tell whoever runs this"
            " service."
        ),
        can_delete=True,
    )


def _changed_meanwhile(_: Words) -> Trouble:
    return Trouble(
        _("The answers have changed"),
        _(
            "Answers or their files were changed in another window while you were looking at them,"
            " so nothing was submitted. Check your answers once more, then submit them."
        ),
    )


def _not_asked(_: Words) -> Trouble:
    return Trouble(
        _("This question is no longer asked"),
        _("Other answers have changed since you opened it, so your answer was not saved."),
    )


def _no_bundle(_: Words) -> Trouble:
    return Trouble(
        _("There are no reports here"),
        _(
            "This browser cannot open reports at this address. If they are yours, open them by"
            " your private link. If the link leads here too, check that all of it was copied;"
            " otherwise they were deleted, or their week is over."
        ),
    )


def _unknown_questionnaire(_: Words) -> Trouble:
    return Trouble(
        _("Page not found"),
        _("There is no such questionnaire. Choose one on the start page."),
    )


def _no_file(_: Words) -> Trouble:
    return Trouble(
        _("There is no such file"),
        _("It was removed from the answer, or the address is not complete. Nothing was changed."),
    )


def _file_lost(_: Words) -> Trouble:
    return Trouble(
        _("The file is not here any more"),
        _(
            "It was attached, but its content is lost or damaged, so it cannot be given out. Remove"
            " it from the answer, and attach it anew if you still have it. Please tell whoever runs"
            " this service."
        ),
    )


def _no_screening(_: Words) -> Trouble:
    return Trouble(
        _("There is no such screening or vendor here"),
        _("It was removed, or the address is not right. The workspace lists its screenings."),
    )


def _no_vendor_link(_: Words) -> Trouble:
    return Trouble(
        _("This invitation does not work any more"),
        _(
            "Its time is over, another link took its place, or the buyer has closed the round. Ask"
            " whoever invited you for a new link. What you have answered is kept."
        ),
    )


def _not_submitted(_: Words) -> Trouble:
    return Trouble(
        _("There is nothing to decide about at the moment"),
        _("The vendor has not submitted, or is answering again. Look at the vendor's page anew."),
    )


def _moved_on(_: Words) -> Trouble:
    return Trouble(
        _("The vendor's page has changed since you opened it"),
        _(
            "The vendor has submitted anew, or another member has decided. Nothing was saved."
            " Look at the vendor's page once more."
        ),
    )


def _busy(_: Words) -> Trouble:
    return Trouble(
        _("Cannot save or read at the moment"),
        _("Many people are signing in at this moment. Send it once more"),
    )


def _locked(_: Words) -> Trouble:
    return Trouble(
        _("This answer is submitted"),
        _(
            "Answers lie with the buyer after they were submitted, and stay as they are unless the"
            " buyer asks about them again. What you typed was not saved."
        ),
    )


def role_too_small(_: Words) -> Trouble:
    """What a member's role does not allow."""
    return Trouble(
        _("Your role does not allow this"),
        _("An administrator of the workspace can give you another role. Nothing was changed."),
    )


TROUBLES: dict[type[Exception], tuple[int, Callable[[Words], Trouble]]] = {
    NoAssessmentError: (404, _no_assessment),
    AssessmentExpiredError: (410, _expired),
    EditionChangedError: (409, _edition_changed),
    UnreadableError: (503, _unreadable),
    ChangedMeanwhileError: (409, _changed_meanwhile),
    NotAskedError: (409, _not_asked),
    NoBundleError: (404, _no_bundle),
    UnknownQuestionnaireError: (404, _unknown_questionnaire),
    workspaces.NoWorkspaceError: (404, no_workspace),
    workspaces.NoMemberError: (404, no_member),
    workspaces.NoClientError: (404, no_client),
    workspaces.NoFeedError: (404, no_feed),
    workspaces.InvitationOverError: (410, invitation_over),
    workspaces.HeldElsewhereError: (409, held_elsewhere),
    accounts.LinkUsedError: (410, link_used),
    screenings.NoScreeningError: (404, _no_screening),
    screenings.NoVendorError: (404, _no_screening),
    screenings.LinkOverError: (410, _no_vendor_link),
    screenings.NotSubmittedError: (409, _not_submitted),
    accounts.BusyError: (503, _busy),
    screenings.MovedOnError: (409, _moved_on),
    LockedAnswerError: (409, _locked),
    evidence.NoFileError: (404, _no_file),
    evidence.FileLostError: (410, _file_lost),
}
"""The status and the text of each error of ours that can reach a person."""
