"""A real desk is killed (-9) the moment it says "Saved": everything it showed as saved is there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from domain.ids import RecordId
from storage import drafts
from storage.keys import SystemKeyStore
from storage.workstation import open_workstation
from tests.builders import Place
from tests.walks import seldom

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 100
"""Seconds after which the child counts as hanging."""
DRIVER = """
import json, os, signal, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
home, store, stop = sys.argv[1:]
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from gui.build import Desk
from storage.keys import SystemKeyStore
from storage.workstation import open_workstation

app = QApplication([])
kept = json.loads(store)
ws = open_workstation(Path(home), SystemKeyStore(kept.get, kept.__setitem__))
desk = Desk(ws, app)
desk.start()
TYPED = [
    ("consignment.postal_item_id", "RR473124829GB"), ("goods.0.category", "preg"),
    ("goods.0.description", "blisters in cream"), ("legal.grounds", "Declared as cosmetics; "),
]
letters = [(path, letter) for path, text in TYPED for letter in text]
stop, said = int(stop), 0

def chip():
    shown = [label.text() for label in desk.window.findChildren(QLabel) if label.isVisible()]
    return next((text for text in shown if text.startswith("Sav")), "")

def look():
    # What an officer sees: the chip, and what stands in the fields at that moment.
    global said
    if letters_done and chip().startswith("Saved"):
        said += 1
        if said >= stop:
            sheet = desk.capture.sheet
            print(json.dumps([str(sheet.record), sheet.document]), flush=True)
            print("saved", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

letters_done = 0
def key():
    global letters_done
    if desk.capture.sheet.record is None:
        return
    if letters_done < len(letters):
        path, letter = letters[letters_done]
        if desk.capture_view.here() != path:
            desk.capture_view.go_to(path)
        QTest.keyClick(QApplication.focusWidget(), letter)
        letters_done += 1
    look()

desk.capture.begin()
typing = QTimer(interval=7); typing.timeout.connect(key); typing.start()
# After the chip's own ear: at that very moment the chip says it.
desk.capture.saved.connect(lambda _at: look())
app.exec()
"""


@pytest.mark.parametrize("stop", [1, seldom(2), 3, seldom(5), seldom(8), 40])
def test_what_was_shown_as_saved_is_there_after_kill_9(place: Place, stop: int) -> None:
    store = json.dumps(place._store)
    child = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(place.home), store, str(stop)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    out, complaint = child.communicate(timeout=PATIENCE)
    shown, _, said = out.partition("\n")
    assert said.strip() == "saved", complaint
    assert child.returncode == -signal.SIGKILL
    record, document = json.loads(shown)
    kept: dict[str, str] = json.loads(store)
    way = SystemKeyStore(kept.get, kept.__setitem__)
    with open_workstation(place.home, way, now=place.clock) as ws:
        held = drafts.draft(ws.db, RecordId.parse(record)).document
    assert held == document
