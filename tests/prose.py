"""Words for questionnaires that have none: one text for everything, or the ids themselves."""

from __future__ import annotations

from msgspec.structs import replace

from riskq.i18n import LANGUAGES
from riskq.questionnaire import UNSURE, Prose, Questionnaire
from riskq.questionnaire.prose import (
    LevelText,
    OptionText,
    QuestionText,
    RuleText,
    ScaleText,
    SectionText,
)

__all__ = ["with_words"]


def with_words(questionnaire: Questionnaire, text: str = "") -> Questionnaire:
    """The questionnaire with the text wherever a map shows words; without one, with its ids."""
    prose = {language: _prose(questionnaire, language, text) for language in LANGUAGES}
    return replace(questionnaire, prose=prose)


def _prose(questionnaire: Questionnaire, language: str, text: str) -> Prose:
    def say(name: str) -> str:
        return text or name

    book = questionnaire.rulebook
    return Prose(
        language=language,
        title=say("title"),
        summary=say("summary"),
        interpretation=say("interpretation"),
        answers={UNSURE: say(UNSURE)},
        sections={one.id: SectionText(say(one.id)) for one in questionnaire.sections},
        questions={
            one.id: QuestionText(
                say(one.id), options={name: OptionText(say(name)) for name in one.option_ids}
            )
            for one in questionnaire.questions
        },
        scales={
            one.id: ScaleText(say(one.id), {level: LevelText(say(level)) for level in one.levels})
            for one in book.scales
        },
        rules={rule.id: RuleText(say(rule.id)) for one in book.scales for rule in one.rules},
        facts={one.id: say(one.id) for one in book.facts},
    )
