"""Acts, quotes, and which wordings could not be read."""

from __future__ import annotations

from datetime import date

import pytest

from riskq.questionnaire import ActReading, Amendment, cite
from riskq.questionnaire.law import Act, Law, Texts
from riskq.questionnaire.rulebook import TimeSpan

BEFORE, AFTER = date(2026, 8, 24), date(2026, 8, 25)


def texts(word: str) -> Texts:
    """One word in three languages."""
    return Texts(f"{word} kk", f"{word} ru", f"{word} en")


def law(read: ActReading = ActReading.FULL, *, confirmed: bool = False) -> Law:
    """An act of which one paragraph was changed later."""
    act = Act(
        id="act",
        title=texts("Title"),
        short=texts("Act"),
        in_force=TimeSpan(date(2026, 1, 1)),
        read=read,
        amended=(Amendment(AFTER, "№ 2", confirmed, ("17.1", "20")),),
        articles={"17": texts("Classes")},
        quotes={"17.1": texts("Words")},
    )
    return Law({"act": act})


@pytest.mark.parametrize("citation", ["act/17.1", "act/17.1.3", "act/17", "act/20.4"])
def test_a_change_touches_what_is_inside_and_around_it(citation: str) -> None:
    assert law().is_unconfirmed(citation, AFTER)
    assert not law().is_unconfirmed(citation, BEFORE)
    assert not law(confirmed=True).is_unconfirmed(citation, AFTER)


@pytest.mark.parametrize("citation", ["act/17.10", "act/17.2", "act/2", "act/200"])
def test_a_change_touches_no_neighbour(citation: str) -> None:
    assert not law().is_unconfirmed(citation, AFTER)


@pytest.mark.parametrize("read", [ActReading.SECOND_HAND, ActReading.DRAFT, ActReading.TITLE_ONLY])
def test_an_act_that_was_not_read_is_never_confirmed(read: ActReading) -> None:
    assert law(read).is_unconfirmed("act/2", BEFORE)


def test_a_citation_knows_its_act_its_words_and_its_heading() -> None:
    cited = cite(law(), "act/17.1", "en", BEFORE)
    assert (cited.name, cited.heading, cited.quote) == (
        "Act en, Article 17(1)",
        "Classes en",
        "Words en",
    )
    assert (cited.official, cited.unconfirmed) == (False, False)
    assert cite(law(), "act/17.1", "kk", AFTER).unconfirmed
    assert law().act("act/17.1").id == "act"
    assert law().quote("act/17.2") is None
    with pytest.raises(KeyError):
        law().act("other/1")
