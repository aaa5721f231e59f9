"""Paints the newest picture of a camera, or says why there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.tokens import GAP_4


class LivePicture(QWidget):
    """`resized` carries its size in pixels of the screen: what a picture needs to fill it."""

    resized = Signal(QSize)

    def __init__(self) -> None:
        super().__init__()
        self._image, self._text = QImage(), ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage) -> None:
        """Show the next picture."""
        self._image, self._text = image, ""
        self.update()

    def show_words(self, text: str) -> None:
        """Show these words and no picture."""
        self._image, self._text = QImage(), text
        self.update()

    def sizeHint(self) -> QSize:
        """A useful size."""
        return QSize(480, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the size."""
        super().resizeEvent(event)
        self.resized.emit(event.size() * self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the whole picture, and a frame while the widget has the focus."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        if self._image.isNull():
            room = self.rect().adjusted(GAP_4, GAP_4, -GAP_4, -GAP_4)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text
            )
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(self.rect().topLeft(), size)
            target.moveCenter(self.rect().center())
            painter.drawImage(target, self._image)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
