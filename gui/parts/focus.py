"""Gives the focus back to the control that had it before."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget


class FocusReturn(QObject):
    """Remembers the control that had the focus before the focus came into `inside`."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        self._inside = inside
        self._before: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    @property
    def has_focus(self) -> bool:
        """Whether the focus is inside now."""
        holder = QApplication.focusWidget()
        return holder is not None and self._holds(holder)

    def give_back(self) -> None:
        """Set the focus to the remembered control, if it still exists and is shown."""
        before, self._before = self._before, None
        if before is not None and can_take(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or before is None or not self._holds(now):
            return
        if not self._holds(before):
            self._before = before

    def _holds(self, widget: QWidget) -> bool:
        return widget is self._inside or self._inside.isAncestorOf(widget)


def can_take(widget: QWidget) -> bool:
    """Whether this control still exists, is shown, and takes the focus."""
    return (
        shiboken6.isValid(widget)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    )
