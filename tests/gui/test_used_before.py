"""What another interception used is told at the desk, however it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.conftest import Officer
from tests.gui.test_journeys import add_photos, begin, fill_in

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_bag_and_an_item_that_another_interception_used_are_told(officer: Officer) -> None:
    begin(officer)
    fill_in(officer, bag="XB0100001")
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    number = officer.desk.capture.last_number
    assert number

    begin(officer)
    officer.fill("consignment.postal_item_id", "rr 473 124 829 gb")
    officer.fill("goods.0.bag_no", "xb 0100001")
    officer.wait()

    faults = {fault.path: fault for fault in officer.desk.capture.faults}
    item, bag = faults["consignment.postal_item_id"], faults["goods.0.bag_no"]
    assert (f"is also in {number}" in str(item), item.warns) == (True, True)
    assert (f"was used in {number}" in str(bag), bag.warns) == (True, False)
    assert officer.reads(f"was used in {number}")
    assert officer.reads(f"is also in {number}")
