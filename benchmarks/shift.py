"""Memory and time of the desk over a long shift: neither may grow with the records.

    python -m benchmarks.shift [records]

At one desk, records with two photos each are opened and made final, one after the other; every
tenth time the officer also looks at the other screens. Nothing is sent, so all wait for the hub.
Printed are the memory of the process and the processor time of the window's thread for one finalise
with all that follows on the screen, the median of the last 25 records.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks.desk import open_draft, spent
from gui.application import Collector, application
from gui.build import Desk
from gui.screenshots import wait_for_jobs
from storage import settings
from storage.workstation import Workstation
from tests.builders import OFFICER, Place, a_document, a_draft

EACH = 25
SCREENS = ("records", "receipts", "outbox", "capture")


def main(count: int) -> None:
    """Print a line for every 25 records."""
    app = application()
    with (
        tempfile.TemporaryDirectory(dir=Path.cwd()) as folder,
        Place(Path(folder) / "workstation").open() as ws,
    ):
        settings.write(ws.db, [settings.OFFICER.to(OFFICER)])
        desk = Desk(ws, app)
        collector = Collector()
        collector.keep()
        desk.window.resize(1366, 768)
        desk.window.show()
        wait_for_jobs(desk, app)
        _work(desk, app, ws, count)
        collector.stop()
        desk.window.close()


def _work(desk: Desk, app: QApplication, ws: Workstation, count: int) -> None:
    times = []
    for number in range(1, count + 1):
        open_draft(desk, app, a_draft(ws, a_document(case_ref=f"C{number}")))
        times.append(spent(partial(_finalise, desk, app)))
        if number % 10 == 0:
            for screen in SCREENS:
                desk.window.go(screen)
                wait_for_jobs(desk, app)
        if number % EACH == 0:
            middle = statistics.median(times[-EACH:])
            print(f"{number:5} records {_memory():6.0f} MB, finalise {middle:6.1f} ms", flush=True)


def _finalise(desk: Desk, app: QApplication) -> None:
    desk.capture.finalise()
    wait_for_jobs(desk, app)
    assert desk.capture.last_number, desk.capture.faults


def _memory() -> float:
    """Megabytes of this process in memory (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
