"""Arbitrary bytes into everything that reads what somebody else made.

Sound files are cut, joined and sown with noise, and noise is tried by itself. A reader gives what
it gives, or raises what it says that it raises; and it ends: a guard breaks off what hangs.
"""

from __future__ import annotations

import json
import signal
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from riskq.brand import BrandError, read_logo
from riskq.errors import AnswersError, QuestionnaireError, TooLargeError
from riskq.questionnaire import Questionnaire
from riskq.questionnaire.condition_reader import ConditionFault, read_condition
from riskq.questionnaire.reader import read_raw, read_text
from riskq.report import Inspector, Renderer, Sealer
from riskq.services import judge_table, screenings
from riskq.services.answer_files import read_answers_body
from riskq.services.bundle_faults import BundleFilesError
from riskq.services.bundle_files import GivenFile, unpacked
from riskq.services.received import read_issue
from riskq.settings import SealSettings
from tests.ai_law import questionnaire
from tests.brand.pictures import SVG, png, svg
from tests.builders import Folder, make_folder
from tests.report.documents import sample_job

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "questionnaires" / "kz-ai-law" / "2026-08-25"
ON = date(2026, 11, 1)
HANGS = 240
"""Seconds after which a test is broken off: far more than each takes, on a machine at work."""

YAML_SIGNS = st.text(
    alphabet="-:?,[]{}#&*!|>'\"%@` \n\tab01~<=.\u0436\x85\u2028\ufeff", max_size=80
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


def fuzz(examples: int) -> profile:
    """So many examples, the same ones every time."""
    return profile(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@st.composite
def spoiled(draw: st.DrawFn, sound: bytes) -> bytes:
    """A sound file with some pieces cut out, doubled, moved, or sown with noise."""
    content = sound
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 200)))
        piece, noise = content[start:end], draw(st.binary(max_size=12))
        how = draw(st.sampled_from(["cut", "double", "noise", "move", "end"]))
        place = draw(st.integers(0, len(content)))
        content = {
            "cut": content[:start] + content[end:],
            "double": content[:end] + piece + content[end:],
            "noise": content[:start] + noise + content[end:],
            "move": content[:place] + piece + content[place:],
            "end": content[:start],
        }[how]
    return content


def refusal(call: Callable[[], object], *documented: type[Exception]) -> Exception | None:
    """The documented error that a call raises; None where it raises nothing."""
    try:
        call()
    except documented as error:
        return error
    return None


def is_told(error: Exception | None) -> bool:
    """Whether nothing was wrong, or all that was is told in few words."""
    if error is None:
        return True
    problems = getattr(error, "problems", (error,))
    return bool(problems) and 0 < len(str(error)) < 20_000


