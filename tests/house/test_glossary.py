"""The glossary is kept by the code: each word lives in its home, and words left out stay out."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.source import ROOT, product

PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| [^|]+ \| `([^`]+)` \|$", PAGE, re.M)
NOT_USED = {"place", "settle", "said", "told", "seen"}
PLACES = ("acts/interception/begin_draft.py", "demo/cases.py", "papers/receipt/blocks/occasion.py")
"""Here a place is what the word means to an officer: where something was found."""


def test_the_glossary_was_found() -> None:
    assert len(ROWS) > 40


@pytest.mark.parametrize(("word", "home"), ROWS)
def test_a_word_of_the_glossary_lives_in_its_home(word: str, home: str) -> None:
    text = (ROOT / home).read_text(encoding="utf-8").lower().replace("_", " ")
    for one in re.findall(r"[a-z ]+[a-z]", word):
        assert re.search(rf"\b({one.strip()}|{one.replace(' ', '')})", text), one


def test_words_that_mean_too_much_are_no_names() -> None:
    """A loop index called `place` beside a folder called `place`: a reader has to guess."""
    found = []
    for source in product():
        for node in source.nodes:
            name = getattr(node, "name", None) or getattr(node, "arg", None) or ""
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                name = node.id
            if name == "place" and source.name in PLACES:
                continue
            if isinstance(name, str) and name in NOT_USED:
                found.append(f"{source.name}:{getattr(node, 'lineno', 0)} {name}")
    assert sorted(set(found)) == []
