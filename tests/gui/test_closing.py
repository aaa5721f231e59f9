"""Closing the window loses nothing, and waits for no hub."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acts.session import Session
from acts.station.init import make_workstation
from domain.document import parts_at
from gui.build import Desk
from storage import drafts
from storage.identity import Station
from storage.keys import Passphrase
from storage.workstation import open_workstation
from system.shipped import shipped_packs
from tests.builders import Place, a_final, a_secret_file
from tests.gui.conftest import Officer, application, sit_down, stand_up
from tests.gui.test_photos import drop, written
from tests.gui.test_sync import enrolled_nowhere
from tests.house.source import ROOT
from tests.light_keys import LIGHT

CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 30
"""Seconds: a quarter of what a dead link takes to be noticed."""
CLOSED_WHEN_TOLD = """
import argparse
import sys
import threading
from pathlib import Path
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtWidgets import QApplication
from cli.desk import run
app = QApplication([])
def wait():
    sys.stdin.readline()
    QMetaObject.invokeMethod(app, "closeAllWindows", Qt.ConnectionType.QueuedConnection)
threading.Thread(target=wait, daemon=True).start()
home, key = Path(sys.argv[1]), Path(sys.argv[2])
words = argparse.Namespace(home=home, passphrase_file=key, recovery_key_file=None)
sys.exit(run(words))
"""


@contextmanager
def dead_link() -> Iterator[tuple[str, threading.Event]]:
    """A hub that takes the question and never answers; the event says that it was asked."""
    asked, held = threading.Event(), list[socket.socket]()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            connection, _ = server.accept()
            held.append(connection)
            connection.recv(1)
            asked.set()

        thread = threading.Thread(target=take)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        finally:
            thread.join(PATIENCE)
            for connection in held:
                connection.close()


def test_photos_that_still_wait_when_the_window_is_closed_are_all_in_the_draft(
    place: Place, qtbot: QtBot, again: Callable[[], Officer], tmp_path: Path
) -> None:
    ws = place.open()
    first = sit_down(ws, qtbot)
    first.press(Qt.Key.Key_N, CTRL)
    record = first.desk.capture.sheet.record
    assert record is not None
    drop(first, written(tmp_path, 6))
    pasted = QImage(40, 30, QImage.Format.Format_RGB32)
    pasted.fill(QColor("teal"))
    QApplication.clipboard().setImage(pasted)
    first.desk.capture_view.paste()
    said: list[str] = []
    first.desk.capture.photos.busy.connect(
        lambda _left: said.append("Adding" if first.reads("Adding") else "")
    )
    assert first.desk.capture.photos.under_way == 7
    stand_up(first)
    assert "Adding" in said
    assert len(parts_at(drafts.draft(ws.db, record).document, "photos")) == 7
    ws.close()
    assert len(again().desk.capture.photos.photos) == 7


def test_a_run_that_waits_for_a_dead_link_is_left_and_touches_the_folder_no_more(
    place: Place, qtbot: QtBot
) -> None:
    ws = place.open()
    with dead_link() as (url, asked):
        enrolled_nowhere(ws, url)
        a_final(ws)
        desk = Desk(ws, application())
        desk.start()
        qtbot.waitUntil(lambda: desk.outbox.under_way, timeout=PATIENCE * 1000)
        assert asked.wait(PATIENCE)
        stand_up(Officer(desk, qtbot))
        assert desk.bridge.left
        ws.close()
        run = next(thread for thread in threading.enumerate() if thread.name == "long")
        before = contents(place.home)
    run.join(PATIENCE)
    assert not run.is_alive()
    assert contents(place.home) == before
    place.open().close()


def test_the_process_ends_and_lets_the_folder_go_though_the_link_is_dead(tmp_path: Path) -> None:
    home, key = tmp_path / "workstation", tmp_path / "passphrase.txt"
    station = Station(name="bench", post="MCN", country="XA", number=1)
    way = Passphrase("heron lantern quay drizzle", LIGHT)
    make_workstation(home, station, (way,), shipped_packs(), session=Session("admin"))
    a_secret_file(key, way.text)
    with dead_link() as (url, asked):
        with open_workstation(home, way) as ws:
            enrolled_nowhere(ws, url)
            a_final(ws)
        words = [sys.executable, "-c", CLOSED_WHEN_TOLD, str(home), str(key)]
        with subprocess.Popen(words, stdin=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert asked.wait(PATIENCE)
            process.communicate("close\n", timeout=PATIENCE)
            assert process.returncode == 0
        open_workstation(home, way).close()


def contents(home: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(home.rglob("*")) if file.is_file()}
