"""Many systems in one table: take a file of answers, show what comes out of it, or hand it over.

The answer to the file is the page itself, or the judged table: nothing is kept that another address
could show. A table that is small stands in the page, as a link that holds it, so that nobody has to
send the file a second time; a large one is handed over by the second button of the form.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from threading import BoundedSemaphore

from flask import Response as Answer
from flask import request
from msgspec import Struct
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from riskq import services
from riskq.i18n import write_number
from riskq.questionnaire import Questionnaire
from riskq.web.locale import in_language, language, web_words
from riskq.web.pages import render
from riskq.web.state import state
from riskq.web.table_views import table_view
from riskq.web.table_words import blank_words, cell_words, limits, problem_text

__all__ = ["tables"]

tables = in_language("tables")

_judging = BoundedSemaphore(1)
"""One process judges a table at a time for each process that answers pages."""

_MOST_CARRIED = 1_000_000
"""Browsers take links of two million characters; these are bytes before they are made letters."""

_MOST_PROBLEMS = 8
_RETRY_SECONDS = "30"
_RESULTS = ("same", "csv", "xlsx")
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".jsonl": "application/x-ndjson",
    ".parquet": "application/vnd.apache.parquet",
}
_blank: dict[tuple[str, str], bytes] = {}
"""Blank tables that were made, by the digest of their edition and their language."""


class BusyError(Exception):
    """Another table is being judged."""


class Filled(Struct, frozen=True):
    """What the form holds: the questionnaire, the format of the result, and how much is told."""

    name: str
    result: str = "same"
    whole: bool = False


@tables.get("/tables")
def ask() -> Response:
    """Take a table of answers."""
    return _form(200, Filled(state().desk.catalogue.names()[0]), ())


def _form(status: int, filled: Filled, errors: Sequence[str]) -> Response:
    catalogue, today = state().desk.catalogue, state().desk.today()
    offered = [catalogue.load(name, catalogue.in_force(name, today)) for name in catalogue.names()]
    shown = {**limits(), "rows": write_number(limits()["rows"], language())}
    return render(
        "table_new.html",
        status,
        errors=errors[:_MOST_PROBLEMS],
        problems=[("file", error) for error in errors[:_MOST_PROBLEMS]],
        more=len(errors[_MOST_PROBLEMS:]),
        filled=filled,
        offered=offered,
        limits=shown,
        formats=",".join(services.FORMATS),
    )


@tables.post("/tables")
def judge() -> Response:
    """Judge the table that was sent, and show what comes out of it or hand it over."""
    filled, _ = _filled(), web_words()
    file = request.files.get("file")
    body = file.read() if file else b""
    if not file or not body:
        return _form(400, filled, [_("Choose a file that holds a table of answers.")])
    kind = PurePath(file.filename or "").suffix.lower()
    try:
        questionnaire, wish = _in_force(filled.name), _wish(filled, kind)
        with _alone():
            judged = services.judge_apart(questionnaire, body, wish)
    except BusyError:
        return _busy(filled)
    except services.TableRefused as error:
        return _form(400, filled, [problem_text(each, _) for each in error.problems])
    if request.form.get("do") == "download":
        return _attachment(judged, _file_name(questionnaire, wish.result), _TYPES[wish.result])
    return _told(questionnaire, judged, wish)


def _filled() -> Filled:
    known = state().desk.catalogue.names()
    name, result = request.form.get("questionnaire", ""), request.form.get("result", "")
    return Filled(
        name if name in known else known[0],
        result if result in _RESULTS else "same",
        request.form.get("whole") == "yes",
    )


def _in_force(name: str) -> Questionnaire:
    catalogue = state().desk.catalogue
    return catalogue.load(name, catalogue.in_force(name, state().desk.today()))


def _wish(filled: Filled, kind: str) -> services.TableWish:
    return services.TableWish(
        kind=kind,
        result=kind if filled.result == "same" else f".{filled.result}",
        on=state().desk.today(),
        whole=filled.whole,
        words=cell_words(web_words()),
    )


@contextmanager
def _alone() -> Iterator[None]:
    """While nobody else has a table judged: each takes a thread, and memory beside the pages."""
    if not _judging.acquire(blocking=False):
        raise BusyError
    try:
        yield
    finally:
        _judging.release()


def _busy(filled: Filled) -> Response:
    _ = web_words()
    text = _("Another table is being judged just now. Send yours again in half a minute.")
    response = _form(503, filled, [text])
    response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _file_name(questionnaire: Questionnaire, ending: str) -> str:
    return f"riskq-{questionnaire.id}-{state().desk.today()}{ending}"


def _attachment(judged: services.JudgedApart, name: str, kind: str) -> Response:
    """The judged table, read from its open file piece by piece."""
    response = Answer(FileWrapper(judged.file), content_type=kind)
    response.content_length = judged.size
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _told(
    questionnaire: Questionnaire, judged: services.JudgedApart, wish: services.TableWish
) -> Response:
    with judged.file as file:
        is_small = judged.size <= _MOST_CARRIED
        carried = b64encode(file.read()).decode() if is_small else ""
    kind = _TYPES[wish.result].replace(" ", "")
    return render(
        "table.html",
        questionnaire=questionnaire,
        view=table_view(questionnaire, judged.summary, language(), web_words()),
        whole=wish.whole,
        has_head=wish.kind in (".csv", ".xlsx"),
        link=f"data:{kind};base64,{carried}" if carried else "",
        name=_file_name(questionnaire, wish.result),
        ending=wish.result.removeprefix(".").upper(),
        number=lambda count: write_number(count, language()),
    )


@tables.get("/tables/<questionnaire>.<any(csv, xlsx):kind>")
def blank(questionnaire: str, kind: str) -> Response:
    """Give the blank table of the edition in force: a column for each question."""
    loaded = _in_force(questionnaire)
    try:
        body = _blank_sheet(loaded) if kind == "xlsx" else _blank_line(loaded)
    except (BusyError, services.TableRefused):
        return _busy(Filled(loaded.id))
    response = Answer(body, content_type=_TYPES[f".{kind}"])
    name = f"riskq-{loaded.id}-{loaded.edition}-{language()}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _blank_line(questionnaire: Questionnaire) -> bytes:
    return ",".join(question.id for question in questionnaire.questions).encode() + b"\n"


def _blank_sheet(questionnaire: Questionnaire) -> bytes:
    key = (questionnaire.digest, language())
    if key not in _blank:
        with _alone():
            words = blank_words(web_words())
            _blank[key] = services.write_template_apart(questionnaire, language(), words)
    return _blank[key]
