"""Texts of two editions beside one another: whose text it is, and which of its words differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from riskq.report.comparison_views import Piece, WordFact, WordsView
from riskq.report.subject import Subject
from riskq.report.thing_titles import thing_title

__all__ = ["changed_pieces", "words_views"]

_KEPT = 4096


def words_views(changes: Iterable[WordFact], new: Subject, old: Subject) -> tuple[WordsView, ...]:
    """The changes of one language, those of one thing together."""
    views = []
    for owner, group in groupby(changes, lambda change: tuple(change.path.split(".")[:2])):
        found = list(group)
        title = _title(owner, new) or _title(owner, old) or thing_title(new, "questionnaire", ())
        is_all = {title} == {change.new or change.old for change in found}
        texts = tuple(changed_pieces(change.old, change.new) for change in found)
        views.append(WordsView("" if is_all or title is None else title, texts))
    return tuple(views)


def _title(owner: tuple[str, ...], subject: Subject) -> str:
    """What a text belongs to; empty where that is the questionnaire as a whole."""
    prose = subject.prose
    if owner[0] == "rules":
        scales = subject.questionnaire.rulebook.scales
        ids = [scale.id for scale in scales if owner[-1] in {rule.id for rule in scale.rules}]
        return prose.scales[ids[0]].title if ids else ""
    texts = getattr(prose, owner[0], None)
    text = texts.get(owner[-1]) if isinstance(texts, Mapping) else None
    if isinstance(text, str):
        return text
    return next((str(getattr(text, key)) for key in ("title", "ask") if hasattr(text, key)), "")


@lru_cache(maxsize=_KEPT)
def changed_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """A text word by word; line breaks within a paragraph mean nothing."""
    return tuple(_pieces(_words(old), _words(new)))


def _words(text: str) -> list[str]:
    return re.findall(r"\n\n|\S+", text)


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            yield Piece("", " ".join(old[a:b]))
            continue
        if b > a:
            yield Piece("del", " ".join(old[a:b]))
        if d > c:
            yield Piece("ins", " ".join(new[c:d]))
