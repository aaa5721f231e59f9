"""A picture that fills its widget; + and − zoom in and out."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
STRIDE = 0.15
"""How far an arrow key moves, as a share of the widget."""


class Zoomable(QWidget):
    """Shows `words` without a picture. Sends `changed` when the zoom changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._words = ""
        self._step = 0
        self._middle = QPointF(0.5, 0.5)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """A useful minimum size."""
        return QSize(480, 360)

    def put(self, image: QImage | None, words: str) -> None:
        """Show another picture at zoom 1; None shows `words`."""
        self._image = None if image is None or image.isNull() else image
        self._words = words
        self._step, self._middle = 0, QPointF(0.5, 0.5)
        self.update()

    @property
    def factor(self) -> float:
        """The zoom: 1 shows the whole picture."""
        return STEPS[self._step]

    def closer(self, by: int) -> None:
        """Zoom in by so many steps (negative: out)."""
        self._step = max(0, min(len(STEPS) - 1, self._step + by))
        self._move(0, 0)
        self.changed.emit()

    def _move(self, right: float, down: float) -> None:
        half = 0.5 / self.factor
        x = min(max(self._middle.x() + right / self.factor, half), 1 - half)
        y = min(max(self._middle.y() + down / self.factor, half), 1 - half)
        self._middle = QPointF(x, y)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and a frame while the widget has the focus."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        if self._image is None:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._target(self._image), self._image)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(self.palette().color(QPalette.ColorRole.Highlight))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _target(self, image: QImage) -> QRectF:
        scale = min(self.width() / image.width(), self.height() / image.height()) * self.factor
        width, height = image.width() * scale, image.height() * scale
        return QRectF(
            self.width() / 2 - width * self._middle.x(),
            self.height() / 2 - height * self._middle.y(),
            width,
            height,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − zoom; arrows move a picture that is larger than the widget."""
        arrows = {
            Qt.Key.Key_Left: (-STRIDE, 0.0), Qt.Key.Key_Right: (STRIDE, 0.0),
            Qt.Key.Key_Up: (0.0, -STRIDE), Qt.Key.Key_Down: (0.0, STRIDE),
        }  # fmt: skip
        if event.text() in ("+", "="):
            self.closer(1)
        elif event.text() in ("-", "−"):
            self.closer(-1)
        elif event.key() in arrows and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(*arrows[Qt.Key(event.key())])
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press zooms in; after the last step it shows the whole picture again."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus()
            self.closer(1 if self._step + 1 < len(STEPS) else -len(STEPS))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms in and out."""
        self.closer(1 if event.angleDelta().y() > 0 else -1)
