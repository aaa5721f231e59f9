"""docs/exchange-format.md is true: its examples are recorded, and it names every field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.fields import Field, fields_of
from domain.interception.base import Block
from domain.interception.record import Interception, PackRef
from tests.builders import a_photo
from tests.journeys.desk import ROOT, Desk

PAGE = (ROOT / "docs" / "exchange-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```json\n(.*?)^```", PAGE, re.M | re.S)
ROWS = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (yes)? ?\| (stays)? ?\|", PAGE, re.M)


def _fields(block: type[Block]) -> Iterator[Field]:
    for field in fields_of(block).values():
        if field.block is None:
            yield field
        elif field.block is not PackRef:
            yield from _fields(field.block)


def test_there_is_a_small_example_and_a_rich_one() -> None:
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize("place", range(len(EXAMPLES)))
def test_an_example_is_recorded(desk: Desk, tmp_path: Path, place: int) -> None:
    file = tmp_path / "example.json"
    file.write_text(EXAMPLES[place], encoding="utf-8")
    for number, photo in enumerate(json.loads(EXAMPLES[place])["photos"]):
        (tmp_path / photo["file"]).write_bytes(a_photo(60 * number))

    said = desk.run("record", file)

    assert (said.status, said.err) == (0, "")
    shown = json.loads(desk.run("show", said.out.split()[0]).out)["interception"]
    assert shown["officer"] == "4417"
    assert len(shown["photos"]) == 2


def test_every_field_is_named_with_its_list_its_check_rule_and_its_privacy() -> None:
    described: dict[str, list[tuple[str, str]]] = {}
    for name, kind, _, stays in ROWS:
        described.setdefault(name, []).append((kind, stays))
    for field in _fields(Interception):
        rows = described[field.name]
        if field.list_name:
            assert any(f"`{field.list_name}`" in kind for kind, _ in rows), field.name
        if field.number:
            assert any(f"`{field.number}`" in kind for kind, _ in rows), field.name
        if field.many:
            assert any(kind.startswith("list of") for kind, _ in rows), field.name
        private = field.privacy in ("nominal", "sealed")
        assert any(bool(stays) == private for _, stays in rows), field.name


def test_the_page_names_no_field_that_there_is_not() -> None:
    known = {field.name for field in _fields(Interception)} | {"format", "pack", "file", "keep"}
    assert {name for name, *_ in ROWS} - known - {"list"} == set()
