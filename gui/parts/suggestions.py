"""The list below a type-ahead line: typed letters are bold, details are beside the label."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.look.tokens import GAP_2, TARGET
from gui.parts.option import Option, matched

_DETAIL = Qt.ItemDataRole.UserRole + 1
_CODE = Qt.ItemDataRole.UserRole + 2
_FOUND = Qt.ItemDataRole.UserRole + 3
ROWS = 8
WIDTH = 640
"""Pixels, so that group, heading and units fit beside the label."""


class _Row(QStyledItemDelegate):
    """Paints the label with the matching letters in bold, and the detail in a lighter colour."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One row of the list."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.AlternateBase))
        rect = option.rect.adjusted(GAP_2, 0, -GAP_2, 0)
        painter.setLayoutDirection(option.direction)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        rest = _Words(painter, rect, option.direction)
        for text, bold in _pieces(str(index.data()), index.data(_FOUND) or ()):
            rest.draw(text, bold=bold)
        detail = str(index.data(_DETAIL))
        if detail and rest.room > 40:
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            rest.draw(f"  {detail}", bold=False)


class _Words:
    """Draws pieces of text one after the other, in the direction of the language, until the row is
    full.
    """

    def __init__(self, painter: QPainter, rect: QRect, direction: Qt.LayoutDirection) -> None:
        self._painter, self._rect = painter, rect
        self._leftwards = direction is Qt.LayoutDirection.RightToLeft
        self._plain = QFont(painter.font())
        self._bold = QFont(painter.font())
        self._bold.setBold(True)

    @property
    def room(self) -> int:
        """Pixels left."""
        return self._rect.width()

    def draw(self, text: str, *, bold: bool) -> None:
        """One piece."""
        if self.room <= 0:
            return
        font = self._bold if bold else self._plain
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.room)
        self._painter.setFont(font)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        self._painter.drawText(self._rect, align, shown)
        used = metrics.horizontalAdvance(shown)
        self._rect = (
            self._rect.adjusted(0, 0, -used, 0)
            if self._leftwards
            else self._rect.adjusted(used, 0, 0, 0)
        )


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, here = [], 0
    for start, end in spans:
        pieces += [(text[here:start], False), (text[start:end], True)]
        here = end
    return [(piece, bold) for piece, bold in (*pieces, (text[here:], False)) if piece]


class SuggestionList(QFrame):
    """The list below a line; it never takes the focus."""

    chosen = Signal(str)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setProperty("look", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._rows = QStandardItemModel(self)
        self._view = QListView()
        self._view.setModel(self._rows)
        self._view.setItemDelegate(_Row(self))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setUniformItemSizes(True)
        self._view.clicked.connect(lambda index: self.chosen.emit(str(index.data(_CODE))))
        inner = QVBoxLayout(self)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self._view)

    def show_below(self, line: QWidget, options: Sequence[Option], text: str) -> None:
        """Show the matches of `text` below `line` and select the first; hide without matches."""
        self._rows.clear()
        for option in options:
            item = QStandardItem(option.label)
            item.setData(option.detail and f"· {option.detail}", _DETAIL)
            item.setData(option.code, _CODE)
            item.setData(matched(option.label, text), _FOUND)
            self._rows.appendRow(item)
        if not options:
            self.hide()
            return
        width = max(line.width(), min(WIDTH, line.screen().availableGeometry().width() // 2))
        rows = min(len(options), ROWS)
        self.resize(width, rows * max(self._view.sizeHintForRow(0), TARGET - 2) + 12)
        corner = QPoint(0, line.height() + 2)
        if line.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            corner.setX(line.width() - width)
        self.move(line.mapToGlobal(corner))
        self._view.setCurrentIndex(self._rows.index(0, 0))
        self.show()

    def step(self, by: int) -> None:
        """Select a row further up or down, within the list."""
        row = max(0, min(self._rows.rowCount() - 1, self._view.currentIndex().row() + by))
        self._view.setCurrentIndex(self._rows.index(row, 0))

    def current(self) -> str:
        """The code of the selected row; empty without one."""
        code = self._view.currentIndex().data(_CODE)
        return str(code) if code else ""
