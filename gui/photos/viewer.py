"""A large view of one photo, or of two: turned, at full size; role, caption and position."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from domain.fields import label_of
from domain.words import mark
from gui.action import key_words
from gui.look.tokens import GAP_2, GAP_3
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.flow import FlowArea
from gui.parts.option import Option
from gui.parts.own_keys import OwnKeysView
from gui.parts.pick import PickEntry
from gui.photos.model import PhotosModel
from gui.photos.pane import PhotoPane
from gui.words import Words

BACK, BEFORE, NEXT = "Escape", "PgUp", "PgDown"
EARLIER, LATER = "Alt+Left", "Alt+Right"
ACTUAL, WHOLE, TURN, COMPARE = "1", "0", "R", "C"
PLAIN = Qt.KeyboardModifier.NoModifier


class PhotoViewer(OwnKeysView):
    """Sends `closed` when the officer goes back to the form. Two photos can be compared: role,
    caption and keys are those of the one that had the focus last.
    """

    closed = Signal()

    def __init__(self, model: PhotosModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        self._roles: frozenset[str] = frozenset()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card()
        outer.addWidget(card, 1)
        pictures = QHBoxLayout()
        pictures.setSpacing(GAP_2)
        self._panes = PhotoPane(model, words), PhotoPane(model, words)
        self._at = self._panes[0]
        for pane in self._panes:
            pictures.addWidget(pane, 1)
            pane.entered.connect(lambda pane=pane: self._enter(pane))
        self._panes[1].hide()
        card.body.addLayout(pictures, 1)
        self._role, self._caption = PickEntry(()), LineEntry()
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        row.addWidget(FieldBox(words.say(label_of("photos.role")), self._role), 1)
        row.addWidget(FieldBox(words.say(label_of("photos.caption")), self._caption), 1)
        card.body.addLayout(row)
        card.body.addWidget(self._buttons())
        self._role.typed.connect(self._put_role)
        self._caption.typed.connect(self._put_caption)
        for entry in (self._role, self._caption):
            entry.entered.connect(self._focus_picture)
        self.hide()

    def _focus_picture(self) -> None:
        self._at.picture.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def index(self) -> int:
        """The index of the shown photo; of two, of the one that had the focus last."""
        return self._at.index

    def _buttons(self) -> FlowArea:
        row, buttons = FlowArea(GAP_2), []
        for words, key, deed in (
            (mark("Previous photo"), BEFORE, lambda: self._go(-1)),
            (mark("Next photo"), NEXT, lambda: self._go(1)),
            (mark("Full size"), ACTUAL, self.show_actual),
            (mark("Whole"), WHOLE, self.show_whole),
            (mark("Turn"), TURN, lambda: self.turn(1)),
            (mark("Compare"), COMPARE, self.compare),
            (mark("Move earlier"), EARLIER, lambda: self._move(-1)),
            (mark("Move later"), LATER, lambda: self._move(1)),
            (mark("Back to the form"), BACK, self.close_it),
        ):
            buttons.append(self._button(words, key, deed))
        row.add(*buttons)
        return row

    def _button(self, words: str, key: str, deed: Callable[[], None]) -> QPushButton:
        button = push_button(self._words.say(words), "", key_words(key, self._words))
        button.clicked.connect(deed)
        return button

    def open_at(self, index: int, roles: Sequence[Option]) -> None:
        """Show the photo at `index` of the draft; `roles` are the possible roles."""
        self._roles = frozenset(option.code for option in roles)
        self._role.offer(roles)
        self._end_comparison()
        self._show(index)
        self.show()
        self._focus_picture()

    def _show(self, index: int) -> None:
        photos = self._model.photos
        if not photos:
            self.close_it()
            return
        self._at.show_photo(max(0, min(len(photos) - 1, index)))
        self._show_fields()

    def _show_fields(self) -> None:
        photo = self._model.photos[self.index]
        self._role.put(photo.get("role"))
        self._caption.put(photo.get("caption"))

    def _enter(self, pane: PhotoPane) -> None:
        if pane is not self._at and pane.index < len(self._model.photos):
            self._at = pane
            self._show_fields()

    def show_actual(self) -> None:
        """Show the original, each of its pixels as one of the screen."""
        self._at.show_actual()

    def show_whole(self) -> None:
        """Show the whole picture again."""
        self._at.picture.show_whole()

    def turn(self, by: int) -> None:
        """Turn the view by so many quarters to the right; the photo stays as it is."""
        self._at.picture.turn(by)

    def compare(self) -> None:
        """Show another photo beside this one, or this one alone again."""
        first, second = self._panes
        if second.isVisible():
            self._end_comparison()
        elif len(self._model.photos) > 1:
            index = first.index
            second.show_photo(index + 1 if index + 1 < len(self._model.photos) else index - 1)
            second.show()
            self._at = second
            self._show_fields()
        self._focus_picture()

    def _end_comparison(self) -> None:
        self._at = self._panes[0]
        self._panes[1].clear()
        self._panes[1].hide()
        if self._at.index < len(self._model.photos):
            self._show_fields()

    def _go(self, by: int) -> None:
        self._show(self.index + by)

    def _move(self, by: int) -> None:
        to = self.index + by
        if 0 <= to < len(self._model.photos):
            self._model.move(self.index, to)
            self._show(to)

    def _put_role(self, code: str) -> None:
        if code in self._roles:
            self._model.put_role(self.index, code)

    def _put_caption(self, text: str) -> None:
        self._model.put_caption(self.index, text)

    def close_it(self) -> None:
        """Close the view and go back to the form."""
        self.hide()
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the pictures go, which may be large, unless another screen is shown for a while."""
        super().hideEvent(event)
        if self.isHidden():
            for pane in self._panes:
                pane.clear()

    def deed_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """The keys on its buttons; Shift+R turns to the left."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return {
            (Qt.Key.Key_Escape, PLAIN): self.close_it,
            (Qt.Key.Key_PageUp, PLAIN): lambda: self._go(-1),
            (Qt.Key.Key_PageDown, PLAIN): lambda: self._go(1),
            (Qt.Key.Key_1, PLAIN): self.show_actual,
            (Qt.Key.Key_0, PLAIN): self.show_whole,
            (Qt.Key.Key_R, PLAIN): lambda: self.turn(1),
            (Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier): lambda: self.turn(-1),
            (Qt.Key.Key_C, PLAIN): self.compare,
            (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier): lambda: self._move(-1),
            (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier): lambda: self._move(1),
        }.get((Qt.Key(event.key()), held))
