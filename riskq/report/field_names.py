"""What each field of the format is called for a reader who compares two editions."""

from __future__ import annotations

from collections.abc import Mapping

from riskq.i18n import Words

__all__ = ["field_names"]


def field_names(say: Words) -> Mapping[tuple[str, str], str]:
    """The name of each field of each sort of thing that two editions may write differently."""
    return {
        **_of_questions(say),
        **_of_rules(say),
        **_of_orders(say),
    }


def _of_questions(say: Words) -> dict[tuple[str, str], str]:
    return {
        ("questionnaire", "minutes"): say("Minutes that answering takes"),
        ("question", "section"): say("Section"),
        ("question", "kind"): say("Kind of answer"),
        ("question", "unsure"): say("“I don't know” can be answered"),
        ("question", "justify"): say("Own words are asked for"),
        ("question", "length"): say("Length of the text"),
        ("question", "range"): say("Numbers accepted"),
        ("question", "future"): say("Days to come are accepted"),
        ("question", "record"): say("For the record only"),
        ("question", "design"): say("About what can be designed otherwise"),
        ("option", "exclusive"): say("Excludes the other options"),
        ("option", "points"): say("Points"),
        ("option", "question"): say("Question"),
    }


def _of_rules(say: Words) -> dict[tuple[str, str], str]:
    return {
        ("rules", "in_force"): say("In force"),
        ("rules", "acts"): say("Acts that are cited"),
        ("rules", "acts of one"): say("Acts that one edition alone cites"),
        ("rules", "scores"): say("Scores"),
        ("rules", "units"): say("Worth of one unit of a fine"),
        ("scale", "levels"): say("Levels, the lightest first"),
        ("scale", "headline"): say("Answers the main question"),
        ("scale", "monotone"): say("Which answers are graver"),
        ("rule", "scale"): say("Scale"),
        ("rule", "reading"): say("Reading of the law"),
        ("duty", "who"): say("Whose duty"),
        ("duty", "due"): say("Deadline"),
        ("duty", "fine"): say("Fine"),
        ("notice", "grave"): say("Stands first"),
        ("requirement", "advice"): say("Advice, not asked for by the law"),
        ("fine", "by"): say("The amount depends on the question"),
        ("fine", "unit"): say("Unit of the fine"),
        ("fine", "first"): say("Amount"),
        ("fine", "repeat"): say("Amount when repeated"),
        ("documents", "question"): say("Question"),
        ("documents", "scale"): say("Scale"),
        ("documents", "levels"): say("Documents required"),
        ("bodies", "question"): say("Question"),
        ("bodies", "options"): say("State bodies to ask"),
    }


def _of_orders(say: Words) -> dict[tuple[str, str], str]:
    return {
        ("questionnaire", "order of sections"): say("Order of the sections"),
        ("section", "order of questions"): say("Order of the questions"),
        ("question", "order of options"): say("Order of the options"),
        ("rules", "order of scales"): say("Order of the scales"),
        ("scale", "order of rules"): say("Order of the rules"),
        ("rules", "order of duties"): say("Order of the duties"),
        ("rules", "order of notices"): say("Order of the warnings"),
        ("rules", "order of requirements"): say("Order of the conditions"),
        ("rules", "order of fines"): say("Order of the fines"),
        ("rules", "order of limits"): say("Order of the open points"),
    }
