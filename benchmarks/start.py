"""From the start of the process to a desk that can be used, as ratios in one run.

    python -m benchmarks.start [tries]

Each try is a process of its own, and the kinds take turns. `bare form` is 40 fields, menus and a
table of nothing but Qt; `desk` is our own folder with 400 interceptions and one draft, until its
first view is filled and painted. The folder is opened without a passphrase: what a passphrase
costs (argon2id, on purpose) is measured apart.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from acts.session import Session

KINDS = ("python", "import", "empty", "bare form", "desk", "desk, passphrase")
PASSPHRASE = "one two three four five"
RECORDS = 400


def main(tries: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        home = Path(folder) / "workstation"
        recovery = _make(home)
        times: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for place in range(tries + 1):
            for kind in KINDS:
                spent = _measure(kind, home, recovery)
                if place:  # the first round only warms the disk's cache
                    times[kind].append(spent)
    bare = statistics.median(times["bare form"])
    print(f"medians of {tries}, offscreen, {RECORDS} interceptions and a draft")
    for kind, all_spent in times.items():
        middle = statistics.median(all_spent)
        print(f"{kind:18} {middle:7.0f} ms {middle / bare:6.2f} x the bare form")


def _measure(kind: str, home: Path, recovery: str) -> float:
    """Milliseconds from just before the process begins to the moment it names."""
    # As installed: compiled modules are kept. The first round writes them.
    cache = str(home.parent / "compiled")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "benchmarks.start", "--child", kind, str(home), recovery]
    begun = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return (float(done.stdout.split()[-1]) - begun) * 1000


def _make(home: Path) -> str:
    from acts.station.init import make_workstation  # as above
    from benchmarks.search import fill  # as above
    from storage.keys import Passphrase, RecoveryKey  # the children load nothing of ours
    from storage.place import Station  # as above
    from storage.workstation import open_workstation  # as above
    from system.resources import shipped_packs  # as above
    from tests.builders import a_draft  # as above

    station = Station(name="bench", post="MCN", country="XA", number=1)
    recovery = make_workstation(
        home, station, (Passphrase(PASSPHRASE),), shipped_packs(), session=Session("admin")
    )
    with open_workstation(home, RecoveryKey(recovery)) as ws:
        fill(ws.db, RECORDS)
        a_draft(ws)
    return recovery


def child(kind: str, home: Path, recovery: str) -> None:
    """One kind of start; says the moment (of the system's monotonic clock) and ends at once."""
    if kind == "python":
        _say()
    from PySide6 import QtWidgets  # measured

    if kind == "import":
        _say()
    if kind.startswith("desk"):
        _desk(kind, home, recovery)
    app = QtWidgets.QApplication([])
    window = QtWidgets.QMainWindow()
    if kind == "bare form":
        _bare_form(window)
    window.resize(1462, 900)
    window.show()
    app.processEvents()
    window.repaint()
    _say()


def _say() -> None:
    print(time.monotonic(), flush=True)
    os._exit(0)


def _bare_form(window: object) -> None:
    from PySide6.QtWidgets import (  # measured
        QComboBox,
        QFormLayout,
        QHBoxLayout,
        QLineEdit,
        QMainWindow,
        QTableWidget,
        QTableWidgetItem,
        QWidget,
    )

    assert isinstance(window, QMainWindow)
    for name in ("File", "Edit", "View", "Help"):
        menu = window.menuBar().addMenu(name)
        for place in range(8):
            menu.addAction(f"{name} {place}")
    middle, left = QWidget(), QWidget()
    form = QFormLayout(left)
    for place in range(40):
        entry = QComboBox() if place % 4 == 0 else QLineEdit()
        if isinstance(entry, QComboBox):
            entry.addItems([f"choice {n}" for n in range(20)])
        form.addRow(f"Field {place}", entry)
    table = QTableWidget(100, 6)
    for row in range(100):
        for column in range(6):
            table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
    across = QHBoxLayout(middle)
    across.addWidget(left)
    across.addWidget(table)
    window.setCentralWidget(middle)


def _desk(kind: str, home: Path, recovery: str) -> None:
    from PySide6.QtWidgets import QApplication  # measured

    from gui.build import Desk  # measured
    from gui.screenshots import settle  # measured
    from storage.keys import Passphrase, RecoveryKey  # measured
    from storage.workstation import open_workstation  # measured

    unlock = Passphrase(PASSPHRASE) if "passphrase" in kind else RecoveryKey(recovery)
    app = QApplication([])
    desk = Desk(open_workstation(home, unlock), app)
    desk.start()
    settle(desk, app)
    desk.window.repaint()
    _say()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]), sys.argv[4])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
