"""A scroll area that goes up and down only, and keeps the field one is in in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

ROOM = 72
"""Pixels kept in sight below the field: its note, and the beginning of what comes next."""


class FollowingScroll(QScrollArea):
    """What it holds is never wider than it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """After the form was laid anew, the field one is in may be elsewhere."""
        done = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.Resize and watched is self.widget():
            self._follow(None, QApplication.focusWidget())
        return done

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, ROOM)
