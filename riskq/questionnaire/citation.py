"""Writes citations as a reader knows them: "AI Law, Article 17(1)(3)" for ``kz-ai/17.1.3``.

Kazakh and Russian are written in the nominative, largest unit first, so that no title of an act
has to be declined.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from riskq.questionnaire.law import OFFICIAL_LANGUAGES, Act, Law, Numbered

__all__ = ["Cited", "cite"]

_ORDINALS = {
    "kk": ("бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы"),
    "ru": ("первая", "вторая", "третья", "четвёртая", "пятая", "шестая"),
}


class Cited(Struct, frozen=True):
    """A citation in one language, with the quoted words and how far they are confirmed.

    ``act`` is the short name of the act and ``title`` the official one, which holds the number;
    ``name`` names act and provision, ``heading`` is that of the article. ``quote`` is empty where
    nothing is quoted; ``official`` tells whether it is the official text or an unofficial
    translation; ``unconfirmed`` tells that the wording in force was not read.
    """

    citation: str
    act: str
    name: str
    title: str
    heading: str
    quote: str
    official: bool
    unconfirmed: bool
    address: str


def cite(law: Law, citation: str, language: str, day: date) -> Cited:
    """Write a citation; ``day`` is the day whose law is meant. Raises ``KeyError`` if unknown."""
    act, quote = law.act(citation), law.quote(citation)
    provision = citation.partition("/")[2]
    article = act.articles.get(provision.partition(".")[0])
    return Cited(
        citation=citation,
        act=act.short[language],
        name=_name(act, provision, language),
        title=act.title[language],
        heading=article[language] if article else "",
        quote=quote[language] if quote else "",
        official=language in OFFICIAL_LANGUAGES,
        unconfirmed=law.is_unconfirmed(citation, day),
        address=act.address[language] if act.address else "",
    )


def _name(act: Act, provision: str, language: str) -> str:
    if not provision:
        return act.short[language]
    return f"{act.short[language]}, {_name_provision(act, provision, language)}"


def _name_provision(act: Act, provision: str, language: str) -> str:
    """Name a provision without its act, such as "Article 17(1)(3)" or "17-бап, 1-тармақ"."""
    article, *rest = provision.split(".")
    if language == "en":
        steps = "".join(f", part {step[5:]}" if "part" in step else f"({step})" for step in rest)
        return f"Article {article}{steps}"
    depth = 1 if article in act.listed else 0
    steps_named = [_step(act, index, step, language) for index, step in enumerate(rest, depth)]
    first = f"статья {article}" if language == "ru" else f"{article}-бап"
    return ", ".join((first, *steps_named))


def _step(act: Act, index: int, step: str, language: str) -> str:
    if step.startswith("part-"):
        return _part(int(step[5:]), language)
    if index == 0 and act.numbered is Numbered.PARTS:
        return _part(int(step), language)
    if language == "ru":
        return f"подпункт {step})" if index else f"пункт {step}"
    return f"{step}) тармақша" if index else f"{step}-тармақ"


def _part(number: int, language: str) -> str:
    """The first few parts are named by words, as lawyers do; later ones by their numbers."""
    known = _ORDINALS[language]
    if number > len(known):
        return f"часть {number}" if language == "ru" else f"{number}-бөлік"
    ordinal = known[number - 1]
    return f"часть {ordinal}" if language == "ru" else f"{ordinal} бөлік"
