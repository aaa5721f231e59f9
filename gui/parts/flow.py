"""A row of widgets that wraps, in the direction of the language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_CHANGES = (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LayoutRequest)


class FlowArea(QWidget):
    """Lays out widgets with their own widths in rows with equal spacing."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._gap = spacing
        self._held: list[QWidget] = []
        self._heights: dict[int, int] = {}
        """By width: layouts ask twenty times for one place on the screen."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def widgets(self) -> tuple[QWidget, ...]:
        """The widgets, in order."""
        return tuple(self._held)

    def add(self, *widgets: QWidget) -> None:
        """Add widgets at the end."""
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self._held.extend(widgets)
        self._again()

    def clear(self) -> None:
        """Remove and delete all widgets."""
        for widget in self._held:
            widget.hide()
            widget.deleteLater()
        self._held.clear()
        self._again()

    def arrange(self) -> None:
        """Lay the widgets out again, after some were hidden or shown: hidden ones take no place."""
        self._again()

    def event(self, event: QEvent) -> bool:
        """Measure again when the style, or the content of a widget, changes."""
        if event.type() in _CHANGES:
            self._forget()
        return super().event(event)

    def _forget(self) -> None:
        """Measure again when the next question comes."""
        self._heights.clear()

    def _again(self) -> None:
        self._forget()
        self._lay_out(self.width(), move=True)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Yes: a narrower area is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at that width."""
        if width not in self._heights:
            self._heights[width] = self._lay_out(width, move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All rows at the present width."""
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """One row."""
        heights = [
            widget.sizeHint().expandedTo(widget.minimumSize()).height() for widget in self._held
        ]
        return QSize(60, max(heights, default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the widgets out again."""
        super().resizeEvent(event)
        self._lay_out(self.width(), move=True)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _shown(self, _width: int) -> Sequence[QWidget]:
        """The widgets that have a place."""
        return [widget for widget in self._held if not widget.isHidden()]

    def _lay_out(self, width: int, *, move: bool) -> int:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x, y, row_height = 0, 0, 0
        for widget in self._shown(width):
            size = widget.sizeHint().expandedTo(widget.minimumSize())
            wide = min(size.width(), width) if width else size.width()
            if x and x + wide > width:
                x, y, row_height = 0, y + row_height + self._gap, 0
            if move:
                left = width - x - wide if mirrored else x
                widget.setGeometry(QRect(left, y, wide, size.height()))
            x += wide + self._gap
            row_height = max(row_height, size.height())
        return y + row_height


def _room(widget: QWidget) -> int:
    return widget.sizeHint().expandedTo(widget.minimumSize()).width()


class OneRowFlow(FlowArea):
    """Shows one row, with `more` at its end while others are hidden; all of them when it is open.

    `kept` returns the widgets that are never hidden. `last` is shown at the end when it is open.
    """

    def __init__(
        self,
        spacing: int,
        kept: Callable[[], Collection[QWidget]],
        more: QWidget,
        last: QWidget | None,
    ) -> None:
        super().__init__(spacing)
        self._kept, self._more, self._last = kept, more, last
        self._rows: dict[int, Sequence[QWidget]] = {}
        self.is_open = False
        for widget in (more, last):
            if widget is not None:
                widget.setParent(self)

    def open(self, is_open: bool) -> None:
        """Show all, or one row."""
        if is_open != self.is_open:
            self.is_open = is_open
            self._again()

    def _forget(self) -> None:
        super()._forget()
        self._rows.clear()

    def _shown(self, width: int) -> Sequence[QWidget]:
        """The widgets that have a place at that width."""
        if width not in self._rows:
            self._rows[width] = self._chosen_for(width)
        return self._rows[width]

    def _chosen_for(self, width: int) -> Sequence[QWidget]:
        last = [self._last] if self._last is not None and self._held else []
        wanted = [*self._held, *last]
        if not self.is_open and sum(map(_room, wanted)) + self._gap * (len(wanted) - 1) > width:
            wanted = [*self._one_row(width), self._more]
        return wanted

    def _lay_out(self, width: int, *, move: bool) -> int:
        if move:
            shown = set(self._shown(width))
            for widget in (*self._held, self._more, self._last):
                if widget is not None:
                    widget.setVisible(widget in shown)
        return super()._lay_out(width, move=move)

    def _one_row(self, width: int) -> list[QWidget]:
        """Those that are kept, and as many of the others as fit beside them, in their order."""
        shown = set(self._kept())
        used = sum(_room(widget) + self._gap for widget in shown) + _room(self._more)
        for widget in self._held:
            if widget not in shown and used + _room(widget) + self._gap <= width:
                shown.add(widget)
                used += _room(widget) + self._gap
        return [widget for widget in self._held if widget in shown]
