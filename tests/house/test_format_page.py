"""The page of the exchange format holds the code lists that ship: it is enough by itself."""

from __future__ import annotations

import re

import pytest

from domain.pack.checklist import Checklist
from domain.pack.model import CODE_LISTS
from system.shipped import shipped_packs, terms
from tests.builders import a_checklist
from tools.format_page import PAGE, with_lists

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_lists_on_the_page_are_those_that_ship() -> None:
    assert with_lists(TEXT) == TEXT, "run tools/format_page.py"


@pytest.mark.parametrize("pack", sorted(shipped_packs()))
def test_every_code_of_a_pack_stands_in_its_section(pack: str) -> None:
    section = TEXT.partition(f"## The pack `{pack}`")[2].partition("\n## ")[0]
    checklist: Checklist = a_checklist(pack)
    for name in CODE_LISTS:
        for choice in checklist.choices(name):
            assert f"`{choice.code}`" in section, (name, choice.code)


@pytest.mark.parametrize("name", sorted(terms()))
def test_every_code_of_a_term_list_stands_below_its_name(name: str) -> None:
    section = re.split(r"\n###? ", TEXT.partition(f"### `{name}`\n")[2])[0]
    assert [c.code for c in terms()[name] if f"`{c.code}`" not in section] == []
