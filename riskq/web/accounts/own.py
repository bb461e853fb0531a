"""One's own account: name, password, second factor, and the browsers in which one is signed in."""

from __future__ import annotations

from flask import flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.report import draw_qr
from riskq.services import accounts as services
from riskq.web.accounts.entering import locked_text
from riskq.web.accounts.part import accounts
from riskq.web.entry_forms import (
    CodeForm,
    ConfirmForm,
    NameForm,
    NewPasswordForm,
    name_fault,
    password_text,
    repeated_fault,
    typed,
)
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.signed_in import signed_in
from riskq.web.state import state

__all__ = ["refuse_password"]

_FACTOR = "new-factor"


def _home() -> Response:
    return redirect(url_for("accounts.own"), 303)


@accounts.get("/account")
def own() -> Response:
    """Show one's account."""
    here = signed_in()
    return _show(here, NameForm(data={"name": here.user.name}), 200)


def _show(here: services.SignedIn, form: NameForm, status: int, *faults: FormFault) -> Response:
    desk = state().desk
    return render(
        "accounts/account.html",
        status,
        here=here,
        form=form,
        faults=faults,
        is_by_provider=_is_by_provider(here),
        codes_left=services.count_recovery_codes(desk, here.user.id),
        sessions=[
            (one, local_time(one.created_at)) for one in services.list_sessions(desk, here.user.id)
        ],
    )


def _is_by_provider(here: services.SignedIn) -> bool:
    """Whether the provider that is set knows whose account it is."""
    provider = state().settings.provider
    if provider is None:
        return False
    return services.is_known_elsewhere(state().desk, here.user.id, provider.issuer)


@accounts.post("/account")
def change_name() -> Response:
    """Be called otherwise from now on."""
    here, form = signed_in(), NameForm(request.form)
    faults = name_fault(form, web_words())
    if faults:
        return _show(here, form, 422, *faults)
    services.change_name(state().desk, here.user, typed(form, "name"))
    return _home()


@accounts.get("/account/password")
def ask_password() -> Response:
    """Ask for the old password and a new one."""
    signed_in()
    return _ask_password(200)


def _ask_password(status: int, *faults: FormFault) -> Response:
    return render("accounts/password.html", status, form=NewPasswordForm(), faults=faults)


@accounts.post("/account/password")
def change_password() -> Response:
    """Take a new password; all other sessions end."""
    here, _, form = signed_in(), web_words(), NewPasswordForm(request.form)
    faults = repeated_fault(form, _)
    if faults:
        return _ask_password(422, *faults)
    old, new = typed(form, "old"), typed(form, "password")
    try:
        services.change_password(state().desk, here.user, old, new, here.session.id)
    except services.WeakPasswordError as error:
        return _ask_password(422, password_text(error, _))
    except services.WrongPasswordError:
        return _ask_password(422, FormFault("old", _("This is not your password")))
    except services.LockedError as error:
        return _ask_password(429, FormFault("old", locked_text(error, _)))
    flash("password", "account")
    return _home()


@accounts.post("/account/sessions/<name>/end")
def end_session(name: str) -> Response:
    """End one of one's sessions."""
    here = signed_in()
    services.end(state().desk, here.user.id, name)
    return _home()


@accounts.get("/account/second-factor")
def ask_factor() -> Response:
    """Show the code to scan, and ask for the first one-time code."""
    here = signed_in()
    if here.user.password is None:
        # Whoever has no password could not prove it to remove the factor again.
        return _home()
    if here.user.second_factor is not None:
        return render("accounts/factor_off.html", form=ConfirmForm(), faults=())
    return _ask_factor(here, 200)


def _ask_factor(here: services.SignedIn, status: int, *faults: FormFault) -> Response:
    # The secret is proposed again as long as it is not proven: apps were given it already.
    service = state().settings.brand.name or "riskq"
    factor = services.begin_factor(here.user, service, _proposed(here))
    session[_FACTOR] = [here.user.id, factor.secret]
    groups = [factor.secret[at : at + 4] for at in range(0, len(factor.secret), 4)]
    return render(
        "accounts/factor_on.html",
        status,
        secret=" ".join(groups),
        qr=draw_qr(factor.address),
        form=CodeForm(),
        faults=faults,
    )


def _proposed(here: services.SignedIn) -> str:
    """The secret proposed to this person, or "": whoever was here before has seen another's."""
    kept = session.get(_FACTOR)
    if not isinstance(kept, list) or len(kept) != 2 or kept[0] != here.user.id:
        return ""
    return str(kept[1])


@accounts.post("/account/second-factor")
def set_factor() -> Response:
    """Take the second factor that the code proves, and show the recovery codes, this once.

    The password is asked for once more: whoever finds a browser open must not lock its owner out.
    """
    here, _ = signed_in(), web_words()
    secret = _proposed(here)
    if here.user.second_factor is not None or not secret:
        return redirect(url_for("accounts.ask_factor"), 303)
    if refused := refuse_password(here):
        return _ask_factor(here, refused[1], refused[0])
    code = typed(CodeForm(request.form), "code")
    try:
        codes = services.confirm_factor(state().desk, here.user, secret, code)
    except services.WrongCodeError:
        told = _(
            "This is not the present code of the app. Check that the time of the phone is right"
        )
        return _ask_factor(here, 422, FormFault("code", told))
    session.pop(_FACTOR, None)
    return render("accounts/recovery.html", codes=codes)


@accounts.post("/account/second-factor/remove")
def remove_factor() -> Response:
    """Do without the second factor; the password is asked for once more."""
    here = signed_in()
    if refused := refuse_password(here):
        fault, status = refused
        return render("accounts/factor_off.html", status, form=ConfirmForm(), faults=(fault,))
    services.remove_factor(state().desk, here.user.id, here.user.id)
    return _home()


def refuse_password(here: services.SignedIn) -> tuple[FormFault, int] | None:
    """What is wrong with the password that was given once more, and the status that says so."""
    _, password = web_words(), typed(ConfirmForm(request.form), "password")
    try:
        services.confirm_password(state().desk, here.user, password)
    except services.WrongPasswordError:
        return FormFault("password", _("This is not your password")), 422
    except services.LockedError as error:
        return FormFault("password", locked_text(error, _)), 429
    return None
