"""Widgets for entering a value; all have the same signals and methods."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from domain.document import JsonValue
from gui.look.tokens import TARGET
from gui.parts.mood import Mood, set_mood
from gui.parts.text import name_it


class FieldEntry(QWidget):
    """`typed` carries the new value at every change; `left` is sent when the focus leaves;
    `entered` when Enter is pressed, which leads to the next field and never submits."""

    typed = Signal(object)
    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def put(self, value: JsonValue) -> None:
        """Show `value`; no signal is sent."""
        raise NotImplementedError

    def renew(self) -> None:
        """Forget what was typed and is no value: the entry is for another record now."""

    def name(self, words: str) -> None:
        """Set what a screen reader says."""
        name_it(self.target(), words)

    def target(self) -> QWidget:
        """The control that takes the focus."""
        raise NotImplementedError

    def mood(self, mood: Mood) -> None:
        """Set `BAD` while the value has a fault, else `NONE`."""
        set_mood(self.target(), mood)

    def watch(self, control: QWidget) -> None:
        """Watch `control`, to send `left` when the focus leaves it."""
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the focus, Enter, and the keys of undo and redo."""
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        elif event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            steps = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(step) for step in steps):
                # Undo works on the whole form, not on one line.
                event.ignore()
                return True
        elif (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
            and is_enter(event)
        ):
            # The event goes on: the line itself reacts to it too.
            self.entered.emit()
        return super().eventFilter(watched, event)


def is_enter(event: QKeyEvent) -> bool:
    """Whether it is Enter, in the main or the number block, without a modifier key."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _as_text(value: JsonValue) -> str:
    return "" if value is None else str(value)


class LineEntry(FieldEntry):
    """One line. `shown` converts the value to the visible text, `read` converts it back."""

    def __init__(
        self,
        *,
        hint: str = "",
        shown: Callable[[JsonValue], str] = _as_text,
        read: Callable[[str], JsonValue] = str,
    ) -> None:
        super().__init__()
        self._shown, self._read = shown, read
        self._selects = False
        self._line = QLineEdit()
        self._line.setMinimumHeight(TARGET)
        self._line.setPlaceholderText(hint)
        self._line.textEdited.connect(lambda text: self.typed.emit(self._read(text)))
        self.watch(self._line)
        self.column.addWidget(self._line)

    def select_when_entered(self) -> None:
        """Select the text when the line gets the focus, so that typing replaces the value."""
        self._selects = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select the text when the line gets the focus, if that was requested."""
        if self._selects and event.type() is QEvent.Type.FocusIn:
            # Later, because the mouse press that set the focus still moves the cursor.
            QTimer.singleShot(0, self._line, self._line.selectAll)
        return super().eventFilter(watched, event)

    def put(self, value: JsonValue) -> None:
        """Show `value`; text that is being typed stays when it has the same meaning."""
        if self._read(self._line.text()) == value:
            return
        text = self._shown(value)
        if text != self._line.text():
            self._line.setText(text)

    def target(self) -> QWidget:
        """The line."""
        return self._line


class AreaEntry(FieldEntry):
    """Several lines, for narratives; Tab goes to the next field."""

    def __init__(self, *, hint: str = "", lines: int = 3) -> None:
        super().__init__()
        self._area = QPlainTextEdit()
        self._area.setTabChangesFocus(True)
        self._area.setPlaceholderText(hint)
        self._least = self._area.fontMetrics().lineSpacing() * lines + 22
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._area.setFixedHeight(self._least)
        self._area.textChanged.connect(self._changed)
        self._silent = False
        self.watch(self._area)
        self.column.addWidget(self._area)

    def _changed(self) -> None:
        rows = self._area.document().size().height()
        height = int(rows * self._area.fontMetrics().lineSpacing()) + 22
        self._area.setFixedHeight(max(self._least, min(height, 3 * self._least)))
        if not self._silent:
            self.typed.emit(self._area.toPlainText())

    def put(self, value: JsonValue) -> None:
        """Show `value`."""
        if self._area.toPlainText() != _as_text(value):
            self._silent = True
            self._area.setPlainText(_as_text(value))
            self._silent = False

    def target(self) -> QWidget:
        """The area."""
        return self._area
