"""Finds the adopted pack that has what the checklist of the open draft lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.pack.checklist import Checklist, in_language
from gui.form.options import Choices
from gui.parts.option import find
from gui.words import Words


def pack_with(others: Callable[[], Sequence[Checklist]], words: Words) -> Callable[[str, str], str]:
    """A function of a list and a text: the title of the first of `others` whose list has something
    like the text; empty when none has.
    """

    def title(list_name: str, text: str) -> str:
        for checklist in others():
            if find(Choices(checklist, words).of(list_name), text, limit=1):
                return in_language(checklist.pack.title, words.language)
        return ""

    return title
