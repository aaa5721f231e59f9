"""The form asks what the pack and the mode need, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from domain.document import Document, value_at
from domain.fields import fields_of, label_of, noun_of
from domain.ids import RecordId
from domain.instant import Instant
from domain.interception.base import Block
from domain.interception.record import Interception
from domain.words import in_english
from gui.capture.asked import ask_at, asked
from gui.capture.description import INTERCEPTION_FORM, form_of
from gui.capture.proposals import carried, proposals
from gui.capture.sections import CONSIGNMENT, GOODS, NOT_IN_THE_FORM, SECTIONS
from gui.form.chip_order import ChipOrder
from gui.form.entries import kilograms, read_moment, shown_moment
from gui.form.layout import FormSection
from gui.form.section import SectionCard
from gui.form.sheet import FormSheet
from gui.form.view import FormView
from gui.parts.chips import ChipRow
from gui.parts.option import Option
from gui.words import Words
from tests.builders import a_category, a_checklist, a_document

MED, SYN = a_checklist("SAMPLE-MED"), a_checklist("SAMPLE-SYN")


def paths(section: object, document: Mapping[str, object], **line: object) -> set[str]:
    held = dict(line) or None
    return {ask.path for ask in asked(section, document, MED, line=held)}  # type: ignore[arg-type]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.block)
def test_every_field_of_the_form_is_a_field_of_the_interception(section: object) -> None:
    for ask in section.asks:  # type: ignore[attr-defined]
        assert INTERCEPTION_FORM.field_of(section, ask).block is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mode", "path"),
    [
        ("mail", "consignment.postal_item_id"),
        ("express", "consignment.courier_awb"),
        ("air_cargo", "consignment.awb_no"),
        ("sea_container", "consignment.container_no"),
        ("air_passenger", "conveyance.flight_no"),
        ("sea_other", "conveyance.imo_no"),
        ("road_freight", "conveyance.vehicle_registration"),
    ],
)
def test_the_mode_decides_which_identifier_is_asked_for(mode: str, path: str) -> None:
    for asked_mode in ("mail", "express", "air_cargo", "sea_container", "road_freight"):
        shown = path in paths(CONSIGNMENT, {"consignment": {"mode": asked_mode}})
        if asked_mode == mode:
            assert shown
    assert path in paths(CONSIGNMENT, {"consignment": {"mode": mode}})


def test_an_identifier_that_was_typed_stays_in_sight_when_the_mode_changes() -> None:
    document = {"consignment": {"mode": "air_cargo", "postal_item_id": "RR473124829GB"}}
    assert "consignment.postal_item_id" in paths(CONSIGNMENT, document)


def test_a_medicine_asks_for_its_lot_and_a_drug_does_not() -> None:
    assert "medicine.lot" in paths(GOODS, {}, category="MED_PREGAB")
    drug = a_category(SYN, "drug")
    shown = {ask.path for ask in asked(GOODS, {}, SYN, line={"category": drug})}
    assert "medicine.lot" not in shown
    assert {"drug.form", "gross_weight_kg"} <= shown


def test_a_category_brings_its_unit() -> None:
    document = {"goods": [{"category": "MED_PREGAB"}]}
    found = {p.path: p.value for p in proposals(document, "goods.0.category", MED)}
    assert found["goods.0.unit"] == "capsule"


def test_goods_past_their_expiry_are_proposed_as_expired_and_only_then() -> None:
    def proposed(expiry: str) -> object:
        document = a_document(goods=[{"category": "MED_PREGAB", "medicine": {"expiry": expiry}}])
        found = proposals(document, "goods.0.medicine.expiry", MED)
        return found[0].value if found else None

    assert proposed("2026-09") == ["EXPIRED"]
    assert proposed("2026-11") is None
    assert proposed("not a date") is None


def test_grounds_are_never_carried_over_and_the_legal_basis_is() -> None:
    document = a_document()
    over = carried(document)
    assert value_at(over, "legal.grounds") is None
    assert value_at(over, "legal.legal_basis") == document["legal"]["legal_basis"]
    assert "goods" not in over


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("640 g", "0.64"), ("0.64", "0.64"), ("2 kg", "2"), ("1500G", "1.5"), ("heavy", "heavy")],
)
def test_grams_typed_into_kilograms_are_understood(typed: str, kept: str) -> None:
    assert kilograms(typed) == kept


def test_a_moment_is_shown_without_its_offset_and_read_back_with_it() -> None:
    kept = "2026-11-23T03:12:08.000+01:00"
    assert shown_moment(kept) == "2026-11-23 03:12"
    assert read_moment("2026-11-23 03:12", 60) == "2026-11-23T03:12+01:00"
    assert read_moment("2026-11-23 03:12", -210) == "2026-11-23T03:12-03:30"
    assert read_moment("yesterday", 60) == "yesterday"


def test_a_fault_anywhere_in_the_form_has_the_words_of_its_field() -> None:
    assert label_of("goods.2.medicine.lot") == "Lot"
    assert label_of("persons.parties.0.name") == "Name"
    assert label_of("legal.grounds") == "Grounds"
    assert label_of("photos.1.caption") == "Caption"
    assert noun_of("legal.grounds") == "Statement of grounds"


def test_words_that_do_not_fit_on_a_chip_end_in_dots(qtbot: QtBot) -> None:
    words = "Handwritten label on a commercial parcel, name or telephone number missing"
    row = ChipRow([Option("a", words), Option("b", "Short")], many=True)
    qtbot.addWidget(row)
    row.resize(240, 200)
    row.put(["a"])
    row.show()
    long, short = row.findChildren(QPushButton)
    assert long.width() <= 240
    assert long.text().endswith("…")
    assert long.toolTip() == words
    assert short.text() == "2  Short"
    row.resize(900, 200)
    assert long.text() == f"1  {words}"


def leaves(block: type[Block], prefix: str = "") -> Iterator[str]:
    """The paths of all fields below a block, without the numbers of items."""
    for name, field in fields_of(block).items():
        if field.block is None:
            yield prefix + name
        else:
            yield from leaves(field.block, f"{prefix}{name}.")


def excused(path: str) -> list[str]:
    """The entries of the table of reasons that name the field or a block around it."""
    return [name for name in NOT_IN_THE_FORM if f"{path}.".startswith(f"{name}.")]


def test_every_field_of_an_interception_has_a_desk_field_or_a_stated_reason_for_none() -> None:
    paths = set(leaves(Interception)) - {"goods.added"}  # those have a test of their own
    assert [path for path in sorted(paths) if ask_at(path) is None and not excused(path)] == []
    assert [path for path in sorted(paths) if ask_at(path) is not None and excused(path)] == []
    assert {name for path in paths for name in excused(path)} == set(NOT_IN_THE_FORM)
    assert all(NOT_IN_THE_FORM.values())


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.block)
def test_every_field_can_be_reached_in_a_new_record_of_some_mode_and_goods(
    section: FormSection,
) -> None:
    reached: set[str] = set()
    for checklist in (MED, SYN):
        modes = [mode.code for mode in checklist.choices("modes")]
        for category in checklist.pack.categories:
            line = {"category": category.code} if section.repeats else None
            for mode in modes:
                goods = [{"category": category.code}]
                held: Document = {"consignment": {"mode": mode}, "goods": goods}
                found = asked(section, held, checklist, line=line, more=True)
                reached |= {ask.path for ask in found}
    assert reached == {ask.path for ask in section.asks}


def test_a_laboratory_result_is_behind_more_and_always_asked_in_an_amendment_for_one() -> None:
    line = {"category": "MED_PREGAB"}
    names = ("substance_confirmed", "purity_pct", "laboratory_ref", "laboratory_date")
    result = {f"drug.{name}" for name in names}

    def shown(**asking: Any) -> set[str]:
        return {ask.path for ask in asked(GOODS, {}, MED, line=line, **asking)} & result

    assert shown() == set()
    assert shown(reason="typing_error") == set()
    assert shown(more=True) == result
    assert shown(reason="lab_result") == result


@pytest.mark.parametrize("mode", ["sea_container", "road_freight", "rail", "air_cargo"])
def test_seals_are_asked_for_wherever_loads_are_sealed(mode: str) -> None:
    document = {"consignment": {"mode": mode}}
    found = {ask.path for ask in asked(CONSIGNMENT, document, MED, more=True)}
    assert {"consignment.seals_found", "consignment.seal_state"} <= found


def test_a_card_whose_width_changes_while_it_is_laid_shows_its_fields(qtbot: QtBot) -> None:
    sheet = FormSheet(form_of, MED)
    sheet.lay(RecordId.make(Instant(0), bytes(10)), a_document(), MED)
    words = Words("en", in_english)
    form = FormView(sheet, MED, words, ChipOrder(lambda _name: ()), 60)
    window, beside = QWidget(), QWidget()
    for widget in (form, window):
        qtbot.addWidget(widget)
    card = SectionCard(
        GOODS, "", form=INTERCEPTION_FORM, entries=form.entries, words=words, freed=()
    )
    beside.setFixedWidth(300)
    row = QHBoxLayout(window)
    row.addWidget(beside)
    row.addWidget(card, 1)
    asks = tuple({ask.path: ask for ask in GOODS.asks}.values())
    with qtbot.waitExposed(window):
        card.lay(asks[:6])
        window.resize(1000, 700)
        window.show()
    card.lay(asks[:2])
    QApplication.processEvents()
    beside.hide()  # Its room is given to the card as soon as one of its fields is shown.
    before = card.width()
    card.lay(asks)
    assert card.width() > before
    assert card.shown().keys() == {ask.path for ask in asks}
