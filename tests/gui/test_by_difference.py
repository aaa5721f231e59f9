"""After each key only what the key can change is shown again; it must look as if all of it was."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from acts.interception.begin_draft import begin_draft
from acts.session import Session
from domain.document import JsonValue, parts_at
from domain.fault import Fault
from domain.faults import examine
from domain.fields import Field, bare
from domain.interception.base import FieldKind
from storage.workstation import Workstation
from tests.builders import OFFICER
from tests.gui.conftest import Officer
from tests.gui.test_one_form import shown

EDITS = 14
DECIDING = ("consignment.mode", "goods.category", "goods.unit")
TEXTS = ("", "", "x", "Bob Dyer", "12", "0.64", "2020-01-02", "RR123456785GB", "TW-0000001", "true")
"""Empty ones, a name, numbers, a day in the past, an identifier that is wrong, a bag."""


def settle() -> None:
    """Until what was asked for is judged, shown and laid."""
    for _ in range(3):
        QApplication.processEvents()


class Bench:
    """A draft that is edited at random, by keys and by what scans, proposals and undo do."""

    def __init__(self, officer: Officer, seed: int) -> None:
        self.officer, self.chance = officer, random.Random(seed)
        self.capture, self.view = officer.desk.capture, officer.desk.capture_view
        self.done: list[str] = []
        checklist = self.capture.sheet.checklist
        assert checklist is not None
        self.checklist = checklist

    def edit(self) -> None:
        """One edit."""
        deeds: dict[Callable[[], None], int] = {
            self.put: 12, self.type: 6, self.press: 3, self.change_items: 3,
            self.take_back: 2, self.decide: 3, self.finalise: 1,
        }  # fmt: skip
        self.chance.choices(list(deeds), list(deeds.values()))[0]()
        settle()

    def note(self, *what: object) -> None:
        self.done.append(" ".join(map(str, what)))

    def paths(self) -> Iterator[tuple[str, Field]]:
        """All fields, shown or not."""
        form = self.capture.sheet.form
        for section in form.sections:
            count = len(parts_at(self.capture.sheet.document, section.block))
            items = range(max(count, section.begins_with_one)) if section.repeats else (0,)
            for ask in section.asks:
                for index in items:
                    between = f"{section.block}.{index}." if section.repeats else ""
                    yield between + ask.path, form.field_of(section, ask)

    def value_for(self, field: Field) -> JsonValue:
        codes = [c.code for c in self.checklist.choices(field.list_name)] if field.list_name else []
        pool = [*TEXTS, *self.chance.sample(codes, min(len(codes), 12))]
        value = self.chance.choice(pool)
        if field.kind is FieldKind.YES_NO:
            value = self.chance.choice(("", "true", "false"))
        return [value] * bool(value) if field.many else value

    def put(self) -> None:
        """As a scan or a proposal does; every second one where something is shown or told."""
        every = list(self.paths())
        held = [
            one for one in every if one[0] in self.view.fields() or one[0].startswith("goods.1")
        ]
        path, field = self.chance.choice(self.chance.choice((every, held)))
        value = self.value_for(field)
        self.note("put", path, value)
        self.capture.sheet.put(path, value)

    def decide(self) -> None:
        """Change what decides which fields are asked."""
        deciding = [one for one in self.paths() if bare(one[0]) in DECIDING]
        path, field = self.chance.choice(deciding)
        value = self.chance.choice([c.code for c in self.checklist.choices(field.list_name)])
        self.note("decide", path, value)
        self.capture.sheet.put(path, value)

    def type(self) -> None:
        """By keys, in a field that is shown."""
        path, box = self.chance.choice(list(self.view.fields().items()))
        box.entry.target().setFocus()
        keys = self.chance.choice(("Bob", "12", "3", "x"))
        self.note("type", path, keys)
        self.officer.type(keys)

    def press(self) -> None:
        """A key that is no letter."""
        key = self.chance.choice(
            (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Space)
        )
        self.note("press", key)
        self.officer.bot.keyClick(self.officer.at(), key)

    def change_items(self) -> None:
        """Add a line, take one away, or go into one."""
        sheet, count = self.capture.sheet, len(parts_at(self.capture.sheet.document, "goods"))
        deed = self.chance.choice(("add", "remove", "copy", "go"))
        self.note(deed, count)
        if deed == "add" and count < 4:
            self.view.add_line()
        elif deed == "remove":
            sheet.remove_item("goods", self.chance.randrange(4))
        elif deed == "copy" and count < 4:
            sheet.copy_item("goods", 0)
        elif deed == "go" and count:
            self.view.go_to(f"goods.{self.chance.randrange(count)}.bag_no")

    def take_back(self) -> None:
        """Undo, or redo."""
        self.note("undo or redo")
        self.chance.choice((self.capture.sheet.undo, self.capture.sheet.redo))()

    def finalise(self) -> None:
        """Ask for it: from then on every fault is shown."""
        if not any(fault.path == "goods" for fault in self.capture.faults):
            self.note("asked final")
            self.capture.asked_final = True
            self.capture.examine()

    def looks(self) -> tuple[list[tuple[str, str, bool]], list[tuple[str, str]], tuple[Fault, ...]]:
        """All that the form and the column beside it show, with the notes, and the faults."""
        notes = [(path, str(box.note)) for path, box in self.view.fields().items()]
        return shown(self.view._body), notes, self.capture.faults

    def found_anew(self) -> tuple[Fault, ...]:
        """The faults that somebody finds who never read this document before."""
        document = self.capture.sheet.document
        return examine(document, self.checklist, self.officer.desk._ws.now()).faults

    def show_all_anew(self) -> None:
        """Forget what is shown, and show all of it."""
        form, notes = self.view._form, self.view._fault_notes
        assert form is not None
        assert notes is not None
        form.lay()
        self.view._laid()
        notes.show_all()
        settle()


@pytest.mark.parametrize(("pack", "seed"), [("SAMPLE-MED", 7), ("SAMPLE-CITES", 9)])
def test_what_is_shown_after_each_edit_is_what_showing_all_of_it_anew_shows(
    officer: Officer, ws: Workstation, pack: str, seed: int
) -> None:
    checklist = next(c for c in ws.checklists() if c.pack.id == pack)
    officer.desk.capture.open(begin_draft(ws, checklist, Session(OFFICER)))
    officer.wait()
    bench = Bench(officer, seed)
    bench.view.add_line()
    sheet, codes = bench.capture.sheet, [c.code for c in checklist.pack.categories]
    wanted: list[Callable[[], None]] = [
        # a folded field that must be filled leaves the form with its value, and comes back
        partial(sheet.put, "legal.legal_basis", ["x"]),
        partial(sheet.put, "legal.legal_basis", []),
        *(partial(sheet.put, "goods.0.category", code) for code in (codes[0], codes[-1], "")),
        partial(sheet.put, "goods.1.bag_no", "TW-0000001"),  # one of both lines is folded
        partial(sheet.put, "goods.0.bag_no", "TW-0000001"),
    ]
    for edit in (*wanted, *[bench.edit] * EDITS):
        edit()
        settle()
        before = bench.looks()
        bench.show_all_anew()
        after = bench.looks()
        differ = [set(map(repr, one)) ^ set(map(repr, two))
                  for one, two in ((before[0], after[0]), (before[1], after[1]))]  # fmt: skip
        assert before == after, f"{bench.done}, {differ}"
        found = bench.found_anew()
        assert bench.capture.faults[: len(found)] == found, bench.done
    assert len(bench.view.fields()) > 15
