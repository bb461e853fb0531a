"""How long a whole table of answers takes: CSV in, CSV with levels, rules and reasons out.

Run: .venv/bin/python -m benchmarks.tables [--rows N]

Systems answer kz-ai-law at random, a row each, and leave out what is not asked. Beside riskq
stands the limit: the same law written by hand as column expressions of the same library (polars),
which knows known answers alone, and gives each level with the rule that decides. Both run in
processes of their own, by turns, and must agree on every row.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import polars as pl

from riskq.bulk import TableJudge, read_columns
from riskq.questionnaire import Catalogue, Kind, Question, Questionnaire
from riskq.services import judge_table

ON = date(2026, 11, 2)
ROUNDS = 3
USUAL = {"model-based": ["yes"] * 8, "role": ["owner", "possessor"] * 3}
"""Systems that the law applies to, most of them, so that something is left to judge."""

BATCH = 100_000


def law() -> Questionnaire:
    """The published questionnaire."""
    return Catalogue().load("kz-ai-law", date(2026, 8, 25))


def choices(question: Question) -> list[str]:
    """Cells that answer a question, without "I don't know"."""
    if question.kind is Kind.MANY:
        alone = [option.id for option in question.options if option.exclusive]
        others = [option.id for option in question.options if not option.exclusive]
        pairs = [f"{one};{other}" for one in others for other in others if one < other]
        return [*alone * 3, *others, *pairs]
    if question.id in USUAL:
        return [*USUAL[question.id], *question.option_ids]
    if question.kind is Kind.DATE:
        return ["2026-02-01", "2025-12-31", "2024-05-05"]
    return list(question.option_ids) or ["A system"]


def write_answers(path: Path, rows: int) -> None:
    """Write a table of random answers, of which all are counted."""
    questionnaire, random = law(), Random(7)
    with path.open("wb") as file:
        for start in range(0, rows, BATCH):
            count = min(BATCH, rows - start)
            cells = {"vendor": [f"Vendor {number}" for number in range(start, start + count)]}
            for question in questionnaire.questions:
                cells[question.id] = random.choices(choices(question), k=count)
            frame = only_counted(questionnaire, pl.DataFrame(cells))
            frame.write_csv(file, include_header=start == 0)


def only_counted(questionnaire: Questionnaire, frame: pl.DataFrame) -> pl.DataFrame:
    """The answers without those that are set aside."""
    columns = read_columns(questionnaire, frame.columns, "table")
    numbered = pl.DataFrame([c.alias(str(i)) for i, c in enumerate(frame.get_columns())])
    aside = TableJudge(questionnaire, columns, ON).judge(numbered)["set_aside"].str.split(";")
    names = [name for name in frame.columns if name in questionnaire.by_id]
    return frame.with_columns(
        pl.when(aside.list.contains(name)).then(pl.lit("")).otherwise(pl.col(name)).alias(name)
        for name in names
    )


def by_riskq(source: Path, target: Path) -> None:
    """What ``riskq screen`` does."""
    judge_table(law(), source, target, ON)


def by_hand(source: Path, target: Path) -> None:
    """The same law as column expressions, as a programmer would write them down once."""
    frame = pl.scan_csv(source, infer_schema=False).fill_null("")
    steps = (scope(), inside(), trusted_list())
    for step in steps:
        frame = frame.with_columns([expression.alias(name) for name, expression in step.items()])
    frame.select("vendor", *(name for step in steps for name in step)).sink_csv(target)


def said(name: str, option: str = "yes") -> pl.Expr:
    """Whether a question of one option was answered so."""
    return pl.col(name) == option


def names_one(name: str, *options: str) -> pl.Expr:
    """Whether an answer of several options has one of these."""
    return pl.any_horizontal(*(pl.col(name).str.contains(one, literal=True) for one in options))


Rules = list[tuple[pl.Expr, str, str]]


def scale(name: str, rules: Rules, level: str, rule: str) -> dict[str, pl.Expr]:
    """The level of a scale and its rule: those of the first rule that holds, or the last ones."""
    levels = pl.coalesce(*(pl.when(w).then(pl.lit(x)) for w, x, _ in rules), pl.lit(level))
    decides = pl.coalesce(*(pl.when(w).then(pl.lit(x)) for w, _, x in rules), pl.lit(rule))
    return {name: levels, f"{name}.because": decides}


def scope() -> dict[str, pl.Expr]:
    """Whether the law applies."""
    rules: Rules = [
        (~said("model-based"), "outside-not-ai", "not-an-ai-system"),
        (said("kazakhstan-link", "none"), "outside-territory", "no-link-to-kazakhstan"),
    ]
    return scale("scope", rules, "inside", "ai-system-in-kazakhstan")


def inside() -> dict[str, pl.Expr]:
    """The scales of systems that the law applies to."""
    there = pl.col("scope") == "inside"
    consent = said("emotion-consent", "no") & said("emotion-by-law", "no")
    present = [
        (said("manipulation"), "manipulates"),
        (said("exploits-vulnerability"), "exploits-the-vulnerable"),
        (said("social-scoring") & said("social-scoring-by-law", "no"), "scores-people"),
        (
            said("personal-data") & said("personal-data-lawful", "no"),
            "breaches-personal-data-law",
        ),
        (said("biometric-discrimination"), "discriminates-by-biometrics"),
        (said("emotion-recognition") & consent, "reads-emotions"),
        (said("prohibited-results"), "makes-prohibited-results"),
    ]
    return {
        **scale(
            "prohibition",
            [(there & when, "present", rule) for when, rule in present],
            *("none", "no-prohibited-function"),
        ),
        **scale(
            "autonomy",
            [
                (there & said("human-control", "no-cancellation"), "high", "cannot-be-cancelled"),
                (there & said("human-control", "human-can-cancel"), "medium", "can-be-cancelled"),
            ],
            *("low", "human-decides"),
        ),
        **risk(there),
    }


def risk(there: pl.Expr) -> dict[str, pl.Expr]:
    """The class by risk, and what follows from it for cybersecurity."""
    harm = ~pl.col("significant-harm").is_in(["", "none"])
    worse, damage = said("users-efficiency"), said("damage")
    high = there & (said("emergency") | harm)
    critical = said("critical-object") | said("state-resources")
    return {
        **scale(
            "risk",
            [
                (high, "high", "high-by-consequence"),
                (there & worse & damage, "medium", "medium-both"),
                (there & (worse | damage), "medium", "medium-one"),
            ],
            *("minimal", "minimal"),
        ),
        **scale(
            "cybersecurity",
            [(high & critical, "equated-to-state", "high-and-critical")],
            *("ordinary", "no-special-regime"),
        ),
    }


def trusted_list() -> dict[str, pl.Expr]:
    """Whether the system could be entered on a list of trusted ones."""
    not_entitled = pl.col("role").is_in(["user", "developer", "assessor"])
    covered = names_one("audit-scope", "data-libraries") & names_one(
        "audit-scope", "prohibited-functions"
    )
    proof = names_one("rights-proof", "register-certificate", "author-agreement")
    rules: Rules = [
        (pl.col("scope") == "outside-not-ai", "not-applicable", "list-not-ai"),
        (pl.col("scope") != "inside", "not-applicable", "list-not-in-kazakhstan"),
        (pl.col("risk") != "high", "not-applicable", "list-not-high-risk"),
        (pl.col("prohibition") == "present", "barred", "list-barred"),
        (not_entitled, "not-entitled", "list-not-entitled"),
        (said("audit", "positive") & covered & proof, "ready", "list-ready"),
    ]
    return scale("trusted-list", rules, "not-ready", "list-not-ready")


def measured(work: Callable[[Path, Path], None], source: Path, target: Path) -> tuple[float, float]:
    """Seconds, and the most megabytes, that a process of its own needs for some work."""
    context = multiprocessing.get_context("spawn")
    given, taken = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, source, target, taken))
    process.start()
    seconds, megabytes = given.recv()
    process.join()
    return seconds, megabytes


def _run(work: Callable[[Path, Path], None], source: Path, target: Path, taken: Connection) -> None:
    began = time.perf_counter()
    work(source, target)
    taken.send((time.perf_counter() - began, _most_megabytes()))


def _most_megabytes() -> float:
    """The most memory that this process had at once; what getrusage tells is the parent's too."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (most,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(most) * 1024 / 1e6


