"""The list below a type-ahead line: typed letters are bold, details are beside the label."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6 import QtWidgets
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.look.tokens import GAP_1, GAP_2, GAP_4, TARGET
from gui.parts.option import Option, matched

_DETAIL = Qt.ItemDataRole.UserRole + 1
_CODE = Qt.ItemDataRole.UserRole + 2
_FOUND = Qt.ItemDataRole.UserRole + 3
ROWS = 8
ROW_HEIGHT = TARGET
EDGE = 6
"""Pixels of the frame and its padding at one side."""


class _Row(QStyledItemDelegate):
    """Paints the label with the matching letters in bold, and the detail in a lighter colour."""

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """All rows are equally high, so that the list has exactly as many as are found."""
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One row of the list."""
        # Asked of the module when a row is painted: the class costs every start 10 ms.
        if option.state & QtWidgets.QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        rect = option.rect.adjusted(GAP_2, 0, -GAP_2, 0)
        name, detail = str(index.data()), str(index.data(_DETAIL))
        bold = QFont(option.font)
        bold.setBold(True)
        # One text and not pieces side by side: the order of its letters is that of its languages.
        text = f"{name}  {detail}" if detail else name
        shown = QFontMetrics(bold).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        layout = QTextLayout(shown, option.font)
        direction = QTextOption(Qt.AlignmentFlag.AlignLeft)
        direction.setTextDirection(option.direction)
        layout.setTextOption(direction)
        layout.setFormats(_formats(len(name), len(shown), index.data(_FOUND) or (), bold))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        above = (rect.height() - line.height()) / 2
        layout.draw(painter, QPointF(rect.left(), rect.top() + above))


def _formats(
    name: int, shown: int, found: Sequence[tuple[int, int]], bold: QFont
) -> list[QTextLayout.FormatRange]:
    """The found letters in bold, and what comes after the `name` letters of the label lighter."""
    ranges = []
    for start, end in (*found, (name, shown)):
        part, look = QTextLayout.FormatRange(), QTextCharFormat()
        if start < name:
            look.setFont(bold)
        else:
            # The list's own palette has a half transparent text there, which is hard to read.
            look.setForeground(QApplication.palette().color(QPalette.ColorRole.PlaceholderText))
        part.start, part.length, part.format = start, max(0, min(end, shown) - start), look
        ranges.append(part)
    return ranges


def _page_of(line: QWidget) -> tuple[QWidget, QRect]:
    """What the list lies on: the content that scrolls with the line, and its part in sight.

    Outside of what scrolls it is the page of the window, which has the style sheet.
    """
    widget, page = line.parentWidget(), line.nativeParentWidget() or line
    while widget is not None:
        area = widget.parentWidget()
        scroll = area.parentWidget() if area is not None else None
        if isinstance(scroll, QScrollArea) and area is scroll.viewport():
            sight = QRect(widget.mapFrom(area, QPoint(0, 0)), area.size())
            return widget, sight.intersected(widget.rect())
        if widget.property("look") == "page":
            page = widget
        widget = area
    return page, page.rect()


def _card_of(line: QWidget) -> QWidget | None:
    widget = line.parentWidget()
    while widget is not None and widget.property("look") != "card":
        widget = widget.parentWidget()
    return widget


class _Rows(QAbstractListModel):
    """The options as rows; what a row shows is worked out when it is painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._options: Sequence[Option] = ()
        self._text = ""

    def put(self, options: Sequence[Option], text: str) -> None:
        """Show these options, which match `text`."""
        self.beginResetModel()
        self._options, self._text = options, text
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """One for each option."""
        return 0 if parent is not None and parent.isValid() else len(self._options)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        """What the row of an option holds."""
        option = self._options[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return option.label
            case _ if role == _DETAIL:
                return option.detail and f"· {option.detail}"
            case _ if role == _CODE:
                return option.code
            case _ if role == _FOUND:
                return matched(option.label, self._text)
        return None


class SuggestionList(QFrame):
    """The list stands in the card of the line, above the fields below it; it never takes the
    focus.
    """

    chosen = Signal(str)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setProperty("look", "popup")
        self._line: QWidget = owner
        self._count = 0
        self._rows = _Rows(self)
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
        self._rows.put(options, text)
        if not options:
            self.hide()
            return
        policy = Qt.ScrollBarPolicy
        fits = len(options) <= ROWS
        bar = policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        self._view.setVerticalScrollBarPolicy(bar)
        self._line, self._count = line, min(len(options), ROWS)
        self._place()
        self._view.setCurrentIndex(self._rows.index(0, 0))
        self.show()
        self.raise_()

    def _place(self) -> None:
        """As wide as the card of the line, else as the line; below it, or above it where there is
        no room below.
        """
        line, rows = self._line, self._count
        page, sight = _page_of(line)
        if self.parentWidget() is not page:
            self.setParent(page)
            page.installEventFilter(self)
        card = _card_of(line)
        corner = line.mapTo(page, QPoint(0, 0))
        left, width = corner.x(), line.width()
        if card is not None:
            left, width = card.mapTo(page, QPoint(0, 0)).x() + GAP_4, card.width() - 2 * GAP_4
        height = rows * ROW_HEIGHT + 2 * EDGE
        top = corner.y() + line.height() + GAP_1
        above = corner.y() - GAP_1 - height
        if top + height > sight.bottom() and above >= sight.top():
            top = above
        self.setGeometry(left, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the card when its width changes: a scroll bar comes or goes."""
        resized = event.type() is QEvent.Type.Resize and watched is self.parentWidget()
        if resized and self.isVisible():
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def step(self, by: int) -> None:
        """Select a row further up or down, within the list."""
        row = max(0, min(self._rows.rowCount() - 1, self._view.currentIndex().row() + by))
        self._view.setCurrentIndex(self._rows.index(row, 0))

    def turn(self, by: int) -> None:
        """Select a row so many pages further down, within the list."""
        self.step(by * ROWS)

    def current(self) -> str:
        """The code of the selected row; empty without one."""
        code = self._view.currentIndex().data(_CODE)
        return str(code) if code else ""
