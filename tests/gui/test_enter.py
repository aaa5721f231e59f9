"""Enter leads from field to field, to what is wanted next."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.conftest import Officer
from tests.gui.test_journeys import begin

PACKS, UNITS, QUANTITY = "goods.0.packs", "goods.0.units_per_pack", "goods.0.quantity"


def on_by_enter(officer: Officer) -> str:
    """Press Enter; the path of the field that it leads to."""
    officer.press(Qt.Key.Key_Return)
    return officer.desk.capture_view.here()


def pass_by_packs(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.go_to(PACKS)
    assert on_by_enter(officer) == UNITS


def test_enter_leads_back_to_packs_that_were_passed_by_and_not_to_the_quantity(
    officer: Officer,
) -> None:
    pass_by_packs(officer)
    officer.type("14")
    assert on_by_enter(officer) == PACKS
    assert on_by_enter(officer) == QUANTITY, "who passes it by twice counts otherwise"


def test_enter_leads_to_the_quantity_where_neither_packs_nor_units_are_typed(
    officer: Officer,
) -> None:
    pass_by_packs(officer)
    assert on_by_enter(officer) == QUANTITY
