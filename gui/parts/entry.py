"""Widgets for entering a value; all have the same signals and methods."""

from __future__ import annotations

import functools
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from domain.document import JsonValue
from gui.look.tokens import GAP_4
from gui.parts.mood import Mood, set_look, set_mood
from gui.parts.text import name_it
from gui.parts.text_line import TextLine


class FieldEntry(QWidget):
    """`typed` carries the new value at every change; `left` is sent when the focus leaves;
    `entered` when Enter is pressed, which leads to the next field and never submits; `unmatched`
    carries the sentence that no choice matches what is typed, and is empty once one does."""

    typed = Signal(object)
    left = Signal()
    entered = Signal()
    unmatched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        _listener()

    def put(self, value: JsonValue) -> None:
        """Show `value`; no signal is sent."""
        raise NotImplementedError

    def name(self, words: str) -> None:
        """Set what a screen reader says."""
        name_it(self.target(), words)

    def target(self) -> QWidget:
        """The control that takes the focus."""
        raise NotImplementedError

    def mood(self, mood: Mood) -> None:
        """Set `BAD` while the value has a fault, else `NONE`."""
        set_mood(self.target(), mood)

    def words_of(self, value: str) -> str:
        """How a value is shown."""
        return value

    def unfinished(self) -> str:
        """Text in the entry that is not in its value: words without a match."""
        return ""

    @property
    def matches_nothing(self) -> bool:
        """Whether words were typed that no choice matches, and the field says so."""
        return False

    def work_out(self, _words: str) -> bool:
        """Show in the empty entry what it amounts to; whether the entry shows it.

        An empty text removes it.
        """
        return False

    def take_hint(self, _words: str) -> bool:
        """Show a hint in the empty entry; whether the entry has room for it."""
        return False

    def limit(self, letters: int) -> None:
        """Be no wider than so many letters need."""
        least = self.fontMetrics().averageCharWidth() * letters + 2 * GAP_4
        self.target().setMaximumWidth(least)

    def renew(self) -> None:
        """Forget what was typed and is no value: the entry is for another record now."""

    def focus_came(self, _control: QWidget) -> None:
        """Called when the focus has come to a control of the entry."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Filter the events of the control of the entry that has the focus: the loss of the focus,
        Enter, and the keys of undo and redo.
        """
        kind = event.type()
        if kind is QEvent.Type.FocusOut:
            self.left.emit()
        elif kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            steps = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(step) for step in steps):
                # Undo works on the whole form, not on one line.
                event.ignore()
                return True
        elif (
            kind is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
            and is_enter(event)
        ):
            # The event goes on: the line itself reacts to it too.
            self.entered.emit()
        return super().eventFilter(watched, event)


class _Listener(QObject):
    """Lets the entry with the focus filter the events of its control, and no other entry.

    A filter in Python runs at every event of what it watches, and a form has a hundred controls
    that are shown, moved and resized.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: tuple[QWidget, FieldEntry] | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and all(shiboken6.isValid(each) for each in self._watched):
            control, entry = self._watched
            control.removeEventFilter(entry)
        self._watched = None
        here = _entry_of(now)
        if now is not None and here is not None:
            self._watched = now, here
            now.installEventFilter(here)
            here.focus_came(now)


def _entry_of(control: QWidget | None) -> FieldEntry | None:
    """The innermost entry that `control` is in."""
    while control is not None and not isinstance(control, FieldEntry):
        control = control.parentWidget()
    return control


@functools.cache
def _listener() -> _Listener:
    """The one of the application; the first entry makes it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return _Listener(app)


def as_wide_as_needed(line: QWidget) -> QHBoxLayout:
    """A row with `line` at its beginning, which fills it up to its own maximum."""
    row = QHBoxLayout()
    row.addWidget(line, 1)
    row.addStretch(0)
    return row


def is_enter(event: QKeyEvent) -> bool:
    """Whether it is Enter, in the main or the number block, without a modifier key."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _as_text(value: JsonValue) -> str:
    return "" if value is None else str(value)


class LineEntry(FieldEntry):
    """One line. `shown` converts the value to the visible text, `read` converts it back.

    `large`: what was worked out for the empty line stands in it, in large letters.
    """

    def __init__(
        self,
        *,
        hint: str = "",
        shown: Callable[[JsonValue], str] = _as_text,
        read: Callable[[str], JsonValue] = str,
        large: bool = False,
    ) -> None:
        super().__init__()
        self._shown, self._read = shown, read
        self._selects = False
        self._hint, self._large = hint, large
        self._line = TextLine(hint)
        self._line.textEdited.connect(self._take)
        self.column.addLayout(as_wide_as_needed(self._line))

    def _take(self, text: str) -> None:
        self.typed.emit(self._read(text))

    def take_hint(self, words: str) -> bool:
        """As `FieldEntry`: a line shortens the words as it shortens a value."""
        self._hint = words
        self._line.setPlaceholderText(words)
        return True

    def work_out(self, words: str) -> bool:
        """As `FieldEntry`: in large letters."""
        if not self._large:
            return False
        shown = words if not self._line.text() else ""
        self._line.setPlaceholderText(shown or self._hint)
        self._line.setToolTip(shown or self._line.text())
        set_look(self._line, "large" if shown else "")
        return bool(shown)

    def select_when_entered(self) -> None:
        """Select the text when the line gets the focus, so that typing replaces the value."""
        self._selects = True

    def focus_came(self, _control: QWidget) -> None:
        """Select the text, if that was requested."""
        if self._selects:
            # Later, because the mouse press that set the focus still moves the cursor.
            QTimer.singleShot(0, self._line, self._line.selectAll)

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
        self.column.addWidget(self._area)

    def _changed(self) -> None:
        rows = self._area.document().size().height()
        height = int(rows * self._area.fontMetrics().lineSpacing()) + 22
        self._area.setFixedHeight(max(self._least, min(height, 3 * self._least)))
        if not self._silent:
            self.typed.emit(self._area.toPlainText())

    def take_hint(self, words: str) -> bool:
        """As `FieldEntry`: an area is as wide as its card."""
        self._area.setPlaceholderText(words)
        return True

    def put(self, value: JsonValue) -> None:
        """Show `value`."""
        if self._area.toPlainText() != _as_text(value):
            self._silent = True
            self._area.setPlainText(_as_text(value))
            self._silent = False

    def target(self) -> QWidget:
        """The area."""
        return self._area
