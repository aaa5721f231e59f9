"""The error tree that each room draws is the one it has."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.house.source import ROOMS, ROOT, name_of, product, sources

DRAWN = re.compile(r"[├└]── (?:\w+\.)*(\w+)|^(\w+Error)$", re.M)


@pytest.mark.parametrize("room", [room for room in ROOMS if (ROOT / room / "errors.py").exists()])
def test_a_rooms_tree_is_complete(room: str) -> None:
    source = sources(f"{room}/errors.py")[0]
    doc = source.tree.body[0]
    drawn = {
        first or second
        for line, text in source.strings()
        if line == doc.lineno
        for first, second in DRAWN.findall(text)
        if not re.search(rf"\w+\.errors\.{first or second}", text)
    }
    there = {
        node.name for node in source.classes() if any(_is_error(name_of(b)) for b in node.bases)
    }
    assert drawn - {"TidewaiterError"} == there


def test_every_error_is_defined_in_its_rooms_tree() -> None:
    """An error defined elsewhere is one that nobody finds in the drawing."""
    assert [
        f"{source.name}: {node.name}"
        for source in product()
        if not source.name.endswith("/errors.py")
        for node in source.classes()
        if any(_is_error(name_of(base)) for base in node.bases)
    ] == []


def _is_error(name: str) -> bool:
    return name.rsplit(".", maxsplit=1)[-1] in _errors()


@cache
def _errors() -> set[str]:
    """TidewaiterError and all that derive from it, by name."""
    known = {"TidewaiterError"}
    classes = [node for source in product() for node in source.classes()]
    while True:
        more = {
            node.name
            for node in classes
            if any(name_of(base).split(".")[-1] in known for base in node.bases)
        }
        if more <= known:
            return known
        known |= more
