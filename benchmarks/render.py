"""How long a report of four pages takes: riskq's way beside bare WeasyPrint, in the same run.

    python -m benchmarks.render [rounds]

Bare means what a simple view would do, in its own process: the same HTML, style sheets, fonts and
kind of PDF, each parsed anew, with neither limits nor a process of its own. The two take turns, so
that a busy machine is busy for both.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

import psutil

from riskq.report import Renderer, RenderJob
from tests.report.documents import sample_job

ROUNDS = 30
MEBI = 1024 * 1024


def clock(work: Callable[[], object]) -> float:
    """The milliseconds that the work takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def make_bare(job: RenderJob) -> Callable[[], bytes]:
    """Bare WeasyPrint for the job."""
    weasyprint = import_module("weasyprint")
    assets = import_module("riskq.report.assets")
    configuration = import_module("weasyprint.text.fonts").FontConfiguration
    faces = "".join(
        f"@font-face {{ font-family: 'Noto Sans'; src: url('{path.as_uri()}'); {style} }}"
        for path, style in zip(
            assets.FONTS, ("", "font-weight: bold", "font-style: italic"), strict=True
        )
    )
    texts = [faces, *((assets.STATIC / name).read_text("utf-8") for name in assets.TYPES)]

    def render() -> bytes:
        fonts: Any = configuration()
        sheets = [weasyprint.CSS(string=text, font_config=fonts) for text in texts]
        html = weasyprint.HTML(string=job.html)
        made = html.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
        return bytes(made)

    return render


def describe(name: str, times: list[float], unit: list[float]) -> str:
    """One line of figures, the last of them the ratio of medians to ``unit``."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    median = statistics.median(ordered)
    ratio = median / statistics.median(unit)
    return f"{name:<34}{ordered[0]:>9.0f}{median:>9.0f}{p95:>9.0f}{ratio:>9.2f}"


def find_press(renderer: Renderer) -> psutil.Process:
    """The warm process: the renderer starts no other."""
    renderer.start()
    return psutil.Process().children()[0]


def watch_child(press: psutil.Process, until: Callable[[], bool]) -> float:
    """The most memory of its own, in MB, that a child of the press was seen to use."""
    peak = 0
    while not until():
        for child in press.children():
            try:
                peak = max(peak, child.memory_full_info().uss)
            except psutil.Error:
                continue
    return peak / MEBI


def measure_memory(renderer: Renderer, press: psutil.Process, job: RenderJob) -> None:
    """Prints the memory of the warm process and of a child at its peak."""
    with ThreadPoolExecutor(1) as pool:
        result = pool.submit(renderer.render, job)
        peak = watch_child(press, result.done)
    print(f"warm process: {press.memory_info().rss / MEBI:.0f} MB resident")
    print(f"a child at its peak: {peak:.0f} MB of its own")


def main() -> None:
    """Prints the figures."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    job = sample_job("en")
    with Renderer() as renderer:
        press = find_press(renderer)
        cold = clock(lambda: renderer.render(job))
        print(f"cold start to the first PDF: {cold:.0f} ms")
        measure_memory(renderer, press, job)
        bare = make_bare(job)
        assert bare().startswith(b"%PDF")
        ours_times, bare_times = [], []
        for _ in range(rounds):
            bare_times.append(clock(bare))
            ours_times.append(clock(lambda: renderer.render(job)))
    print(f"{'milliseconds':<34}{'min':>9}{'median':>9}{'p95':>9}{'ratio':>9}")
    print(describe("bare WeasyPrint, PDF/UA", bare_times, bare_times))
    print(describe("riskq, fenced, PDF/A-3a + PDF/UA", ours_times, bare_times))


if __name__ == "__main__":
    main()
