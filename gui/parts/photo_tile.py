"""A tile for a photo: the picture, what it shows, and a button that removes it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.look.tokens import GAP_1
from gui.parts.button import push_button
from gui.parts.text import label, name_it

EDGE = 2
"""Pixels of the frame around the picture."""


class SizedButton(QPushButton):
    """A button of a size that its text does not decide, nor the style sheet for other buttons."""

    _wanted = QSize()

    def make_wide(self, size: QSize) -> None:
        """Set its size."""
        self._wanted = size
        self.setMaximumSize(size)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The size that was set."""
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        """The same size."""
        return self._wanted


class PhotoTile(QWidget):
    """Sends `opened` when the picture is pressed, `removed` when the button is pressed."""

    opened = Signal()
    removed = Signal()

    def __init__(self, remove_words: str) -> None:
        super().__init__()
        self._remove_words = remove_words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_1)
        self._picture = _PictureButton("…")
        self._picture.setProperty("look", "tile")
        self._picture.setAutoDefault(True)
        self._picture.clicked.connect(self.opened)
        column.addWidget(self._picture)
        row = QHBoxLayout()
        row.setSpacing(0)
        self._caption = label("", "label", wrap=True)
        row.addWidget(self._caption, 1)
        self._remove = push_button("✕", "quiet")
        self._remove.setFixedWidth(36)
        self._remove.clicked.connect(self.removed)
        row.addWidget(self._remove)
        column.addLayout(row)

    def call_it(self, caption: str, name: str) -> None:
        """Set the text below the picture, and the name for screen readers."""
        self._caption.setText(caption)
        name_it(self._picture, name)
        name_it(self._remove, f"{self._remove_words}: {name}")

    def make_wide(self, size: QSize) -> None:
        """Set the size of the picture."""
        self._picture.make_wide(size)

    def take_focus(self) -> None:
        """Set the focus to the picture."""
        self._picture.setFocus()

    def ends(self) -> tuple[QWidget, QWidget]:
        """The first and the last of its controls, for the order of Tab."""
        return self._picture, self._remove

    @property
    def has_picture(self) -> bool:
        """Whether the thumbnail is shown."""
        return self._picture.image is not None

    def show_image(self, image: QImage | None, words: str) -> None:
        """Show the thumbnail, or `words` without one."""
        self._picture.show_image(image, words)


class _PictureButton(SizedButton):
    """Paints its picture in its own size, so that it costs nothing while it is out of sight."""

    image: QImage | None = None
    _scaled: QImage | None = None
    """In the size of the last painting: to scale costs more than to paint."""

    def show_image(self, image: QImage | None, words: str) -> None:
        self.image = None if image is None or image.isNull() else image
        self._scaled = None
        self.setText("" if self.image else words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.image is None:
            return
        room = self.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        size = self.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(room.topLeft(), size)
        target.moveCenter(room.center())
        exact = size * self.devicePixelRatioF()
        if self._scaled is None or self._scaled.size() != exact:
            how = Qt.TransformationMode.SmoothTransformation
            self._scaled = self.image.scaled(exact, Qt.AspectRatioMode.IgnoreAspectRatio, how)
        painter = QPainter(self)
        painter.drawImage(target, self._scaled)
        painter.end()
