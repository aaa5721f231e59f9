"""Recognises a scanner by its speed: it types a whole number very quickly, sometimes followed by
Enter.

A person needs at least a tenth of a second between two keys, a scanner a few milliseconds. The keys
reach the field as usual; when they are recognised as a scan, the receiver of the scan restores the
field.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

GAP = 50
"""Maximum milliseconds between two keys of a scan."""
LEAST = 8
"""Minimum number of keys of a scan: the shortest useful number is a GTIN-8."""
MOST = 400
REST = 90
"""Milliseconds without a key after which a scan without Enter ends."""
LATE = 600
"""Maximum milliseconds between the last key of a scan and its Enter, over a slow line."""
GS = "\x1d"
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr,
           Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_Meta)  # fmt: skip


class ScannerKeys(QObject):
    """An event filter for the window's key events.

    `begins` is called at each first key of a possible scan, `takes(text)` after a complete one.
    `takes` returns whether it used the scan: then the scanner's Enter key is dropped.
    """

    def __init__(self, begins: Callable[[], None], takes: Callable[[str], bool]) -> None:
        super().__init__()
        self._begins, self._takes = begins, takes
        self._keys: list[str] = []
        self._last = 0
        self._enter_due = False
        """Whether a scan was used before its Enter came."""
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.rest)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whether the key ended a scan that was used."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._hear(event)
        return False

    def rest(self) -> None:
        """The scan is complete, because no key came for some time."""
        self._enter_due = self._end()

    def _hear(self, event: QKeyEvent) -> bool:
        key, now = event.key(), event.timestamp()
        if key in _SILENT:
            return False
        # Ignore keys with equal timestamps or zero: they do not come from a keyboard.
        gap = now - self._last if now > 0 and now >= self._last else LATE + 1
        fast = bool(self._keys) and gap <= GAP
        due, self._enter_due, self._last = self._enter_due, False, now
        if key in _ENDS:
            complete = len(self._keys) >= LEAST or fast
            return gap <= LATE and (due or (complete and self._end()))
        text = _text_of(event)
        if not text:
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
    """The text that the key adds to a scan; GS1 separators come as Ctrl+] or as the character
    itself.
    """
    text = event.text()
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if text == GS or (held and event.key() == Qt.Key.Key_BracketRight):
        return GS
    return text if len(text) == 1 and text.isprintable() and not held else ""
