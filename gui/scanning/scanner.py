"""Recognises a scanner: a keyboard that types a whole number very quickly, then perhaps Enter.

Between two keys of a person pass a tenth of a second and more, between those of a scanner a few
milliseconds. The keys reach the field as they come; once they turn out to be a scan, the code that
takes it restores the field.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

GAP = 50
"""Milliseconds between two keys of a scan at most."""
LEAST = 8
"""Keys of a scan at least: the shortest number worth routing is a GTIN-8."""
MOST = 400
REST = 90
"""Milliseconds of rest after which a scan without Enter has ended."""
GS = "\x1d"
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr,
           Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_Meta)  # fmt: skip


class ScannerKeys(QObject):
    """An event filter for the window's key events.

    `begins` is called at each first key, which may become a scan; `takes(text)` when it was one.
    It returns whether it took the scan: then the Enter of the scanner is dropped.
    """

    def __init__(self, begins: Callable[[], None], takes: Callable[[str], bool]) -> None:
        super().__init__()
        self._begins, self._takes = begins, takes
        self._keys: list[str] = []
        self._last = 0
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.rest)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whether the key was the end of a scan that was taken."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._hear(event)
        return False

    def rest(self) -> None:
        """No key came for a while: the scan is complete."""
        self._end()

    def _hear(self, event: QKeyEvent) -> bool:
        key, now = event.key(), event.timestamp()
        if key in _SILENT:
            return False
        # Keys with equal timestamps of zero come from no keyboard: they are no scan.
        fast = bool(self._keys) and now > 0 and 0 <= now - self._last <= GAP
        self._last = now
        if key in _ENDS:
            return fast and self._end()
        text = _text_of(event)
        if not text or event.isAutoRepeat():
            self._forget()
            return False
        if not fast:
            self._forget()
            self._begins()
        self._keys.append(text)
        if len(self._keys) >= LEAST:
            self._rest.start()
        # The separator inside a code must not trigger a shortcut of the program.
        return fast and text == GS

    def _end(self) -> bool:
        text = "".join(self._keys)
        self._forget()
        return LEAST <= len(text) <= MOST and self._takes(text)

    def _forget(self) -> None:
        self._rest.stop()
        self._keys = []


def _text_of(event: QKeyEvent) -> str:
    """What the key adds to a scan; GS1 separators come as Ctrl+] or as the character itself."""
    text = event.text()
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if text == GS or (held and event.key() == Qt.Key.Key_BracketRight):
        return GS
    return text if len(text) == 1 and text.isprintable() and not held else ""
