"""How long one classification takes in process: typed answers in, six levels with rules out.

Run: .venv/bin/python benchmarks/classify.py [--rounds N]

It judges every case of kz-ai-law in which everything is known. Beside it stands the limit: the same
law written by hand as plain Python, which knows no open answers, no other questionnaire and no
reasons but the rule. Both must agree on every case. Open cases and whole conclusions follow.
"""

from __future__ import annotations

import argparse
import timeit
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from statistics import median

from riskq.engine import Answers, Chosen, Judge, Unsure, assess, plain, read_answers
from riskq.questionnaire import Case, Catalogue, MapNode, Questionnaire, load_cases

Plain = dict[str, frozenset[str]]
Verdict = dict[str, tuple[str, str]]
"""For each scale its level and the rule that decides."""


@dataclass(frozen=True)
class Situation:
    """The answers of one case, and the day on which they are judged."""

    answers: Answers
    on: date

    @property
    def is_known(self) -> bool:
        """Whether nobody said "I don't know"."""
        return not any(isinstance(answer, Unsure) for answer in self.answers.values())


def situations(questionnaire: Questionnaire, cases: Iterable[Case]) -> list[Situation]:
    """The answers of every case."""
    found = []
    for case in cases:
        assert isinstance(case.answers, MapNode)
        raw = {key.text: plain(value) for key, value in case.answers.entries}
        found.append(Situation(read_answers(questionnaire, raw, case.on), case.on))
    return found


def by_riskq(questionnaire: Questionnaire, names: list[str], situation: Situation) -> Verdict:
    """What riskq says, with all reasons; the deciding rule is the first of them."""
    judge = Judge(questionnaire, situation.answers, situation.on)
    results = [judge.scale(name) for name in names]
    return {result.id: (result.possible[0], result.because[0]) for result in results}


def by_hand(said: Plain) -> Verdict:
    """The law as a programmer would write it down once, for known answers."""
    verdict = {
        "scope": _scope(said),
        "prohibition": ("none", "no-prohibited-function"),
        "risk": ("minimal", "minimal"),
        "autonomy": ("low", "human-decides"),
        "cybersecurity": ("ordinary", "no-special-regime"),
    }
    if verdict["scope"][0] == "inside":
        verdict["prohibition"] = _prohibition(said)
        verdict["risk"] = _risk(said)
        if _is(said, "human-control", "no-cancellation"):
            verdict["autonomy"] = ("high", "cannot-be-cancelled")
        elif _is(said, "human-control", "human-can-cancel"):
            verdict["autonomy"] = ("medium", "can-be-cancelled")
        critical = _is(said, "critical-object") or _is(said, "state-resources")
        if verdict["risk"][0] == "high" and critical:
            verdict["cybersecurity"] = ("equated-to-state", "high-and-critical")
    verdict["trusted-list"] = _trusted_list(said, verdict)
    return verdict


def _is(said: Plain, name: str, option: str = "yes") -> bool:
    return option in said.get(name, ())


def _scope(said: Plain) -> tuple[str, str]:
    if not _is(said, "model-based"):
        return "outside-not-ai", "not-an-ai-system"
    if _is(said, "kazakhstan-link", "none"):
        return "outside-territory", "no-link-to-kazakhstan"
    return "inside", "ai-system-in-kazakhstan"


def _prohibition(said: Plain) -> tuple[str, str]:
    consent = _is(said, "emotion-consent", "no") and _is(said, "emotion-by-law", "no")
    unlawful = _is(said, "personal-data-lawful", "no")
    scored = _is(said, "social-scoring") and _is(said, "social-scoring-by-law", "no")
    tests = (
        (_is(said, "manipulation"), "manipulates"),
        (_is(said, "exploits-vulnerability"), "exploits-the-vulnerable"),
        (scored, "scores-people"),
        (_is(said, "personal-data") and unlawful, "breaches-personal-data-law"),
        (_is(said, "biometric-discrimination"), "discriminates-by-biometrics"),
        (_is(said, "emotion-recognition") and consent, "reads-emotions"),
        (_is(said, "prohibited-results"), "makes-prohibited-results"),
    )
    rule = next((rule for holds, rule in tests if holds), None)
    return ("present", rule) if rule else ("none", "no-prohibited-function")


def _risk(said: Plain) -> tuple[str, str]:
    harm = said.get("significant-harm")
    if _is(said, "emergency") or (harm and "none" not in harm):
        return "high", "high-by-consequence"
    worse, damage = _is(said, "users-efficiency"), _is(said, "damage")
    if worse and damage:
        return "medium", "medium-both"
    return ("medium", "medium-one") if worse or damage else ("minimal", "minimal")


def _trusted_list(said: Plain, verdict: Verdict) -> tuple[str, str]:
    scope = verdict["scope"][0]
    if scope != "inside":
        rule = "list-not-ai" if scope == "outside-not-ai" else "list-not-in-kazakhstan"
        return "not-applicable", rule
    if verdict["risk"][0] != "high":
        return "not-applicable", "list-not-high-risk"
    if verdict["prohibition"][0] == "present":
        return "barred", "list-barred"
    if said.get("role", frozenset()) & {"user", "developer", "assessor"}:
        return "not-entitled", "list-not-entitled"
    proof = said.get("rights-proof", frozenset()) & {"register-certificate", "author-agreement"}
    scope_of_audit = {"data-libraries", "prohibited-functions"}
    covered = scope_of_audit <= said.get("audit-scope", frozenset())
    if _is(said, "audit", "positive") and covered and proof:
        return "ready", "list-ready"
    return "not-ready", "list-not-ready"


def as_plain(answers: Answers) -> Plain:
    """The chosen options alone, for the law by hand."""
    return {n: frozenset(a.options) for n, a in answers.items() if isinstance(a, Chosen)}


def microseconds(call: Callable[[], object], rounds: int) -> float:
    """The best of five runs, for one call."""
    return min(timeit.repeat(call, number=rounds, repeat=5)) / rounds * 1e6


def show(what: str, times: list[float]) -> float:
    """Print the middle and the worst of some times; gives the middle one."""
    middle = median(times)
    print(f"{what:44} median {middle:8.1f} µs   worst {max(times):8.1f} µs   n {len(times)}")
    return middle


def main() -> None:
    """Judge all cases both ways, and print the times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    catalogue, name, day = Catalogue(), "kz-ai-law", date(2026, 8, 25)
    law = catalogue.load(name, day)
    names = [scale.id for scale in law.rulebook.scales]
    cases = situations(law, load_cases(catalogue.edition(name, day)))
    counted = [Situation(assess(law, c.answers, c.on).journey.counted, c.on) for c in cases]
    complete = [c for c in counted if c.is_known and assess(law, c.answers, c.on).is_complete]
    for case in complete:
        assert by_riskq(law, names, case) == by_hand(as_plain(case.answers))
    known = [microseconds(partial(by_riskq, law, names, case), rounds) for case in complete]
    hand = [microseconds(partial(by_hand, as_plain(case.answers)), rounds) for case in complete]
    others = [case for case in cases if not case.is_known]
    openly = [microseconds(partial(by_riskq, law, names, case), rounds) for case in others]
    few = max(1, rounds // 4)
    whole = [microseconds(partial(assess, law, case.answers, case.on), few) for case in cases]
    ours = show("riskq, six scales with rules, all known", known)
    limit = show("the same law by hand in Python", hand)
    print(f"{'ratio':44} {ours / limit:15.1f}")
    show("riskq, six scales with rules, some unknown", openly)
    show("riskq, the whole conclusion with journey", whole)


if __name__ == "__main__":
    main()