def agree(ours: Path, hand: Path) -> None:
    """Raise ``AssertionError`` unless both say the same of every row where a level counts."""
    one, other = (pl.read_csv(path, infer_schema=False) for path in (ours, hand))
    assert one["vendor"].equals(other["vendor"])
    for name in [scale.id for scale in law().rulebook.scales]:
        counts = one[f"{name}.applies"] == "yes"
        assert one.filter(counts)[name].equals(other.filter(counts)[name]), name
        first = one[f"{name}.because"].str.split(";").list.first()
        assert first.filter(counts).equals(other.filter(counts)[f"{name}.because"]), name


def main() -> None:
    """Measure both by turns and print the times, the memory and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        source, ours, hand = (Path(folder) / name for name in ("in.csv", "riskq.csv", "hand.csv"))
        write_answers(source, rows)
        size = source.stat().st_size / 1e6
        print(f"{rows:,} rows, {size:.0f} MB of CSV")
        found: dict[str, list[tuple[float, float]]] = {"riskq": [], "by hand": []}
        for _ in range(ROUNDS):
            found["riskq"].append(measured(by_riskq, source, ours))
            found["by hand"].append(measured(by_hand, source, hand))
        agree(ours, hand)
    middle = {}
    for name, runs in found.items():
        middle[name] = statistics.median(seconds for seconds, _ in runs)
        most = max(megabytes for _, megabytes in runs)
        print(f"{name:10} median {middle[name]:6.2f} s   at most {most:6.0f} MB")
    print(f"ratio      {middle['riskq'] / middle['by hand']:.2f}")


if __name__ == "__main__":
    main()
