"""Widgets that act on keys of their own while the focus is in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


def keeps_key(event: QEvent, is_own: Callable[[QKeyEvent], bool]) -> bool:
    """Whether Qt asks who wants a key, and it is one of the widget's own: then it triggers no
    shortcut of the page. The caller returns True from `event`.
    """
    asked = event.type() is QEvent.Type.ShortcutOverride
    if asked and isinstance(event, QKeyEvent) and is_own(event):
        event.accept()
        return True
    return False


class OwnKeysView(QWidget):
    """Its keys do not trigger the shortcuts of the page.

    `REPEATS`: a key that is held acts again.
    """

    REPEATS = True

    def deed_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What the key does here; None for a key that is not its own."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """While it is open, its keys do not trigger the shortcuts of the page."""
        own = keeps_key(event, lambda key: self.deed_of(key) is not None)
        return own or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on a key of its own."""
        deed = self.deed_of(event)
        if deed is None:
            super().keyPressEvent(event)
        elif self.REPEATS or not event.isAutoRepeat():
            deed()
