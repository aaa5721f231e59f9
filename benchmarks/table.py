"""Speed of the list of interceptions while it is scrolled and searched.

    python -m benchmarks.table [rows]

Prints how many milliseconds of processor time the window's thread needs, to compare with a frame
(16 ms). Each is until the rows are painted, unless it says "window's thread".
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.search import fill
from gui.build import Desk
from gui.screenshots import wait_for_jobs
from tests.builders import Place

FRAME = 16
TYPED = ("p", "pr", "pre", "preg", "m", "masks", "masks s", "RR000", "RR0001", "zzz", "")


def main(rows: int) -> None:
    """Print the table."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Place(Path(folder) / "workstation")
        with place.open() as ws:
            fill(ws.db, rows)
            desk = Desk(ws, app)
            desk.start(by_itself=False)
            wait_for_jobs(desk, app)
            print(f"{rows} interceptions; a frame is {FRAME} ms")
            opened = _timed(lambda: _open(desk, app))
            print(f"{'opened and painted':34} {opened:7.1f} ms")
            _say("scrolled a page and painted", _scroll(desk, app))
            _say("End and Home", _ends(desk, app))
            _say("a jump anywhere by the scroll bar", _jump(desk, app))
            _say("a key, window's thread", _type(desk, app, wait=False))
            _say("a key, until its rows stand", _type(desk, app, wait=True))
            desk.window.close()


def _open(desk: Desk, app: QApplication) -> None:
    desk.window.go("records")
    app.processEvents()


def _scroll(desk: Desk, app: QApplication) -> list[float]:
    """Scroll page by page, which also fetches the next rows."""
    table = desk.window.findChildren(QTableView)[0]
    bar, spent = table.verticalScrollBar(), []

    def page() -> None:
        bar.setValue(bar.value() + bar.pageStep())
        app.processEvents()

    for _ in range(300):
        spent.append(_timed(page))
        wait_for_jobs(desk, app)
    return spent


def _ends(desk: Desk, app: QApplication) -> list[float]:
    """The keys End and Home, by turns, until the row is painted."""
    table = desk.window.findChildren(QTableView)[0]
    table.setFocus()
    spent = []
    for turn in range(60):
        key = Qt.Key.Key_Home if turn % 2 else Qt.Key.Key_End
        spent.append(_timed(partial(_press, table, key, app)))
        at = table.currentIndex().row()
        assert at == (0 if turn % 2 else desk.records.table.rowCount() - 1), at
        wait_for_jobs(desk, app)
    return spent


def _press(table: QTableView, key: Qt.Key, app: QApplication) -> None:
    QTest.keyClick(table, key)
    app.processEvents()


def _jump(desk: Desk, app: QApplication) -> list[float]:
    table = desk.window.findChildren(QTableView)[0]
    bar, spent, chance = table.verticalScrollBar(), [], random.Random(1)

    def jump() -> None:
        bar.setValue(chance.randrange(bar.maximum()))
        app.processEvents()

    for _ in range(300):
        spent.append(_timed(jump))
        wait_for_jobs(desk, app)
    return spent


def _type(desk: Desk, app: QApplication, *, wait: bool) -> list[float]:
    spent = []
    for _ in range(5):
        for text in TYPED:

            def key(text: str = text) -> None:
                desk.records.search(text)
                if wait:
                    wait_for_jobs(desk, app)
                else:
                    app.processEvents()

            spent.append(_timed(key))
            wait_for_jobs(desk, app)
    return spent


def _timed(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


def _say(name: str, spent: list[float]) -> None:
    worst = sorted(spent)[round(len(spent) * 0.99) - 1]
    middle = statistics.median(spent)
    late = sum(one > FRAME for one in spent)
    print(f"{name:34} {middle:7.1f} ms  p99 {worst:6.1f} ms  over a frame: {late} of {len(spent)}")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
