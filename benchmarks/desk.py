"""How long the desk's window is busy with what an officer does at it.

    python -m benchmarks.desk

Every figure is the processor time of the window's thread in milliseconds, the median of some runs,
in one process: drafts of 1, 10 and 60 lines of goods are opened, typed in, and given one more line;
records are made final with many that wait for the hub; 40 photos are taken in; 50 records go to a
hub while the officer searches the list and issues receipts. The alternative in the last column is a
plain form of Qt with as many fields as the draft shows.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QWidget

from acts.interception.begin_draft import begin_draft
from acts.interception.save_draft import save_draft
from acts.session import Session
from domain.ids import RecordId
from gui.build import Desk
from gui.screenshots import wait_for_jobs
from hub.codes import fresh_code
from storage import settings
from storage.workstation import Workstation
from sync.http.enrol import enrol
from tests.builders import OFFICER, Place, a_document, a_draft, a_final, a_photo
from tests.hub.conftest import run_hub

LINES = (1, 10, 60)
FRAME = 16
WAITING = 300
SENT = 50


def main() -> None:
    """Print the table."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Place(Path(folder) / "workstation")
        with place.open() as ws:
            settings.write(ws.db, [settings.OFFICER.to(OFFICER)])
            drafts = {lines: [_a_draft(ws, lines) for _ in range(2)] for lines in LINES}
            desk = Desk(ws, app)
            desk.window.resize(1366, 768)
            desk.window.show()
            wait_for_jobs(desk, app)
            for lines, pair in drafts.items():
                _measure_draft(desk, app, lines, pair)
            _measure_new(desk, app)
            _measure_photos(desk, app, drafts[1][0])
            _measure_sending(desk, app, ws, Path(folder))
            for _ in range(WAITING):
                a_final(ws)
            _measure_finalise(desk, app, ws)
            desk.window.close()


def _measure_draft(desk: Desk, app: QApplication, lines: int, pair: list[RecordId]) -> None:
    open_draft(desk, app, pair[1])
    opened, keys, added = [], [], []
    for turn in range(6):
        opened.append(spent(partial(open_draft, desk, app, pair[turn % 2])))
    fields = len(desk.capture_view.fields())
    _show(f"open a draft of {lines} lines", opened, spent(lambda: _plain(app, fields)))
    desk.window.activateWindow()  # the plain form was in front
    QTest.qWaitForWindowActive(desk.window)
    desk.capture_view.go_to("legal.grounds")
    for letter in "typed key by key":
        keys.append(spent(partial(type_key, app, letter)))
    _show(f"a key until the thread is free, {lines} lines", keys)

    def add_line() -> None:
        desk.capture_view.add_line()
        app.processEvents()

    for _ in range(3):
        added.append(spent(add_line))
        desk.capture.sheet.undo()
        desk.capture.sheet.undo()
        app.processEvents()
    _show(f"one more line at {lines}", added)


def _measure_new(desk: Desk, app: QApplication) -> None:
    def leave_and_begin() -> None:
        desk.capture.leave()
        desk.capture.begin()
        wait_for_jobs(desk, app)

    _show("leave, and begin a new one", [spent(leave_and_begin) for _ in range(6)])
    desk.capture.discard()
    wait_for_jobs(desk, app)


def _measure_photos(desk: Desk, app: QApplication, draft: RecordId) -> None:
    open_draft(desk, app, draft)
    photos = [a_photo(shade, size=(4000, 3000)) for shade in range(40)]
    for place, photo in enumerate(photos):
        desk.capture.photos.add_bytes(photo, f"{place}.jpg", "contents")
    holds = []
    while desk.capture.photos.under_way or desk.bridge.busy:
        holds.append(spent(app.processEvents))
    _show_holds("40 photos of 12 MP", holds)
    desk.capture.leave()
    wait_for_jobs(desk, app)


