"""Joined letters and their marks on a whole paper, as a verifier and a viewer read them."""

from __future__ import annotations

import pypdfium2
import pytest

from papers.receipt.page import render
from tests.papers.builders import a_line, a_paper, an_interception
from tests.papers.paper_text import holds_what_was_meant

VOWELLED = (
    "\u0642\u0650\u0635\u0651\u064e\u0629\u064d \u0634\u064e\u0643\u0651\u064b\u0627 "
    "\u0623\u064e\u062d\u064d "
    "\u0644\u0650\u0644\u0651\u0670\u0647\u0650 \u0639\u062c\u0650\u064a\u0628\u064c "
)
PASHTO = "\u067e\u069a\u062a\u0648 \u067c\u0648\u0644\u0646\u0647 \u0685\u06d0\u0693 "


@pytest.mark.parametrize(
    "text",
    [
        VOWELLED * 12,
        PASHTO * 12,
        "\u0628" + "\u064e" * 3000,
        ("\u0645" + "\u0651\u064e\u0670" * 8) * 90,
    ],
    ids=["vowelled", "pashto", "marks on one letter", "marks on many letters"],
)
def test_joined_letters_and_their_marks_are_read_back_and_cover_nothing(text: str) -> None:
    line = a_line(description=text, marks=text, condition=text, brand=text)
    paper = a_paper(interception=an_interception(goods=(line, line)))
    pdf = render(paper)
    holds_what_was_meant(paper, pdf)
    assert pdf == render(paper)


def test_a_viewer_finds_joined_letters_and_marks_as_they_were_typed() -> None:
    line = a_line(description=f"{PASHTO}\u064a\u064e\u0643\u0652\u062a\u064f\u0628\u064f")
    pdf = render(a_paper(interception=an_interception(goods=(line,))))
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "\u067c\u0648\u0644\u0646\u0647" in text
    assert "\u064a\u064e\u0643\u0652\u062a\u064f\u0628\u064f" in text
