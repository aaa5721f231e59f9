"""Scroll areas that scroll vertically only, and keep the focused field visible."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from gui.parts.column import GrowingColumn
from gui.parts.flow import FlowArea

ROOM = 72
"""Pixels that stay visible below the field, for its note and the beginning of the next field."""


class FollowingScroll(QScrollArea):
    """The content is never wider than the area.

    `steady`: the room of the scroll bar is kept while there is nothing to scroll. Content that is
    lower when it is narrower would make the bar come and go without end.
    """

    def __init__(self, *, steady: bool = False) -> None:
        super().__init__()
        self.setViewport(_viewport())
        if steady:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
            bar = self.verticalScrollBar()
            bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the focused field visible when the layout of the form changes."""
        done = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.Resize and watched is self.widget():
            self._follow(None, QApplication.focusWidget())
        return done

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            row = now.parentWidget()
            if isinstance(row, FlowArea) and row.height() < self.viewport().height() - ROOM:
                self.ensureWidgetVisible(row, 0, 0)
            self.ensureWidgetVisible(now, 0, ROOM)


def _viewport() -> QWidget:
    """As Qt makes it, but known to PySide, which for Qt's own one makes all classes, 20 ms."""
    made = QWidget()
    made.setObjectName("qt_scrollarea_viewport")  # the style sheet's code knows it by this name
    made.setBackgroundRole(QPalette.ColorRole.NoRole)
    made.setAutoFillBackground(True)
    return made


class BoundedScroll(FollowingScroll):
    """As high as its column, up to `bound` pixels; then it scrolls. `inset`: it is in a card."""

    def __init__(self, bound: int, spacing: int, *, inset: bool = False) -> None:
        super().__init__()
        self._bound = bound
        inner = GrowingColumn()
        if inset:
            for widget in (self, inner):
                widget.setProperty("look", "inset")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing)
        self.setWidget(inner)
        self.fit()

    def set_bound(self, bound: int) -> None:
        """Change the greatest height."""
        self._bound = bound
        self.fit()

    def fit(self) -> None:
        """Adapt to the content and the width."""
        wraps, width = self.column.hasHeightForWidth(), self.viewport().width()
        total = self.column.totalSizeHint().height()
        needed = self.column.totalHeightForWidth(width) if wraps else total
        height = max(1, min(needed, self._bound))
        if height != self.height() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Adapt when the content changes."""
        done = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self.fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self.fit()
