"""What the desk sends, when, and what it does not: lines, settings, refusals, copies."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from acts.hub.join_hub import enrolled_hub, join_hub
from acts.station.forked import keep_on
from gui.build import Desk
from gui.outbox.model import RunNotes
from gui.outbox.run import run_with_hub
from gui.stop import Stop
from hub.codes import fresh_code
from hub.given import give, take_back
from storage import settings
from storage.workstation import Workstation
from sync.http.enrol import enrol
from tests.builders import Place, a_final
from tests.gui.conftest import Officer, application, enter, push, stand_up
from tests.gui.test_schedule import HandTimer
from tests.hub.conftest import run_hub
from tests.sync.lines import Asked, a_server, again, an_answer, passed_on

NOBODY = "http://127.0.0.1:9"
"""An address where nothing listens."""
CTRL = Qt.KeyboardModifier.ControlModifier
NO_PACKS = (
    "CREATE TRIGGER no_packs BEFORE INSERT ON pack"
    " BEGIN SELECT RAISE(ABORT, 'the disk takes no pack'); END"
)


def test_over_a_metered_line_records_go_and_photos_wait_for_another_one(
    seated: Officer, ws: Workstation, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
        a_final(ws)
        seated.desk.start()
        seated.desk.outbox.network.watch()
        seated.desk.outbox.network.metered = True
        seated.wait()
        assert seated.reads("Photos wait for their time of day, or for another line")
        assert seated.reads("Hub has 1 of 1 record, 0 of 2 photos.")
        seated.desk.outbox.network.metered = False
        seated.desk.outbox.network.changed.emit()
        seated.wait()
        assert seated.reads("Hub has 1 of 1 record, 2 of 2 photos.")
        assert not seated.reads("Photos wait for")


def test_photos_go_over_a_metered_line_when_the_settings_say_so(
    seated: Officer, ws: Workstation, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
        seated.desk.start(by_itself=False)
        seated.desk.window.go("settings")
        seated.wait()
        chips = seated.desk.window.findChildren(QPushButton)
        next(chip for chip in chips if "photos too" in chip.accessibleName()).click()
        seated.wait()
        a_final(ws)
        seated.desk.outbox.network.watch()
        seated.desk.outbox.network.metered = True
        seated.desk.outbox.sync()
        seated.wait()
        assert hub.count("photo") == 2


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("Photos from", "22:00", ("photos.from", "22:00")),
        ("Photos until", "6:30", ("photos.until", "06:30")),
        ("Send at most", "256", ("sync.kilobits", "256")),
    ],
)
def test_what_may_be_sent_is_typed_in_the_settings(
    seated: Officer, ws: Workstation, name: str, typed: str, stored: tuple[str, str]
) -> None:
    seated.desk.start(by_itself=False)
    seated.desk.window.go("settings")
    seated.wait()
    enter(seated, name, typed)
    seated.press(Qt.Key.Key_Return)
    found = ws.db.execute("SELECT name, value FROM setting WHERE name = ?", stored[:1]).fetchall()
    assert found == [stored]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Photos from", "25:00"), ("Photos until", "soon"), ("Send at most", "-1")],
)
def test_what_cannot_be_sent_by_is_said_and_not_stored(
    seated: Officer, ws: Workstation, name: str, typed: str
) -> None:
    seated.desk.start(by_itself=False)
    seated.desk.window.go("settings")
    seated.wait()
    enter(seated, name, typed)
    seated.press(Qt.Key.Key_Return)
    assert seated.reads("this is not stored")
    assert not ws.db.execute("SELECT 1 FROM setting WHERE name LIKE 'photos%'").fetchall()


def test_what_headquarters_gives_is_shown_and_cannot_be_changed_here(
    seated: Officer, ws: Workstation, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        enrol(ws, hub.url, fresh_code(hub.hub))
        settings.write(ws.db, [settings.SYNC_KILOBITS.to(64)])
        seated.desk.start(by_itself=False)
        seated.desk.window.go("settings")
        seated.wait()
        for name, value in (
            ("sync.kilobits", "2000"),
            ("photos.hours", "22:00-06:00"),
            ("photos.metered", "yes"),
            ("photos.checked", "100"),
        ):
            give(hub.hub, name, value, None)
        seated.desk.outbox.sync()
        seated.wait()
        lines = seated.desk.window.findChildren(QLineEdit)
        shown = {one.accessibleName(): (one.text(), one.isEnabled()) for one in lines}
        assert shown["Send at most"] == ("2000", False)
        assert shown["Photos from"] == ("22:00", False)
        assert shown["Photos until"] == ("06:00", False)
        assert seated.reads("the value of this computer counts again: 64.")
        assert seated.reads("asked again about 100 photos")
        take_back(hub.hub, "sync.kilobits", "MCN")
        seated.desk.outbox.sync()
        seated.wait()
        line = next(one for one in lines if one.accessibleName() == "Send at most")
        assert (line.text(), line.isEnabled()) == ("64", True)


def test_a_photo_that_the_hub_never_takes_is_set_aside_and_can_be_sent_again(
    seated: Officer, ws: Workstation, tmp_path: Path
) -> None:
    refusing = [True]
    posts: list[str] = []
    with run_hub(tmp_path) as hub:

        def answer(asked: Asked) -> bytes:
            if asked.route == "/api/photos":
                posts.append(asked.headers["upload-metadata"])
                if refusing[0] and posts[-1] == posts[0]:
                    refusal = b'{"error": "no picture", "code": "malformed", "curable": false}'
                    return an_answer(400, refusal)
            return again(*passed_on(hub.url, asked))

        enrol(ws, hub.url, fresh_code(hub.hub))
        with a_server(answer) as line:
            join_hub(ws, replace(enrolled_hub(ws), url=line))
            a_final(ws)
            seated.desk.start()
            seated.wait()
            assert hub.count("photo") == 1
            seated.desk.window.go("outbox")
            seated.wait()
            assert seated.reads("The hub refuses 1 entry or photo.")
            a_final(ws)
            seated.desk.outbox.sync()
            seated.wait()
            assert posts.count(posts[0]) == 1
            assert seated.desk.outbox.schedule.failure is None
            refusing[0] = False
            push(seated, "Send again")
            assert posts.count(posts[0]) == 2
            assert not seated.reads("The hub refuses 1 entry or photo.")
            assert hub.count("photo") == 4


def test_two_copies_that_were_used_are_a_line_that_stays_until_somebody_chose(
    place: Place, qtbot: QtBot, timer: HandTimer, tmp_path: Path
) -> None:
    with run_hub(tmp_path) as hub:
        with place.open() as first:
            enrol(first, hub.url, fresh_code(hub.hub))
            shutil.copytree(place.home, tmp_path / "copy")
            a_final(first)
            run_with_hub(first, lambda _done, _all: None, Stop(), RunNotes())
        shutil.rmtree(place.home)
        shutil.copytree(tmp_path / "copy", place.home)
        with place.open() as ws:
            a_final(ws)
            officer = Officer(Desk(ws, application(), timer=timer, chance=lambda: 0.0), qtbot)
            officer.desk.start(by_itself=False)
            officer.desk.outbox.sync()
            officer.wait()
            line = "Two copies of this folder were used: nothing is signed here"
            assert officer.reads(line)
            officer.desk.window.go("outbox")
            officer.wait()
            assert officer.reads("`main.py station` names both ways")
            assert officer.reads("Given twice: XA-MCN1-2026-00001-3.")
            officer.desk.outbox.refresh()
            officer.wait()
            assert officer.reads(line)
            officer.desk.bridge.changed.emit(keep_on(ws))
            officer.wait()
            assert not officer.reads(line)
            assert not officer.reads("`main.py station` names both ways")
            stand_up(officer)