@pytest.fixture(autouse=True)
def ends() -> Iterator[None]:
    """Break off what hangs."""

    def stop(*_: object) -> None:
        pytest.fail(f"It did not end within {HANGS} seconds.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, HANGS)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def law() -> Questionnaire:
    return questionnaire()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return make_folder(tmp_path_factory.mktemp("fuzz"))


RULES = (PUBLISHED / "rules.yml").read_bytes()[:6000]
SHOWN = json.dumps({"system-name": "Triage", "model-based": "yes", "sector": ["health"]}).encode()
NAMES = [question.id for question in questionnaire().questions]


@fuzz(2000)
@given(st.one_of(YAML_SIGNS.map(str.encode), st.binary(max_size=60), spoiled(RULES)))
def test_yaml_is_read_or_refused_with_places(raw: bytes) -> None:
    read = read_raw(raw, "x.yml")
    ends = sum(raw.count(end) for end in (b"\n", b"\r", b"\x85", b"\xa8", b"\xa9"))
    for problem in read.problems:
        assert 0 < int(problem.where.split(":")[1]) <= ends + 2
        assert len(str(problem)) < 1000


@fuzz(1000)
@given(JSON.map(json.dumps), YAML_SIGNS)
def test_a_condition_is_read_or_refused(form: str, signs: str) -> None:
    for text in (form, signs, f"all: [{form}]", f"q: {{any-but: {form}}}"):
        node = read_text(text, "x.yml").node
        if node is not None:
            refusal(partial(read_condition, node), ConditionFault)


@fuzz(300)
@given(data=st.data(), name=st.sampled_from(["questions.yml", "rules.yml", "text/en.yml"]))
def test_a_spoiled_questionnaire_is_loaded_or_told(
    folder: Folder, data: st.DataObject, name: str
) -> None:
    path = folder.edition.folder / name
    sound = path.read_bytes()
    path.write_bytes(data.draw(spoiled(sound)))
    error = refusal(folder.load, QuestionnaireError)
    path.write_bytes(sound)
    assert is_told(error)
    assert str(folder.root) not in str(error)


@fuzz(1500)
@given(
    body=st.one_of(JSON.map(json.dumps).map(str.encode), st.binary(max_size=60), spoiled(SHOWN)),
    name=st.sampled_from(["a.json", "a.yml"]),
)
def test_answers_are_read_or_told(law: Questionnaire, body: bytes, name: str) -> None:
    assert is_told(refusal(partial(read_answers_body, law, name, body, ON), AnswersError))


@fuzz(1500)
@given(name=st.sampled_from(NAMES), raw=JSON)
def test_one_answer_is_read_or_told(law: Questionnaire, name: str, raw: object) -> None:
    body = json.dumps({name: raw}).encode()
    assert is_told(refusal(partial(read_answers_body, law, "a.json", body, ON), AnswersError))


@fuzz(1500)
@given(st.one_of(JSON.map(json.dumps), st.text(max_size=60)))
def test_the_data_of_a_report_are_read_or_refused(text: str) -> None:
    assert isinstance(refusal(partial(read_issue, text), ValueError), ValueError)


@fuzz(2000)
@given(st.one_of(st.binary(max_size=200), spoiled("name;email\nӘлем;a@b.kz\n".encode())))
def test_a_list_of_vendors_is_read_or_refused(content: bytes) -> None:
    refusal(partial(screenings.read_vendor_file, "list.csv", content), screenings.NoListError)


def sheet() -> bytes:
    """A small spreadsheet."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["model-based", "sector", "name"])
        page.write_row(1, 0, ["yes", "health", "Triage"])
    return file.getvalue()


SHEET = sheet()


@fuzz(20)
@given(spoiled(SHEET))
def test_a_spreadsheet_of_vendors_is_read_or_refused(content: bytes) -> None:
    refusal(partial(screenings.read_vendor_file, "list.xlsx", content), screenings.NoListError)


TABLES = {
    ".csv": b"vendor,in-scope,harms\nA,yes,people;property\n",
    ".jsonl": b'{"vendor": "A", "in-scope": "yes"}\n',
    ".parquet": b"PAR1" + bytes(40) + b"PAR1",
}


@fuzz(300)
@given(data=st.data(), kind=st.sampled_from(sorted(TABLES)))
def test_a_table_is_judged_or_told(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kind: str
) -> None:
    home = tmp_path_factory.mktemp("table", numbered=True)
    source, told = home / f"a{kind}", home / "told.csv"
    source.write_bytes(data.draw(st.one_of(spoiled(TABLES[kind]), st.binary(max_size=80))))
    judge = partial(judge_table, folder.load(), source, told, ON)
    error = refusal(judge, AnswersError, TooLargeError)
    assert is_told(error)
    assert {one.name for one in home.iterdir()} == {source.name, *([] if error else [told.name])}


@fuzz(15)
@given(spoiled(SHEET))
def test_a_spreadsheet_of_answers_is_judged_or_told(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    home = tmp_path_factory.mktemp("sheet", numbered=True)
    (home / "a.xlsx").write_bytes(content)
    judge = partial(judge_table, folder.load(), home / "a.xlsx", home / "told.csv", ON)
    assert is_told(refusal(judge, AnswersError, TooLargeError))


def packed() -> bytes:
    """A small archive."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b'{"model-based": "no"}' * 20)
        archive.writestr("b/c.yml", b"model-based: no")
    return file.getvalue()


@fuzz(1500)
@given(st.one_of(spoiled(packed()), st.binary(max_size=120)))
def test_a_zip_is_unpacked_or_refused(content: bytes) -> None:
    error = refusal(partial(unpacked, [GivenFile("a.zip", content)], 10), BundleFilesError)
    assert getattr(error, "code", "none") in ("none", "too-many", "too-large", "damaged")


PICTURES = (spoiled(png((4, 3))), spoiled(svg("<path d='M0 0h1v1z'/>")), spoiled(SVG))


@fuzz(1500)
@given(st.one_of(*PICTURES, st.binary(max_size=80)))
def test_a_logo_is_taken_or_refused(body: bytes) -> None:
    assert is_told(refusal(partial(read_logo, body, "logo"), BrandError))


@pytest.fixture(scope="module")
def sealed(sealer: Sealer) -> bytes:
    with Renderer() as renderer:
        return sealer.seal(renderer.render(sample_job("en")), "Seal")


@fuzz(15)
@given(data=st.data())
def test_a_document_is_looked_into_and_never_vouched_for(
    sealed: bytes, seal_folder: Path, data: st.DataObject
) -> None:
    noise = st.binary(max_size=60).map(b"%PDF-1.7\n".__add__)
    content = data.draw(st.one_of(spoiled(sealed), noise))
    seen = Inspector(SealSettings(seal_folder)).inspect(content)
    if content != sealed:
        assert not any(seal.is_intact and seal.covers_file for seal in seen.seals)
