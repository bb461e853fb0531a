"""A report as a PDF: riskq's way beside plain WeasyPrint and Typst, in the same run.

    .venv/bin/pip install --target build/benchmarks fontpkg-noto-sans typst
    PYTHONPATH=build/benchmarks .venv/bin/python -m benchmarks.documents [options]

    --rounds N    documents of each contender, 20 if not given; they take turns, so that a machine
                  in a bad mood is in it for all. The slow one takes part in every fourth turn
    --case NAME   whose report; clinic-as-user if not given, of eight pages: none is shorter but of
                  those on systems that the law does not apply to
    --reports N   makes so many reports in one go as well, and tells how the memory grows

Plain is ``HTML(...).write_pdf()`` of the same HTML and style sheets, as PDF/UA, in a warm process:
(a) with the whole static Noto Sans and harfbuzz-subset, (b) with the variable Noto Sans, without
harfbuzz-subset. (c) is Typst, with the same content and the fonts of (a). What cannot be measured
is named. riskq makes PDF/A-3a and PDF/UA with fonts cut beforehand, in a fenced child. No timing
is a test.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import psutil
import pypdf

from benchmarks.full_fonts import find_variable, write_static
from benchmarks.typst_markup import typst_markup
from riskq.engine import read_answers
from riskq.report import Renderer, RenderJob, Sealer
from riskq.report.job import encode_job
from riskq.services.issue import issue_of_answers
from riskq.settings import SealSettings
from tests.ai_law import answers_of, cases, questionnaire

STATIC = Path(__file__).resolve().parents[1] / "static"
CONF = "<fontconfig><dir>{fonts}</dir><cachedir>{fonts}/cache</cachedir></fontconfig>"
MEBI = 1024 * 1024
TITLES = {
    "riskq": "riskq, warm, one child",
    "static": "(a) plain, full static font",
    "variable": "(b) plain, variable, no subset lib",
    "typst": "(c) Typst, same content",
}
SLOW, SLOW_EVERY = "variable", 4


@dataclass
class Contender:
    """A process that makes the report again and again, and what it took, in milliseconds."""

    name: str
    process: subprocess.Popen[str]
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def ask(self) -> dict[str, float]:
        """One more document."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        return {str(name): float(value) for name, value in told.items()}

    def take_turn(self) -> None:
        """One more document that counts."""
        told = self.ask()
        self.cpu.append(told["cpu"])
        self.wall.append(told["wall"])


def job_of(case: str) -> RenderJob:
    """The report on a case of the published questionnaire, in Kazakh."""
    on = cases()[case].on
    answers = read_answers(questionnaire(), answers_of(case), on)
    return issue_of_answers(questionnaire(), answers, on, "kk").job(questionnaire(), "kk")


def prepare(folder: Path, job: RenderJob) -> dict[str, str]:
    """Write what the contenders need; the reasons why some cannot take part."""
    (folder / "report.html").write_text(job.html, "utf-8")
    (folder / "report.typ").write_text(typst_markup(job.html), "utf-8")
    (folder / "job.json").write_bytes(encode_job(job))
    for name in ("tokens.css", "print.css"):
        (folder / name).write_bytes((STATIC / name).read_bytes())
    absent: dict[str, str] = {}
    try:
        find_variable(folder / "variable")
        write_static(folder / "static")
    except ModuleNotFoundError:
        reason = "the package fontpkg-noto-sans is missing"
        absent = dict.fromkeys(("static", "variable", "typst"), reason)
    try:
        import_module("typst")
    except ModuleNotFoundError:
        absent["typst"] = "the package typst is missing"
    return absent


@contextmanager
def contender(name: str, folder: Path) -> Iterator[Contender]:
    """The contender, ready: it has made its first document; prints how long that took."""
    fonts = folder / name
    environment = dict(os.environ)
    if fonts.exists():
        (folder / f"{name}.conf").write_text(CONF.format(fonts=fonts), "utf-8")
        environment["FONTCONFIG_FILE"] = str(folder / f"{name}.conf")
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.contenders", name, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    with process:
        made = Contender(name, process)
        size = made.ask()["bytes"]
        cold = (time.perf_counter() - began) * 1000
        print(f"cold, {TITLES[name]}: {cold:.0f} ms to the first PDF of {size / 1000:.0f} kB")
        yield made


