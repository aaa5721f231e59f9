"""Receipts at the desk: issued in a language, read, saved, printed on a real printer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from domain.fold import Receipt
from domain.ids import RecordId
from gui.printing import a4_printer
from gui.receipts.recent_list import RecentList
from gui.receipts.view import ReceiptsView
from gui.words import Words
from papers.judge.reading import codes_of_pdf
from storage import cases
from storage.workstation import Workstation
from system.resources import translation
from system.shipped import shipped_packs
from tests.builders import Place, a_final
from tests.gui.conftest import Officer, sit_down, stand_up

CTRL = Qt.KeyboardModifier.ControlModifier
Show = Callable[..., ReceiptsView]


@pytest.fixture
def record(officer: Officer, ws: Workstation) -> RecordId:
    """One interception, chosen on the screen of receipts."""
    made = a_final(ws)
    officer.desk.receipts.choose(made)
    officer.wait()
    return made


@pytest.fixture
def show(officer: Officer, record: RecordId) -> Iterator[Show]:
    """Shows the screen by itself, with a printer and a file that the test names."""
    shown: list[ReceiptsView] = []

    def make(printer: QPrinter | None = None, file: Path | None = None) -> ReceiptsView:
        view = ReceiptsView(
            officer.desk.receipts,
            Words("en", translation("en")),
            printer_of=lambda _parent: printer,
            file_of=lambda _parent, _title, _proposed: file,
        )
        view.resize(1200, 700)
        view.show()
        shown.append(view)
        officer.wait()
        return view

    yield make
    for view in shown:
        view.close()
        view.deleteLater()


def receipt(ws: Workstation, record: RecordId) -> Receipt:
    return cases.read(ws.db, record).receipts[-1]


def says(view: QWidget, words: str) -> bool:
    return any(words in one.text() for one in view.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_language_of_the_paper_is_chosen_before_it_is_issued(
    officer: Officer, ws: Workstation, record: RecordId, language: str
) -> None:
    officer.desk.window.go("receipts")
    officer.wait()
    name = {"en": "English", "fr": "Français"}[language]
    officer.focus_on(f"Language of the paper: {name}")
    officer.press({"en": Qt.Key.Key_1, "fr": Qt.Key.Key_2}[language])
    officer.press(Qt.Key.Key_Return, CTRL)
    assert receipt(ws, record).body.language == language


def test_the_paper_fits_the_width_at_any_size_of_the_window(officer: Officer, show: Show) -> None:
    officer.desk.receipts.issue()
    officer.wait()
    view = show()
    for width in (1200, 800, 1000):
        view.resize(width, 700)
        officer.wait()
        assert view.paper.horizontalScrollBar().maximum() == 0
        page = view.paper.widget()
        assert page is not None
        assert page.width() <= view.paper.viewport().width()


def test_the_paper_is_made_larger_and_fits_again(officer: Officer, show: Show) -> None:
    officer.desk.receipts.issue()
    officer.wait()
    view = show()
    high = view.paper.verticalScrollBar().maximum()
    view.paper.zoom(2)
    officer.wait()
    assert view.paper.verticalScrollBar().maximum() > high
    assert view.paper.horizontalScrollBar().maximum() > 0
    view.paper.zoom(0)
    officer.wait()
    assert view.paper.horizontalScrollBar().maximum() == 0


def test_it_is_saved_where_the_officer_says_and_the_copy_is_logged(
    officer: Officer, ws: Workstation, record: RecordId, show: Show, tmp_path: Path
) -> None:
    officer.desk.receipts.issue()
    officer.wait()
    view = show(file=tmp_path / "out.pdf")
    view.save()
    officer.wait()
    assert (tmp_path / "out.pdf").read_bytes() == ws.papers.get(receipt(ws, record).paper)
    assert [copy.way for copy in receipt(ws, record).copies] == ["file"]
    assert says(view, "out.pdf is saved: the original, and logged.")
    view = show(file=tmp_path / "again.pdf")
    view.save()
    officer.wait()
    assert says(view, "again.pdf is saved: copy 2, and logged.")


def test_it_is_printed_on_a_real_printer_and_the_copy_is_logged(
    officer: Officer, ws: Workstation, record: RecordId, show: Show, tmp_path: Path
) -> None:
    officer.desk.receipts.issue()
    officer.wait()
    view = show(printer=to_file(tmp_path / "printed.pdf"))
    view.print_out()
    officer.wait()
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert codes_of_pdf(printed) == (receipt(ws, record).body.seal,)
    assert [copy.way for copy in receipt(ws, record).copies] == ["printer"]
    assert says(view, "is printed: the original, and logged.")


def test_a_printer_that_does_not_answer_leaves_a_line_and_no_copy_in_the_log(
    officer: Officer, ws: Workstation, record: RecordId, show: Show, tmp_path: Path
) -> None:
    officer.desk.receipts.issue()
    officer.wait()
    view = show(printer=to_file(tmp_path / "no such folder" / "printed.pdf"))
    view.print_out()
    officer.wait()
    assert says(view, "The printer does not answer. Nothing is printed, nothing logged.")
    assert receipt(ws, record).copies == ()


def to_file(file: Path) -> QPrinter:
    """A real printer of Qt that writes a PDF."""
    printer = a4_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_leaving_the_printer_dialog_does_nothing(
    officer: Officer, ws: Workstation, record: RecordId, show: Show
) -> None:
    officer.desk.receipts.issue()
    officer.wait()
    show(printer=None).print_out()
    officer.wait()
    assert receipt(ws, record).copies == ()


def test_a_file_that_cannot_be_written_is_told_and_no_copy_is_logged(
    officer: Officer, ws: Workstation, record: RecordId, show: Show, tmp_path: Path
) -> None:
    officer.desk.receipts.issue()
    officer.wait()
    show(file=tmp_path / "no such folder" / "out.pdf").save()
    officer.wait()
    assert receipt(ws, record).copies == ()
    view = show(file=tmp_path / "out.pdf")
    view.save()
    officer.wait()
    assert [copy.copy for copy in receipt(ws, record).copies] == [1]
    assert (tmp_path / "out.pdf").read_bytes() == ws.papers.get(receipt(ws, record).paper)


def test_without_the_names_the_desk_issues_no_receipt_and_says_why(
    officer: Officer, ws: Workstation, record: RecordId, show: Show
) -> None:
    """The names are gone from the folder, as after a restore through the hub."""
    ws.db.execute("DROP TRIGGER nominal_is_never_deleted")
    ws.db.execute("DELETE FROM nominal")
    view = show()
    officer.desk.receipts.issue()
    officer.wait()
    assert says(view, "he names are not stored here")
    assert cases.read(ws.db, record).receipts == ()


def in_spanish(pack: bytes) -> bytes:
    """The pack with Spanish as one more language, in English words."""

    def spoken(part: dict[str, Any]) -> dict[str, Any]:
        return {**part, "es": part["en"]} if "en" in part else part

    held = json.loads(pack, object_hook=spoken)
    return json.dumps(held | {"languages": [*held["languages"], "es"]}).encode()


def test_a_language_that_has_no_paper_is_not_offered(tmp_path: Path, qtbot: QtBot) -> None:
    packs = {name: in_spanish(data) for name, data in shipped_packs().items()}
    with Place(tmp_path / "home", packs=packs).open() as ws:
        assert "es" in ws.checklists()[0].pack.languages
        made = a_final(ws)
        seated = sit_down(ws, qtbot)
        seated.desk.receipts.choose(made)
        seated.wait()
        assert seated.desk.receipts.languages() == ("en", "fr")
        seated.desk.receipts.language = "es"
        seated.desk.receipts.issue()
        seated.wait()
        assert receipt(ws, made).body.language == "en"
        stand_up(seated)


def test_the_list_of_receipts_is_worked_by_keys_alone_and_stays_where_it_was(
    officer: Officer, ws: Workstation
) -> None:
    first = a_final(ws)
    second = a_final(ws)
    officer.press(Qt.Key.Key_F5)
    listed = officer.at()
    assert isinstance(listed, RecentList)
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Return)
    model = officer.desk.receipts
    assert model.row is not None
    assert model.row.record == first
    assert officer.at() is listed
    assert listed.currentIndex().row() == 1
    officer.press(Qt.Key.Key_Up)
    officer.press(Qt.Key.Key_Return)
    assert model.row.record == second
