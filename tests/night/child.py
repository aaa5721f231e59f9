"""The real desk in a process of its own, which can be killed; run as `python -m tests.night.child`.

The driver writes a request, a line of JSON, to its input and reads an answer, a line of JSON. Keys
reach the window as those of a keyboard do. The answer to every request is what stands on the
screen; a request can ask for it to be given only once the screen shows something.

usage: python -m tests.night.child HOME PASSPHRASE_FILE WIDTH HEIGHT
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import weakref
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QSocketNotifier, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import main
from gui.application import application
from gui.build import Desk
from tests.night.sight import sight_of

LOOK_MILLISECONDS = 15
PATIENCE = 60.0
"""Seconds after which what is waited for does not come any more."""
ASCII = 127
KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Tab": Qt.Key.Key_Tab,
    "Backtab": Qt.Key.Key_Backtab,
    "Space": Qt.Key.Key_Space,
    "Backspace": Qt.Key.Key_Backspace,
    "Delete": Qt.Key.Key_Delete,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Home": Qt.Key.Key_Home,
    "End": Qt.Key.Key_End,
    **{f"F{n}": Qt.Key(Qt.Key.Key_F1 + n - 1) for n in range(1, 13)},
    **{letter: Qt.Key(ord(letter)) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"},
}
HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
NONE = Qt.KeyboardModifier.NoModifier


class Child(QObject):
    """Answers the driver on the window's thread."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._size = (width, height)
        self._desk: Callable[[], Desk | None] = lambda: None
        """The desk as long as the program keeps it: it ends as without a driver."""
        self._strokes: list[tuple[str, int]] = []
        self._wants: Mapping[str, Any] = {}
        self._deadline = 0.0
        self._silent = False
        self._presses = 0
        """Keys that are being pressed; one that opens a dialog comes back when it is closed."""
        self._ends = 0
        self._looked = 0.0
        """Seconds of the window's thread that went into looking."""
        self._input = b""
        self._typing = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._typing.timeout.connect(self._next_key)
        self._looking = QTimer(self, interval=LOOK_MILLISECONDS)
        self._looking.timeout.connect(self._look)
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        more = os.read(0, 1 << 16)
        if not more:
            os._exit(1)  # the driver is gone
        self._input += more
        while b"\n" in self._input:
            line, self._input = self._input.split(b"\n", 1)
            self._do(json.loads(line))

    def _do(self, asked: Mapping[str, Any]) -> None:
        if asked.get("files"):
            self._copy(asked["files"])
        if asked.get("picture"):
            self._save_picture(asked["picture"])
        if asked.get("close"):
            QGuiApplication.clipboard().clear()  # what Python put there may not outlive it
            desk = self._the_desk()
            assert desk is not None
            QTimer.singleShot(0, desk.window.close)
            return
        self._wants, self._deadline = asked.get("until", {}), time.monotonic() + PATIENCE
        self._strokes = [(key, gap) for key, gap in asked.get("strokes", ())]
        self._silent = bool(asked.get("silent"))
        if self._strokes:
            self._typing.start(self._strokes[0][1])
        else:
            self._looking.start()

    def _save_picture(self, file: str) -> None:
        """What the window shows when nothing is left to be laid out."""
        desk = self._the_desk()
        while desk is not None and desk.bridge.busy:
            QApplication.processEvents()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        if desk is not None:
            desk.window.grab().save(file)

    def _copy(self, files: list[str]) -> None:
        """As the system's file manager does, in another window."""
        held = QMimeData()
        held.setUrls([QUrl.fromLocalFile(file) for file in files])
        QGuiApplication.clipboard().setMimeData(held)

    def _next_key(self) -> None:
        key, _ = self._strokes.pop(0)
        # First the timer: a key that opens a dialog comes back when the dialog is closed.
        if self._strokes:
            self._typing.start(self._strokes[0][1])
        elif not self._silent:
            self._looking.start()
        self._give_back_the_keyboard()
        window = QGuiApplication.focusWindow()
        if window is not None:
            self._presses += 1
            press(window, key)
            self._presses -= 1

    def _give_back_the_keyboard(self) -> None:
        """After a dialog, as a window manager does: without a screen there is none."""
        desk = self._desk()
        if QGuiApplication.focusWindow() is None and desk is not None:
            desk.window.activateWindow()
            QApplication.processEvents()

    def _look(self) -> None:
        desk, begun = self._the_desk(), time.thread_time()
        if desk is None or (self._presses and QApplication.activeModalWidget() is None):
            return
        self._give_back_the_keyboard()
        sight = sight_of(desk)
        self._looked += time.thread_time() - begun
        own = (time.thread_time() - self._looked) * 1000
        sight |= {"ends": self._ends, "thread_ms": own}
        late = time.monotonic() > self._deadline
        wanted = all(_is(sight.get(name), value) for name, value in self._wants.items())
        if wanted or late:
            self._looking.stop()
            sight["late"] = not wanted
            print(json.dumps(sight), file=sys.__stdout__, flush=True)

    def _end(self, *_: object) -> None:
        """An attempt to make a record final has ended."""
        self._ends += 1

    def _the_desk(self) -> Desk | None:
        if self._desk() is None:
            found = [each for each in gc.get_objects() if isinstance(each, Desk)]
            if not found or not found[0].window.isActiveWindow():
                return None
            desk = found[0]
            self._desk = weakref.ref(desk)
            model = desk.capture
            for ended in (model.finalised, model.not_final, model.refused, model.officer_wanted):
                ended.connect(self._end)
            desk.window.showNormal()
            desk.window.resize(*self._size)
            desk.window.activateWindow()
        return self._desk()


def _is(shown: Any, wanted: Any) -> bool:
    """Whether it is this, is at least `least`, or contains `has`."""
    if isinstance(wanted, dict):
        return wanted["has"] in shown if "has" in wanted else bool(shown >= wanted["least"])
    return bool(shown == wanted)


def press(window: Any, key: str) -> None:
    """Press and release a key, `a` or `Ctrl+Enter`, in the window that has the keyboard."""
    if len(key) == 1:
        if ord(key) > ASCII:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, NONE, key)
                event.setTimestamp(int(time.monotonic() * 1000))
                QApplication.sendEvent(window, event)
        else:
            QTest.keyClick(window, ord(key))
        return
    *held, name = key.split("+")
    modifiers = NONE
    for one in held:
        modifiers |= HELD[one]
    QTest.keyClick(window, KEYS[name], modifiers)


def run() -> int:
    """Run the command `desk` as a person does, and listen to the driver."""
    home, passphrase, width, height = sys.argv[1:5]
    sys.stdout = sys.stderr
    application()
    child = Child(int(width), int(height))
    status = main.main(["desk", "--home", home, "--passphrase-file", passphrase])
    del child
    return status


if __name__ == "__main__":
    sys.exit(run())
