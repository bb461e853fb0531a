"""Expired assessments are removed beside the work, and not more often than needed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from riskq.questionnaire import Catalogue
from riskq.services import Desk, Keeper, start
from riskq.store import open_store


def test_expired_assessments_are_removed_and_others_stay(tmp_path: Path) -> None:
    moments = [datetime(2026, 11, 9, tzinfo=UTC)]
    store = open_store(tmp_path / "riskq.db")
    desk = Desk(store, Catalogue(), lambda: moments[-1], keep_days=30)
    keeper = Keeper(desk)
    old = start(desk, "kz-ai-law", "kk")
    moments.append(moments[-1] + timedelta(days=31))
    new = start(desk, "kz-ai-law", "kk")
    thread = keeper.tidy()
    assert thread is not None
    thread.join()
    assert store.find(old.id) is None
    assert store.find(new.id) is not None
    assert keeper.tidy() is None
    store.close()
