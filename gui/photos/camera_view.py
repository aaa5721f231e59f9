"""The live picture of a camera, in the place where photos are looked at; keys take photos."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gui.action import key_words
from gui.look.tokens import GAP_2
from gui.parts.announce import announce
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.choice_chip import ChoiceChip, bold_metrics
from gui.parts.flow import FlowArea
from gui.parts.focus import can_take
from gui.parts.own_keys import OwnKeysView
from gui.parts.text import label, name_it
from gui.photos.cameras import CameraFrame
from gui.photos.live_picture import LivePicture
from gui.photos.model import PhotosModel
from gui.words import Words

TAKE, BACK = "Space", "Escape"
KEYS = 9
"""Cameras that have a key: 1 to 9."""


class CameraView(OwnKeysView):
    """A camera is in use as long as this is shown. `opened` is sent when it is shown, `closed` when
    the officer goes back to the form.
    """

    REPEATS = False
    opened = Signal()
    closed = Signal()

    def __init__(self, model: PhotosModel, words: Words) -> None:
        super().__init__()
        self._model, self._live, self._words = model, model.live, words
        self._before: QWidget | None = None
        """The control that had the focus before."""
        self._last: CameraFrame | None = None
        self._taken = 0
        model.camera_wanted.connect(self.open_it)
        self.hide()

    def _build(self) -> None:
        """Its parts, when it is first shown: 3 ms that no start of the desk waits for."""
        say = self._words.say
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card()
        outer.addWidget(card, 1)
        self._title = label("", "section")
        card.body.addWidget(self._title)
        self._picture = LivePicture()
        self._picture.resized.connect(self._resized)
        card.body.addWidget(self._picture, 1)
        self._chips = FlowArea(GAP_2)
        card.body.addWidget(self._chips)
        row = FlowArea(GAP_2)
        for text, key, look, deed in (
            (say("Take the photo"), TAKE, "main", self.take),
            (say("Back to the form"), BACK, "", self.close_it),
        ):
            button = push_button(text, look, key_words(key, self._words))
            button.clicked.connect(deed)
            row.add(button)
        card.body.addWidget(row)
        self._live.pictured.connect(self._picture.show_image)
        self._live.changed.connect(self._show_state)

    def open_it(self) -> None:
        """Show the live picture; without a camera a message says what is missing."""
        if self.isVisible():
            self._picture.setFocus()
        else:
            self._live.find(self._found, self._model.refused.emit)

    def _found(self) -> None:
        page = self.parentWidget()
        if not self._model.can_add() or page is None or not page.isVisible():
            return  # the officer went on meanwhile
        if self.layout() is None:
            self._build()
        self._before, self._taken = QApplication.focusWidget(), 0
        self.show()
        self._picture.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def close_it(self) -> None:
        """Go back to the form, to the control that had the focus."""
        self.closed.emit()
        if self._before is not None and can_take(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def take(self) -> None:
        """Add what the camera shows as a photo; without a picture, try the camera again."""
        frame = self._live.newest
        if self._live.fault is not None:
            self._live.start()
        elif frame is not None and frame is not self._last:
            self._last = frame
            self._taken += 1
            self._model.add_frame(frame)
            self._show_title()
            announce(self, self._taken_words())

    def showEvent(self, event: QShowEvent) -> None:
        """Use the camera, also when the officer comes back from another screen."""
        super().showEvent(event)
        self._live.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Free the camera, also when another screen is shown or the window is minimised."""
        super().hideEvent(event)
        self._live.stop()

    def _resized(self, size: QSize) -> None:
        self._live.size = size

    def _show_state(self) -> None:
        """Show the cameras to choose from, and why there is no picture."""
        self._show_title()
        self._chips.clear()
        if self._live.devices != (self._live.chosen,):
            bold = bold_metrics(self.font())
            for index, device in enumerate(self._live.devices):
                number = f"{index + 1}  " if index < KEYS else ""
                chip = ChoiceChip(f"{number}{device.name}", bold)
                chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                chip.setChecked(device == self._live.chosen)
                chip.clicked.connect(partial(self._live.choose, index))
                name_it(chip, device.name)
                self._chips.add(chip)
        self._chips.setVisible(bool(self._chips.widgets()))
        if self._live.fault is not None:
            text = self._words.error(self._live.fault)
            self._picture.show_words(text)
            announce(self, text, urgent=True)
        elif self._live.newest is None:
            self._picture.show_words("…")

    def _show_title(self) -> None:
        name = self._live.chosen.name if self._live.chosen else ""
        self._title.setText(f"{name} · {self._taken_words()}" if self._taken else name)
        name_it(self._picture, f"{self._words.say('Camera')}: {name}")

    def _taken_words(self) -> str:
        return self._words.count("1 photo taken", "{count} photos taken", self._taken)

    def deed_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Space or Enter takes a photo; an arrow or a digit chooses the camera; Esc goes back."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < min(KEYS, len(self._live.devices)):
            return partial(self._live.choose, number)
        onwards = -1 if self.isRightToLeft() else 1
        deeds: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Space: self.take,
            Qt.Key.Key_Return: self.take,
            Qt.Key.Key_Enter: self.take,
            Qt.Key.Key_Escape: self.close_it,
            Qt.Key.Key_Right: partial(self._live.step, onwards),
            Qt.Key.Key_Left: partial(self._live.step, -onwards),
        }
        return deeds.get(event.key())
