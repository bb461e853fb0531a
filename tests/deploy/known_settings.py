"""Which settings there are, as the program asks for them, and which of them a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from riskq.settings import read_settings

__all__ = ["ROOT", "asked_for", "named_in"]

ROOT = Path(__file__).resolve().parents[2]
_NAME = re.compile(r"\bRISKQ_[A-Z0-9]+(?:_[A-Z0-9]+)*\b(?!_)")


class _Listening(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, **given: str) -> None:
        self.given = given
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def asked_for(database: Path) -> set[str]:
    """Every setting that the program reads, or speaks of where it tells how to mend something."""
    environment = _Listening(
        RISKQ_DATABASE=str(database),
        RISKQ_SECRET_KEY="aZ3kQ9xB7mT2pL5vW8nR4cY6dF1gH0jS+uE/iO",
        RISKQ_MASTER_KEY="S0jH1gF6dY4cR8nW5vL2pT7mB9xQ3kZa/Oi+Eu",
        RISKQ_ORIGIN="https://riskq.example.kz",
        RISKQ_PRODUCTION="1",
        # More is read where there is a mail server.
        RISKQ_SMTP="smtps://mail.example.kz",
        RISKQ_MAIL_FROM="riskq@example.kz",
    )
    read_settings(environment)
    spoken_of = (named_in(path.read_text("utf-8")) for path in (ROOT / "riskq").rglob("*.py"))
    return environment.asked.union(*spoken_of)


def named_in(text: str) -> set[str]:
    """Every setting that a text names."""
    return set(_NAME.findall(text))
