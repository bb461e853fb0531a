"""The rules of the house, counted: sizes, names, docstrings, layers, types, style.

A rule that nobody counts is an opinion. These tests read the source as text and as a syntax tree
and run the tools that pyproject.toml configures; none of them keeps a list of exceptions.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {"__pycache__", "build", "dist", "instance", "node_modules"}
TEXT = {"", ".cfg", ".css", ".html", ".in", ".js", ".json", ".md", ".po", ".pot", ".py", ".sh"}
TEXT |= {".svg", ".toml", ".txt", ".xml", ".yaml", ".yml"}

FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES, ARGUMENTS = 300, 500, 40, 6
SHAPELESS_NAMES = {"util", "helper", "common", "base", "manager", "handler", "misc", "stuff"}
MACHINE_PATH = re.compile(r"(?<![\w.<])/(?:work|root|tmp|home|Users|opt)/")
REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|crates[.]io|--(?:extra-)?index-url"
)
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup\b|autoescape\s*=?\s*[Ff]alse")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Named = Function | ast.ClassDef


def is_ours(path: Path) -> bool:
    """Whether the path belongs to the project, not to a tool, an editor or the environment."""
    parts = path.relative_to(ROOT).parts
    folders = parts[:-1]
    return not any(
        part in NOT_OURS or part.endswith(".egg-info") or (part.startswith(".") and part != ".ci")
        for part in folders
    )


def walk(folder: Path) -> Iterator[Path]:
    """Every file under the folder that is ours, without entering folders that are not."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and is_ours(path / "file"):
            yield from walk(path)
        elif path.is_file():
            yield path


FILES = list(walk(ROOT))
MODULES = [path for path in FILES if path.suffix == ".py"]
PRODUCT = [path for path in MODULES if path.is_relative_to(ROOT / "riskq")]


def where(path: Path, line: int | None = None) -> str:
    """The place as file:line, which editors can open."""
    return f"{path.relative_to(ROOT)}" + (f":{line}" if line else "")


@cache
def tree_of(path: Path) -> ast.Module:
    """The module as Python reads it."""
    return ast.parse(path.read_text("utf-8"))


@cache
def functions_of(path: Path) -> list[Function]:
    """Every function of the module, however deep."""
    nodes = ast.walk(tree_of(path))
    return [node for node in nodes if isinstance(node, Function)]


def public_names(body: list[ast.stmt]) -> Iterator[Named]:
    """The classes, methods and functions that others may use."""
    for node in body:
        if isinstance(node, Named) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_names(node.body)


