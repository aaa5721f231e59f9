"""Type-ahead: a search line for many choices, with a list below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from domain.document import JsonValue
from gui.look.tokens import TARGET
from gui.parts.entry import FieldEntry
from gui.parts.option import Option, find
from gui.parts.suggestions import ROWS, SuggestionList


class PickEntry(FieldEntry):
    """The value is the option's code; text without a matching option is kept as typed."""

    def __init__(self, options: Sequence[Option], *, hint: str = "", keeps: bool = True) -> None:
        super().__init__()
        self._options = tuple(options)
        self._keeps = keeps
        self._code = ""
        self._before = ""
        self._writes = False
        """Whether the officer typed the text in the line."""
        self._line = QLineEdit()
        self._line.setMinimumHeight(TARGET)
        self._line.setPlaceholderText(hint)
        self._made: SuggestionList | None = None
        self._line.textEdited.connect(self._search)
        self.watch(self._line)
        self.column.addWidget(self._line)

    def put(self, value: JsonValue) -> None:
        """Show the option with this code; text that is being typed stays when it means this
        code.
        """
        code = str(value or "")
        if self._writes and code == self._code and self._line.hasFocus():
            return
        self._hide()
        self._writes, self._code = False, code
        label = next((o.label for o in self._options if o.code == code), code)
        self._line.setText(label)
        self._line.setToolTip(label)
        if not self._line.hasFocus():
            # Show the beginning of a long label; while the officer types, the cursor stays.
            self._line.setCursorPosition(0)

    @property
    def _list(self) -> SuggestionList:
        # Created when first needed, because a form has thirty of these lines.
        if self._made is None:
            self._made = SuggestionList(self)
            self._made.chosen.connect(self._take)
        return self._made

    @property
    def _open(self) -> bool:
        return self._made is not None and self._made.isVisible()

    @property
    def is_open(self) -> bool:
        """Whether the list of choices is open."""
        return self._open

    def _hide(self) -> None:
        if self._made is not None:
            self._made.hide()

    def target(self) -> QWidget:
        """The line."""
        return self._line

    def offer(self, options: Sequence[Option]) -> None:
        """Change the options."""
        self._options = tuple(options)
        self.put(self._code)

    def _search(self, text: str) -> None:
        self._writes = True
        if not text.strip():
            self._code = ""
            self._hide()
            self.typed.emit("")
            return
        self._list.show_below(self._line, find(self._options, text), text)
        if self._keeps:
            # Unfinished text is sent too, because all typed text must be saved.
            self._code = text.strip()
            self.typed.emit(self._code)

    def _take(self, code: str) -> None:
        self._hide()
        self._writes, self._before = False, code
        self.put(code)
        self.typed.emit(code)
        if not self._keeps:
            self._line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the list is open, it receives the arrow keys, Enter, Tab and Esc."""
        if event.type() is QEvent.Type.ShortcutOverride and self._open:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._open and self._key_in_list(event):
                return True
            if event.key() == Qt.Key.Key_Down and not self._open:
                self._list.show_below(self._line, find(self._options, ""), "")
                return True
        elif event.type() is QEvent.Type.FocusIn:
            self._before = self._code
        elif event.type() is QEvent.Type.FocusOut:
            self._finish_typing()
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
                self.entered.emit()
            case Qt.Key.Key_Tab if plain:
                self._take(self._list.current())
                return False
            case Qt.Key.Key_Escape:
                self._take(self._before)
            case _:
                return False
        return True

    def _finish_typing(self) -> None:
        # When the mouse moves the focus while the list is open, the typed text is kept.
        if not self._open:
            return
        self._hide()
        text = self._line.text().strip()
        exact = [o.code for o in find(self._options, text) if text.casefold() in
                 (o.label.casefold(), o.code.casefold())]  # fmt: skip
        if exact:
            self._take(exact[0])
        elif not self._keeps:
            self._line.clear()
