"""The brand of a workspace: its owners set it, and look at an example before they do."""

from __future__ import annotations

from collections.abc import Sequence

from flask import make_response, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, StringField

from riskq import services
from riskq.brand import NO_BRAND, Brand
from riskq.i18n import Words
from riskq.services import workspaces
from riskq.web.entry_forms import typed
from riskq.web.forms import FormFault
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["branding"]

branding = WorkspacePages("branding")


class BrandForm(Form):
    """The texts of a brand; the logo is a file."""

    name = StringField()
    colour = StringField()
    footer = StringField()


@branding.get("/brand", Right.OWN)
def ask(seat: Seat) -> Response:
    """Show the brand of the workspace in a form."""
    brand = workspaces.brand_in(state().desk, seat.workspace.id)
    data = {"name": brand.name, "colour": brand.colour, "footer": brand.footer}
    return _show(seat, BrandForm(data=data), 200)


def _show(seat: Seat, form: BrandForm, status: int, *faults: FormFault) -> Response:
    kept = workspaces.brand_in(state().desk, seat.workspace.id)
    return render("workspaces/brand.html", status, kept=kept, form=form, faults=faults)


def _given(seat: Seat, form: BrandForm) -> Brand | tuple[FormFault, ...]:
    """The brand that was sent, or everything that is wrong with it, in the words of the page."""
    kept = workspaces.brand_in(state().desk, seat.workspace.id)
    file = request.files.get("logo")
    is_kept = request.form.get("no-logo") != "yes"
    texts = (typed(form, "name"), typed(form, "colour"), typed(form, "footer"))
    body = file.read() if file else b""
    given = workspaces.GivenBrand(*texts, body, kept.logo if is_kept else None)
    found = workspaces.read_given(given)
    return found if isinstance(found, Brand) else _in_words(found, web_words())


def _in_words(faults: Sequence[workspaces.BrandFault], _: Words) -> tuple[FormFault, ...]:
    told = {
        "name": _("Write a name in one line of at most 80 characters; a logo needs one"),
        "colour": _(
            "Write # and six digits, such as #0b5563, of a colour that can be read on white"
        ),
        "footer": _("Write one line of at most 160 characters"),
        "logo": _("This picture cannot be used as a logo. Choose another, as described here"),
    }
    # What exactly is wrong with a drawing is told in the words of those who make drawings.
    return tuple(
        FormFault(
            one.part, f"{told[one.part]} ({one.what})" if one.part == "logo" else told[one.part]
        )
        for one in faults
    )


@branding.post("/brand", Right.OWN)
def save(seat: Seat) -> Response:
    """Hand over reports in another name from now on."""
    form = BrandForm(request.form)
    found = _given(seat, form)
    if not isinstance(found, Brand):
        return _show(seat, form, 422, *found)
    workspaces.set_brand(state().desk, seat, found)
    return redirect(url_for("branding.ask", workspace=seat.workspace.id), 303)


@branding.post("/brand/preview", Right.OWN)
def preview(seat: Seat) -> Response:
    """Give an example of a report with what stands in the form; nothing is saved."""
    form = BrandForm(request.form)
    found = _given(seat, form)
    if not isinstance(found, Brand):
        return _show(seat, form, 422, *found)
    here = state()
    brand = here.settings.brand if found == NO_BRAND else found
    pdf = services.sample_report(here.desk, here.documents.renderer, brand, language())
    response = make_response(pdf)
    response.content_type = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="riskq-example.pdf"'
    return response


@branding.get("/brand/logo", Right.OWN)
def logo(seat: Seat) -> Response:
    """Give the logo, as it was cleaned; without one, lead to where it is set."""
    kept = workspaces.brand_in(state().desk, seat.workspace.id)
    if kept.logo is None:
        return redirect(url_for("branding.ask", workspace=seat.workspace.id), 303)
    response = make_response(kept.logo.body)
    response.content_type = kept.logo.type
    return response
