"""Letters that our fonts lack are shown by their numbers, and signs that only steer are dropped."""

from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st

from riskq.report.letters import spell, spell_out_missing, strip_controls

COVERED = frozenset("abcӘйё 0123456789+[]UABCDEF\u00a0")


@given(st.text())
def test_afterwards_every_letter_is_covered(text: str) -> None:
    assert set(spell(text, COVERED)) <= COVERED | set("\t\n\r\f")


@given(st.text(st.sampled_from(sorted(COVERED - {"["}))))
def test_covered_text_stays_as_it_is(text: str) -> None:
    assert spell(text, COVERED) == text


def test_parted_letters_are_joined_and_unknown_ones_numbered() -> None:
    assert spell("и\u0306 中", COVERED) == "й [U+4E2D]"


def test_directions_joiners_and_variants_are_dropped() -> None:
    assert spell("a\u202eb\u200dc\ufe0f\x00", COVERED) == "abc"


def test_every_text_of_a_document_is_spelled() -> None:
    root = fromstring("<p>中<b>中</b>中</p>")  # noqa: S314  # Our own markup.
    spell_out_missing(root, COVERED)
    assert "".join(root.itertext()) == "[U+4E2D]" * 3


def test_metadata_have_no_controls() -> None:
    assert strip_controls("a\x08b\u202e 中") == "a b  中"
