"""What a report says: the verdict, its reasons, what to do, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from riskq.engine import Truth
from riskq.i18n import LANGUAGES, words
from riskq.questionnaire import DutyState
from riskq.report import DutyView, Line, Report, ScaleState, ScaleView
from tests.ai_law import cases, questionnaire
from tests.report.reports import compose_on, fresh_report_of, report_of, texts_of

READY, BARE, OPEN = "hospital-triage-ready", "hospital-triage-no-audit", "harm-unknown"


def scale(report: Report, name: str) -> ScaleView:
    return next(view for view in report.scales if view.id == name)


def duty(report: Report, name: str) -> DutyView:
    return next(view for view in report.duties if view.id == name)


def leaves(lines: tuple[Line, ...]) -> list[str]:
    return [text for line in lines for text in (leaves(line.parts) or [line.text])]


def test_the_verdict_is_the_sentence_of_the_rule_that_decides() -> None:
    report = report_of(READY)
    assert report.verdict.text == questionnaire().prose["en"].rules["list-ready"].verdict
    assert report.verdict.class_text.endswith(": high")
    assert not report.verdict.is_open


def test_the_class_comes_first_and_then_the_headline() -> None:
    assert [view.id for view in report_of(READY).scales[:2]] == ["risk", "trusted-list"]


def test_an_open_conclusion_names_what_is_possible_and_what_decides_it() -> None:
    verdict = report_of(OPEN).verdict
    assert verdict.is_open
    assert [level.id for level in verdict.levels] == ["not-applicable", "not-ready"]
    assert [item.id for item in verdict.decides] == ["significant-harm"]
    assert verdict.class_text.endswith(": still open (minimal or high)")


def test_an_open_scale_tells_each_possible_level_with_its_reason() -> None:
    risk = scale(report_of(OPEN), "risk")
    assert risk.state is ScaleState.OPEN
    assert risk.level is None
    assert [reason.level for reason in risk.reasons] == ["high", "minimal"]
    assert leaves(risk.reasons[0].lines)[0].endswith("is “I don't know”.")


def test_a_level_that_is_left_over_says_what_rules_the_graver_ones_out() -> None:
    risk = scale(report_of("school-chatbot"), "risk")
    assert [out.level for out in risk.ruled_out] == ["high", "medium"]
    ask = questionnaire().prose["en"].questions["emergency"].ask
    assert leaves(risk.ruled_out[0].lines)[0] == f"The answer to “{ask}” is “No”."


def test_levels_ruled_out_by_the_same_answers_are_told_together() -> None:
    autonomy = scale(report_of(READY), "autonomy")
    assert [out.level for out in autonomy.ruled_out] == ["high or medium"]


def test_facts_are_told_with_the_answers_behind_them() -> None:
    scope = scale(report_of(READY), "scope")
    (line,) = scope.ruled_out[0].lines
    prose = questionnaire().prose["en"]
    assert line.text == f"{prose.facts['ai-system']}."
    ask = prose.questions["model-based"].ask
    assert leaves((line,)) == [f"The answer to “{ask}” is “Yes”."]


def test_what_was_not_asked_is_left_out_where_an_answer_tells_the_same() -> None:
    prohibition = scale(report_of(BARE), "prohibition")
    assert "not asked" not in str(prohibition.ruled_out)


def test_alternatives_that_each_suffice_are_told_as_such() -> None:
    risk = scale(report_of(READY, emergency="yes"), "risk")
    (line,) = risk.reasons[0].lines
    assert line.text == "Each of these is enough:"
    assert len(line.parts) == 2


def test_a_cautious_reading_says_so_in_its_own_words() -> None:
    reason = scale(report_of("damage-decides", damage="yes", users_efficiency="no"), "risk").reasons
    assert [item.is_cautious for item in reason] == [True]
    assert reason[0].caution.startswith("Cautious reading")


def test_outside_the_law_scales_are_not_assessed_and_duties_do_not_arise() -> None:
    report = report_of("rule-calculator")
    risk = scale(report, "risk")
    assert (risk.state, risk.state_text) == (ScaleState.OUTSIDE, "not assessed")
    assert risk.note == "Not assessed: the system is outside the reach of the law."
    assert (risk.reasons, risk.level, risk.drawing.marker) == ((), None, None)
    assert (report.duties, report.documents, report.listing.requirements) == ((), None, ())


def test_a_prohibited_function_is_in_the_verdict_and_the_first_step() -> None:
    report = report_of("call-centre-satisfaction")
    title = questionnaire().prose["en"].notices["prohibited-present"].title
    assert report.verdict.warnings == (title,)
    assert report.next_steps[0].is_urgent
    assert report.notices[0].is_grave


def test_a_prohibited_function_that_is_not_ruled_out_is_in_the_verdict() -> None:
    report = report_of("hospital-triage-ready", manipulation="unsure")
    title = questionnaire().prose["en"].notices["prohibited-present"].title
    assert report.verdict.warnings == ()
    assert report.verdict.open_warnings == (title,)


def test_an_open_scope_leaves_only_the_levels_of_systems_within_it() -> None:
    report = report_of("hospital-triage-ready", kazakhstan_link=None)
    risk = scale(report, "risk")
    assert (risk.state, risk.level) == (ScaleState.OPEN, None)
    assert risk.state_text == "high, if the law applies"
    assert {reason.level for reason in risk.reasons} == {"high"}
    assert scale(report, "prohibition").state_text == "none found, if the law applies"
    assert scale(report, "scope").state is ScaleState.OPEN


def test_a_level_hangs_on_facts_and_on_what_a_designer_can_change() -> None:
    report = report_of("border-face-search")
    risk, listing = report.hangs[:2]
    assert (risk.scale, risk.level, listing.scale) == ("risk", "high", "trusted-list")
    assert risk.design == {}
    (then,) = risk.facts
    assert then == "The conclusion would stay open (minimal or medium) if:"
    (change,) = risk.facts[then]
    assert [answer.id for answer in change.answers] == ["significant-harm"]
    assert not change.answers[0].is_example
    together = [c for c in listing.changes if len(c.answers) > 1]
    assert [[answer.id for answer in c.answers] for c in together] == [["audit", "rights-proof"]]
    assert together[0].is_design


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_follow_from_other_answers_opens_the_sentence(language: str) -> None:
    report = report_of("meters-papers-at-the-vendor", language)
    minimal = questionnaire().prose[language].scales["risk"].levels["minimal"].label
    risk = next(hangs for hangs in report.hangs if hangs.scale == "risk")
    assert any(minimal in change.then for change in risk.changes)
    assert all(change.then.endswith(":") for hangs in report.hangs for change in hangs.changes)


def test_an_open_level_says_what_to_find_out_first() -> None:
    report = report_of("hospital-triage-ready", kazakhstan_link=None, emergency="unsure")
    scope = next(hangs for hangs in report.hangs if hangs.scale == "scope")
    assert (scope.level, scope.changes) == ("", ())
    assert [item.id for item in scope.ask_first] == ["kazakhstan-link"]


def test_a_duty_that_no_question_asks_about_is_not_called_unknown() -> None:
    report = report_of("hospital-triage-ready")
    states = {item.id: item.state_text for item in report.duties}
    assert states["right-to-refuse"] == "The questionnaire has no question about this"
    assert states["lawful-results"] == "The questionnaire has no question about this"
    assert "Not known" not in states.values()
    asked = report_of("hospital-triage-ready", user_support="unsure")
    assert duty(asked, "user-support").state_text == "Not known"


def test_the_steps_name_what_was_answered_with_not_knowing() -> None:
    report = report_of("hospital-triage-ready", user_support="unsure", safety_measures="unsure")
    step = next(step for step in report.next_steps if "(2 questions)" in step.text)
    assert step.details == tuple(
        questionnaire().prose["en"].questions[name].ask
        for name in ("safety-measures", "user-support")
    )


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("owner", "Self-assessment of an AI system"),
        ("assessor", "Assessment of somebody else's AI system"),
    ],
)
def test_the_first_page_says_who_answered_and_that_nobody_checked(role: str, kind: str) -> None:
    report = report_of("hospital-triage-ready", role=role)
    assert report.kind == kind
    assert report.system.role == questionnaire().prose["en"].option("role", role).label
    assert "checked by nobody" in report.standing


def test_a_missing_review_is_told_with_its_day() -> None:
    report = report_of("review-overdue")
    deadline = duty(report, "yearly-review").deadline
    assert deadline is not None
    assert (deadline.day, deadline.is_overdue) == (date(2026, 10, 31), True)
    assert "overdue: 31 October 2026" in report.next_steps[0].text


def test_on_the_last_day_a_review_is_not_overdue() -> None:
    deadline = duty(report_of("review-overdue", risk_review="2025-11-01"), "yearly-review").deadline
    assert deadline is not None
    assert not deadline.is_overdue


def test_a_review_that_never_was_has_no_deadline() -> None:
    view = duty(report_of("review-overdue", risk_review="never"), "yearly-review")
    assert (view.deadline, view.state) == (None, DutyState.MISSING)


def test_a_fine_is_told_for_the_answered_size_in_units_and_tenge() -> None:
    fine = duty(report_of(READY), "risk-management").fine
    assert fine is not None
    assert fine.is_known_who
    assert [(row.first_units, row.first_tenge) for row in fine.rows] == [
        ("100\xa0MCI", "432,500\xa0tenge")
    ]
    assert "4,325\xa0tenge" in fine.unit_text


def test_without_a_size_every_fine_is_told() -> None:
    fine = duty(report_of(READY, organisation_size=None), "risk-management").fine
    assert fine is not None
    assert not fine.is_known_who
    assert [row.first_units for row in fine.rows] == [
        "15\xa0MCI",
        "20\xa0MCI",
        "30\xa0MCI",
        "100\xa0MCI",
    ]


def test_in_a_year_without_a_known_unit_the_fine_is_told_in_units_alone() -> None:
    fine = duty(report_of(READY, on=date(2027, 2, 1)), "risk-management").fine
    assert fine is not None
    assert [row.first_tenge for row in fine.rows] == [""]
    assert "not known" in fine.unit_text


def test_no_fine_is_told_whose_ground_cannot_arise() -> None:
    report = report_of("school-chatbot")
    assert [view.id for view in report.duties if view.fine] == []


def test_duties_that_only_may_apply_stand_apart() -> None:
    report = report_of(OPEN)
    assert {view.id for view in report.open_duties} == {"audit", "application-file"}
    assert {view.is_open for view in report.sure_duties} == {False}


def test_missing_conditions_of_an_application_come_first() -> None:
    listing = report_of(BARE).listing
    assert [item.met for item in listing.requirements][:4] == [Truth.FAILS] * 4
    assert "positive-audit" in [item.id for item in listing.missing]


def test_advice_is_never_a_missing_condition() -> None:
    listing = report_of(BARE).listing
    advice = next(item for item in listing.requirements if item.is_advice)
    assert advice.met is Truth.FAILS
    assert advice not in listing.missing


def test_candidate_bodies_are_an_opinion() -> None:
    bodies = report_of(READY).listing.bodies
    assert bodies is not None
    assert bodies.names == (questionnaire().prose["en"].bodies["ministry-of-healthcare"],)
    assert bodies.note.startswith("This is an opinion")


def test_a_sector_without_candidates_says_so() -> None:
    bodies = report_of(READY, sector="other").listing.bodies
    assert bodies is not None
    assert bodies.names == ()


def test_documents_are_told_for_the_level_reached() -> None:
    documents = report_of("school-chatbot").documents
    assert documents is not None
    assert len(documents.rows) == 2
    assert {row.needed for row in documents.rows} == {Truth.HOLDS}


def test_while_the_level_is_open_some_documents_only_may_be_needed() -> None:
    documents = report_of(OPEN).documents
    assert documents is not None
    needed = [row.needed for row in documents.rows]
    assert needed == [Truth.HOLDS, Truth.HOLDS, Truth.OPEN, Truth.OPEN]


def test_those_who_do_not_seek_a_listing_are_not_sent_to_an_audit() -> None:
    steps = texts_of(report_of(BARE, wants_listing="no").next_steps)
    assert "For an application, obtain:" not in steps
    assert "For an application, obtain:" in texts_of(report_of(BARE).next_steps)


def test_a_missing_failure_scenario_is_told() -> None:
    report = report_of(READY, emergency="no")
    lacking = [answer.id for answer in report.scenarios if answer.scenario_missing]
    assert lacking == ["emergency"]
    assert "Write down the failure scenario that is missing (1)." in texts_of(report.next_steps)


def test_a_written_scenario_stands_beside_its_answer() -> None:
    words = "Жүйе тоқтаса, қағазға көшеміз.\n\nБұл екі сағатқа жетеді."
    report = report_of(READY, emergency={"answer": "no", "because": words})
    told = {answer.id: answer.scenario for answer in report.scenarios}
    assert told["emergency"] == ("Жүйе тоқтаса, қағазға көшеміз.", "Бұл екі сағатқа жетеді.")


def test_very_many_lines_are_told_whole_and_one_after_the_other() -> None:
    lines = [f"қадам {number}" for number in range(250)]
    words = "\n".join(lines)
    report = report_of(READY, emergency={"answer": "no", "because": words})
    (told,) = [answer.scenario for answer in report.scenarios if answer.id == "emergency"]
    assert told == (" ¶ ".join(lines),)
    few = "\n".join(lines[:201])
    report = report_of(READY, emergency={"answer": "no", "because": few})
    (told,) = [answer.scenario for answer in report.scenarios if answer.id == "emergency"]
    assert told == (few,)


def test_answers_off_the_path_are_told_apart() -> None:
    report = report_of(READY, users_efficiency="yes")
    assert [answer.id for answer in report.set_aside] == ["users-efficiency"]
    counted = [answer.id for section in report.sections for answer in section.answers]
    assert "users-efficiency" not in counted


def test_questions_without_an_answer_are_listed_too() -> None:
    report = report_of(READY, ai_notice=None)
    assert not report.is_complete
    assert report_of(READY).is_complete


def test_no_answers_at_all_still_give_a_report() -> None:
    report = compose_on({}, date(2026, 11, 1), "en")
    assert report.verdict.is_open
    assert (report.system.name, report.system.purpose) == ("", ())
    assert len(report.next_steps) >= 2


def test_what_is_not_confirmed_is_marked_and_explained_once() -> None:
    report = report_of(READY)
    assert report.has_unconfirmed
    assert any(cited.unconfirmed for cited in scale(report, "trusted-list").reasons[0].cites)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_decides_an_open_scale_is_a_whole_sentence(language: str) -> None:
    say = words(language, "report")
    more = say.plural("and %(num)s more", "and %(num)s more", 2)
    report = report_of("vendor-tells-nothing", language, significant_harm="unsure")
    told = [reason.text for reason in report.top_reasons if scale_open(report, reason.scale)]
    assert told
    assert all(text.endswith((".", "?")) for text in told)
    assert any(more.partition("2")[0] in text for text in told)


def scale_open(report: Report, title: str) -> bool:
    return any(view.title == title and view.state is ScaleState.OPEN for view in report.scales)


def test_the_first_page_has_at_most_three_reasons_and_five_steps() -> None:
    for case in cases():
        report = report_of(case)
        assert 1 <= len(report.top_reasons) <= 3
        assert 1 <= len(report.next_steps) <= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_moment_of_submission_is_told_in_the_time_of_kazakhstan(language: str) -> None:
    assert report_of(READY, language).submitted_text.endswith("14:30 (UTC+5)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_answers_make_the_same_report(language: str) -> None:
    assert fresh_report_of(BARE, language) == fresh_report_of(BARE, language)
