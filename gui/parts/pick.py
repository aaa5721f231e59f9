"""Type-ahead: a line that finds among many choices, with its list below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.look.tokens import GAP_2, TARGET
from gui.parts.entry import Entry
from gui.parts.option import Option, find

_DETAIL = Qt.ItemDataRole.UserRole + 1
_CODE = Qt.ItemDataRole.UserRole + 2
ROWS = 8


class _Row(QStyledItemDelegate):
    """Paints the label, and the detail after it in the quieter colour."""

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
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        label, detail = str(index.data()), str(index.data(_DETAIL))
        colours = option.palette
        metrics = painter.fontMetrics()
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, rect.width())
        direction = option.direction
        painter.setLayoutDirection(direction)
        painter.drawText(rect, align, shown)
        used = metrics.horizontalAdvance(shown) + GAP_2
        rest = rect.adjusted(used, 0, 0, 0)
        if direction is Qt.LayoutDirection.RightToLeft:
            rest = rect.adjusted(0, 0, -used, 0)
        if detail and rest.width() > 40:
            painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(
                rest, align, metrics.elidedText(detail, Qt.TextElideMode.ElideRight, rest.width())
            )


class SuggestionList(QFrame):
    """The list that hangs below a line; it never takes the focus."""

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

    def show_below(self, line: QWidget, options: Sequence[Option], least_width: int) -> None:
        """Show the options under `line`, the first one chosen; hide when there are none."""
        self._rows.clear()
        for option in options:
            item = QStandardItem(option.label)
            item.setData(option.detail and f"· {option.detail}", _DETAIL)
            item.setData(option.code, _CODE)
            self._rows.appendRow(item)
        if not options:
            self.hide()
            return
        width = max(line.width(), least_width)
        self.resize(width, min(len(options), ROWS) * TARGET + 12)
        corner = QPoint(0, line.height() + 2)
        if line.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            corner.setX(line.width() - width)
        self.move(line.mapToGlobal(corner))
        self._view.setCurrentIndex(self._rows.index(0, 0))
        self.show()

    def step(self, by: int) -> None:
        """Go up or down, staying within the list."""
        row = max(0, min(self._rows.rowCount() - 1, self._view.currentIndex().row() + by))
        self._view.setCurrentIndex(self._rows.index(row, 0))

    def current(self) -> str:
        """The code of the chosen row; empty when there is none."""
        code = self._view.currentIndex().data(_CODE)
        return str(code) if code else ""


class PickEntry(Entry):
    """The value is the option's code; text that finds none is kept as it is, never thrown away."""

    def __init__(self, options: Sequence[Option], *, hint: str = "", keeps: bool = True) -> None:
        super().__init__()
        self._options = tuple(options)
        self._keeps = keeps
        self._code = ""
        self._line = QLineEdit()
        self._line.setMinimumHeight(TARGET)
        self._line.setPlaceholderText(hint)
        self._made: SuggestionList | None = None
        self._line.textEdited.connect(self._search)
        self.watch(self._line)
        self.column.addWidget(self._line)

    def put(self, value: Any) -> None:
        """Show the option of that code."""
        self._code = str(value or "")
        label = next((o.label for o in self._options if o.code == self._code), self._code)
        if not self._line.hasFocus() or not self._open:
            self._line.setText(label)
            self._line.setCursorPosition(0)

    @property
    def _list(self) -> SuggestionList:
        # Made when first asked for: a form has thirty of these lines.
        if self._made is None:
            self._made = SuggestionList(self)
            self._made.chosen.connect(self._take)
        return self._made

    @property
    def _open(self) -> bool:
        return self._made is not None and self._made.isVisible()

    def _hide(self) -> None:
        if self._made is not None:
            self._made.hide()

    def target(self) -> QWidget:
        """The line."""
        return self._line

    def offer(self, options: Sequence[Option]) -> None:
        """Change what can be found."""
        self._options = tuple(options)
        self.put(self._code)

    def _search(self, text: str) -> None:
        if not text.strip():
            self._code = ""
            self._hide()
            self.typed.emit("")
            return
        self._list.show_below(self._line, find(self._options, text), 420)
        if self._keeps and not self._open:
            self._code = text.strip()
            self.typed.emit(self._code)

    def _take(self, code: str) -> None:
        self._hide()
        self.put(code)
        self.typed.emit(code)
        if not self._keeps:
            self._line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter, Tab and Esc belong to the list while it is open."""
        if event.type() is QEvent.Type.ShortcutOverride and self._open:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._open and self._key_in_list(event):
                return True
            if event.key() == Qt.Key.Key_Down and not self._open:
                self._list.show_below(self._line, find(self._options, ""), 420)
                return True
        elif event.type() is QEvent.Type.FocusOut:
            self._settle()
        elif event.type() is QEvent.Type.Hide:
            self._hide()
        return super().eventFilter(watched, event)

    def _key_in_list(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        )  # fmt: skip
        match event.key():
            case Qt.Key.Key_Down:
                self._list.step(1)
            case Qt.Key.Key_Up:
                self._list.step(-1)
            case Qt.Key.Key_PageDown:
                self._list.step(ROWS)
            case Qt.Key.Key_PageUp:
                self._list.step(-ROWS)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self._take(self._list.current())
            case Qt.Key.Key_Tab if plain:
                self._take(self._list.current())
                return False
            case Qt.Key.Key_Escape:
                self._hide()
                self.put(self._code)
            case _:
                return False
        return True

    def _settle(self) -> None:
        # Leaving with the mouse while the list is open takes what was typed as it stands.
        if not self._open:
            return
        self._hide()
        text = self._line.text().strip()
        exact = [o.code for o in find(self._options, text) if text.casefold() in
                 (o.label.casefold(), o.code.casefold())]  # fmt: skip
        if exact:
            self._take(exact[0])
        elif self._keeps:
            self._code = text
            self.typed.emit(text)
        else:
            self._line.clear()
