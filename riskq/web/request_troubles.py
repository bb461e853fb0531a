"""What the pages say of requests that cannot be taken as they came: too large, too many."""

from __future__ import annotations

from riskq.clock import local_time
from riskq.i18n import Words
from riskq.services import TooOftenError
from riskq.web.trouble import Trouble

__all__ = ["by_status", "no_token", "too_large", "too_often", "unknown_host"]


def no_token(_: Words) -> Trouble:
    """A form without its token."""
    return Trouble(
        _("The form could not be accepted"),
        _(
            "The form came without the mark that proves it was sent from our own page. This happens"
            " when the browser does not keep cookies, or has forgotten them since the page was"
            " opened. Nothing was saved. Allow cookies for this site, then send it again."
        ),
        can_resend=True,
    )


def too_large(most: int, _: Words) -> Trouble:
    """A file of more than so many bytes."""
    text = _(
        "Here at most %(size)s MB are taken, and nothing of what you sent was kept. Go back in your"
        " browser, and give less.",
        size=most // 1_000_000,
    )
    return Trouble(_("The file is too large"), text)


def too_often(error: TooOftenError, _: Words) -> Trouble:
    """As much was asked for as one may ask for in ten minutes."""
    text = _(
        "This service does only so much for one person or one network in ten minutes, so that it"
        " stays quick for everybody. Nothing was changed. Try again after %(time)s.",
        time=f"{local_time(error.until):%H:%M:%S}",
    )
    return Trouble(_("Too many requests"), text, can_resend=True, can_retry=True)


def unknown_host(_: Words) -> Trouble:
    """A name under which the service does not answer."""
    return Trouble(
        _("Unknown address"),
        _(
            "This service does not answer under this name. Whoever runs it says by the setting"
            " RISKQ_ORIGIN under which address it is reached."
        ),
    )


def by_status(status: int, _: Words) -> Trouble:
    """What is said of an HTTP error that has no other text."""
    known = {
        **_not_whole(_),
        403: Trouble(_("Not allowed"), _("This page may not be opened from here.")),
        404: Trouble(
            _("Page not found"),
            _("If you typed the address, check it. If you followed a link, it is out of date."),
        ),
        405: Trouble(_("Not possible this way"), _("This address cannot be used in this way.")),
        413: Trouble(
            _("Too much text"),
            _(
                "What you sent is larger than this service accepts, and was not saved. Go back"
                " in your browser, shorten the text and send it again."
            ),
        ),
        429: Trouble(_("Too many requests"), _("Wait a minute, then try again."), can_resend=True),
        500: Trouble(
            _("Something went wrong on our side"),
            _(
                "What you had saved before is safe. Try again; if it happens once more, please"
                " tell whoever runs this service."
            ),
            can_resend=True,
        ),
    }
    return known.get(status) or Trouble(
        _("This request cannot be understood"),
        _("Nothing was saved. Go back to the page you came from and try once more."),
    )


def _not_whole(_: Words) -> dict[int, Trouble]:
    """What is said where the server did not read a request to its end."""
    return {
        408: Trouble(
            _("Not all of it arrived"),
            _(
                "What you sent did not arrive in time, and nothing was saved. Go back in your"
                " browser and send it again."
            ),
        ),
        503: Trouble(
            _("Too much at once"),
            _(
                "Others are sending large files just now, and nothing was saved. Go back in your"
                " browser and try again in a minute."
            ),
        ),
    }
