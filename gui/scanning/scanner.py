"""Recognises a scanner by its speed: it types a whole number very quickly, sometimes followed by
Enter.

A person needs at least a tenth of a second between two keys, a scanner a few milliseconds; a remote
desktop makes pauses between some of them. The keys reach the field as usual; when they are
recognised as a scan, the receiver of the scan restores the field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

GAP = 50
"""Maximum milliseconds between two keys of a scanner, but for pauses."""
PAUSE = 250
"""Maximum milliseconds of a pause inside a scan."""
FAST = 2, 3
"""At least 2 of 3 gaps in a scan are no pauses."""
STARTS = 8
"""The scan may begin after each of so many pauses: what comes before was typed by hand."""
LEAST = 8
"""Minimum number of keys of a scan: the shortest useful number is a GTIN-8."""
MOST = 400
REST = 300
"""Milliseconds without a key after which a scan without Enter ends."""
LATE = 600
"""Maximum milliseconds between the last key of a scan and its Enter, over a slow line."""
GS = "\x1d"
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr,
           Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_Meta)  # fmt: skip


class FastKeys(NamedTuple):
    """FastKeys that came as those of a scanner do."""

    text: str
    back: int
    """They began at the last call of `begins` but so many."""
    whole: bool
    """Whether other keys do not stand shortly before them."""
    entered: bool
    """Whether an Enter ended them."""


class ScannerKeys(QObject):
    """An event filter for the window's key events.

    `begins` is called at each key with which a scan may begin, `takes` after a complete one. It
    returns whether it used the scan: then the scanner's Enter key is dropped. If not, it is called
    again with what follows the next pause.
    """

    def __init__(self, begins: Callable[[], None], takes: Callable[[FastKeys], bool]) -> None:
        super().__init__()
        self._begins, self._takes = begins, takes
        self._keys: list[str] = []
        self._starts: list[int] = []
        """Where a scan may begin: the first key, and those after a pause."""
        self._whole = True
        """Whether all keys since the last long rest are in `_keys`."""
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
        self._enter_due = self._end(entered=False)

    def _hear(self, event: QKeyEvent) -> bool:
        key, now = event.key(), event.timestamp()
        if key in _SILENT:
            return False
        # Ignore keys with equal timestamps or zero: they do not come from a keyboard.
        gap = now - self._last if now > 0 and now >= self._last else LATE + 1
        due, self._enter_due, self._last = self._enter_due, False, now
        if key in _ENDS:
            return gap <= LATE and (due or self._end(entered=True))
        text = _text_of(event)
        if not text or gap > PAUSE:
            self._forget()
        if not text:
            return False
        if not self._keys or gap > GAP:
            self._begin()
        self._keys.append(text)
        if len(self._keys) >= LEAST:
            self._rest.start()
        # The separator inside a code must not trigger a shortcut of the program.
        return text == GS and self._is_fast(0)

    def _begin(self) -> None:
        self._begins()
        self._starts.append(len(self._keys))
        if len(self._starts) > STARTS:
            gone = self._starts[1]
            self._keys = self._keys[gone:]
            self._starts = [start - gone for start in self._starts[1:]]
            self._whole = False

    def _is_fast(self, start: int) -> bool:
        """Whether the keys from `start` on are those of a scanner."""
        gaps = len(self._keys) - start - 1
        pauses = sum(1 for other in self._starts if other > start)
        return gaps > 0 and (gaps - pauses) * FAST[1] >= gaps * FAST[0]

    def _end(self, *, entered: bool) -> bool:
        last = len(self._starts) - 1
        scans = [
            FastKeys("".join(self._keys[at:]), last - index, self._whole and index == 0, entered)
            for index, at in enumerate(self._starts)
            if self._is_fast(at)
        ]
        self._forget()
        return any(LEAST <= len(scan.text) <= MOST and self._takes(scan) for scan in scans)

    def _forget(self) -> None:
        self._rest.stop()
        self._keys, self._starts, self._whole = [], [], True


def _text_of(event: QKeyEvent) -> str:
    """The text that the key adds to a scan; GS1 separators come as Ctrl+] or as the character
    itself.
    """
    text = event.text()
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if text == GS or (held and event.key() == Qt.Key.Key_BracketRight):
        return GS
    return text if len(text) == 1 and text.isprintable() and not held else ""
