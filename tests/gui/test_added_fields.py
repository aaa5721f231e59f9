"""Fields that a pack adds, at the desk by keys, and then on paper, in the list and at the hub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from acts.interception.amend import begin_amendment
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import original
from domain.interception.read import read
from gui.capture.scans import scan_of
from gui.parts.field import FieldBox
from hub.publishing import publish_pack
from storage import cases, drafts
from storage.projections import records
from storage.workstation import Workstation
from tests import wildlife
from tests.builders import SESSION, Place
from tests.gui.conftest import Officer, sit_down, stand_up
from tests.gui.test_journeys import CTRL, GROUNDS, add_photos, begin
from tests.hub.conftest import run_hub
from tests.papers.paper_text import says

BELOW = "goods.0.added."
BY_KEYS = {
    "species": "Testudo graeca",
    "permit_no": "XA-77",
    "permit_expiry": "2027-01-31",
    "dead": "2",
    "length": "12,5",
    "price": "1250 eur",
    "chips": f"{wildlife.CHIP}, 276098106000002",
    "keeper": "Amina Rahimi",
}


@pytest.fixture
def wild(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Officer, Workstation]]:
    """An officer at a desk whose only pack is that of the animals."""
    place = Place(tmp_path / "workstation", packs={"TEST-WILD": wildlife.pack_file()})
    with place.open() as ws:
        officer = sit_down(ws, qtbot)
        yield officer, ws
        stand_up(officer)


def tortoises(officer: Officer) -> None:
    """A parcel with tortoises, typed field by field; only the species is not there yet."""
    begin(officer)
    officer.fill("consignment.postal_item_id", "RR473124829GB")
    officer.fill("route.dispatch_country", "United K")
    officer.go_to("goods.0.category")
    officer.press(Qt.Key.Key_1)
    officer.fill("goods.0.quantity", "12")
    officer.fill("goods.0.bag_no", "TW-0001")
    for code, text in BY_KEYS.items():
        if code != "species":
            officer.fill(BELOW + code, text)
    for code, key in (("appendix", Qt.Key.Key_2), ("alive", Qt.Key.Key_1)):
        officer.go_to(BELOW + code)
        officer.press(key)
    officer.go_to(f"{BELOW}marks_seen")
    officer.press(Qt.Key.Key_1)
    officer.press(Qt.Key.Key_2)
    officer.fill(f"{BELOW}permit_country", "Moro")
    officer.go_to("goods.0.reasons")
    officer.type("prohib")
    officer.press(Qt.Key.Key_Return)
    officer.go_to("detection.methods")
    officer.press(Qt.Key.Key_1)
    officer.fill("legal.grounds", GROUNDS)
    officer.go_to("legal.legal_basis")
    officer.press(Qt.Key.Key_1)
    add_photos(officer)


def test_a_record_is_typed_refused_mended_and_final(wild: tuple[Officer, Workstation]) -> None:
    officer, ws = wild
    tortoises(officer)
    assert officer.reads("It may bite.")
    for width, height in ((800, 600), (1366, 768)):
        officer.desk.window.resize(width, height)
        officer.go_to(f"{BELOW}alive")
        boxes = officer.desk.window.findChildren(FieldBox)
        (alive,) = [box for box in boxes if box.isAncestorOf(officer.at())]
        officer.go_to("goods.0.quantity")  # the row that has the focus shows all
        chips = alive.findChildren(QAbstractButton)
        shown = {chip.text().split()[-1] for chip in chips if chip.isVisible() and chip.text()}
        assert {"yes", "no"} <= shown, "neither of two is behind “more”"
    officer.press(Qt.Key.Key_Return, CTRL)
    assert officer.desk.capture.last_number == ""
    assert officer.desk.capture_view.here() == f"{BELOW}species", "the first fault has the focus"
    officer.type("tortoise")
    officer.press(Qt.Key.Key_Tab)
    assert officer.reads("tortoise is not written as the checklist wants it. Genus species")
    officer.go_to(f"{BELOW}species")
    officer.press(Qt.Key.Key_A, CTRL)
    officer.type(BY_KEYS["species"])
    officer.press(Qt.Key.Key_Return, CTRL)
    number = officer.desk.capture.last_number
    assert number, [fault for fault in officer.desk.capture.faults if not fault.warns]

    record = records.find_number(ws.db, number)
    current = cases.read(ws.db, record).current
    held = cases.with_nominal(ws.db, current.entry, current.body)
    assert held.goods[0].added == {
        **wildlife.ADDED, "marks_seen": ("RING", "CHIP"), "alive": "true", "dead": "2",
        "length": "12.5", "price": "1250 EUR", "chips": (wildlife.CHIP, "276098106000002"),
    }  # fmt: skip
    assert "keeper" not in current.body.shared.goods[0].added, "a person stays at the post"

    for search in (wildlife.CHIP, "graeca", "Appendix II", "Annexe", "Rahimi"):
        assert [row.number for row in records.page(ws.db, search=search).rows] == [number], search
    officer.desk.window.go("records")
    officer.desk.records.choose(record)
    officer.wait()
    labels = {label.text() for label in officer.desk.window.findChildren(QLabel)}
    assert {"Scientific name", "Appendix II", "Length (cm)", "Microchip"} <= labels

    for language, expected in {
        "en": ("Scientific name: Testudo graeca", "Appendix: Appendix II", "Alive: yes",
               "Length (cm): 12.5", f"Microchip: {wildlife.CHIP}, 276098106000002",
               "Marks: Ring, Chip", "Price asked: 1250 EUR"),
        "fr": ("Nom scientifique : Testudo graeca", "Vivant : oui", "Longueur (cm) : 12,5"),
    }.items():  # fmt: skip
        paper = original(ws, issue_receipt(ws, record, SESSION, language).number)
        assert [text for text in expected if not says(paper, text)] == []
        assert not says(paper, "Rahimi")
        assert not says(paper, "XA-77, 2027"), "what is not printed is not on the paper"


def test_a_line_of_other_goods_has_none_of_the_fields(wild: tuple[Officer, Workstation]) -> None:
    officer, _ = wild
    begin(officer)
    officer.go_to("goods.0.category")
    officer.press(Qt.Key.Key_2)
    assert [path for path in officer.desk.capture_view.fields() if "added" in path] == []
    officer.go_to("goods.0.category")
    officer.press(Qt.Key.Key_1)
    shown = [path for path in officer.desk.capture_view.fields() if "added" in path]
    assert [path.removeprefix(BELOW) for path in shown] == [
        field["code"] for field in wildlife.FIELDS if field["code"] != "abv"
    ]


def test_an_amendment_opens_with_the_values_and_keeps_them(
    wild: tuple[Officer, Workstation],
) -> None:
    officer, ws = wild
    tortoises(officer)
    officer.fill(f"{BELOW}species", BY_KEYS["species"])
    officer.press(Qt.Key.Key_Return, CTRL)
    record = officer.desk.capture.last_record
    assert record is not None
    begin_amendment(ws, record)
    officer.desk.capture.open(record)
    officer.wait()
    opened = drafts.draft(ws.db, record).document
    before = cases.read(ws.db, record).current.body
    assert opened["goods"][0]["added"]["chips"] == [wildlife.CHIP, "276098106000002"]  # type: ignore[index,call-overload]
    officer.fill(f"{BELOW}dead", "3")
    assert officer.desk.capture.sheet.value(f"{BELOW}length") == "12.5"
    assert before.shared.goods[0].added["dead"] == "2"


def test_a_scanned_code_fills_the_field_that_the_pack_names() -> None:
    text = "010952123454321310B2291\x1d400XA-99"
    document = {"goods": [{"category": "TORTOISE"}]}
    found = scan_of(text, document, "goods.0.category", (), wildlife.checklist())
    assert found is not None
    assert dict(found.values)[f"{BELOW}permit_no"] == "XA-99"
    assert dict(found.values)["goods.0.medicine.lot"] == "B2291"
    other = scan_of(text, {"goods": [{"category": "CASH"}]}, "goods.0.category", (),
                    wildlife.checklist())  # fmt: skip
    assert other is not None
    assert f"{BELOW}permit_no" not in dict(other.values)


def test_the_hub_shows_labels_with_the_pack_and_codes_without_it(tmp_path: Path) -> None:
    goods = read(wildlife.document(), wildlife.checklist().added).interception.goods
    with run_hub(tmp_path) as running:
        station = running.station()
        entry = station.finalise(goods=goods, pack=wildlife.checklist().ref)
        station.send()
        page = station.page(f"/interceptions/{entry.head.subject}").text
        assert "permit_no" in page
        assert "XA-77" in page
        publish_pack(running.hub, wildlife.pack_file(), "wild.json", unsigned=True)
        page = station.page(f"/interceptions/{entry.head.subject}").text
    for text in ("Permit number", "XA-77", "Appendix II", "Ring, Chip", "Length (cm)", "Morocco"):
        assert text in page


def test_a_second_amount_stands_below_its_empty_field_and_is_taken(
    wild: tuple[Officer, Workstation],
) -> None:
    officer, ws = wild
    tortoises(officer)
    officer.fill(f"{BELOW}species", BY_KEYS["species"])
    officer.press(Qt.Key.Key_L, CTRL)
    officer.go_to("goods.1.category")
    officer.press(Qt.Key.Key_3)
    officer.fill("goods.1.quantity", "60")
    officer.fill("goods.1.content", "700")
    assert not officer.reads("litres of pure alcohol")
    officer.fill("goods.1.added.abv", "40")
    assert officer.reads("= 16.8 litres of pure alcohol")
    officer.go_to("goods.1.reasons")
    officer.type("prohib")
    officer.press(Qt.Key.Key_Return)
    officer.press(Qt.Key.Key_Return, CTRL)
    record = officer.desk.capture.last_record
    assert record is not None, [fault for fault in officer.desk.capture.faults if not fault.warns]
    line = cases.read(ws.db, record).current.body.shared.goods[1]
    assert (line.content_unit, line.measure_unit, str(line.measure)) == ("ml", "lpa", "16.8")
