"""A desk in a language that says every word in brackets: what it shows without them is unmarked.

    TIDEWAITER_RESOURCES=... python -m tests.house.foreign_desk HOME LANGUAGE

Prints the paper of a receipt on the first line, then each text of the desk on a line of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from acts.receipt.save_receipt import give_receipt
from domain.ids import RecordId
from gui.build import Desk
from gui.screenshots import SCREENS, wait_for_jobs
from storage.projections import records
from storage.workstation import Workstation
from system.resources import languages
from tests.builders import SESSION, Place, a_draft, a_final
from tests.papers.paper_text import words_on


def main(home: Path, language: str) -> None:
    """Print the offered languages, the paper, and all that the screens of the desk say."""
    print(*languages())
    app = QApplication([])
    with Place(home).open() as ws:
        record = a_final(ws)
        number = records.row(ws.db, record).number
        file = home.parent / "receipt.pdf"
        give_receipt(ws, number, session=SESSION, language=language, file=file)
        print(words_on(file.read_bytes()))
        shown = dict.fromkeys(screens(ws, app, language, record))
    print(*(repr(text) for text in shown), sep="\n")


def screens(ws: Workstation, app: QApplication, language: str, record: RecordId) -> Iterator[str]:
    """What stands on each screen, with a final record chosen and a draft open."""
    draft = a_draft(ws)
    desk = Desk(ws, app)
    desk.settings.put("language", language)
    wait_for_jobs(desk, app)
    desk.start()
    desk.records.choose(record)
    desk.receipts.choose(record)
    for screen in SCREENS:
        desk.window.go(screen)
        wait_for_jobs(desk, app)
        yield from texts(app)
    desk.window.go("capture")
    desk.capture.open(draft)
    wait_for_jobs(desk, app)
    yield from texts(app)
    desk.window.show_keys()
    wait_for_jobs(desk, app)
    yield from texts(app)
    desk.window.close()


def texts(app: QApplication) -> Iterator[str]:
    """What all widgets say to the eye and to a screen reader."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for widget in app.allWidgets():
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        yield from _own(widget)


def _own(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
        # What was typed is nobody's words but the officer's.
        yield widget.placeholderText()
    elif isinstance(widget, QTableView):
        model = widget.model()
        for column in range(model.columnCount()):
            yield str(model.headerData(column, widget.horizontalHeader().orientation()) or "")
            yield from (
                str(model.index(row, column).data() or "") for row in range(model.rowCount())
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
