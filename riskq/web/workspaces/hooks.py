"""The webhooks of a workspace: which addresses are told of what, and what became of messages."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response
from wtforms import Form, StringField

from riskq.clock import local_time
from riskq.hook_reach import Reach
from riskq.i18n import Words
from riskq.services import hooks as services
from riskq.store import HOOK_EVENTS, Delivery, Hook
from riskq.store import hooks as stored
from riskq.web.entry_forms import typed
from riskq.web.forms import FormFault
from riskq.web.locale import web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["hooks"]

hooks = WorkspacePages("hooks")


class HookForm(Form):
    """The address of a webhook."""

    url = StringField()


class Told(Struct, frozen=True):
    """A message as the list shows it."""

    delivery: Delivery
    event: str
    state: str


class Line(Struct, frozen=True):
    """A webhook as the list shows it."""

    hook: Hook
    events: list[str]
    secret: str
    told: list[Told]


def _reach() -> Reach:
    """How far webhooks reach; whoever runs the service may want none."""
    reach = state().settings.hooks
    return abort(404) if reach is Reach.NONE else reach


def _events(_: Words) -> dict[str, str]:
    names = {
        "vendor.submitted": _("A vendor has submitted"),
        "vendor.accepted": _("A vendor was accepted"),
        "vendor.returned": _("The answers of a vendor were returned"),
        "vendor.overdue": _("A vendor is late"),
        "assessment.submitted": _("An assessment of the workspace was submitted"),
    }
    return {event: names[event] for event in HOOK_EVENTS}


@hooks.get("/webhooks", Right.OWN)
def listed(seat: Seat) -> Response:
    """Show the webhooks, and ask for a new one."""
    return _show(seat, HookForm(), set(HOOK_EVENTS), 200)


def _show(
    seat: Seat, form: HookForm, chosen: set[str], status: int, *faults: FormFault
) -> Response:
    here, _, reach = state(), web_words(), _reach()
    events, told = _events(_), services.newest_deliveries(here.desk, seat)
    return render(
        "workspaces/hooks.html",
        status,
        lines=[
            Line(
                one,
                [events[event] for event in one.events.split()],
                services.hook_secret(here.settings.secret_key, one),
                [_told(each, events, _) for each in told.get(one.id, ())],
            )
            for one in services.list_hooks(here.desk, seat)
        ],
        form=form,
        events=events,
        chosen=chosen,
        faults=faults,
        is_public=reach is Reach.PUBLIC,
        local_time=local_time,
    )


def _told(delivery: Delivery, events: dict[str, str], _: Words) -> Told:
    event = events.get(delivery.event, _("Trial message"))
    return Told(delivery, event, _state_of(delivery, _))


def _state_of(delivery: Delivery, _: Words) -> str:
    """How far a message has come, in words."""
    if delivery.state == "sent":
        return _("delivered")
    if delivery.state == "queued" and delivery.reason in ("", stored.UNDER_WAY):
        return _("is being sent") if delivery.reason else _("waits")
    nowhere = _("the internet knows no such address")
    reasons = {
        "address": _("this is no address"),
        "scheme": _("the address does not begin with https"),
        # One word for both: nobody is to learn here which names exist inside a network.
        "name": nowhere,
        "private": nowhere,
        "connection": _("there was no connection"),
        "tls": _("the certificate of the address is not valid"),
        "time": _("it took too long"),
        stored.UNDER_WAY: _("sending was broken off"),
    }
    why = reasons.get(delivery.reason) or _("answered %(status)s", status=delivery.reason)
    if delivery.state == "failed":
        return _("given up: %(why)s", why=why)
    return _("tried in vain (%(why)s), and will be tried again", why=why)


@hooks.post("/webhooks", Right.OWN)
def add(seat: Seat) -> Response:
    """Add a webhook."""
    _, form, reach = web_words(), HookForm(request.form), _reach()
    chosen = {event for event in request.form.getlist("event") if event in HOOK_EVENTS}
    if not chosen:
        told = FormFault("event", _("Choose at least one event"))
        return _show(seat, form, chosen, 422, told)
    try:
        services.add_hook(state().desk, seat, typed(form, "url"), chosen, reach)
    except services.HookError as error:
        return _show(seat, form, chosen, 422, FormFault("url", _refusal(error.reason, _)))
    return redirect(url_for("hooks.listed", workspace=seat.workspace.id), 303)


def _refusal(reason: str, _: Words) -> str:
    """Why an address was not taken, in words."""
    most = services.MOST_HOOKS
    told = {
        "address": _("This is no address. Write it whole, such as https://example.kz/riskq"),
        "scheme": _("Write an address that begins with https://"),
        "many": _("A workspace may have %(most)s webhooks. Remove one first", most=most),
    }
    return told[reason]


@hooks.post("/webhooks/<hook>/trial", Right.OWN)
def trial(seat: Seat, hook: str) -> Response:
    """Send a message that tells of nothing."""
    _reach()
    services.send_trial(state().desk, seat, hook)
    return redirect(url_for("hooks.listed", workspace=seat.workspace.id), 303)


@hooks.post("/webhooks/<hook>/remove", Right.OWN)
def remove(seat: Seat, hook: str) -> Response:
    """Tell an address no more."""
    _reach()
    services.remove_hook(state().desk, seat, hook)
    return redirect(url_for("hooks.listed", workspace=seat.workspace.id), 303)


@hooks.post("/webhooks/messages/<delivery>/again", Right.OWN)
def again(seat: Seat, delivery: str) -> Response:
    """Send a message that was given up once more."""
    _reach()
    services.send_again(state().desk, seat, delivery)
    return redirect(url_for("hooks.listed", workspace=seat.workspace.id), 303)
