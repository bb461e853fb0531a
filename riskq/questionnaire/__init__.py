"""What a questionnaire is: the model, the conditions, the files and the catalogue of editions.

This package is pure: it reads files and knows neither answers nor the web, a database or a PDF.
"""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.questionnaire.catalogue import DATA_FOLDER, Catalogue, take_over
from riskq.questionnaire.citation import Cited, cite
from riskq.questionnaire.conditions import (
    ALWAYS,
    UNSURE,
    AllOf,
    Always,
    AnyOf,
    Atom,
    Beyond,
    Compares,
    Condition,
    FactHolds,
    Includes,
    Not,
    OlderThan,
    ScaleAt,
    ScoreCompares,
    parts_of,
    walk,
)
from riskq.questionnaire.folders import Edition, is_day
from riskq.questionnaire.kept import keep_all
from riskq.questionnaire.law import Act, ActReading, Amendment, Law, Texts
from riskq.questionnaire.measures import (
    Bound,
    Comparison,
    Period,
    TimeSpan,
    read_bound,
    write_period,
)
from riskq.questionnaire.model import (
    Kind,
    Length,
    Option,
    Question,
    Questionnaire,
    Range,
    Section,
)
from riskq.questionnaire.named import Named, conditions_of, named_conditions
from riskq.questionnaire.place import NOWHERE, Place
from riskq.questionnaire.prose import Prose, ScaleText
from riskq.questionnaire.reader import (
    MAX_BYTES,
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    read_raw,
    read_start,
    read_text,
    read_yaml,
)
from riskq.questionnaire.rulebook import (
    Documents,
    Due,
    Duty,
    DutyState,
    Fact,
    Fine,
    Notice,
    Reading,
    Requirement,
    Rule,
    Rulebook,
    Scale,
    UnitValue,
)

if TYPE_CHECKING:
    from riskq.questionnaire.cases import (
        Case,
        DutyExpectation,
        Expectation,
        OneOrMore,
        Presence,
        Relevance,
        RequirementExpectation,
    )
    from riskq.questionnaire.changes import ChangeLog, EditionChanges
    from riskq.questionnaire.condition_writer import write_condition
    from riskq.questionnaire.decoder import fields_of
    from riskq.questionnaire.loader import (
        Draft,
        digest_of,
        load_cases,
        load_changes,
        load_draft,
        load_edition,
        load_mutation_record,
    )
    from riskq.questionnaire.mutants import ArguedMutants, MutationRecord
    from riskq.questionnaire.order import Order
else:
    # Few pages need these, and no page worker is to carry them from its start.
    __getattr__ = handing_out(
        __name__,
        {
            "cases": (
                "Case",
                "DutyExpectation",
                "Expectation",
                "OneOrMore",
                "Presence",
                "Relevance",
                "RequirementExpectation",
            ),
            "changes": ("ChangeLog", "EditionChanges"),
            "condition_writer": ("write_condition",),
            "decoder": ("fields_of",),
            "loader": (
                "Draft",
                "digest_of",
                "load_cases",
                "load_changes",
                "load_draft",
                "load_edition",
                "load_mutation_record",
            ),
            "mutants": ("ArguedMutants", "MutationRecord"),
            "order": ("Order",),
        },
    )

__all__ = [
    "ALWAYS",
    "DATA_FOLDER",
    "MAX_BYTES",
    "NOWHERE",
    "UNSURE",
    "Act",
    "ActReading",
    "AllOf",
    "Always",
    "Amendment",
    "AnyOf",
    "ArguedMutants",
    "Atom",
    "Beyond",
    "Bound",
    "Case",
    "Catalogue",
    "ChangeLog",
    "Cited",
    "Compares",
    "Comparison",
    "Condition",
    "Documents",
    "Draft",
    "Due",
    "Duty",
    "DutyExpectation",
    "DutyState",
    "Edition",
    "EditionChanges",
    "Expectation",
    "Fact",
    "FactHolds",
    "Fine",
    "Includes",
    "Kind",
    "Law",
    "Length",
    "ListNode",
    "MapNode",
    "MutationRecord",
    "Named",
    "Node",
    "Not",
    "Notice",
    "OlderThan",
    "OneOrMore",
    "Option",
    "Order",
    "Period",
    "Place",
    "Presence",
    "Prose",
    "Question",
    "Questionnaire",
    "Range",
    "Reading",
    "Relevance",
    "Requirement",
    "RequirementExpectation",
    "Rule",
    "Rulebook",
    "ScalarNode",
    "Scale",
    "ScaleAt",
    "ScaleText",
    "ScoreCompares",
    "Section",
    "Texts",
    "TimeSpan",
    "UnitValue",
    "cite",
    "conditions_of",
    "digest_of",
    "fields_of",
    "is_day",
    "keep_all",
    "load_cases",
    "load_changes",
    "load_draft",
    "load_edition",
    "load_mutation_record",
    "named_conditions",
    "parts_of",
    "read_bound",
    "read_raw",
    "read_start",
    "read_text",
    "read_yaml",
    "take_over",
    "walk",
    "write_condition",
    "write_period",
]
