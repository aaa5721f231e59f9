"""The desk does not rot: no reaches upwards, a small window, a start without heavy libraries."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.builders import Place

GUI = Path(__file__).parents[2] / "gui"


def test_no_screen_reaches_for_the_window_or_its_parents() -> None:
    """A screen is given its model and nothing else; `parent` is for Qt's ownership only."""
    reach = re.compile(r"(?<!desk)\.window\(\)|\.parent\(\)\.|\.parentWidget\(\)\.")
    found = [
        f"{path.relative_to(GUI)}:{number}"
        for path in GUI.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if reach.search(line)
    ]
    assert found == []


def test_parts_know_neither_store_nor_deeds() -> None:
    known = re.compile(r"^\s*(from|import) (storage|acts|sync|gui\.(capture|records|receipts))")
    found = [
        f"{path.name}: {line}"
        for path in (GUI / "parts").glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if known.match(line)
    ]
    assert found == []


def test_the_window_and_the_bridge_stay_under_200_lines() -> None:
    for name in ("window.py", "bridge.py"):
        assert len((GUI / name).read_text(encoding="utf-8").splitlines()) < 200


NOT_AT_THE_START = (
    "reportlab", "sqlite_utils", "httpx2", "pypdfium2", "PIL", "keyring", "zxingcpp", "jinja2",
    "asyncio", "email", "http.client", "urllib.request", "multiprocessing",
    "PySide6.QtPrintSupport", "PySide6.QtNetwork", "sync.run", "sync.http.carrier",
    "papers.receipt.page",
    "gui.records.view", "gui.receipts.view", "gui.outbox.view", "gui.settings.view", "gui.door",
)  # fmt: skip
"""What only later deeds and other screens need."""
START = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from gui.build import Desk
from storage.keys import RecoveryKey
from storage.workstation import open_workstation
app = QApplication([])
desk = Desk(open_workstation(Path(sys.argv[1]), RecoveryKey(sys.argv[2])), app)
desk.start(by_itself=False)
app.processEvents()
print("loaded:", *(name for name in sys.argv[3:] if name in sys.modules))
desk.window.close()
"""


def test_the_desk_starts_without_what_only_later_deeds_need(place: Place) -> None:
    """Nothing but Qt, the database and the first screen before the first paint."""
    words = [sys.executable, "-c", START, str(place.home), place.recovery, *NOT_AT_THE_START]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=GUI.parent)
    assert done.stdout.strip() == "loaded:"