def count_arguments(function: Function) -> int:
    """The arguments that a caller gives: all but self and cls."""
    given = function.args
    names = [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def matching_lines(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """file:line and the text found, for every line in which the pattern is found."""
    return [
        f"{where(path, number)}: {found.group()}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := pattern.search(line))
    ]


def expect_none(problems: list[str], mend: str) -> None:
    """Fails with every problem at once and the way to mend them."""
    if problems:
        pytest.fail("\n".join([*problems, f"How to mend: {mend}"]), pytrace=False)


def run_tool(*command: str) -> None:
    """Runs a tool of the environment over the project, and fails with what it prints."""
    tool = Path(sys.executable).parent / command[0]
    done = subprocess.run(
        [tool, *command[1:]], cwd=ROOT, check=False, capture_output=True, text=True
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}", pytrace=False)


def test_files_are_short() -> None:
    problems = []
    for path in MODULES:
        limit = TEST_FILE_LINES if path.is_relative_to(ROOT / "tests") else FILE_LINES
        lines = len(path.read_text("utf-8").splitlines())
        if lines > limit:
            problems.append(f"{where(path, limit)}: {lines} lines, at most {limit}")
    expect_none(problems, "the file holds two ideas; name the second and give it its own file")


def test_functions_are_short() -> None:
    problems = []
    for path in MODULES:
        for function in functions_of(path):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > FUNCTION_LINES:
                problems.append(
                    f"{where(path, function.lineno)}: {function.name} has {lines} lines"
                )
    expect_none(problems, f"at most {FUNCTION_LINES} lines, aim at 15; give a step its own name")


def test_functions_take_few_arguments() -> None:
    problems = [
        f"{where(path, function.lineno)}: {function.name} takes {count} arguments"
        for path in MODULES
        for function in functions_of(path)
        if (count := count_arguments(function)) > ARGUMENTS
    ]
    expect_none(problems, f"at most {ARGUMENTS}; arguments that travel together are one value")


def test_every_module_says_what_it_is() -> None:
    problems = [where(path, 1) for path in MODULES if not ast.get_docstring(tree_of(path))]
    expect_none(problems, "open the module with a docstring: what it is and why it exists")


def test_every_public_name_of_the_product_says_what_it_is() -> None:
    problems = [
        f"{where(path, node.lineno)}: {node.name}"
        for path in PRODUCT
        for node in public_names(tree_of(path).body)
        if not ast.get_docstring(node) and not is_overload(node)
    ]
    expect_none(problems, "give it a docstring: what it gives, with shapes, units and errors")


def is_overload(node: Named) -> bool:
    """Whether this is one signature of several, documented at the last."""
    return any(ast.unparse(item).endswith("overload") for item in node.decorator_list)


def test_no_module_has_a_name_that_says_nothing() -> None:
    paths = {parent for path in MODULES for parent in (path, *path.parents) if parent != ROOT}
    names = {path: path.stem.removeprefix("test_").strip("_") for path in paths if is_below(path)}
    problems = [where(path) for path, name in names.items() if name.rstrip("s") in SHAPELESS_NAMES]
    expect_none(sorted(problems), "name the module after the one thing that it is about")


def is_below(path: Path) -> bool:
    """Whether the path lies inside the project."""
    return path.is_relative_to(ROOT) and path != ROOT


def test_the_product_never_asserts() -> None:
    problems = [
        where(path, node.lineno)
        for path in PRODUCT
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Assert)
    ]
    expect_none(problems, "raise an error of riskq.errors that says where, what and how to mend")


def test_text_is_escaped_everywhere_but_in_one_file() -> None:
    product = [path for path in FILES if path.is_relative_to(ROOT / "riskq")]
    homes = [path for path in product if path.name == "markup.py"]
    others = [path for path in product if path.suffix in TEXT and path not in homes]
    problems = matching_lines(others, UNESCAPED) + [where(path) for path in homes[1:]]
    expect_none(problems, "markup is made in one file, markup.py; elsewhere text stays text")


def imported_modules(path: Path) -> set[str]:
    """The outermost names of everything that the module imports, wherever it does so."""
    nodes = list(ast.walk(tree_of(path)))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in whole | parts}


def test_every_library_that_the_product_imports_is_a_requirement() -> None:
    named = re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    required = {name.lower().replace("_", "-") for name in named}
    homes = packages_distributions()
    problems = [
        f"{where(path)}: {module}"
        for path in PRODUCT
        for module in sorted(imported_modules(path) & homes.keys() - {"riskq"})
        if not {name.lower().replace("_", "-") for name in homes[module]} & required
    ]
    expect_none(problems, "name the library in requirements.in, whoever else needs it too")


def test_packages_are_entered_by_their_doors() -> None:
    problems = [
        f"{where(path, node.lineno)}: {node.module}"
        for path in PRODUCT
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("riskq.")
        if node.module and node.module.count(".") > 1
        if not path.is_relative_to(ROOT.joinpath(*node.module.split(".")[:2]))
    ]
    expect_none(problems, "let the package's __init__ give the name, or do without it")


def test_lock_files_name_no_host() -> None:
    locks = sorted(ROOT.glob("requirements*.txt"))
    assert len(locks) == len(list(ROOT.glob("requirements*.in")))
    problems = matching_lines(locks, re.compile(r"\S*://\S*|^\s*-(?!-hash)\S*"))
    expect_none(problems, "make the lock files anew with the commands in CONTRIBUTING.md")


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["paths", "registries"])
def test_no_file_knows_one_machine(pattern: re.Pattern[str]) -> None:
    texts = [path for path in FILES if path.suffix in TEXT]
    expect_none(matching_lines(texts, pattern), "the project must be the same on every machine")


def test_links_between_documents_lead_somewhere() -> None:
    link = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)")
    problems = [
        f"{where(path, number)}: {target}"
        for path in FILES
        if path.suffix == ".md"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for target in link.findall(line)
        if not (path.parent / target).exists()
    ]
    expect_none(problems, "write the document, or correct or remove the link")


TOOLS: dict[str, Callable[[], None]] = {
    "ruff": lambda: run_tool("ruff", "check", "--quiet", "--output-format=concise", "."),
    "format": lambda: run_tool("ruff", "format", "--check", "--quiet", "."),
    "mypy": lambda: run_tool("mypy", "--no-error-summary"),
    "layers": lambda: run_tool("lint-imports", "--no-logo"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tools_find_nothing(tool: str) -> None:
    TOOLS[tool]()
