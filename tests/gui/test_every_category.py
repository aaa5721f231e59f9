"""Every kind of goods of every shipped pack opens in every mode of transport."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from domain.document import JsonValue
from domain.faults import examine
from domain.ids import RecordId
from domain.instant import Instant
from domain.words import in_english
from gui.capture.description import form_of
from gui.capture.notes import Notes
from gui.capture.sections import SECTIONS
from gui.form.chip_order import ChipOrder
from gui.form.entries import shown_list, shown_moment
from gui.form.layout import COLUMNS
from gui.form.rows import rows_of
from gui.form.sheet import FormSheet
from gui.form.view import FormView
from gui.words import Words
from system.resources import translation
from tests.builders import NIGHT, a_category, a_checklist, a_document, a_line


@pytest.mark.parametrize(
    ("pack", "language"),
    [
        ("SAMPLE-MED", "en"), ("SAMPLE-SYN", "fr"), ("SAMPLE-CITES", "en"), ("SAMPLE-EXCISE", "fr"),
    ],
)  # fmt: skip
def test_each_category_opens_in_each_mode(pack: str, language: str, qapp: QApplication) -> None:
    checklist = a_checklist(pack)
    words = Words(language, translation(language))
    notes = Notes(checklist, words)
    modes = [mode.code for mode in checklist.choices("modes")]
    sheet = FormSheet(form_of, checklist)
    sheet.lay(RecordId.make(Instant(0), bytes(10)), a_document(goods=[{}]), checklist)
    column = FormView(sheet, checklist, words, ChipOrder(lambda _name: ()), 60)
    for place, category in enumerate(checklist.pack.categories):
        sheet.put("goods.0.category", category.code)
        for mode in modes if place == 0 else (modes[place % len(modes)],):
            sheet.put("consignment.mode", mode)
            for path in column.boxes():
                notes.below(path, sheet.document, None)
            for fault in examine(sheet.document, checklist, NIGHT).faults:
                assert notes.with_field(fault).strip()
                assert "{" not in notes.with_field(fault)
    column.deleteLater()
    qapp.processEvents()


def test_every_field_shows_nothing_where_nothing_or_null_was_kept(qapp: QApplication) -> None:
    """Other programs write drafts too: a null, a number, a wrong kind of value is shown, not met
    with an exception."""
    checklist = a_checklist("SAMPLE-SYN")
    drug = a_category(checklist, "drug")
    every: tuple[Any, ...] = (None, 0, 1.5, "text", ["a", None], [], {}, True)
    for strange in every:
        document = a_document(
            goods=[
                a_line(
                    category=drug,
                    drug={"sample_ids": strange},
                    medicine={"conformity_marks": strange},
                )
            ],
            legal={"witnesses": strange, "grounds": strange},
            consignment={
                "mode": "sea_container",
                "seals_found": strange,
                "gross_weight_kg": strange,
            },
            occasion={"seized_at": strange},
        )
        sheet = FormSheet(form_of, checklist)
        sheet.lay(RecordId.make(Instant(0), bytes(10)), document, checklist)
        column = FormView(
            sheet, checklist, Words("en", in_english), ChipOrder(lambda _name: ()), 60
        )
        for key in ("goods.0.drug.sample_ids", "legal.witnesses", "consignment.seals_found"):
            assert column.reach(key) is not None
        column.deleteLater()
    qapp.processEvents()


@pytest.mark.parametrize("value", [None, "", [], "a, b", 7])
def test_what_is_no_list_is_shown_all_the_same(value: JsonValue) -> None:
    assert shown_list(value) == ("" if not value else str(value))
    assert isinstance(shown_moment(value), str)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.block)
def test_no_row_of_a_card_is_wider_than_the_card(section: object, narrow: bool) -> None:
    asks = section.asks  # type: ignore[attr-defined]
    rows = rows_of(asks, narrow=narrow, least={})
    assert all(sum(span for _, span in row) <= COLUMNS for row in rows)
    assert [ask for row in rows for ask, _ in row] == list(asks)