def clock(work: Callable[[], object]) -> float:
    """The milliseconds that the work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def compare(folder: Path, job: RenderJob, rounds: int) -> None:
    """Let all take turns, the renderer too, and print what they took."""
    absent = prepare(folder, job)
    through: list[float] = []
    pairs: list[float] = []
    with ExitStack() as stack:
        names = [name for name in TITLES if name not in absent]
        those = [stack.enter_context(contender(name, folder)) for name in names]
        began = time.perf_counter()
        renderer = stack.enter_context(Renderer())
        pages = len(pypdf.PdfReader(io.BytesIO(renderer.render(job))).pages)
        cold = (time.perf_counter() - began) * 1000
        print(f"cold, riskq through its renderer: {cold:.0f} ms; the report has {pages} pages")
        pool = stack.enter_context(ThreadPoolExecutor(2))
        for turn in range(rounds):
            for each in those:
                if each.name != SLOW or turn % SLOW_EVERY == 0:
                    each.take_turn()
            through.append(clock(lambda: renderer.render(job)))
            pairs.append(clock(lambda: list(pool.map(renderer.render, [job, job]))) / 2)
    print_table(those, through, pairs)
    for name, reason in absent.items():
        print(f"not measured: {TITLES[name]}: {reason}")


def print_table(those: list[Contender], through: list[float], pairs: list[float]) -> None:
    """The figures of all, and the goals."""
    print(
        f"\n{'milliseconds a report':<40}{'CPU min':>9}{'median':>9}{'wall min':>10}{'median':>9}"
    )
    for each in those:
        cpu = f"{min(each.cpu):>9.0f}{statistics.median(each.cpu):>9.0f}"
        print(f"{TITLES[each.name]:<40}{cpu}{line_end(each.wall)}")
    print(f"{'riskq, warm, through its renderer':<40}{'':>18}{line_end(through)}")
    print(f"{'riskq, warm, two workers':<40}{'':>18}{line_end(pairs)}")
    ours, *others = those
    for other in others:
        low = min(ours.cpu) / min(other.cpu)
        middle = statistics.median(ours.cpu) / statistics.median(other.cpu)
        print(f"riskq / {TITLES[other.name]}: CPU {low:.2f} at the least, {middle:.2f} by medians")


def line_end(wall: list[float]) -> str:
    """The least and the median, as the end of a line."""
    return f"{min(wall):>10.0f}{statistics.median(wall):>9.0f}"


def print_phases(folder: Path, job: RenderJob, rounds: int) -> None:
    """Where the time of riskq goes."""
    command = [sys.executable, "-m", "benchmarks.phases", str(folder), str(rounds)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    spent = {str(name): float(value) for name, value in told.items()}
    with tempfile.TemporaryDirectory() as seal, Sealer(SealSettings(Path(seal))) as sealer:
        with Renderer() as renderer:
            pdf = renderer.render(job)
        sealer.seal(pdf, job.seal_about)
        seals = [clock(lambda: sealer.seal(pdf, job.seal_about)) for _ in range(rounds)]
    spent["seal"] = statistics.median(seals)
    whole = sum(spent.values())
    print(f"\nWhere {whole:.0f} ms go:")
    for name, value in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {name:<52}{value:>7.0f} ms{value / whole:>7.1%}")


def print_growth(job: RenderJob, count: int) -> None:
    """Make many reports in one go, by two workers, and print the memory of the warm process."""
    with Renderer(queue=count) as renderer, ThreadPoolExecutor(2) as pool:
        renderer.render(job)
        press = psutil.Process().children()[-1]
        sizes = [resident(press)]
        print(f"\nafter 1 report: the warm process has {sizes[0]:.1f} MB")
        began, made = time.perf_counter(), 0
        while made < count:
            batch = min(250, count - made)
            made += sum(1 for _ in pool.map(renderer.render, [job] * batch))
            sizes.append(resident(press))
            print(f"after {made}: {sizes[-1]:.1f} MB")
        rate = count / (time.perf_counter() - began)
    growth = (sizes[-1] - sizes[0]) / count * 1000
    print(f"{rate:.2f} reports a second; {growth:+.1f} MB for 1,000 reports")


def resident(process: psutil.Process) -> float:
    """Megabytes in memory."""
    return float(process.memory_info().rss / MEBI)


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reading.add_argument("--rounds", type=int, default=20)
    reading.add_argument("--case", default="clinic-as-user", choices=sorted(cases()))
    reading.add_argument("--reports", type=int, default=0)
    given = reading.parse_args()
    job = job_of(given.case)
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), job, given.rounds)
        print_phases(Path(name), job, given.rounds)
    if given.reports:
        print_growth(job, given.reports)


if __name__ == "__main__":
    main()
