"""Faults are sentences about their field, in the officer's language."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from domain.fault import Fault
from domain.faults import examine
from domain.fields import field_at
from domain.ids import EntryHash
from domain.rules.goods import QUANTITY_MISSING
from domain.words import in_english
from gui.capture.notes import Notes
from gui.form.chip_order import ChipOrder
from gui.form.entries import Entries
from gui.form.layout import Ask
from gui.words import Words
from storage import journal
from storage.workstation import Workstation
from system.errors import Damaged
from system.resources import translation
from tests.builders import NIGHT, a_checklist, a_document

MED = a_checklist()
NOTES = Notes(MED, Words("en", in_english))


def said(path: str, **changes: object) -> str:
    faults = examine(a_document(**changes), MED, NIGHT, used_bags={"B1": "N-7"}).faults
    return next(NOTES.with_field(fault) for fault in faults if fault.path == path)


@pytest.mark.parametrize(
    ("path", "line", "words"),
    [
        ("goods.0.quantity", {}, "Quantity is missing. Count it."),
        ("goods.0.reasons", {}, "Reason for stopping is missing."),
        ("goods.0.bag_no", {"bag_no": "B-1"}, "Bag B-1 was used in N-7. Scan another bag."),
        (
            "goods.0.net_weight_kg",
            {"gross_weight_kg": "1", "net_weight_kg": "2"},
            "Net weight is more than the gross weight.",
        ),
        ("goods.0.packs", {"packs": "x"}, "Number of packs: not a whole number. Write it like 40."),
    ],
)
def test_a_fault_of_the_goods_is_a_sentence(path: str, line: dict[str, str], words: str) -> None:
    assert said(path, goods=[{"category": "MED_PREGAB", **line}]) == words


def test_a_month_of_birth_is_told_and_a_month_of_expiry_is_not() -> None:
    born = "Date of birth: a month where a day belongs. Write the day, like 2026-09-30; leave it"
    persons = {"parties": [{"role": "consignee", "name": "Ada Example", "born": "1961-04"}]}
    assert said("persons.parties.0.born", persons=persons).startswith(born)
    goods = [{"category": "MED_PREGAB", "medicine": {"expiry": "2027-04"}}]
    paths = {fault.path for fault in examine(a_document(goods=goods), MED, NIGHT).faults}
    assert "goods.0.medicine.expiry" not in paths


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("persons.parties.born", "year-month-day"),
        ("goods.drug.laboratory_date", "year-month-day"),
        ("goods.medicine.expiry", "year-month"),
        ("detection.field_test.expiry", "year-month"),
    ],
)
def test_a_field_for_a_day_says_whether_a_month_is_enough(
    qtbot: QtBot, path: str, hint: str
) -> None:
    entries = Entries(MED, Words("en", in_english), ChipOrder(lambda _name: ()), 0)
    made = entries.make(Ask(path, 5), field_at(path))
    qtbot.addWidget(made)
    line = made.findChild(QLineEdit)
    assert line is not None
    assert line.placeholderText() == hint


@pytest.mark.parametrize(
    ("path", "changes", "words"),
    [
        (
            "goods.0.unit",
            {"goods": [{"category": "MED_PREGAB", "unit": "kg"}]},
            "Unit: Pregabalin is not counted in kilograms. Choose one of: capsules, packs, ",
        ),
        (
            "route.transit_countries",
            {"route": {"origin_country": "FR", "transit_countries": ["FR"]}},
            "Country of transit: France is a country of transit and an end of the route. Name the",
        ),
        (
            "consignment.mode",
            {"consignment": {"mode": "other"}},
            "Mode of transport: Other needs a description. Describe it under Rem",
        ),
    ],
)
def test_the_desk_names_codes_and_fields_in_words(
    path: str, changes: dict[str, object], words: str
) -> None:
    assert said(path, **changes).startswith(words)
    assert "_" not in said(path, **changes)


def test_the_second_line_is_named() -> None:
    goods = [{"category": "MED_PREGAB"}, {"category": "MED_PREGAB"}]
    assert said("goods.1.quantity", goods=goods) == "Quantity, line 2 is missing. Count it."


def test_nobody_is_asked_who_they_are() -> None:
    assert said("officer", officer="") == "Say who you are: badge number"


def test_below_its_field_a_fault_says_only_what_to_do() -> None:
    assert NOTES.fault(Fault("goods.0.quantity", QUANTITY_MISSING)) == "Count it."


@pytest.mark.parametrize(("packs", "units", "words"), [("40", "14", "= 560 capsules"),
                                                       ("1", "1", "= 1 capsule")])  # fmt: skip
def test_a_product_is_said_in_the_words_of_its_unit(packs: str, units: str, words: str) -> None:
    line = {"packs": packs, "units_per_pack": units, "unit": "capsule"}
    assert NOTES.below("goods.0.quantity", {"goods": [line]}, None).text == words


def test_the_desk_names_its_own_way_back_and_the_command_line_its_command(ws: Workstation) -> None:
    with pytest.raises(Damaged) as gap:
        journal.entry(ws.db, EntryHash(bytes(32)))
    assert "main.py sync" in str(gap.value)
    assert "main.py" not in Words("en", in_english).error(gap.value)
    assert "“Synchronise now” may fetch it back" in Words("en", in_english).error(gap.value)
    french = Words("fr", translation("fr")).error(gap.value)
    assert "« Synchroniser »" in french.replace("\u00a0", " ")
