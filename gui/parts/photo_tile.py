"""A tile for a photo: the picture, what it shows, and a button that removes it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.look.tokens import GAP_1, TILE_HEIGHT, TILE_WIDTH
from gui.parts.button import push_button
from gui.parts.text import label, name_it


class PhotoTile(QWidget):
    """Sends `opened` when the picture is pressed, `removed` when the button is pressed."""

    opened = Signal()
    removed = Signal()

    def __init__(self, caption: str, name: str, remove_words: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_1)
        self._picture = QPushButton("…")
        self._picture.setProperty("look", "tile")
        self._picture.setFixedSize(TILE_WIDTH, TILE_HEIGHT)
        self._picture.setAutoDefault(True)
        self._picture.clicked.connect(self.opened)
        name_it(self._picture, name)
        column.addWidget(self._picture)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(label(caption, "label", wrap=True), 1)
        remove = push_button("✕", "quiet")
        remove.setFixedWidth(36)
        name_it(remove, f"{remove_words}: {name}")
        remove.clicked.connect(self.removed)
        row.addWidget(remove)
        column.addLayout(row)

    def take_focus(self) -> None:
        """Set the focus to the picture."""
        self._picture.setFocus()

    def show_image(self, image: QImage | None, words: str) -> None:
        """Show the thumbnail, or `words` without one."""
        if image is None or image.isNull():
            self._picture.setText(words)
            return
        self._picture.setText("")
        self._picture.setIcon(QIcon(_fitted(image, self._picture.devicePixelRatioF())))
        self._picture.setIconSize(QSize(TILE_WIDTH - 4, TILE_HEIGHT - 4))


def _fitted(image: QImage, ratio: float) -> QPixmap:
    size = QSize(round((TILE_WIDTH - 4) * ratio), round((TILE_HEIGHT - 4) * ratio))
    filled = QPixmap(size)
    filled.fill(QColor(0, 0, 0, 0))
    small = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter = QPainter(filled)
    painter.drawImage(
        (size.width() - small.width()) // 2, (size.height() - small.height()) // 2, small
    )
    painter.end()
    filled.setDevicePixelRatio(ratio)
    return filled
