"""Acts, quotes, and which wordings could not be read."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from riskq.questionnaire import ActReading, Amendment, TimeSpan, cite
from riskq.questionnaire.law import Act, Law, Numbered, Texts

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


def test_the_title_of_an_act_is_told_as_the_law_has_it() -> None:
    (act,) = law().acts.values()
    numbered = Law({"act": replace(act, number="№ 1")})
    assert cite(numbered, "act", "ru", BEFORE).title == "Title ru"


NAMED = [
    ("17.1.3", "kk", "17-бап, 1-тармақ, 3) тармақша"),
    ("17.1.3", "ru", "статья 17, пункт 1, подпункт 3)"),
    ("17.1.part-2", "en", "Article 17(1), part 2"),
    ("17.1.part-2", "kk", "17-бап, 1-тармақ, екінші бөлік"),
    ("17.1.part-2", "ru", "статья 17, пункт 1, часть вторая"),
    ("17.part-7", "kk", "17-бап, 7-бөлік"),
    ("17.part-12", "ru", "статья 17, часть 12"),
]


@pytest.mark.parametrize(("provision", "language", "name"), NAMED)
def test_a_provision_is_named_as_lawyers_name_it(provision: str, language: str, name: str) -> None:
    assert cite(law(), f"act/{provision}", language, BEFORE).name == f"Act {language}, {name}"


def test_some_codes_number_parts_where_laws_number_paragraphs() -> None:
    (act,) = law().acts.values()
    code = Law({"act": replace(act, numbered=Numbered.PARTS)})
    assert cite(code, "act/17.7", "ru", BEFORE).name == "Act ru, статья 17, часть 7"


@pytest.mark.parametrize(
    ("language", "name"),
    [("kk", "17-бап, 3) тармақша"), ("ru", "статья 17, подпункт 3)"), ("en", "Article 17(3)")],
)
def test_a_list_of_terms_has_sub_paragraphs_alone(language: str, name: str) -> None:
    (act,) = law().acts.values()
    listing = Law({"act": replace(act, listed=("17",))})
    assert cite(listing, "act/17.3", language, BEFORE).name == f"Act {language}, {name}"


def test_a_change_of_nobody_knows_what_may_touch_anything() -> None:
    (act,) = law().acts.values()
    changed = tuple(replace(change, provisions=()) for change in act.amended)
    unclear = Law({"act": replace(act, amended=changed)})
    assert not unclear.is_unconfirmed("act/2", BEFORE)
    assert unclear.is_unconfirmed("act/2", AFTER)


@pytest.mark.parametrize("read", [ActReading.SECOND_HAND, ActReading.DRAFT, ActReading.TITLE_ONLY])
def test_an_act_that_was_not_read_is_never_confirmed(read: ActReading) -> None:
    assert law(read).is_unconfirmed("act/2", BEFORE)


def test_a_citation_knows_its_act_its_words_and_its_heading() -> None:
    cited = cite(law(), "act/17.1", "en", BEFORE)
    assert (cited.act, cited.name) == ("Act en", "Act en, Article 17(1)")
    assert (cited.heading, cited.quote) == ("Classes en", "Words en")
    assert (cited.official, cited.unconfirmed) == (False, False)
    assert cite(law(), "act/17.1", "kk", AFTER).unconfirmed
    assert law().act("act/17.1").id == "act"
    assert law().quote("act/17.2") is None
    with pytest.raises(KeyError):
        law().act("other/1")
