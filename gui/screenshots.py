"""Pictures of the main screens, in light, dark and French."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from gui.build import Desk
from storage.projections.records import RecordRow
from storage.workstation import Workstation

LOOKS = (("light", "en"), ("dark", "en"), ("light", "fr"))
SCREENS = ("capture", "records", "receipts", "outbox", "settings")
PATIENCE = 10_000
"""Milliseconds to wait for the thumbnails of one screen at most."""
SIZE = (1462, 900)
"""Width and height of every picture, in pixels."""


def take(ws: Workstation, app: QApplication, out: Path) -> Iterator[Path]:
    """Save the pictures in `out` and yield their paths; settings are restored afterwards."""
    out.mkdir(parents=True, exist_ok=True)
    desk = Desk(ws, app)
    before = {name: desk.settings.value(name) for name in ("theme", "language")}
    desk.start(by_itself=False)
    desk.window.showNormal()
    desk.window.setMinimumSize(*SIZE)
    desk.window.resize(*SIZE)  # independent of the real screen
    wait_for_jobs(desk, app)
    desk.window.go("records")
    wait_for_jobs(desk, app)
    rows = (desk.records.table.row(index) for index in range(desk.records.table.rowCount()))
    newest = next((row.record for row in rows if isinstance(row, RecordRow)), None)
    if newest is not None:
        desk.records.choose(newest)
        desk.receipts.choose(newest)
    for theme, language in LOOKS:
        desk.settings.put("theme", theme)
        desk.settings.put("language", language)
        for screen in SCREENS:
            desk.window.go(screen)
            wait_for_jobs(desk, app)
            file = out / f"{screen}-{theme}-{language}.png"
            desk.window.grab().save(str(file))
            yield file
    for name, value in before.items():
        desk.settings.put(name, value)
    desk.window.close()


def wait_for_jobs(desk: Desk, app: QApplication) -> None:
    """Wait until every background job has reported and its result is painted."""
    app.processEvents()
    # Wait for the signal of the last job, because polling would slow the other threads down.
    waiting, patience = QEventLoop(), QTimer(singleShot=True, interval=PATIENCE)
    desk.bridge.idle.connect(waiting.quit)
    patience.timeout.connect(waiting.quit)
    patience.start()
    while desk.bridge.busy and patience.isActive():
        waiting.exec()
    desk.bridge.idle.disconnect(waiting.quit)
    app.processEvents()
