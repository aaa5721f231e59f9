"""The desk synchronises by itself with a hub that is there, gone, or broken."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from acts.hub.join_hub import EnrolledHub, enrolled_hub, join_hub
from domain.changes import Changes
from domain.ids import EntryHash, HubId
from domain.signing import SigningKey
from gui.build import Desk
from gui.outbox.model import RunNotes
from gui.outbox.run import run_with_hub
from gui.stop import Stop
from hub.codes import fresh_code
from storage.workstation import Workstation
from sync.http.enrol import enrol
from system.database import transaction
from system.shipped import shipped_packs
from tests.builders import Place, a_final
from tests.gui.conftest import Officer, application, enter, push, stand_up
from tests.gui.test_schedule import HandTimer
from tests.hub.conftest import run_hub

NOBODY = "http://127.0.0.1:9"
"""An address where nothing listens."""
CTRL = Qt.KeyboardModifier.ControlModifier
NO_PACKS = (
    "CREATE TRIGGER no_packs BEFORE INSERT ON pack"
    " BEGIN SELECT RAISE(ABORT, 'the disk takes no pack'); END"
)


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """Something on loopback that gives every request the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def enrolled_nowhere(ws: Workstation, url: str) -> None:
    """Enrolled at an address; whatever answers there is no hub that we know."""
    key = SigningKey(bytes(range(32))).verify_key
    join_hub(ws, EnrolledHub(url, HubId.from_random(bytes(10)), key, "token"))


def recorded_without_a_link(officer: Officer, ws: Workstation, folder: Path) -> int:
    """The desk has one record and has found no link; the port at which the hub was and will be."""
    with run_hub(folder) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
    a_final(ws)
    officer.desk.start()
    officer.wait()
    return urlsplit(hub.url).port or 0


def test_what_was_recorded_offline_goes_by_itself_when_the_hub_is_back(
    seated: Officer, ws: Workstation, timer: HandTimer, tmp_path: Path
) -> None:
    port = recorded_without_a_link(seated, ws, tmp_path)
    assert seated.reads("No link since 03:12, tries again at 03:12. Hub has 0 of 1 record")
    assert seated.reads("1 record, 2 photos wait since 03:12; nothing for you to do.")
    assert not seated.reads("1 record wait")
    timer.ring()
    seated.wait()
    assert seated.reads("No link since 03:12; goes on by itself when it is back. Hub has 0 of 1")
    with run_hub(tmp_path, port=port) as hub:
        timer.ring()
        seated.wait()
        assert seated.reads("Hub has 1 of 1 record, 2 of 2 photos.")
        assert not seated.reads("No link")
        assert not timer.is_set
        assert hub.count("photo") == 2


def test_a_record_finalised_while_there_is_no_link_asks_for_the_link_at_once(
    seated: Officer, ws: Workstation, timer: HandTimer, tmp_path: Path
) -> None:
    port = recorded_without_a_link(seated, ws, tmp_path)
    with run_hub(tmp_path, port=port):
        a_final(ws)
        seated.desk.bridge.changed.emit(Changes(entries=(EntryHash(bytes(32)),), hub=True))
        seated.wait()
        assert seated.reads("Hub has 2 of 2 records")
        assert not timer.is_set


def test_another_network_is_used_at_once(
    seated: Officer, ws: Workstation, timer: HandTimer, tmp_path: Path
) -> None:
    port = recorded_without_a_link(seated, ws, tmp_path)
    with run_hub(tmp_path, port=port):
        seated.desk.outbox.network.changed.emit()
        seated.wait()
        assert seated.reads("Hub has 1 of 1 record, 2 of 2 photos.")
        assert not timer.is_set


def test_a_record_made_while_the_hub_is_there_needs_no_key(
    seated: Officer, ws: Workstation, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
        seated.desk.start()
        seated.wait()
        a_final(ws)
        seated.desk.bridge.changed.emit(Changes(entries=(EntryHash(bytes(32)),), hub=True))
        seated.wait()
        assert seated.reads("Hub has 1 of 1 record, 2 of 2 photos.")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, b"oops", "The hub has had an error since 03:12, tries again at 03:12."),
        (200, b"<html>log in</html>", "The hub's answers have been unusable since 03:12"),
        (403, b"go away", "No link since 03:12, tries again at 03:12."),
        (403, b'{"error": "go away"}', "The hub has refused since 03:12: open the outbox."),
    ],
)
def test_a_broken_hub_is_one_calm_line_and_everything_waits(
    seated: Officer, ws: Workstation, status: int, body: bytes, said: str
) -> None:
    with answering(status, body) as url:
        enrolled_nowhere(ws, url)
        a_final(ws)
        seated.desk.start()
        seated.wait()
    assert seated.reads(said)
    assert seated.reads("Hub has 0 of 1 record, 0 of 2 photos.")
    assert len(seated.desk.outbox.waiting) == 1
    assert seated.desk.window.findChildren(QMessageBox) == []


