"""What the pages say when a provider could sign nobody in, and how one comes in all the same."""

from __future__ import annotations

from collections.abc import Callable

from riskq.i18n import Words
from riskq.services import accounts, provider
from riskq.web.trouble import Trouble

__all__ = ["PROVIDER_TROUBLES"]


def _away(_: Words) -> Trouble:
    return Trouble(
        _("Your organisation's sign-in does not answer"),
        _(
            "The service in which your organisation keeps its accounts cannot be reached at the"
            " moment, or did not answer in time. Try again in a minute, or sign in by password."
        ),
        to_sign_in=True,
    )


def _refused(_: Words) -> Trouble:
    return Trouble(
        _("You were not signed in"),
        _(
            "Your organisation's sign-in was broken off, or does not let you use this service. Try"
            " again; if that does not help, ask whoever looks after accounts in your organisation."
        ),
        to_sign_in=True,
    )


def _not_proven(_: Words) -> Trouble:
    return Trouble(
        _("You were not signed in"),
        _(
            "What your organisation's sign-in sent does not prove who you are, so it was not taken."
            " Please tell whoever runs this service."
        ),
        to_sign_in=True,
    )


def _over(_: Words) -> Trouble:
    return Trouble(
        _("This attempt to sign in is over"),
        _(
            "It was begun in another browser, took longer than ten minutes, or was used already."
            " Nothing was changed. Begin again."
        ),
        to_sign_in=True,
    )


def _unverified(_: Words) -> Trouble:
    return Trouble(
        _("Your e-mail address is not confirmed"),
        _(
            "Your organisation's sign-in knows you, and has not confirmed your e-mail address, by"
            " which your account here would be found. Ask whoever looks after accounts in your"
            " organisation."
        ),
        to_sign_in=True,
    )


def _no_account(_: Words) -> Trouble:
    return Trouble(
        _("You have no account here yet"),
        _(
            "Nobody here has your e-mail address. Ask an administrator of the workspace to invite"
            " you, then open the link of the invitation."
        ),
        to_sign_in=True,
    )


def _other_subject(_: Words) -> Trouble:
    return Trouble(
        _("This account belongs to somebody else"),
        _(
            "Your e-mail address is that of an account in which another person of your organisation"
            " signs in. Please tell whoever runs this service."
        ),
        to_sign_in=True,
    )


PROVIDER_TROUBLES: dict[type[Exception], tuple[int, Callable[[Words], Trouble]]] = {
    provider.ProviderAwayError: (502, _away),
    provider.ProviderRefusedError: (403, _refused),
    provider.TokenRefusedError: (403, _not_proven),
    provider.AttemptOverError: (400, _over),
    accounts.UnverifiedEmailError: (403, _unverified),
    accounts.NoAccountError: (403, _no_account),
    accounts.OtherSubjectError: (403, _other_subject),
}
"""The status and the text of each error that stops somebody who comes by a provider."""
