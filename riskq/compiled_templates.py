"""Keeps templates as Python keeps modules: compiled, in ``__pycache__`` beside them.

To compile those of one walk takes a second. As with modules, nothing is written where
``PYTHONDONTWRITEBYTECODE`` forbids it or the folder belongs to somebody else; ``riskq compile`` is
for those who install. What is read is run: whoever may write there may write the program too.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket

__all__ = ["compile_all", "keep_compiled"]


def keep_compiled(environment: Environment, templates: Path) -> None:
    """Have the environment keep what it compiles beside the folder of its templates."""
    # What decides, beside a template's own text, what becomes of it.
    made_by = (
        f"Jinja {version('jinja2')}",
        environment.trim_blocks,
        environment.lstrip_blocks,
        getattr(environment.autoescape, "__qualname__", environment.autoescape),
    )
    environment.bytecode_cache = _Kept(templates, repr(made_by))


def compile_all(environment: Environment) -> None:
    """Compile every template of an environment that keeps them. Raises ``OSError``."""
    kept, loader = environment.bytecode_cache, environment.loader
    if not isinstance(kept, _Kept) or loader is None:
        raise TypeError("This environment keeps nothing.")
    for name in environment.list_templates(filter_func=lambda name: "__pycache__" not in name):
        source, filename, _ = loader.get_source(environment, name)
        bucket = kept.get_bucket(environment, name, filename, source)
        bucket.code = environment.compile(source, name, filename)
        kept.write(bucket)


class _Kept(FileSystemBytecodeCache):
    """A folder of compiled templates, each for one text and one way to compile it."""

    def __init__(self, templates: Path, made_by: str) -> None:
        # The place that Python has for the module "any" there, wherever it is told to have it.
        folder = Path(cache_from_source(str(templates / "any.py"))).parent
        super().__init__(str(folder), f"%s.{sys.implementation.cache_tag}.jinja")
        self._made_by = made_by

    def get_source_checksum(self, source: str) -> str:
        """What tells whether the compiled form is that of this text, made in this way."""
        return super().get_source_checksum(self._made_by + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what is kept; what cannot be read, or is no whole file, is compiled."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, UnpicklingError):
            # The library looks at the code alone, not at what stands before it.
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, if one may."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                self.write(bucket)

    def write(self, bucket: Bucket) -> None:
        """Keep it. Raises ``OSError``."""
        Path(self.directory).mkdir(parents=True, exist_ok=True)
        super().dump_bytecode(bucket)
