"""Every colour that carries words can be read."""

from __future__ import annotations

import pytest

from gui.look.sheet import sheet
from gui.look.tokens import DARK, LIGHT, TEXT_ON_GROUND, Palette, contrast


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_every_text_stands_out_from_its_ground_by_five_to_one(
    palette: Palette, text: str, ground: str
) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_border_of_a_field_stands_out_by_three_to_one(palette: Palette) -> None:
    """WCAG 2.2, 1.4.11: what shows where a control is."""
    assert contrast(palette.edge, palette.card) >= 3


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_is_filled_without_a_gap(palette: Palette) -> None:
    assert "$" not in sheet(palette)