def _measure_sending(desk: Desk, app: QApplication, ws: Workstation, folder: Path) -> None:
    records = [a_final(ws) for _ in range(SENT)]
    with run_hub(folder) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
        desk.start()
        desk.window.go("records")
        desk.outbox.sync()
        QTest.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        app.processEvents()
        holds = []
        for record, letter in zip(records, "pregabalin" * 5, strict=True):
            desk.receipts.choose(record)
            for deed in (partial(type_key, app, letter), desk.receipts.issue):
                holds.append(spent(deed))
                while desk.receipts.busy:
                    holds.append(spent(app.processEvents))
        while desk.outbox.under_way or desk.bridge.busy:
            holds.append(spent(app.processEvents))
        _show_holds(f"{SENT} records sent, searched, their receipts issued", holds)
        assert hub.count("interception") == SENT, "not all records are at the hub"


def _measure_finalise(desk: Desk, app: QApplication, ws: Workstation) -> None:
    desk.window.go("outbox")
    wait_for_jobs(desk, app)
    desk.window.go("capture")
    times, longest = [], []
    for turn in range(12):
        open_draft(desk, app, _a_draft(ws, 1, f"C{turn}"))

        def finalise() -> None:
            desk.capture.finalise()
            wait_for_jobs(desk, app)

        if turn % 2:
            times.append(spent(finalise))
        else:  # to ask again and again costs time of its own
            holds = [spent(desk.capture.finalise)]
            while desk.bridge.busy:
                holds.append(spent(app.processEvents))
            longest.append(max(*holds, spent(partial(wait_for_jobs, desk, app))))
        assert desk.capture.last_number, desk.capture.faults
    _show(f"finalise with {WAITING} that wait for the hub, in all", times)
    _show("the longest hold of it", longest)


def _a_draft(ws: Workstation, lines: int, case: str = "") -> RecordId:
    if lines == 1:
        return a_draft(ws, a_document(case_ref=case) if case else None)
    record = begin_draft(ws, next(iter(ws.checklists())), Session(OFFICER))
    document: dict[str, Any] = a_document()
    line = dict(document["goods"][0])
    goods = [line | {"bag_no": f"TW-{place:07}"} for place in range(lines)]
    save_draft(ws, record, document | {"goods": goods})
    return record


def open_draft(desk: Desk, app: QApplication, record: RecordId) -> None:
    """Open a draft, until it is on the screen and what it replaced is gone."""
    desk.capture.open(record)
    wait_for_jobs(desk, app)
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def type_key(app: QApplication, letter: str) -> None:
    """A key in the field that has the focus, until the window's thread is free."""
    holder = QApplication.focusWidget()
    assert holder is not None
    QTest.keyClicks(holder, letter)
    app.processEvents()


def _plain(app: QApplication, fields: int) -> None:
    """The same number of lines in a form of Qt's own, shown and thrown away."""
    form = QWidget()
    rows = QFormLayout(form)
    for place in range(fields):
        rows.addRow(f"Field {place}", QLineEdit())
    form.resize(900, 700)
    form.setWindowFlag(Qt.WindowType.Tool)
    form.show()
    app.processEvents()
    form.close()
    form.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def spent(deed: Callable[[], object]) -> float:
    """Milliseconds of this thread's processor time for `deed`."""
    begun = time.thread_time()
    deed()
    return (time.thread_time() - begun) * 1000


def _show_holds(name: str, holds: list[float]) -> None:
    over = [hold for hold in holds if hold > FRAME]
    print(f"{name + ': the longest hold':60} {max(holds):8.1f} ms, "
          f"{len(over)} over {FRAME} ms, {sum(holds):.0f} ms in all")  # fmt: skip


def _show(name: str, times: list[float], plain: float = 0.0) -> None:
    middle = statistics.median(times)
    line = f"{name:46} {middle:8.1f} ms, at most {max(times):.1f}"
    print(f"{line}, {middle / plain:.1f} x a plain form" if plain else line)


if __name__ == "__main__":
    main()
