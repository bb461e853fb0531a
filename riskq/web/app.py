"""Puts the application together: settings, store, catalogue, pages, and nothing at import time."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from flask import Flask

from riskq import metrics
from riskq.hook_reach import Reach
from riskq.logs import set_up_log
from riskq.questionnaire import Catalogue
from riskq.report import Sealer
from riskq.services import Desk, Documents, Keeper, key_ring
from riskq.settings import Settings, read_settings
from riskq.store import open_bundles, open_files, open_store
from riskq.web.allowances import install_allowances
from riskq.web.api_door import api_door, api_page
from riskq.web.asset_files import read_assets
from riskq.web.assets import assets
from riskq.web.brand_files import logo_width
from riskq.web.bundles import bundles
from riskq.web.changes import changes
from riskq.web.delivery import install_delivery
from riskq.web.edition import edition
from riskq.web.errors import install_errors
from riskq.web.evidence_pages import evidence_pages
from riskq.web.figures import figures
from riskq.web.form_tokens import FormTokens
from riskq.web.giving_way import install_giving_way
from riskq.web.health import health
from riskq.web.locale import language_door
from riskq.web.maps import maps
from riskq.web.member_parts import member_parts
from riskq.web.pages import install_templates
from riskq.web.paper import paper
from riskq.web.past import past
from riskq.web.private import private
from riskq.web.proof import proof
from riskq.web.received import received
from riskq.web.result import result
from riskq.web.security import install_security
from riskq.web.start import entrance
from riskq.web.state import KEY, State
from riskq.web.walk import walk
from riskq.web.watched import WatchedFlask

if TYPE_CHECKING:
    from riskq.jobs import Jobs

log = logging.getLogger("riskq.web")

__all__ = ["create_app", "make_state"]

_PARTS = (
    *(language_door, entrance, walk, edition, proof, result, maps, paper, past, private, received),
    *(evidence_pages, bundles, changes, api_door, api_page, assets, health, figures),
)


def make_state(settings: Settings, desk: Desk, documents: Documents) -> State:
    """What the requests share."""
    return State(
        settings,
        desk,
        documents,
        Keeper(desk),
        open_bundles(settings.bundles),
        *_tellers(settings),
        read_assets(brand=settings.brand),
    )


def _tellers(settings: Settings) -> tuple[Callable[[str, int], None], Callable[[], None]]:
    """What tells the workers of a bundle, and of letters.

    The queue's library is loaded when the first of them comes.
    """

    @cache
    def jobs() -> Jobs:
        from riskq.jobs import Jobs

        return Jobs(settings)

    def tell(say: Callable[[Jobs], None]) -> None:
        try:
            say(jobs())
        except Exception as error:  # noqa: BLE001 - Whatever the queue raises, the store knows the work.
            log.warning("The workers could not be told of work: %s", error)

    def enqueue(bundle: str, turn: int) -> None:
        tell(lambda queue: queue.enqueue(bundle, turn))

    return enqueue, lambda: tell(lambda queue: queue.announce_letters())


def create_app(
    settings: Settings | None = None,
    *,
    desk: Desk | None = None,
    documents: Documents | None = None,
) -> Flask:
    """Make the application; what is not given comes from the environment.

    All questionnaires in force are loaded here, so that a faulty one is told at the start and no
    person waits for it. Raises ``SettingsError``, ``QuestionnaireError`` and ``StoreUnavailable``.
    """
    # What is made here stays as long as the process: to look for rubbish among it is lost time.
    gc.disable()
    try:
        return _make(settings or read_settings(), desk, documents)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def _make(settings: Settings, desk: Desk | None, documents: Documents | None) -> Flask:
    if settings.watch.log is not None:
        set_up_log(settings.watch.log)
    if settings.watch.token:
        metrics.keep_figures(settings.metrics_folder, "pages")
        metrics.note_process()
    if desk is None:
        store = open_store(settings.database)
        files, keys = open_files(settings.evidence), key_ring(settings.master_keys)
        desk = Desk(store, Catalogue(), keep_days=settings.keep_days, files=files, keys=keys)
    for name in desk.catalogue.names():
        desk.catalogue.load(name, desk.catalogue.in_force(name, desk.today()))
    app = WatchedFlask("riskq.web", static_folder=None)
    app.permanent_session_lifetime = timedelta(days=30)
    documents = documents or Documents(Sealer(settings.seal), brand=settings.brand)
    app.extensions[KEY] = make_state(settings, desk, documents)
    install_templates(app)
    app.jinja_env.globals |= {"brand": settings.brand, "logo_width": logo_width(settings.brand)}
    app.jinja_env.globals["takes_bundles"] = settings.most_reports > 0
    app.jinja_env.globals["provider"] = settings.provider
    app.jinja_env.globals["tells_hooks"] = settings.hooks is not Reach.NONE
    app.jinja_env.globals["sends_mail"] = settings.mail is not None
    install_security(app, settings)
    install_delivery(app)
    install_giving_way(app)
    # Calls of the API carry a token, and no cookie counts there.
    tokens = FormTokens()
    tokens.exempt(api_door)
    tokens.init_app(app)
    install_allowances(app)
    install_errors(app)
    for part in _PARTS:
        app.register_blueprint(part)
    app.add_late(member_parts())
    return app
