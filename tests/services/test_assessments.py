"""An assessment from its start to its end: nothing lost, nothing overwritten silently."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from riskq.engine import Answer, Chosen, Unsure, read_answer
from riskq.questionnaire import Catalogue
from riskq.services import (
    AnswerChangedError,
    AssessmentExpiredError,
    ChangedMeanwhileError,
    Desk,
    IncompleteError,
    NoAssessmentError,
    NotAskedError,
    Opened,
    Saving,
    WouldSetAsideError,
    delete,
    download,
    find_revision,
    list_revisions,
    open_assessment,
    resume,
    save_answer,
    start,
    submit,
)
from riskq.services.encryption import decrypt_record
from riskq.services.json_form import answers_form
from riskq.store import open_store

MOMENT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
CATALOGUE = Catalogue()
OUTSIDE: dict[str, object] = {
    "system-name": "Есептегіш",
    "system-purpose": "Тұрақты ережелермен салық есептейді",
    "organisation": "Мысал ЖШС",
    "organisation-size": "small-or-nonprofit",
    "sector": "other",
    "stage": "operation",
    "model-based": "no",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(tmp_path / "riskq.db")
    yield Desk(store, CATALOGUE, lambda: MOMENT)
    store.close()


def begin(desk: Desk) -> tuple[Opened, str]:
    started = start(desk, "kz-ai-law", "kk")
    return open_assessment(desk, started.id, started.secret), started.secret


def answer(opened: Opened, name: str, raw: object) -> Answer:
    return read_answer(opened.questionnaire.by_id[name], raw, opened.on)


def give(desk: Desk, opened: Opened, name: str, raw: object, *, confirmed: bool = False) -> Opened:
    seen = opened.versions.get(name, 0)
    given = answer(opened, name, raw)
    return save_answer(desk, opened, name, given, Saving(seen, confirmed=confirmed))


def give_all(desk: Desk, opened: Opened, answers: dict[str, object]) -> Opened:
    for name, raw in answers.items():
        opened = give(desk, opened, name, raw)
    return opened


def test_a_new_assessment_is_judged_by_the_edition_in_force(desk: Desk) -> None:
    opened, _ = begin(desk)
    assert opened.questionnaire.edition == CATALOGUE.in_force("kz-ai-law", MOMENT.date())
    assert opened.record.digest == opened.questionnaire.digest


def test_the_private_link_opens_it_and_nothing_else_does(desk: Desk) -> None:
    opened, secret = begin(desk)
    assert resume(desk, secret).record.id == opened.record.id
    for wrong in ("", secret[:-1], secret + "a", "\ud800"):
        with pytest.raises(NoAssessmentError):
            resume(desk, wrong)
        with pytest.raises(NoAssessmentError):
            open_assessment(desk, opened.record.id, wrong)


def test_the_secret_itself_is_not_in_the_files_of_the_store(desk: Desk, tmp_path: Path) -> None:
    _, secret = begin(desk)
    for path in tmp_path.iterdir():
        assert secret.encode() not in path.read_bytes()


def test_what_was_open_a_moment_ago_is_not_judged_again(desk: Desk) -> None:
    opened, secret = begin(desk)
    assert open_assessment(desk, opened.record.id, secret) is opened
    saved = give(desk, opened, "system-name", "X")
    assert open_assessment(desk, opened.record.id, secret) is saved
    tomorrow = replace(desk, clock=lambda: MOMENT + timedelta(days=1))
    assert open_assessment(tomorrow, opened.record.id, secret).on > saved.on


def test_what_another_process_does_is_seen_at_once(desk: Desk, tmp_path: Path) -> None:
    opened, secret = begin(desk)
    store = open_store(tmp_path / "riskq.db")
    other = Desk(store, CATALOGUE, lambda: MOMENT)
    saved = give(other, open_assessment(other, opened.record.id, secret), "system-name", "X")
    assert open_assessment(desk, opened.record.id, secret).answers == saved.answers
    delete(other, saved.record.id)
    with pytest.raises(NoAssessmentError):
        open_assessment(desk, opened.record.id, secret)
    assert desk.recent.get(opened.record.id) is None
    store.close()


def test_what_is_deleted_or_expired_is_kept_nowhere(desk: Desk) -> None:
    opened, secret = begin(desk)
    later = replace(desk, clock=lambda: MOMENT + timedelta(days=desk.keep_days, seconds=1))
    with pytest.raises(AssessmentExpiredError):
        open_assessment(later, opened.record.id, secret)
    assert desk.recent.get(opened.record.id) is None
    delete(desk, opened.record.id)
    assert desk.recent.get(opened.record.id) is None


def test_answers_are_written_in_order_however_they_were_given(desk: Desk) -> None:
    opened = give_all(desk, begin(desk)[0], OUTSIDE)
    backwards = dict(reversed(list(opened.answers.items())))
    written = answers_form(opened.questionnaire, backwards)
    assert list(written) == list(OUTSIDE)
    assert list(written) != list(backwards)


def test_few_assessments_are_kept_open(desk: Desk) -> None:
    first, secret = begin(desk)
    others = [begin(desk)[0] for _ in range(32)]
    assert desk.recent.get(first.record.id) is None
    assert desk.recent.get(others[0].record.id) is others[0]
    assert open_assessment(desk, first.record.id, secret).record == first.record


def test_an_answer_comes_back_as_it_was_given(desk: Desk) -> None:
    opened, secret = begin(desk)
    opened = give_all(desk, opened, OUTSIDE)
    again = resume(desk, secret)
    assert again.answers == opened.answers
    assert again.answers["model-based"] == Chosen(("no",))


def test_an_expired_assessment_is_not_shown(desk: Desk) -> None:
    _, secret = begin(desk)
    later = replace(desk, clock=lambda: MOMENT + timedelta(days=desk.keep_days, seconds=1))
    with pytest.raises(AssessmentExpiredError):
        resume(later, secret)


def test_answering_puts_the_expiry_off(desk: Desk) -> None:
    opened, secret = begin(desk)
    later = replace(desk, clock=lambda: MOMENT + timedelta(days=desk.keep_days - 1))
    give(later, opened, "system-name", "X")
    much_later = replace(desk, clock=lambda: MOMENT + timedelta(days=desk.keep_days + 30))
    assert resume(much_later, secret).answers


def test_questions_are_answered_in_order(desk: Desk) -> None:
    opened, _ = begin(desk)
    with pytest.raises(NotAskedError):
        give(desk, opened, "emergency", "yes")


def test_a_question_off_the_path_takes_no_answer(desk: Desk) -> None:
    opened = give_all(desk, begin(desk)[0], OUTSIDE)
    with pytest.raises(NotAskedError):
        give(desk, opened, "functions", ["language"])


def test_what_a_change_would_set_aside_is_told_before_it_is_saved(desk: Desk) -> None:
    opened = give_all(desk, begin(desk)[0], {**OUTSIDE, "model-based": "unsure"})
    opened = give(desk, opened, "functions", ["language"])
    with pytest.raises(WouldSetAsideError) as told:
        give(desk, opened, "model-based", "no")
    assert told.value.names == ("functions",)
    assert resume_same(desk, opened).answers == opened.answers


def test_answers_set_aside_are_kept_and_come_back(desk: Desk) -> None:
    opened = give_all(desk, begin(desk)[0], {**OUTSIDE, "model-based": "unsure"})
    opened = give(desk, opened, "functions", ["language"])
    opened = give(desk, opened, "model-based", "no", confirmed=True)
    assert set(opened.journey.set_aside) == {"functions"}
    opened = give(desk, opened, "model-based", "unsure")
    assert opened.journey.counted["functions"] == Chosen(("language",))


def resume_same(desk: Desk, opened: Opened) -> Opened:
    record = desk.store.find(opened.record.id)
    assert record is not None
    return replace(opened, record=decrypt_record(opened.key, record))


def test_the_later_of_two_tabs_is_told_and_overwrites_nothing(desk: Desk) -> None:
    opened, _ = begin(desk)
    first = give(desk, opened, "system-name", "first tab")
    with pytest.raises(AnswerChangedError) as told:
        give(desk, opened, "system-name", "second tab")
    assert told.value.current == first.answers["system-name"]
    assert told.value.opened.versions["system-name"] == first.versions["system-name"]


def test_the_same_words_twice_are_simply_saved(desk: Desk) -> None:
    opened, _ = begin(desk)
    first = give(desk, opened, "system-name", "once")
    again = give(desk, opened, "system-name", "once")
    assert again.versions == first.versions


def test_a_change_elsewhere_does_not_disturb_an_answer(desk: Desk) -> None:
    opened = give_all(desk, begin(desk)[0], OUTSIDE)
    other = give(desk, opened, "system-name", "New name")
    both = give(desk, opened, "organisation", "New organisation")
    assert both.answers["system-name"] == other.answers["system-name"]


def test_a_stale_page_of_a_changed_path_is_not_applied(desk: Desk) -> None:
    opened = give_all(desk, begin(desk)[0], {**OUTSIDE, "model-based": "unsure"})
    opened = give(desk, opened, "functions", ["language"])
    give(desk, opened, "model-based", "no", confirmed=True)
    with pytest.raises(NotAskedError):
        give(desk, opened, "functions", ["speech"])


def test_the_assessors_own_words_are_kept_with_the_answer(desk: Desk) -> None:
    raw = {"answer": "unsure", "because": "Жүйе тоқтаса, диспетчер қолмен басқарады."}
    opened = give_all(desk, begin(desk)[0], {**OUTSIDE, "model-based": "yes"})
    while opened.journey.next != "emergency":
        assert opened.journey.next is not None
        question = opened.questionnaire.by_id[opened.journey.next]
        first = question.option_ids[0]
        opened = give(desk, opened, question.id, [first] if question.kind == "many" else first)
    opened = give(desk, opened, "emergency", raw)
    assert opened.answers["emergency"] == Unsure(raw["because"])


def test_many_writers_of_one_answer_lose_nothing_and_are_all_told(desk: Desk) -> None:
    opened, _ = begin(desk)
    saved: list[str] = []
    refused: list[str] = []

    def write(text: str) -> None:
        try:
            give(desk, opened, "system-name", text)
        except AnswerChangedError:
            refused.append(text)
        else:
            saved.append(text)

    threads = [threading.Thread(target=write, args=(f"tab {i}",)) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(saved) == 1
    assert len(refused) == 11
    stored = resume_same(desk, opened).record.answers[0]
    assert json.loads(stored.value) == saved[0]


def test_an_incomplete_assessment_is_not_submitted(desk: Desk) -> None:
    opened, _ = begin(desk)
    with pytest.raises(IncompleteError) as told:
        submit(desk, opened, seen=0, language="kk")
    assert told.value.next == "system-name"


def test_submitting_freezes_a_revision(desk: Desk) -> None:
    opened, secret = begin(desk)
    opened = give_all(desk, opened, OUTSIDE)
    submitted = submit(desk, opened, seen=opened.record.sequence, language="kk")
    assert submitted.record.number == 1
    give(desk, resume(desk, secret), "system-name", "Changed later")
    frozen = find_revision(desk, resume(desk, secret), 1)
    assert frozen is not None
    assert frozen.answers == opened.answers
    assert not frozen.is_current


def test_submitting_twice_gives_the_same_revision(desk: Desk) -> None:
    opened, secret = begin(desk)
    opened = give_all(desk, opened, OUTSIDE)
    first = submit(desk, opened, seen=opened.record.sequence, language="kk")
    second = submit(desk, resume(desk, secret), seen=opened.record.sequence, language="kk")
    assert first.number == second.number
    assert len(list_revisions(desk, resume(desk, secret))) == 1


def test_what_was_not_seen_is_not_submitted(desk: Desk) -> None:
    opened, secret = begin(desk)
    seen = give_all(desk, opened, OUTSIDE).record.sequence
    give(desk, resume(desk, secret), "system-name", "Changed in another tab")
    with pytest.raises(ChangedMeanwhileError):
        submit(desk, resume(desk, secret), seen=seen, language="kk")


def test_the_download_holds_everything_that_is_stored(desk: Desk) -> None:
    opened, secret = begin(desk)
    opened = give_all(desk, opened, OUTSIDE)
    submit(desk, opened, seen=opened.record.sequence, language="ru")
    form = json.loads(download(desk, resume(desk, secret)))
    assert form["answers"] == OUTSIDE
    assert form["conclusion"]["scales"]["scope"]["level"] == "outside-not-ai"
    assert len(form["revisions"]) == 1
    assert len(form["saved"]) == len(OUTSIDE)


def test_a_deleted_assessment_is_gone(desk: Desk) -> None:
    opened, secret = begin(desk)
    opened = give_all(desk, opened, OUTSIDE)
    delete(desk, opened.record.id)
    with pytest.raises(NoAssessmentError):
        resume(desk, secret)
    with pytest.raises(NoAssessmentError):
        give(desk, opened, "system-name", "too late")
