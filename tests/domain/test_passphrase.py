"""The strength of a passphrase: words that nobody chose are strong, what is tried first is not."""

from __future__ import annotations

import pytest

from domain.passphrase import Strength, strength

LEAST = 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Strength.SHORT),
        ("heron quay", Strength.SHORT),
        ("passwordpassword", Strength.WEAK),
        ("password12345678", Strength.WEAK),
        ("qwertyuiop asdfghjkl zxcvbnm", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("heron heron heron heron heron heron", Strength.WEAK),
        ("31122026310120", Strength.WEAK),
        ("heron lantern quay", Strength.WEAK),
        ("heron lantern quay drizzle", Strength.FAIR),
        ("heron lantern quay drizzle maple", Strength.STRONG),
        ("héron lanterne quai bruine érable", Strength.STRONG),
        ("k7#pQ9!vZ2&mX4", Strength.FAIR),
    ],
)
def test_the_strength_of_a_passphrase(text: str, expected: Strength) -> None:
    assert strength(text, LEAST) is expected


def test_one_more_word_never_makes_it_weaker() -> None:
    order = list(Strength)
    words = ["heron", "lantern", "quay", "drizzle", "maple", "password", "qwerty", "1234", "heron"]
    found = [order.index(strength(" ".join(words[:n]), LEAST)) for n in range(1, len(words) + 1)]
    assert found == sorted(found)
