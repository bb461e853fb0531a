"""Compiled templates: kept, made anew when anything about them changes, and never in the way."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.bccache import bc_magic

from riskq.cli import main
from riskq.compiled_templates import compile_all, keep_compiled
from riskq.report import document_templates
from riskq.web import page_templates

GREETING = "<p>{{ 1 + 1 }}</p>\n"


class Counting(Environment):
    """Counts what it compiles."""

    compiled = 0

    def compile(self, *about: Any, **more: Any) -> Any:
        self.compiled += 1
        return super().compile(*about, **more)


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one template."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "greeting.html").write_text(GREETING)
    return folder


def rendered(templates: Path, **options: Any) -> tuple[str, int]:
    """The text of the template, and how many templates a new process would have compiled."""
    environment = Counting(loader=FileSystemLoader(templates), **options)
    keep_compiled(environment, templates)
    return environment.get_template("greeting.html").render(), environment.compiled


def kept(templates: Path) -> list[Path]:
    """The files of compiled templates."""
    return sorted((templates / "__pycache__").glob("*.jinja"))


def test_a_template_is_compiled_once(templates: Path) -> None:
    assert rendered(templates) == ("<p>2</p>", 1)
    assert rendered(templates) == ("<p>2</p>", 0)
    assert len(kept(templates)) == 1


def test_another_text_is_compiled_anew(templates: Path) -> None:
    rendered(templates)
    (templates / "greeting.html").write_text("<b>{{ 2 + 2 }}</b>")
    assert rendered(templates) == ("<b>4</b>", 1)


@pytest.mark.parametrize(
    "options", [{"trim_blocks": True}, {"lstrip_blocks": True}, {"autoescape": True}]
)
def test_another_way_to_compile_it_compiles_anew(templates: Path, options: dict[str, Any]) -> None:
    rendered(templates)
    assert rendered(templates, **options) == ("<p>2</p>", 1)


def test_what_is_kept_of_an_unescaped_template_is_never_taken_for_an_escaped_one(
    templates: Path,
) -> None:
    (templates / "greeting.html").write_text("{{ '<' ~ 'b>' }}")
    assert rendered(templates, autoescape=False) == ("<b>", 1)
    assert rendered(templates, autoescape=True) == ("&lt;b&gt;", 1)


def test_nothing_is_written_where_python_may_write_no_modules(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(templates) == ("<p>2</p>", 1)
    assert not (templates / "__pycache__").exists()


def test_a_folder_that_cannot_be_used_stands_in_nobodys_way(templates: Path) -> None:
    (templates / "__pycache__").write_text("No folder.")
    assert rendered(templates) == ("<p>2</p>", 1)


def test_what_was_half_written_is_compiled_anew(templates: Path) -> None:
    rendered(templates)
    [file] = kept(templates)
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert rendered(templates) == ("<p>2</p>", 1), length
        assert file.read_bytes() == whole


def test_what_is_damaged_before_the_code_is_compiled_anew(templates: Path) -> None:
    rendered(templates)
    [file] = kept(templates)
    whole = file.read_bytes()
    for place in range(len(bc_magic) + 20):
        file.write_bytes(whole[:place] + b"\0" + whole[place + 1 :])
        text, _ = rendered(templates)
        assert text == "<p>2</p>", place


def test_all_are_compiled_even_where_python_may_write_no_modules(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (templates / "farewell.html").write_text("Bye")
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    keep_compiled(environment, templates)
    compile_all(environment)
    assert len(kept(templates)) == 2
    assert rendered(templates, autoescape=True) == ("<p>2</p>", 0)


def test_an_environment_that_keeps_nothing_is_not_compiled(templates: Path) -> None:
    with pytest.raises(TypeError, match="keeps nothing"):
        compile_all(Environment(loader=FileSystemLoader(templates), autoescape=True))


@pytest.mark.slow  # Every template and every module.
def test_the_command_compiles_every_template_of_pages_and_documents() -> None:
    assert main(["compile"]) == 0
    for environment in (page_templates(), document_templates()):
        names = environment.list_templates(filter_func=lambda name: "__pycache__" not in name)
        assert len(names) > 20
        cache, loader = environment.bytecode_cache, environment.loader
        assert cache is not None
        assert loader is not None
        for name in names:
            source, filename, _ = loader.get_source(environment, name)
            assert cache.get_bucket(environment, name, filename, source).code is not None, name
