"""Secrets have 256 random bits and ids some sixty, and none comes twice."""

from __future__ import annotations

import base64
import math
from collections import Counter

import pytest

from riskq.services.unguessable import hash_of, new_id, new_secret

MANY = 1 << 20


def bits_of(secret: str) -> bytes:
    return base64.urlsafe_b64decode(f"{secret}=")


@pytest.mark.slow
def test_a_million_secrets_are_all_different_and_have_no_habit() -> None:
    seen, ones = set(), [0] * 256
    for number in range(MANY):
        secret = new_secret()
        seen.add(secret)
        if number < 20_000:
            bits = int.from_bytes(bits_of(secret), "big")
            for place in range(256):
                ones[place] += bits >> place & 1
    assert len(seen) == MANY
    # Each bit is a coin: of 20,000 throws, seven deviations off would come once in 10^9 runs.
    off = 7 * math.sqrt(20_000) / 2
    assert all(abs(count - 10_000) < off for count in ones)


def test_bytes_of_secrets_are_spread_evenly() -> None:
    drawn = b"".join(bits_of(new_secret()) for _ in range(8192))
    counts = Counter(drawn)
    expected = len(drawn) / 256
    spread = sum((counts[value] - expected) ** 2 / expected for value in range(256))
    # Chi-squared with 255 degrees of freedom is beyond these once in 10^9 runs each.
    assert 130 < spread < 430


def test_a_secret_is_as_long_as_it_says() -> None:
    assert {len(bits_of(new_secret())) for _ in range(1000)} == {32}
    assert len(hash_of(new_secret())) == 32


def test_ids_are_unlike_each_other_and_easy_to_read() -> None:
    ids = [new_id() for _ in range(50_000)]
    assert len(set(ids)) == len(ids)
    letters = Counter("".join(ids))
    assert not set("ilo01") & set(letters)
    assert math.log2(len(letters)) * 12 > 59
    assert min(letters.values()) > 0.9 * max(letters.values())
