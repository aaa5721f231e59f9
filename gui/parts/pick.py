"""Type-ahead: a search line for many choices, with a list below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from domain.document import JsonValue
from domain.words import mark
from gui.parts.entry import FieldEntry, as_wide_as_needed
from gui.parts.option import Option
from gui.parts.option_list import OptionList
from gui.parts.suggestions import SuggestionList
from gui.parts.text_line import TextLine

WHOLE_LIST = mark("Nothing like that in this list. Down shows all of it, Esc takes the words back.")


@dataclass(frozen=True, slots=True)
class NoMatch:
    """What helps when no option matches the typed text.

    `words` returns one line with the way out; `others` are options that fit anything: they are the
    first of the list that Down opens then.
    """

    words: Callable[[str], str]
    others: tuple[Option, ...] = ()


class PickEntry(FieldEntry):
    """The value is the option's code; text without a matching option is kept as typed.

    `emptied`: the officer took back all that was typed.
    """

    emptied = Signal()

    def __init__(
        self,
        options: Sequence[Option],
        *,
        hint: str = "",
        keeps: bool = True,
        no_match: NoMatch | None = None,
    ) -> None:
        super().__init__()
        self._options = OptionList.of(options)
        self._keeps, self._no_match = keeps, no_match
        self._unmatched = ""
        """The sentence that nothing matches what is typed."""
        self._code = ""
        self._before = ""
        self._writes = False
        """Whether the officer typed the text in the line."""
        self._line = TextLine(hint)
        self._made: SuggestionList | None = None
        self._line.textEdited.connect(self._search)
        self.column.addLayout(as_wide_as_needed(self._line))

    def put(self, value: JsonValue) -> None:
        """Show the option with this code; text that is being typed stays when it means this
        code.
        """
        code = str(value or "")
        if self._writes and code == self._code and self._line.hasFocus():
            return
        if not self._keeps:
            return  # The value is shown elsewhere; what was typed here stays.
        self._hide()
        self._say_no_match("")
        self._writes, self._code = False, code
        self._line.setText(self.words_of(code))
        if not self._line.hasFocus():
            # Show the beginning of a long label; while the officer types, the cursor stays.
            self._line.setCursorPosition(0)

    def words_of(self, value: str) -> str:
        """The label of the option with this code."""
        return self._options.label(value) if value else ""

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

    def type_on(self, text: str) -> None:
        """Take the focus and add `text` as if it was typed here."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.setText(self._line.text() + text)
        self._search(self._line.text())

    def unfinished(self) -> str:
        """The words of a search that match nothing."""
        return self._line.text().strip() if self.matches_nothing and not self._keeps else ""

    def renew(self) -> None:
        """As `FieldEntry`."""
        self._hide()
        self._say_no_match("")
        self._writes, self._before = False, ""
        if not self._keeps:
            self._line.clear()

    def offer(self, options: Sequence[Option]) -> None:
        """Change the options."""
        self._options = OptionList.of(options)
        self.put(self._code)

    def _search(self, text: str) -> None:
        self._writes = True
        if not text.strip():
            self._code = ""
            self._hide()
            self._say_no_match("")
            self.typed.emit("")
            if not text:
                self.emptied.emit()
            return
        found = self._options.find(text)
        self._list.show_below(self._line, found, text)
        self._say_no_match("" if found else text.strip())
        if self._keeps:
            # Unfinished text is sent too, because all typed text must be saved.
            self._code = text.strip()
            self.typed.emit(self._code)

    @property
    def matches_nothing(self) -> bool:
        """As `FieldEntry`."""
        return bool(self._unmatched)

    def _say_no_match(self, text: str) -> None:
        words = self._no_match.words(text) if text and self._no_match is not None else ""
        if words != self._unmatched:
            self._unmatched = words
            self._line.setAccessibleDescription(words)
            self.unmatched.emit(words)

    def _show_all(self) -> None:
        others = self._no_match.others if self._no_match and self.matches_nothing else ()
        rest = [option for option in self._options.find("") if option not in others]
        self._list.show_below(self._line, [*others, *rest], "")

    def _take(self, code: str) -> None:
        self._hide()
        self._say_no_match("")
        self._writes, self._before = False, code if self._keeps else ""
        if not self._keeps:
            self._line.clear()
        self.put(code)
        self.typed.emit(code)

    def _take_back(self) -> None:
        self._take(self._before)
        if not self._line.text():
            self.emptied.emit()

    def focus_came(self, _control: QWidget) -> None:
        """Remember the code that Esc brings back."""
        self._before = self._code

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the list is open, it receives the arrow keys, Enter, Tab and Esc; Esc also takes
        back words without a match.
        """
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride and (self._open or self.matches_nothing):
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._open and self._key_in_list(event):
                return True
            if event.key() == Qt.Key.Key_Down and not self._open:
                self._show_all()
                return True
            if self.matches_nothing and event.key() == Qt.Key.Key_Escape:
                self._take_back()
                return True
        elif kind is QEvent.Type.FocusOut:
            self._finish_typing()
        elif kind is QEvent.Type.Hide:
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
                self._list.turn(1)
            case Qt.Key.Key_PageUp:
                self._list.turn(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self._take(self._list.current())
                self.entered.emit()
            case Qt.Key.Key_Tab if plain:
                self._take(self._list.current())
                return False
            case Qt.Key.Key_Escape:
                self._take_back()
            case _:
                return False
        return True

    def _finish_typing(self) -> None:
        # When the mouse moves the focus while the list is open, the typed text is kept.
        if self._keeps:
            self._say_no_match("")  # The fault below the field says it from now on.
            self._line.setText(self._line.text().strip())
        if not self._open:
            return
        self._hide()
        text = self._line.text().strip()
        exact = [o.code for o in self._options.find(text) if text.casefold() in
                 (o.label.casefold(), o.code.casefold())]  # fmt: skip
        if exact:
            self._take(exact[0])
