"""A desk that ends without being asked to says so when it is opened again."""

from __future__ import annotations

import inspect
import signal
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.application import Collector
from gui.application import application as made_application
from gui.build import Desk
from storage.workstation import Workstation
from system.run_mark import RunMark
from tests.builders import a_draft
from tests.gui.conftest import Officer, application, stand_up

ROOT = Path(__file__).resolve().parents[2]
CRASHES = """
import sys
from pathlib import Path
from system.run_mark import RunMark
with RunMark(Path(sys.argv[1])):
    import ctypes
    ctypes.string_at(0)
"""


def test_an_end_that_nobody_asked_for_is_known_at_the_next_start_and_only_there(
    tmp_path: Path,
) -> None:
    with RunMark(tmp_path) as first:
        assert not first.ended_badly
    command = [sys.executable, "-c", CRASHES, str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode
    assert ended in (-signal.SIGSEGV, -signal.SIGABRT)
    said = (tmp_path / "log" / "faults.log").read_text()
    assert "Segmentation fault" in said
    assert "line 7 in <module>" in said
    with RunMark(tmp_path) as second:
        assert second.ended_badly
    with RunMark(tmp_path) as third:
        assert not third.ended_badly


def test_a_disk_that_takes_no_mark_costs_no_start(tmp_path: Path) -> None:
    blocked = tmp_path / "log"
    blocked.write_text("a file where the folder should be")
    with RunMark(tmp_path) as mark:
        assert not mark.ended_badly


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (True, "The desk ended unexpectedly. Your draft is here, as it was saved"),
        (False, "The desk ended unexpectedly. Everything that was saved is here."),
    ],
)
def test_the_desk_says_it_and_what_became_of_the_draft(
    ws: Workstation, qtbot: QtBot, held: bool, said: str
) -> None:
    if held:
        a_draft(ws)
    desk = Desk(ws, application(), ended_badly=True)
    desk.start(by_itself=False)
    officer = Officer(desk, qtbot)
    officer.wait()
    assert officer.reads(said)
    stand_up(officer)


def test_garbage_is_collected_on_the_thread_of_the_window_only(qtbot: QtBot) -> None:
    collector, where = Collector(), []

    class Loop:
        def __init__(self) -> None:
            self.itself = self

    def litter() -> None:
        for _ in range(2000):
            loop = Loop()
            weakref.finalize(loop, lambda: where.append(threading.current_thread()))
            del loop

    try:
        thread = threading.Thread(target=litter)
        thread.start()
        thread.join()
        assert where == []
        qtbot.waitUntil(lambda: bool(where), timeout=60_000)
    finally:
        collector.stop()
    assert set(where) == {threading.main_thread()}


def test_no_function_of_python_stands_before_every_import(qapp: QApplication) -> None:
    assert made_application() is qapp
    assert inspect.isbuiltin(__import__)
