"""What is typed stands on the sheet, and every step can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import Document, value_at
from domain.ids import RecordId
from domain.instant import Instant
from gui.capture.description import form_of
from gui.form.document import filled_paths, with_value
from gui.form.sheet import FormSheet
from tests.builders import NIGHT, a_checklist

PATHS = st.sampled_from(
    ["officer", "route.dispatch_country", "goods.0.packs", "goods.0.medicine.lot", "goods.1.packs"]
)


@pytest.fixture
def sheet() -> FormSheet:
    made = FormSheet(form_of, a_checklist())
    occasion: Document = {"occasion": {"seized_at": str(NIGHT)}}
    record = RecordId.make(Instant(0), bytes(10))
    made.lay(record, occasion, a_checklist())
    return made


def type_in(sheet: FormSheet, path: str, text: str) -> None:
    for place in range(1, len(text) + 1):
        sheet.put(path, text[:place])


@given(PATHS, st.text(min_size=1))
def test_a_value_put_is_found_and_nothing_else_changes(path: str, value: str) -> None:
    before: dict[str, Any] = {"officer": "1", "goods": [{"packs": "2"}, {"packs": "3"}]}
    after = with_value(before, path, value)
    assert value_at(after, path) == value
    for other in filled_paths(before):
        if other != path:
            assert value_at(after, other) == value_at(before, other)
    assert before == {"officer": "1", "goods": [{"packs": "2"}, {"packs": "3"}]}


def test_an_emptied_field_leaves_nothing_behind() -> None:
    document = with_value({}, "goods.0.medicine.lot", "B1")
    assert with_value(document, "goods.0.medicine.lot", "") == {"goods": [{}]}


def test_typing_a_word_is_one_step_back(sheet: FormSheet) -> None:
    type_in(sheet, "officer", "4417")
    sheet.leave("officer")
    type_in(sheet, "remarks", "wet")
    sheet.undo()
    assert sheet.value("remarks") is None
    assert sheet.value("officer") == "4417"
    sheet.undo()
    assert sheet.value("officer") is None
    sheet.redo()
    sheet.redo()
    assert (sheet.value("officer"), sheet.value("remarks")) == ("4417", "wet")


def test_expired_goods_get_that_reason_once_and_a_no_is_respected(sheet: FormSheet) -> None:
    sheet.put("goods.0.category", "MED_PREGAB")
    sheet.put("goods.0.medicine.expiry", "2026-09")
    sheet.leave("goods.0.medicine.expiry")
    assert sheet.value("goods.0.reasons") == ["EXPIRED"]
    sheet.put("goods.0.reasons", [])
    sheet.leave("goods.0.medicine.expiry")
    assert sheet.value("goods.0.reasons") is None


def test_a_label_kept_as_seen_is_not_kept_for_another_number(sheet: FormSheet) -> None:
    path = "consignment.postal_item_id"
    sheet.put(path, "RR473124828GB")
    sheet.keep_as_seen(path)
    assert sheet.is_kept(path)
    sheet.put(path, "RR473124829GB")
    assert not sheet.is_kept(path)


def test_a_line_that_is_duplicated_does_not_take_the_bag_along(sheet: FormSheet) -> None:
    sheet.add_item("goods", {"category": "MED_PREGAB", "bag_no": "TW-1"})
    sheet.copy_item("goods", 0)
    assert sheet.value("goods") == [
        {"category": "MED_PREGAB", "bag_no": "TW-1"},
        {"category": "MED_PREGAB"},
    ]
