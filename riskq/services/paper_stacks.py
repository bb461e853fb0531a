"""Reports on all files of answers in a folder, as the command line makes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from riskq.brand import Brand
from riskq.errors import AnswersError, Problem
from riskq.questionnaire import Questionnaire
from riskq.report import Renderer, RenderError, Sealer, SealError
from riskq.services.answer_files import is_answers_name, read_answers_file
from riskq.services.issue import issue_of_answers
from riskq.settings import Issuer

__all__ = ["Written", "write_reports"]

_AT_ONCE = 2


class Written(Struct, frozen=True):
    """What became of a file of answers: where its report is, or what is wrong."""

    answers: Path
    pdf: Path
    state: Literal["made", "kept", "failed"]
    faults: tuple[Problem | str, ...] = field(default=())


def write_reports(
    questionnaire: Questionnaire,
    folder: Path,
    into: Path,
    on: date,
    language: str,
    issuer: Issuer,
) -> Iterator[Written]:
    """Write a sealed report on each file of answers in a folder, in the order of their names.

    A report that is newer than its answers is kept, so that a run that was broken off goes on
    where it was. Each appears whole or not at all. Raises ``OSError`` for a folder that cannot be
    read.
    """
    names = sorted(path for path in folder.iterdir() if is_answers_name(path.name))
    into.mkdir(parents=True, exist_ok=True)
    with (
        Sealer(issuer.seal) as sealer,
        Renderer(children=_AT_ONCE, in_background=True) as renderer,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        maker = _Maker(questionnaire, into, on, language, issuer.brand, renderer, sealer)
        under_way: deque[Future[Written]] = deque()
        for path in names:
            under_way.append(pool.submit(maker.write, path))
            if len(under_way) > 2 * _AT_ONCE:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


class _Maker(Struct, frozen=True):
    questionnaire: Questionnaire
    into: Path
    on: date
    language: str
    brand: Brand
    renderer: Renderer
    sealer: Sealer

    def write(self, answers: Path) -> Written:
        """Write the report on one file."""
        # The whole name: two files may differ in their endings alone.
        pdf = self.into / f"{answers.name}-{self.language}.pdf"
        try:
            if pdf.exists() and pdf.stat().st_mtime_ns >= answers.stat().st_mtime_ns:
                return Written(answers, pdf, "kept")
            self._write(answers, pdf)
        except AnswersError as error:
            return Written(answers, pdf, "failed", error.problems)
        except RenderError as error:
            return Written(answers, pdf, "failed", (f"{answers}: {error.text}",))
        except (SealError, OSError) as error:
            return Written(answers, pdf, "failed", (f"{answers}: {error}",))
        return Written(answers, pdf, "made")

    def _write(self, answers: Path, pdf: Path) -> None:
        given = read_answers_file(self.questionnaire, str(answers), self.on)
        issue = issue_of_answers(self.questionnaire, given, self.on, self.language, self.brand)
        job = issue.job(self.questionnaire, self.language)
        part = pdf.with_name(f".{pdf.name}.part")
        part.write_bytes(self.sealer.seal(self.renderer.render(job), job.seal_about))
        part.replace(pdf)
