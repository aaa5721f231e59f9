"""A large view of one photo in the page: its role, its caption, its position."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

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
from gui.parts.pick import PickEntry
from gui.parts.text import name_it
from gui.parts.zoomable import Zoomable
from gui.photos.model import PhotosModel
from gui.words import Words

BACK, BEFORE, NEXT = "Escape", "PgUp", "PgDown"
EARLIER, LATER = "Alt+Left", "Alt+Right"


class PhotoViewer(QWidget):
    """Sends `closed` when the officer goes back to the form.

    `index` is the index of the shown photo.
    """

    closed = Signal()

    def __init__(self, model: PhotosModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        self.index, self._sha = 0, ""
        self._roles: frozenset[str] = frozenset()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._card = Card()
        outer.addWidget(self._card, 1)
        self._picture = Zoomable()
        self._card.body.addWidget(self._picture, 1)
        self._role, self._caption = PickEntry(()), LineEntry()
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        row.addWidget(FieldBox(words.say(label_of("photos.role")), self._role), 1)
        row.addWidget(FieldBox(words.say(label_of("photos.caption")), self._caption), 1)
        self._card.body.addLayout(row)
        self._card.body.addWidget(self._buttons())
        self._role.typed.connect(self._put_role)
        self._caption.typed.connect(self._put_caption)
        for entry in (self._role, self._caption):
            entry.entered.connect(self._picture.setFocus)
        model.previewed.connect(self._show_image)
        self.hide()

    def _buttons(self) -> FlowArea:
        row = FlowArea(GAP_2)
        for words, key, deed in (
            (mark("Previous photo"), BEFORE, lambda: self._go(-1)),
            (mark("Next photo"), NEXT, lambda: self._go(1)),
            (mark("Move earlier"), EARLIER, lambda: self._move(-1)),
            (mark("Move later"), LATER, lambda: self._move(1)),
            (mark("Back to the form"), BACK, self.close_it),
        ):
            row.add(self._button(words, key, deed))
        return row

    def _button(self, words: str, key: str, deed: Callable[[], None]) -> QPushButton:
        button = push_button(self._words.say(words), "", key_words(key, self._words))
        button.clicked.connect(deed)
        return button

    def open_at(self, index: int, roles: Sequence[Option]) -> None:
        """Show the photo at `index` of the draft; `roles` are the possible roles."""
        self._roles = frozenset(option.code for option in roles)
        self._role.offer(roles)
        self._show(index)
        self.show()
        self._picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, index: int) -> None:
        photos = self._model.photos
        if not photos:
            self.close_it()
            return
        self.index = max(0, min(len(photos) - 1, index))
        photo = photos[self.index]
        title = self._words.say("Photo {number} of {count}", number=self.index + 1,
                                count=len(photos))  # fmt: skip
        name = str(photo.get("file_name") or "")
        self._card.set_title(f"{title} · {name}" if name else title)
        name_it(self._picture, title, self._words.say("+ and − zoom in and out"))
        self._role.put(photo.get("role"))
        self._caption.put(photo.get("caption"))
        if self._sha != photo.get("sha256"):
            self._sha = str(photo.get("sha256"))
            self._picture.put(None, "…")
            self._model.ask_preview(self._sha)

    def _show_image(self, sha: str, image: QImage | None) -> None:
        if sha == self._sha:
            self._picture.put(image, self._words.say("cannot be shown"))

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
        self._sha = ""
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """While it is open, its keys do not trigger the shortcuts of the page."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self._deed(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; Page up and down change the photo, Alt with an arrow reorders."""
        deed = self._deed(event)
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def _deed(self, event: QKeyEvent) -> Callable[[], None] | None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return {
            (Qt.Key.Key_Escape, False): self.close_it,
            (Qt.Key.Key_PageUp, False): lambda: self._go(-1),
            (Qt.Key.Key_PageDown, False): lambda: self._go(1),
            (Qt.Key.Key_Left, True): lambda: self._move(-1),
            (Qt.Key.Key_Right, True): lambda: self._move(1),
        }.get((Qt.Key(event.key()), alt))
