"""Finds the adopted pack that has what the checklist of the open draft lacks."""

from __future__ import annotations

from collections.abc import Callable

from domain.ids import PackHash
from gui.form.options import Choices
from gui.form.sheet import FormSheet
from gui.packs import PackChoice, title_of
from gui.parts.option_list import OptionList
from gui.words import Words


def pack_with(packs: PackChoice, sheet: FormSheet, words: Words) -> Callable[[str, str], str]:
    """A function of a list and a text: the title of the first adopted pack, besides that of the
    draft on `sheet`, whose list has something like the text; empty when none has.
    """
    lists: dict[tuple[PackHash, str], OptionList] = {}

    def title(list_name: str, text: str) -> str:
        mine = sheet.checklist.pack.id if sheet.checklist else ""
        for checklist in packs.adopted:
            key = (checklist.sha256, list_name)
            options = lists.setdefault(key, Choices(checklist, words).of(list_name))
            if checklist.pack.id != mine and options.find(text, limit=1):
                return title_of(checklist, words.language)
        return ""

    return title
