"""A row of chips with number keys; Tab stops once at the row; arrow keys move within it.

Space chooses only a chip that was reached by an arrow key: a space in text that is typed one field
too early must choose nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from domain.document import JsonValue
from gui.look.tokens import GAP_2
from gui.parts.button import push_button
from gui.parts.choice_chip import ChoiceChip, bold_metrics
from gui.parts.entry import FieldEntry, is_enter
from gui.parts.flow import FlowArea, OneRowFlow
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.text import name_it

KEYS = "1234567890"
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
"""Keys held with these are commands, not text."""


class ChipRow(FieldEntry):
    """The value is a list of codes (`many`), or one code. `searched` carries a letter that was
    typed on a chip.

    `more`: the chips take one row while the focus is elsewhere, with a button of this label where
    some are hidden; what is chosen is never hidden. `search` is then the label of a button behind
    all of them that begins a search.
    """

    searched = Signal(str)

    def __init__(
        self, options: Sequence[Option], *, many: bool, search: str = "", more: str = ""
    ) -> None:
        super().__init__()
        self._many, self._name = many, ""
        self._search = (
            self._mouse_button(search, lambda: self.searched.emit("")) if search else None
        )
        self._by_arrows = False
        """Whether the chip with the focus was reached by an arrow key."""
        self._chosen: list[str] = []
        self._chips: dict[str, QPushButton] = {}
        self._stop: QWidget | None = None
        """The chip that the Tab key reaches."""
        self._area = self._new_area(more)
        self._bold = bold_metrics(self.font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.column.addWidget(self._area)
        self.offer(options)

    def offer(self, options: Sequence[Option]) -> None:
        """Show these chips, numbered in this order."""
        self._area.clear()
        self._chips = {option.code: self._make(option, i) for i, option in enumerate(options)}
        self._one_tab_stop(next(iter(self._chips.values()), None))
        self._area.add(*self._chips.values())
        self._show_chosen()

    def _new_area(self, more: str) -> FlowArea:
        if not more:
            return FlowArea(GAP_2)
        button = self._mouse_button(more, lambda: self.target().setFocus())
        return OneRowFlow(GAP_2, self._kept, button, self._search)

    def _kept(self) -> set[QWidget]:
        """The chips that are never hidden: those that are chosen, else the one for the Tab key."""
        chosen: set[QWidget] = {self._chips[code] for code in self._chosen if code in self._chips}
        return chosen or {self.target()}

    def _mouse_button(self, text: str, press: Callable[[], None]) -> QPushButton:
        """For the mouse alone: keys do the same on the chips."""
        button = push_button(text, "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(press)
        return button

    def _open(self) -> None:
        """Show all chips until the focus is elsewhere."""
        app = QApplication.instance()
        if isinstance(self._area, OneRowFlow) and not self._area.is_open:
            self._area.open(is_open=True)
            if isinstance(app, QApplication):
                app.focusChanged.connect(self._close)

    def _close(self, _before: QWidget | None, now: QWidget | None) -> None:
        # While a mouse button is down nothing moves, because the press would miss its button.
        field = self.parentWidget() or self
        if now is None or field.isAncestorOf(now) or QApplication.mouseButtons():
            return
        app = QApplication.instance()
        if isinstance(self._area, OneRowFlow) and isinstance(app, QApplication):
            app.focusChanged.disconnect(self._close)
            if self.target() not in self._kept():
                self._one_tab_stop(next(c for c in self._chips.values() if c in self._kept()))
            self._area.open(is_open=False)

    def _make(self, option: Option, index: int) -> QPushButton:
        number = f"{KEYS[index]}  " if index < len(KEYS) else ""
        chip = ChoiceChip(number + option.label, self._bold)
        chip.setToolTip(option.label)
        name_it(chip, f"{self._name}: {option.label}" if self._name else option.label)
        chip.clicked.connect(lambda _=False, code=option.code: self.toggle(code))
        return chip

    def toggle(self, code: str) -> None:
        """Choose a chip, or remove the choice."""
        if self._many:
            if code in self._chosen:
                self._chosen.remove(code)
            else:
                self._chosen.append(code)
        else:
            self._chosen = [] if self._chosen == [code] else [code]
        self._show_chosen()
        self._open()
        self.typed.emit(list(self._chosen) if self._many else "".join(self._chosen))

    def put(self, value: JsonValue) -> None:
        """Show which are chosen."""
        if isinstance(value, (list, tuple)):
            self._chosen = [str(code) for code in value]
        else:
            self._chosen = [] if value in (None, "") else [_code(value)]
        self._show_chosen()

    def name(self, words: str) -> None:
        """Set what a screen reader says before each chip."""
        self._name = words
        for chip in self._chips.values():
            name_it(chip, f"{words}: {chip.toolTip()}")

    def target(self) -> QWidget:
        """The chip that the Tab key reaches."""
        return self._stop or self._area

    def mood(self, mood: Mood) -> None:
        """Ignored: the line below the chips shows a fault."""

    def focus_came(self, control: QWidget) -> None:
        """The Tab key comes back to this chip."""
        self._one_tab_stop(control)
        if not QApplication.mouseButtons():
            self._open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Number keys choose, arrows move the focus."""
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self.key(event):
                return True
        elif kind is QEvent.Type.FocusOut and not self._holds(QApplication.focusWidget()):
            self._by_arrows = False
            self.left.emit()
        return super().eventFilter(watched, event)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that have chips, in order."""
        return tuple(self._chips)

    def key(self, event: QKeyEvent) -> bool:
        """Handle a key; whether the row uses this key."""
        if event.modifiers() & _COMMANDS:
            return False
        if is_enter(event):
            self.entered.emit()
            return True
        text = event.text()
        if event.key() == Qt.Key.Key_Space:
            self._press_reached()
            return True
        if text and text in KEYS:
            self._press_number(KEYS.index(text))
            return True
        if text and text.isprintable():
            self.searched.emit(text)
            return True
        return self._step(event)

    def _press_reached(self) -> None:
        for code, chip in self._chips.items():
            if self._by_arrows and chip.hasFocus():
                self.toggle(code)

    def _press_number(self, index: int) -> None:
        if index < len(self._chips):
            self.toggle(list(self._chips)[index])

    def _step(self, event: QKeyEvent) -> bool:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        along = {Qt.Key.Key_Right: -1 if mirrored else 1, Qt.Key.Key_Left: 1 if mirrored else -1}
        step = along.get(Qt.Key(event.key()), 0)
        chips = list(self._chips.values())
        here = next((index for index, chip in enumerate(chips) if chip.hasFocus()), None)
        if not step or here is None:
            return False
        chips[max(0, min(len(chips) - 1, here + step))].setFocus(Qt.FocusReason.TabFocusReason)
        self._by_arrows = True
        return True

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and self.isAncestorOf(widget)

    def _show_chosen(self) -> None:
        for code, chip in self._chips.items():
            chip.setChecked(code in self._chosen)
        if isinstance(self._area, OneRowFlow) and not self._area.is_open:
            self._area.arrange()

    def _one_tab_stop(self, reached: QWidget | None) -> None:
        self._stop = None
        for chip in self._chips.values():
            stop = chip is reached
            self._stop = chip if stop else self._stop
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)


def _code(value: JsonValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
