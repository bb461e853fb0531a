"""Signing in by a provider: the way there, and the way back.

The way back is the one GET that changes something: a provider can send a browser by nothing else.
The state in the session's cookie stands where a form has its token, and is taken once.
"""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from riskq.i18n import LANGUAGES
from riskq.services import accounts as services
from riskq.services import provider as providers
from riskq.services import workspaces
from riskq.web.accounts.entering import go_half_way
from riskq.web.accounts.part import accounts
from riskq.web.allowances import address_here
from riskq.web.locale import language
from riskq.web.signed_in import browser_name, keep_session, safe_next, who_is_here
from riskq.web.state import state

__all__ = ["forget_proven", "proven_here", "provider_door"]

provider_door = Blueprint("provider_door", __name__)

_OUT, _PROVEN = "out", "proven"
_SECONDS = 600


def _provider() -> providers.Provider:
    found = state().provider
    if found is None:
        abort(404)
    return found


def _moment() -> int:
    return int(state().desk.clock().timestamp())


def _back() -> str:
    """The address to which the provider sends people back; one for all languages."""
    origin = state().settings.origin or request.host_url.rstrip("/")
    return origin + url_for("provider_door.come_back")


@accounts.get("/sign-in/provider")
def go_to_provider() -> Response:
    """Send the browser to the provider."""
    provider, join = _provider(), request.args.get("join", "")
    if join:
        workspaces.find_invitation(state().desk, join)
    onward = safe_next(request.args.get("next", ""))
    if who_is_here() is not None:
        return _onward(join, onward)
    begun = provider.begin(_back(), anew="anew" in request.args)
    kept = begun.attempt
    session[_OUT] = [
        *(kept.state, kept.nonce, kept.verifier, kept.anew),
        *(onward, join, language(), _moment()),
    ]
    return redirect(begun.address, 303)


def _onward(join: str, onward: str) -> Response:
    if join:
        return redirect(url_for("accounts.look_at_invitation", secret=join), 303)
    return redirect(onward or url_for("mine.workspaces"), 303)


@provider_door.get("/sign-in/back")
def come_back() -> Response:
    """Find out who comes back from the provider, and sign that person in."""
    provider = _provider()
    attempt, onward, join = _take_attempt()
    brought = {name: request.args.get(name, "") for name in ("state", "code", "error")}
    returned = providers.Returned(**brought, issuer=request.args.get("iss", ""))
    provider.check(attempt, returned)
    _take_once(attempt.state)
    identity = provider.finish(attempt, returned.code, _back())
    try:
        entrance = services.enter_as(state().desk, identity, browser_name())
    except services.NoAccountError:
        if not join:
            raise
        # Who may join says so on the page of the invitation: nobody is added by being sent back.
        session[_PROVEN] = [
            *(identity.issuer, identity.subject, services.proven_email(identity)),
            *(identity.name, _moment()),
        ]
        return _onward(join, "")
    if not entrance.secret:
        next_page = url_for("accounts.look_at_invitation", secret=join) if join else onward
        return go_half_way(entrance.user, next_page)
    keep_session(entrance.secret)
    return _onward(join, onward)


def _take_once(its: str) -> None:
    """Let a state be brought back once, whoever kept a copy of the cookie."""
    try:
        is_first = services.take_return(state().desk, its, address_here())
    except services.LockedError:
        abort(429)
    if not is_first:
        raise providers.AttemptOverError("The browser has come back already.")


def _take_attempt() -> tuple[providers.Attempt, str, str]:
    """The attempt of this browser, where it goes on to, and which invitation it was for."""
    kept: object = session.pop(_OUT, None)
    match kept:
        case [
            str(its),
            str(nonce),
            str(key),
            bool(anew),
            str(onward),
            str(join),
            str(tongue),
            int(at),
        ]:
            if tongue in LANGUAGES:
                g.language = tongue
            if 0 <= _moment() - at < _SECONDS:
                return providers.Attempt(its, nonce, key, anew), onward, join
        case _:
            pass
    raise providers.AttemptOverError("The browser was not sent to the provider.")


def proven_here() -> services.Identity | None:
    """Who has just come back from the provider and has no account yet."""
    kept: object = session.get(_PROVEN)
    match kept:
        case [str(issuer), str(subject), str(email), str(name), int(at)]:
            provider = state().provider
            is_ours = provider is not None and provider.settings.issuer == issuer
            if is_ours and 0 <= _moment() - at < _SECONDS:
                return services.Identity(issuer, subject, email, is_verified=True, name=name)
        case _:
            pass
    return None


def forget_proven() -> None:
    """Let the browser no longer say who came back."""
    session.pop(_PROVEN, None)
