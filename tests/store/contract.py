"""The contract of every store, written against the protocol alone.

A store is tested by a class that inherits from ``StoreContract`` and gives a fixture ``store``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from threading import Thread
from typing import Any

import pytest

from riskq.store import (
    HOLDER,
    Act,
    AssessmentExists,
    NoSuchAssessment,
    StaleAnswer,
    StaleSequence,
    Store,
    StoreUnavailable,
)
from tests.store.builders import (
    LATER,
    NOW,
    an_answer,
    an_assessment,
    found,
    key_of,
    remove,
    save,
    submit,
    write,
)


class StoreContract:
    nul = "\0"
    """What comes back for a NUL in a text."""

    def test_what_is_created_is_found_by_id_and_by_key(self, store: Store) -> None:
        assessment = an_assessment("one")
        store.create(assessment)
        assert store.find("one") == assessment
        assert store.find_by_key(key_of("one")) == assessment

    def test_a_known_record_comes_back_itself_while_it_stands(self, store: Store) -> None:
        store.create(an_assessment("one"))
        known = found(store)
        assert store.find("one", known) is known
        save(store, known.sequence, write("a", '"yes"'))
        assert store.find("one", known) == found(store) != known
        assert store.find("two", known) is None

    def test_nothing_is_found_under_another_id_or_key(self, store: Store) -> None:
        store.create(an_assessment("one"))
        assert store.find("two") is None
        assert store.find_by_key(key_of("two")) is None

    def test_an_assessment_can_be_created_with_answers(self, store: Store) -> None:
        answers = (an_answer("a", '"yes"', 1), an_answer("b", '["x"]', 3, "because"))
        assessment = an_assessment(sequence=3, answers=answers)
        store.create(assessment)
        assert store.find("one") == assessment

    @pytest.mark.parametrize("taken", ["id", "key"])
    def test_an_id_and_a_key_are_given_once(self, store: Store, taken: str) -> None:
        store.create(an_assessment("one"))
        other = an_assessment("one" if taken == "id" else "two", key_hash=key_of("one"))
        with pytest.raises(AssessmentExists):
            store.create(other)
        assert store.find("one") == an_assessment("one")

    @pytest.mark.parametrize(
        "changes",
        [
            {"last_revision": 1},
            {"answers": (an_answer("a", "1", 0),)},
            {"sequence": 1, "answers": (an_answer("a", "1", 2),)},
            {"sequence": 1, "answers": (an_answer("a", "1", 1), an_answer("a", "2", 1))},
        ],
    )
    def test_a_record_that_contradicts_itself_is_refused(
        self, store: Store, changes: dict[str, Any]
    ) -> None:
        with pytest.raises(ValueError, match=r"must be|has no revision|answered once"):
            store.create(an_assessment(**changes))
        assert store.find("one") is None

    def test_an_expired_assessment_is_still_found(self, store: Store) -> None:
        old = an_assessment(expires_at=NOW - timedelta(days=1))
        store.create(old)
        assert store.find("one") == old

    def test_times_are_kept_to_the_millisecond_and_come_back_in_utc(self, store: Store) -> None:
        almaty = timezone(timedelta(hours=5))
        at = datetime(2026, 8, 25, 14, 0, 0, 1_999, almaty)
        store.create(an_assessment(created_at=at))
        created = found(store).created_at
        assert created == datetime(2026, 8, 25, 9, 0, 0, 1_000, UTC)
        assert created.tzinfo is UTC

    def test_a_time_without_a_zone_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match="no time zone"):
            store.create(an_assessment(created_at=NOW.replace(tzinfo=None)))

    def test_times_before_1970_and_far_ahead_are_kept(self, store: Store) -> None:
        first = datetime(1, 1, 1, tzinfo=UTC)
        last = datetime(9999, 12, 31, 23, 59, 59, 999_000, UTC)
        assessment = an_assessment(created_at=first, expires_at=last)
        store.create(assessment)
        assert store.find("one") == assessment

    def test_a_save_moves_the_sequence_and_the_times(self, store: Store) -> None:
        store.create(an_assessment())
        at, until = NOW + timedelta(hours=1), LATER + timedelta(hours=1)
        assert store.save("one", 0, [write("a", '"yes"')], Act(at, HOLDER), until) == 1
        after = found(store)
        assert (after.sequence, after.touched_at, after.expires_at) == (1, at, until)
        assert after.created_at == NOW
        assert after.answers[0].saved_at == at

    def test_answers_come_back_in_the_order_of_their_questions(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("b", "2"), write("c", "3"))
        save(store, 1, write("a", "1"))
        assert [answer.question for answer in found(store).answers] == ["a", "b", "c"]

    def test_an_answer_is_changed_from_the_version_that_was_read(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", '"yes"', because="first"))
        save(store, 1, write("a", '"no"', was=1, because="second"))
        assert found(store).answers == (an_answer("a", '"no"', 2, "second"),)

    def test_a_save_without_changes_only_moves_the_times(self, store: Store) -> None:
        store.create(an_assessment())
        at = NOW + timedelta(hours=1)
        assert store.save("one", 0, [], Act(at, HOLDER), LATER) == 0
        assert found(store) == an_assessment(touched_at=at)

    def test_a_removed_answer_is_gone(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", "1"), write("b", "2"))
        assert save(store, 1, remove("a", was=1)) == 2
        assert found(store).answers == (an_answer("b", "2", 1),)

    def test_a_save_from_an_old_sequence_is_told_the_present_one(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", "1"))
        with pytest.raises(StaleSequence) as told:
            save(store, 0, write("b", "2"))
        assert (told.value.expected, told.value.current) == (0, 1)
        assert found(store).answers == (an_answer("a", "1", 1),)

    @pytest.mark.parametrize("was", [0, 1, 7])
    @pytest.mark.parametrize("removing", [False, True])
    def test_a_save_from_an_old_version_is_told_the_present_answer(
        self, store: Store, was: int, removing: bool
    ) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", '"first"'))
        save(store, 1, write("a", '"second"', was=1))
        with pytest.raises(StaleAnswer) as told:
            save(store, 2, remove("a", was) if removing else write("a", '"third"', was))
        assert told.value.question == "a"
        assert told.value.current == an_answer("a", '"second"', 2)

    @pytest.mark.parametrize("removing", [False, True])
    def test_a_save_over_a_removed_answer_is_told_that_none_is_there(
        self, store: Store, removing: bool
    ) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", "1"))
        save(store, 1, remove("a", was=1))
        with pytest.raises(StaleAnswer) as told:
            save(store, 2, remove("a", 1) if removing else write("a", "2", was=1))
        assert told.value.current is None

    def test_a_version_never_comes_back_after_a_removal(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", '"first"'))
        save(store, 1, remove("a", was=1))
        save(store, 2, write("a", '"second"'))
        with pytest.raises(StaleAnswer) as told:
            save(store, 3, write("a", '"from a page of the first"', was=1))
        assert told.value.current == an_answer("a", '"second"', 3)

    def test_removing_what_was_never_answered_is_no_fault(self, store: Store) -> None:
        store.create(an_assessment())
        assert save(store, 0, remove("a", was=0)) == 1
        assert found(store).answers == ()

    def test_of_several_changes_all_are_made_or_none(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", "1"), write("b", "1"))
        before = found(store)
        with pytest.raises(StaleAnswer):
            save(store, 1, remove("a", was=1), write("c", "1"), write("b", "2", was=9))
        assert found(store) == before

    def test_two_changes_of_one_question_are_refused(self, store: Store) -> None:
        store.create(an_assessment())
        with pytest.raises(ValueError, match="answered once"):
            save(store, 0, write("a", "1"), write("a", "2"))

    def test_nobody_saves_to_or_submits_what_is_not_there(self, store: Store) -> None:
        with pytest.raises(NoSuchAssessment):
            save(store, 0, write("a", "1"))
        with pytest.raises(NoSuchAssessment):
            submit(store, 0)

    @pytest.mark.parametrize(
        "text", ["Әәіңғүұқөһ ₸", "a\x00b", "\U0001f600", "'; drop", "", "x" * 10_000]
    )
    def test_any_text_comes_back_as_it_was(self, store: Store, text: str) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", text, because=text))
        back = text.replace("\0", self.nul)
        assert found(store).answers == (an_answer("a", back, 1, back),)

    def test_a_text_that_is_no_unicode_is_refused_and_changes_nothing(self, store: Store) -> None:
        store.create(an_assessment())
        with pytest.raises(ValueError, match="surrogates"):
            save(store, 0, write("a", "1"), write("b", "1", because="\ud800"))
        assert found(store) == an_assessment()
        assert save(store, 0, write("a", "1")) == 1

    def test_a_submission_is_kept_as_a_revision(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", "1"))
        first = submit(store, 1, '{"a": 1}')
        assert (first.assessment, first.number, first.sequence) == ("one", 1, 1)
        assert (first.snapshot, first.submitted_at, first.language) == ('{"a": 1}', NOW, "kk")
        assert store.revision("one", 1) == first
        assert store.revisions("one") == (first,)
        assert found(store).last_revision == 1
        assert found(store).sequence == 1

    def test_submitting_the_same_sequence_again_gives_the_same_revision(self, store: Store) -> None:
        store.create(an_assessment())
        assert submit(store, 0, "{}") == submit(store, 0, '{"other": 1}')
        assert len(store.revisions("one")) == 1

    def test_a_later_change_makes_a_new_revision_and_the_old_one_stays(self, store: Store) -> None:
        store.create(an_assessment())
        first = submit(store, 0, '{"n": 1}')
        save(store, 0, write("a", "1"))
        second = submit(store, 1, '{"n": 2}')
        assert second.number == 2
        assert store.revisions("one") == (first, second)
        assert store.revision("one", 1) == first

    def test_a_submission_from_an_old_sequence_is_refused(self, store: Store) -> None:
        store.create(an_assessment())
        submit(store, 0)
        save(store, 0, write("a", "1"))
        with pytest.raises(StaleSequence):
            submit(store, 0)
        assert len(store.revisions("one")) == 1

    def test_an_assessment_may_be_judged_by_another_edition(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", "1"))
        revision = submit(store, 1)
        before = found(store)
        assert store.move("one", 1, date(2027, 1, 1), "other", Act(LATER, HOLDER)) == 2
        after = found(store)
        assert (after.edition, after.digest, after.sequence) == (date(2027, 1, 1), "other", 2)
        assert (after.answers, after.last_revision) == (before.answers, 1)
        assert (after.touched_at, after.expires_at) == (LATER, before.expires_at)
        assert store.revisions("one") == (revision,)
        assert store.find("one", before) == after

    def test_nobody_moves_an_assessment_that_moved_on_or_is_not_there(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", "1"))
        with pytest.raises(StaleSequence):
            store.move("one", 0, date(2027, 1, 1), "other", Act(NOW, HOLDER))
        with pytest.raises(NoSuchAssessment):
            store.move("two", 0, date(2027, 1, 1), "other", Act(NOW, HOLDER))
        assert found(store).edition != date(2027, 1, 1)

    def test_no_revision_is_found_where_there_is_none(self, store: Store) -> None:
        store.create(an_assessment())
        assert store.revisions("one") == store.revisions("two") == ()
        assert store.revision("one", 1) is None

    def test_deleting_removes_everything_and_nothing_else(self, store: Store) -> None:
        for name in ("one", "two"):
            store.create(an_assessment(name))
            save(store, 0, write("a", "1"), name=name)
            submit(store, 1, name=name)
        assert store.delete("one")
        assert store.find("one") is None
        assert store.find_by_key(key_of("one")) is None
        assert store.revisions("one") == ()
        assert len(found(store, "two").answers) == len(store.revisions("two")) == 1
        assert not store.delete("one")

    def test_an_id_used_again_after_deletion_starts_empty(self, store: Store) -> None:
        store.create(an_assessment())
        save(store, 0, write("a", "1"))
        store.delete("one")
        store.create(an_assessment())
        assert store.find("one") == an_assessment()

    def test_purging_deletes_what_has_expired_and_only_that(self, store: Store) -> None:
        for number in range(450):
            until = NOW + timedelta(milliseconds=number % 3 - 1)
            store.create(an_assessment(f"a{number}", expires_at=until))
        assert store.purge(NOW) == 300
        assert store.find("a1") is None
        assert store.find("a2") is not None
        assert store.purge(NOW) == 0

    def test_a_save_is_seen_by_every_thread_at_once(self, store: Store) -> None:
        store.create(an_assessment())
        found(store)
        worker = Thread(target=save, args=(store, 0, write("a", "1")))
        worker.start()
        worker.join()
        assert found(store).sequence == 1

    def test_a_sound_store_passes_its_check_and_is_not_changed_by_it(self, store: Store) -> None:
        store.create(an_assessment())
        store.check()
        assert store.find("one") == an_assessment()

    def test_a_closed_store_says_so_and_may_be_closed_again(self, store: Store) -> None:
        store.create(an_assessment())
        store.find("one")
        store.close()
        store.close()
        for call in (store.check, lambda: store.find("one"), lambda: store.delete("one")):
            with pytest.raises(StoreUnavailable) as told:
                call()
            assert told.value.reason == "closed"