def test_synchronise_now_does_not_wait_for_the_next_try(
    seated: Officer, ws: Workstation, timer: HandTimer, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
        known = enrolled_hub(ws)
        join_hub(ws, replace(known, url=NOBODY))
        a_final(ws)
        seated.desk.start()
        seated.wait()
        join_hub(ws, known)
        seated.desk.window.go("outbox")
        seated.press(Qt.Key.Key_Return, CTRL)
        assert seated.reads("Hub has 1 of 1 record, 2 of 2 photos.")
        assert not timer.is_set


def test_while_it_is_paused_nothing_goes_and_the_footer_says_so(
    seated: Officer, ws: Workstation, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
        a_final(ws)
        seated.desk.outbox.pause()
        seated.desk.start()
        seated.wait()
        assert seated.reads("Synchronisation is paused. Hub has 0 of 1 record")
        seated.desk.outbox.go_on()
        seated.wait()
        assert seated.reads("Hub has 1 of 1 record, 2 of 2 photos.")


def test_a_workstation_is_enrolled_from_the_settings_and_then_sends_by_itself(
    seated: Officer, ws: Workstation, tmp_path: Path
) -> None:
    a_final(ws)
    seated.desk.start()
    seated.desk.window.go("settings")
    seated.wait()
    with run_hub(tmp_path) as hub:
        enter(seated, "Address of the hub", hub.url)
        enter(seated, "One-time code", "WRONG-CODE")
        push(seated, "Enrol")
        assert seated.desk.outbox.summary is not None
        assert not seated.desk.outbox.enrolled
        assert not seated.reads("Enrolled at")
        enter(seated, "One-time code", fresh_code(hub.hub))
        push(seated, "Enrol")
        assert seated.reads(f"Enrolled at {hub.url}.")
        assert seated.reads("Hub has 1 of 1 record, 2 of 2 photos.")


def test_a_hub_that_is_not_there_is_a_line_in_the_settings(seated: Officer) -> None:
    seated.desk.start()
    seated.desk.window.go("settings")
    seated.wait()
    enter(seated, "Address of the hub", NOBODY)
    enter(seated, "One-time code", "ABCD")
    push(seated, "Enrol")
    assert seated.reads("No answer from the hub.")


def heard(officer: Officer) -> list[Changes]:
    """What every screen hears from now on."""
    told: list[Changes] = []
    officer.desk.bridge.changed.connect(told.append)
    return told


def test_a_run_is_told_once_and_names_what_it_changed_and_nothing_else(
    seated: Officer, ws: Workstation, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
        a_final(ws)
        told = heard(seated)
        seated.desk.start()
        seated.wait()
    assert told == [Changes(hub=True)]


def test_a_run_says_which_records_it_brought_back(
    place: Place, qtbot: QtBot, timer: HandTimer, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        with place.open() as first:
            enrol(first, hub.url, fresh_code(hub.hub))
            shutil.copytree(place.home, tmp_path / "older")
            record = a_final(first)
            run_with_hub(first, lambda _done, _all: None, Stop(), RunNotes())
        shutil.rmtree(place.home)
        shutil.copytree(tmp_path / "older", place.home)
        with place.open() as ws:
            officer = Officer(Desk(ws, application(), timer=timer, chance=lambda: 0.0), qtbot)
            told = heard(officer)
            officer.desk.outbox.sync()
            officer.wait()
            stand_up(officer)
    assert len(told) == 1
    assert told[0].subjects == {str(record)}
    assert (told[0].hub, told[0].packs, len(told[0].entries)) == (True, False, 1)


def test_a_run_that_fails_halfway_is_told_as_far_as_it_came(
    qtbot: QtBot, timer: HandTimer, tmp_path: Path
) -> None:
    bare = Place(tmp_path / "bare", packs={})
    with run_hub(tmp_path) as hub, bare.open() as ws:
        enrol(ws, hub.url, fresh_code(hub.hub))
        with transaction(ws.db):
            ws.db.execute(NO_PACKS)
        officer = Officer(Desk(ws, application(), timer=timer, chance=lambda: 0.0), qtbot)
        told = heard(officer)
        officer.desk.outbox.sync()
        officer.wait()
        assert officer.desk.outbox.schedule.failure is not None
        stand_up(officer)
    assert told == [Changes(hub=True)]


def test_a_run_says_so_when_it_brought_packs(
    qtbot: QtBot, timer: HandTimer, tmp_path: Path
) -> None:
    bare = Place(tmp_path / "bare", packs={})
    with run_hub(tmp_path) as hub, bare.open() as ws:
        enrol(ws, hub.url, fresh_code(hub.hub))
        officer = Officer(Desk(ws, application(), timer=timer, chance=lambda: 0.0), qtbot)
        told = heard(officer)
        assert not officer.desk.packs.pack_id
        officer.desk.outbox.sync()
        officer.wait()
        assert len(officer.desk.packs.adopted) == len(shipped_packs())
        stand_up(officer)
    assert [changes.packs for changes in told] == [True]


def test_stopping_is_told_at_once_though_the_hub_says_nothing(
    ws: Workstation, qtbot: QtBot, timer: HandTimer
) -> None:
    goes_on = threading.Event()

    def silent(_progress: object, stop: Stop, _notes: RunNotes) -> None:
        stop.out()
        goes_on.wait()

    enrolled_nowhere(ws, NOBODY)
    officer = Officer(Desk(ws, application(), timer=timer, chance=lambda: 0.0), qtbot)
    try:
        officer.desk.outbox._sync_now = silent
        officer.desk.start(by_itself=False)
        qtbot.waitUntil(lambda: officer.desk.outbox.summary is not None)
        officer.desk.window.go("outbox")
        officer.desk.outbox.sync()
        qtbot.waitUntil(lambda: officer.reads("Sending."))
        officer.bot.keyClick(officer.at(), Qt.Key.Key_Escape)
        assert officer.reads("Stopping …")
    finally:
        goes_on.set()
        officer.wait()
        stand_up(officer)
