"""A picture with a caption."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.tokens import GAP_1, TILE_HEIGHT, TILE_WIDTH
from gui.parts.text import label, name_it


class CaptionedPicture(QWidget):
    """Shows the text `absent` without a picture."""

    def __init__(self, words: str, caption: str, absent: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_1)
        self._absent = absent
        self._picture = label("…", "label")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name_it(self._picture, words)
        column.addWidget(self._picture)
        self._below = label(f"{words} {caption}".strip(), "label", wrap=True)
        column.addWidget(self._below)
        self._image: QImage | None = None
        self.make_wide(TILE_WIDTH)

    def make_wide(self, width: int) -> None:
        """Set the width of the picture; its height follows."""
        self._size = QSize(width, width * TILE_HEIGHT // TILE_WIDTH)
        self._picture.setFixedSize(self._size)
        self._below.setFixedWidth(width)
        self._paint()

    def show_image(self, image: QImage | None, why: str = "") -> None:
        """Show the picture, or the text `absent`; `why` is the tool tip."""
        self._picture.setToolTip(why)
        if image is None or image.isNull():
            self._picture.setText(self._absent)
            return
        self._image = image
        self._paint()

    def _paint(self) -> None:
        image = self._image
        if image is None:
            return
        ratio = self.devicePixelRatioF()
        small = image.scaled(
            self._size * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown = QPixmap.fromImage(small)
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)
