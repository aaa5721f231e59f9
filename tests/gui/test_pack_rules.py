"""Rules of a pack, and codes for some goods alone, at the desk by keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from gui.parts.field import FieldBox
from storage import cases
from storage.projections import records
from storage.workstation import Workstation
from tests import wildlife
from tests.builders import Place
from tests.domain.test_pack_fitting import ALL, ANIMALS, CASH, limited
from tests.gui.conftest import Officer, sit_down, stand_up
from tests.gui.test_added_fields import BELOW, BY_KEYS, tortoises
from tests.gui.test_journeys import CTRL, begin

SEIZURE, DETENTION = Qt.Key.Key_1, Qt.Key.Key_2
BITES = wildlife.words("Say how the animals are.", "Dites dans quel état sont les animaux.")
DEAR = wildlife.words("Dear animals have a case.", "Un animal cher a un dossier.")


def the_pack() -> dict[str, Any]:
    """Animals that must be described while they live; reasons and law for animals, and for cash."""
    alive = {"need": "condition", "when": {"added.alive": {"is": "true"}}, "say": BITES}
    dear = {"need": "case_ref", "when": {"goods.added.price": {"over": "1000 EUR"}}, "say": DEAR}
    pack = limited(**{ANIMALS: ["live_animal"], CASH: ["CASH"]}, PROHIBITED=["live_animal"])
    animal = {**wildlife.ANIMAL, "rules": [alive]}
    return {**pack, "profiles": [animal], "rules": [dear], "kept": ["goods.condition"]}


@pytest.fixture
def wild(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Officer, Workstation]]:
    """An officer at a desk whose only pack is that of the animals."""
    yield from at_a_desk(tmp_path, qtbot, the_pack())


@pytest.fixture
def without_rules(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Officer, Workstation]]:
    """The same without rules: only its codes are for some goods alone."""
    pack = {name: value for name, value in the_pack().items() if name != "rules"}
    pack["profiles"] = [{**one, "rules": [], "weighed": True} for one in pack["profiles"]]
    for basis in pack["legal_bases"]:
        if basis["code"] == ALL:
            basis["acts"] = ["detention"]
    yield from at_a_desk(tmp_path, qtbot, pack)


def at_a_desk(
    tmp_path: Path, qtbot: QtBot, pack: dict[str, Any]
) -> Iterator[tuple[Officer, Workstation]]:
    data = json.dumps(pack).encode()
    with Place(tmp_path / "workstation", packs={"TEST-WILD": data}).open() as ws:
        officer = sit_down(ws, qtbot)
        yield officer, ws
        stand_up(officer)


def test_the_desk_offers_what_fits_the_goods(without_rules: tuple[Officer, Workstation]) -> None:
    officer, _ = without_rules
    value = officer.desk.capture.sheet.value
    begin(officer)
    shown = officer.desk.window.findChildren(QAbstractButton)
    names = {button.accessibleName() for button in shown if button.isVisible()}
    goods = {f"Category: {name}" for name in ("Tortoise", "Cash", "Spirits", "Ivory")}
    assert goods <= names, "few categories are all in sight"
    for category, reason in ((Qt.Key.Key_2, []), (Qt.Key.Key_1, ["PROHIBITED"])):
        officer.go_to("goods.0.category")
        officer.press(category)
        officer.go_to("goods.0.reasons")
        officer.type("prohib")
        officer.press(Qt.Key.Key_Return)
        assert (value("goods.0.reasons") or []) == reason
        officer.press(Qt.Key.Key_A, CTRL)
        officer.press(Qt.Key.Key_Backspace)

    officer.go_to("goods.0.category")
    officer.press(Qt.Key.Key_2)
    chips = officer.desk.window.findChildren(QAbstractButton)
    prohibited = [chip for chip in chips if "Prohibited" in chip.text() and chip.isVisible()]
    assert prohibited, "what is chosen stays readable"
    assert officer.reads("is not for Cash. Choose another one.")
    officer.go_to("legal.legal_basis")
    officer.press(Qt.Key.Key_1)
    assert value("legal.legal_basis") == [CASH]
    # What no longer fits goes, as a unit does: no record with it could become final.
    officer.go_to("goods.0.category")
    officer.press(Qt.Key.Key_1)
    assert not value("legal.legal_basis")
    officer.fill("goods.0.gross_weight_kg", "1.2")
    assert value("goods.0.gross_weight_kg") == "1.2", "goods of a profile of the pack are weighed"
    act_by_key = ((DETENTION, [ANIMALS, ALL]), (SEIZURE, [ANIMALS]))
    for key, bases in act_by_key:
        officer.go_to("legal.action")
        officer.press(key)
        officer.go_to("legal.legal_basis")
        if not value("legal.legal_basis"):
            officer.press(Qt.Key.Key_1)
            officer.press(Qt.Key.Key_2)
        assert value("legal.legal_basis") == bases


def test_the_desk_asks_by_the_rules_in_the_words_of_the_pack(
    wild: tuple[Officer, Workstation],
) -> None:
    officer, ws = wild
    tortoises(officer)
    assert officer.desk.capture.sheet.value("legal.legal_basis") == [ANIMALS]
    shown = list(officer.desk.capture_view.fields())
    assert {"goods.0.condition", "case_ref"} <= set(shown), "a rule asks for them"
    target = officer.go_to("goods.0.condition")
    boxes = officer.desk.window.findChildren(FieldBox)
    (condition,) = (box for box in boxes if box.isAncestorOf(target))
    assert "stays here" in {label.text() for label in condition.findChildren(QLabel)}
    officer.fill(f"{BELOW}species", BY_KEYS["species"])
    officer.press(Qt.Key.Key_Return, CTRL)
    capture = officer.desk.capture
    assert capture.last_number == ""
    assert [f.path for f in capture.faults if not f.warns] == ["case_ref", "goods.0.condition"]
    assert officer.reads(BITES["en"])
    assert officer.reads(DEAR["en"])
    officer.go_to("officer")
    for _ in range(2):
        officer.press(Qt.Key.Key_F8)
        officer.type("24-0017" if officer.desk.capture_view.here() == "case_ref" else "All quiet")
    officer.press(Qt.Key.Key_Return, CTRL)
    assert capture.last_number, [fault for fault in capture.faults if not fault.warns]
    record = records.find_number(ws.db, capture.last_number)
    current = cases.read(ws.db, record).current
    assert current.body.shared.goods[0].condition is None, "the pack keeps it"
    held = cases.with_nominal(ws.db, current.entry, current.body)
    assert held.goods[0].condition == "All quiet"
